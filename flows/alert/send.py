"""Sends one message by one channel, in a process of its own: `python -m flows.alert.send`, the
message as JSON on standard input.

A receiver that hangs, or a plugin that does, then costs a run no more than `SEND_SECONDS`; and the
URL, which holds secrets, stands in no list of processes. Prints nothing and ends with 0 where the
message was taken, else prints why and ends with 1.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict, dataclass

from flows.alert.secrets import ChannelError, masked, secrets_of

SEND_SECONDS = 30.0
"""Longest that one try may take, then its process is ended. apprise gives a receiver 8 s, a mail
server 15 s.
"""

KEY_HEADER = "Idempotency-Key"
"""Header in which a webhook finds the message's key: a repeat carries the same."""


class SendError(Exception):
    """The message was not taken, this time. The text holds no secret."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: `kind` is apprise's (failure, warning, success, info), `key` the message's id,
    `body` Markdown.
    """

    key: str
    title: str
    body: str
    kind: str = "info"


def send(letter: Letter, url: str, seconds: float = SEND_SECONDS) -> None:
    """Send a message to an apprise URL; raises SendError where it was not taken, ChannelError where
    the URL is none.
    """
    command = [sys.executable, "-m", "flows.alert.send"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps({"url": url, **asdict(letter)}),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SendError(f"no answer within {seconds:g} s") from None
    if done.returncode == 2:
        raise ChannelError("is no URL that apprise knows")
    if done.returncode:
        said = (
            last_line(done.stdout)
            or last_line(done.stderr)
            or f"the sender ended with {done.returncode}"
        )
        raise SendError(masked(said, secrets_of(url))[:500])


def hand_over(letter: Letter, url: str) -> str | None:
    """Give a message to apprise, in this process; return None where it was taken, else what apprise
    says.

    Raises ChannelError where the URL is none that apprise knows.
    """
    import apprise

    channel = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if channel is None:
        raise ChannelError("is no URL that apprise knows")
    headers = getattr(channel, "headers", None)
    if isinstance(headers, dict):
        headers[KEY_HEADER] = letter.key
    sender = apprise.Apprise()
    sender.add(channel)
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as said:  # type: ignore[no-untyped-call]
        is_taken = sender.notify(
            body=letter.body,
            title=letter.title,
            notify_type=apprise.NotifyType(letter.kind),
            body_format=apprise.NotifyFormat.MARKDOWN,
        )
        return None if is_taken else last_line(said.getvalue()) or "apprise does not say why"


def last_line(text: str) -> str:
    """Return the last line that says something."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")


def main() -> int:
    """Send what stands on standard input; 0 taken, 1 not taken, 2 no such channel."""
    asked = json.loads(sys.stdin.read())
    url = asked.pop("url")
    try:
        error = hand_over(Letter(**asked), url)
    except ChannelError:
        return 2
    print(error or "", end="")
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main())
