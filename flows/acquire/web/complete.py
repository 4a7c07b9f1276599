"""Which sources of a round are complete: everything that they list was asked for.

Pages of a complete source can be loaded while other hosts are still being asked. Sources are told
whole, since what a page is may depend on the other pages and listings of its source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flows.acquire.raw.record import FetchRecord
from flows.acquire.web.jobs import Job


@dataclass(frozen=True, slots=True)
class Complete:
    """A complete source: its fetches, in order. `source_id` is None for addresses that somebody
    named and that belong to no source; those of one host are told together.
    """

    source_id: str | None
    records: tuple[FetchRecord, ...]


class Tally:
    """Counts what is still to be asked for of each source, and tells `completed` of each that is
    complete, once.
    """

    def __init__(self, completed: Callable[[Complete], None]) -> None:
        self._completed = completed
        self._open: Counter[str] = Counter()
        self._records: dict[str, list[FetchRecord]] = defaultdict(list)
        self._is_all_asked = False

    def add(self, job: Job) -> None:
        """A job is queued."""
        self._open[owner(job)] += 1

    def keep(self, job: Job, record: FetchRecord) -> None:
        """A job has brought a fetch."""
        self._records[owner(job)].append(record)

    def keep_recovered(self, record: FetchRecord) -> None:
        """An earlier round has left a fetch."""
        if record.source_id:
            self._records[record.source_id].append(record)

    def done(self, job: Job) -> None:
        """A job is done, and what it lists is queued."""
        whose = owner(job)
        self._open[whose] -= 1
        self._tell(whose)

    def all_asked(self) -> None:
        """All that the round was given is queued: from now on, only queued jobs add others."""
        self._is_all_asked = True
        for whose in list(self._open):
            self._tell(whose)

    def _tell(self, whose: str) -> None:
        if self._is_all_asked and not self._open[whose]:
            source_id = None if whose.startswith("//") else whose
            self._completed(Complete(source_id, tuple(self._records.pop(whose, ()))))


def owner(job: Job) -> str:
    """Return whose a job is: its source, or the host of the address that somebody named."""
    return job.source_id or f"//{job.named_host}"
