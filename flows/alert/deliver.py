"""Sends what `meta.notifications` holds: events become messages (`address.py`), messages are sent
(`send.py`) and marked.

A message is marked after the receiver took it. A crash in between repeats the message with the same
key; none is lost. A message that a channel refuses is tried again after growing waits. Then the run
logs and reports it; it stays in the outbox for the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_exponential

from flows.alert.address import LOG_CHANNEL, address
from flows.alert.secrets import ChannelError, SecretLoader, filled, masked, secrets_of
from flows.alert.send import Letter, SendError, send
from flows.alert.settings import AlertSettings
from flows.progress import reporter
from warehouse.connect import WarehouseAddress, exists, open_writer
from warehouse.transaction import retried, transaction

logger = logging.getLogger("newsduck.alert")

FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS = 1.0, 20.0
"""First and longest wait before a message is tried again; waits double until the patience that is
set ends.
"""

Clock = Callable[[], datetime]


class UndeliveredError(Exception):
    """Raised where a message could not be sent. The run's data are loaded and published; the
    message stays in the outbox.
    """


@dataclass(frozen=True, slots=True)
class Post:
    """One message to one channel, as it waits in `meta.messages`."""

    owner: str
    channel: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class Delivery:
    """Result of sending: messages sent, and a line on each that was not."""

    sent_count: int = 0
    failures: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise UndeliveredError where a message was not sent."""
        if self.failures:
            raise UndeliveredError(
                f"{len(self.failures)} messages could not be delivered; they stay in "
                "meta.messages and the next run tries again: " + "; ".join(self.failures)
            )


def deliver(
    warehouse: WarehouseAddress,
    lock_timeout: float,
    alerts: AlertSettings | None = None,
    load_secret: SecretLoader | None = None,
    clock: Clock = lambda: datetime.now(UTC),
) -> Delivery:
    """Send all messages that are due, oldest first. The caller holds the run lock, so that nobody
    else sends the same.

    The warehouse is open only for reading and marking, never while a receiver is waited for.
    Failures are logged and returned.
    """
    chosen = alerts or AlertSettings()
    if not exists(warehouse):
        return Delivery()
    with open_writer(warehouse, lock_timeout, reporter().say) as connection:
        address(connection, chosen, clock())
        posts = _posts(connection)
    sent, failures = 0, []
    broken: set[tuple[str, str]] = set()
    for post in posts:
        # one try is enough to see that a channel which failed a moment ago still does
        patience = 0 if (post.owner, post.channel) in broken else chosen.patience
        error, attempts = _try(post, chosen, load_secret, patience)
        with open_writer(warehouse, lock_timeout, reporter().say) as connection:
            _mark(connection, post, error, attempts, clock())
        if error is None:
            sent += 1
            continue
        broken.add((post.owner, post.channel))
        failures.append(f"{post.owner} by {post.channel}: {error}")
        logger.error(
            "message %s to %s by %s was not delivered: %s",
            post.letter.key,
            post.owner,
            post.channel,
            error,
        )
    return Delivery(sent, tuple(failures))


def _posts(connection: duckdb.DuckDBPyConnection) -> list[Post]:
    rows = connection.execute(
        """
        SELECT m.owner, m.channel, m.message_id, m.title, m.body, bool_or(n.event <> 'resolved'),
            bool_or(i.severity = 'fail')
        FROM meta.messages AS m
        LEFT JOIN meta.notifications AS n ON n.message_id = m.message_id
        LEFT JOIN meta.incidents AS i ON i.incident_id = n.incident_id
        WHERE m.sent_at IS NULL
        GROUP BY ALL ORDER BY min(m.created_at), m.message_id, m.channel
        """
    ).fetchall()
    kinds = {True: "failure", False: "warning"}
    return [
        Post(
            owner,
            channel,
            Letter(key, title, body, kinds[bool(is_grave)] if is_present else "success"),
        )
        for owner, channel, key, title, body, is_present, is_grave in rows
    ]


def _try(
    post: Post, alerts: AlertSettings, load_secret: SecretLoader | None, patience: float
) -> tuple[str | None, int]:
    """Send one message; return (None, tries) where it was taken, else (reason, tries)."""
    template = alerts.owner(post.owner).channels.get(post.channel)
    if template is None:
        if post.channel != LOG_CHANNEL:
            logger.error(
                "the settings no longer name a channel %s of %s; its message follows",
                post.channel,
                post.owner,
            )
        logger.warning("%s\n%s", post.letter.title, post.letter.body)
        return None, 1
    retrying = Retrying(
        retry=retry_if_exception_type(SendError),
        wait=wait_exponential(FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS),
        stop=stop_after_delay(patience),
        reraise=True,
    )
    secrets: tuple[str, ...] = ()
    try:
        url = filled(template.get_secret_value(), load_secret)
        secrets = secrets_of(url)
        retrying(send, post.letter, url)
    except (ChannelError, SendError) as error:
        return masked(str(error), secrets), int(retrying.statistics.get("attempt_number", 1))
    return None, int(retrying.statistics["attempt_number"])


@retried
def _mark(
    connection: duckdb.DuckDBPyConnection,
    post: Post,
    error: str | None,
    attempts: int,
    now: datetime,
) -> None:
    """Mark a message as sent or failed; its events count as sent when the first of the owner's
    channels took it.
    """
    with transaction(connection):
        connection.execute(
            """
            UPDATE meta.messages
            SET attempt_count = attempt_count + $1, error = $2, sent_at = CASE WHEN $2 IS NULL THEN
                $3::TIMESTAMPTZ END,
                escalated_at = CASE WHEN $2 IS NULL THEN escalated_at ELSE $3::TIMESTAMPTZ END
            WHERE message_id = $4 AND channel = $5
            """,
            [attempts, error, now, post.letter.key, post.channel],
        )
        if error is None:
            connection.execute(
                "UPDATE meta.notifications SET sent_at = ? "
                "WHERE message_id = ? AND sent_at IS NULL",
                [now, post.letter.key],
            )
