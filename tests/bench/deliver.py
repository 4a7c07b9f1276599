"""Kills delivery at random points and counts what became of the messages: `python -m
tests.bench.deliver --crashes 200`.

Each cycle opens and ends incidents of two owners in a real warehouse, starts a process that
delivers to a real receiver, and kills it after a random time within the length of a delivery,
alone or with the process that sends. Some requests are answered with an error. At the end
one delivery runs undisturbed. Then every event must have been received, and whatever was received
twice must have carried the same key both times.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from flows.alert.deliver import deliver
from flows.alert.settings import AlertSettings
from tests.bench.torture.command import left_processes
from tests.flow.receiver import Receiver, receiving
from warehouse.check import CheckResult
from warehouse.check_loader import Check
from warehouse.migrate import migrate
from warehouse.update_incidents import write_checks

OWNERS = ("data", "desk")
FAULTY_SHARE = 0.05
"""Requests that the receiver answers with an error."""


@dataclass(frozen=True)
class Tally:
    """What came of it all."""

    crashes: int
    deliveries: int
    events: int
    lost: int
    messages: int
    received: int
    repeated: int
    other_key: int

    def __str__(self) -> str:
        return (
            f"{self.crashes} crashes in {self.deliveries} deliveries: {self.events} events in "
            f"{self.messages} messages, {self.lost} lost; "
            f"{self.received} received, {self.repeated} of them repeats, {self.other_key} "
            "repeats under another key"
        )


def settings(port: int) -> AlertSettings:
    """Two owners, a channel each, little patience."""
    owners = {owner: {"channels": {"hook": f"json://127.0.0.1:{port}/{owner}"}} for owner in OWNERS}
    return AlertSettings.model_validate({"owners": owners, "patience": 2})


def run(crashes: int, seed: int, folder: Path) -> Tally:
    """Crash so many times and count."""
    chance = random.Random(seed)
    warehouse = folder / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        migrate(connection)
    with receiving() as receiver:
        turn(warehouse, 0)
        length = undisturbed(warehouse, receiver.port)
        crashed: list[int] = []
        deliveries = 0
        while len(crashed) < crashes:
            deliveries += 1
            turn(warehouse, deliveries)
            if chance.random() < FAULTY_SHARE * len(OWNERS):
                receiver.answers.append(500)
            if (
                deliveries % 10 == 0
                # else what waits would grow without end, and no kill would come near the last
                # message
            ):
                length = undisturbed(warehouse, receiver.port)
                continue
            moment, is_group = chance.uniform(0, length), chance.random() < 0.5
            if child := killed(warehouse, receiver.port, moment, is_group=is_group):
                crashed.append(child)
            else:  # the machine is quicker now
                length = moment
        receiver.answers.clear()
        while any(map(left_processes, crashed)):  # a sender may outlive its killed parent
            time.sleep(0.05)
        for _ in range(2):  # an end is told in the delivery after the one that told its beginning
            undisturbed(warehouse, receiver.port)
        return count(warehouse, receiver, len(crashed), deliveries + 3)


def turn(warehouse: Path, number: int) -> None:
    """Open an incident for each owner, and let those of two turns ago end."""
    now = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)
    with duckdb.connect(str(warehouse)) as connection:
        for step in range(2):
            checks = [
                Check(
                    f"check-{owner}", "fail", "All is well.", "SELECT 1", "source", "dates", owner
                )
                for owner in OWNERS
            ]
            found = [CheckResult(check, "passed", 0, (), f"s{number - 2}") for check in checks]
            if step == 0:
                found += [CheckResult(check, "failed", 1, (), f"s{number}") for check in checks]
            write_checks(
                connection, f"run-{number}-{step}", tuple(found), now + timedelta(seconds=step)
            )


def start(warehouse: Path, port: int) -> subprocess.Popen[str]:
    """Start a delivering process and wait until it begins."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.deliver",
        "--deliver",
        str(warehouse),
        "--port",
        str(port),
    ]
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    return child


def undisturbed(warehouse: Path, port: int) -> float:
    """Deliver, and return the seconds that it took."""
    began = time.monotonic()
    deliver(warehouse, 30, settings(port))
    return time.monotonic() - began


def killed(warehouse: Path, port: int, seconds: float, *, is_group: bool) -> int | None:
    """Kill a delivery after some seconds, the sender with it or not; return its session, None where
    it was done before.
    """
    with start(warehouse, port) as child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL) if is_group else child.kill()
            return child.pid
    return None


def count(warehouse: Path, receiver: Receiver, crashes: int, deliveries: int) -> Tally:
    """Hold what was received against what the warehouse says was to be told."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        events = connection.execute(
            "SELECT incident_id, event, message_id, sent_at FROM meta.notifications WHERE "
            "dropped IS NULL"
        ).fetchall()
        (messages,) = connection.execute("SELECT count(*) FROM meta.messages").fetchall()[0]
    got = Counter(receiver.keys)
    keys_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for letter in receiver.got:
        keys_of[letter["title"], letter["message"].rsplit("\n", 1)[0]].add(letter["key"])
    lost = [event for event in events if event[2] not in got or event[3] is None]
    other = sum(len(keys) - 1 for keys in keys_of.values()) + len(
        got.keys() - {event[2] for event in events}
    )
    return Tally(
        crashes,
        deliveries,
        len(events),
        len(lost),
        messages,
        got.total(),
        got.total() - len(got),
        other,
    )


def main() -> int:
    """Crash and report, or be the process that delivers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--crashes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--deliver", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.deliver:
        print("begin", flush=True)
        deliver(asked.deliver, 30, settings(asked.port))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        tally = run(asked.crashes, asked.seed, Path(folder))
    print(tally)
    return 1 if tally.lost or tally.other_key else 0


if __name__ == "__main__":
    sys.exit(main())
