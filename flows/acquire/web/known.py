"""What a round of fetching knows of addresses: as earlier runs left it, and as the round's own
fetches change it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flows.acquire.raw.record import FetchRecord
from flows.acquire.web.jobs import Job, Memory
from flows.acquire.web.masking import MASK
from flows.acquire.web.schedule import UrlState, next_state
from flows.acquire.web.settings import FetchSettings


class KnownAddresses:
    """What is known of the addresses of a round. `records` are its fetches, in order; `recovered`
    are those that an earlier round left, by key.
    """

    def __init__(self, settings: FetchSettings, memory: Memory, now: datetime) -> None:
        self.records: list[FetchRecord] = []
        self.recovered: dict[str, FetchRecord] = {}
        self._settings = settings
        self._memory = memory
        self._now = now
        self._states: dict[str, UrlState] = {}
        self._remembered: set[str] = set()
        self._wanted: dict[str, None] = {}
        self._asking = asyncio.Lock()
        self._identity: dict[str, frozenset[str]] = {}

    async def recall(self, keys: Iterable[str]) -> None:
        """Ask the memory for addresses that were not yet asked for. What is wanted while a question
        is under way waits and goes into one next question, since each opens the warehouse.
        """
        new = [key for key in keys if key not in self._remembered]
        if not new:
            return
        self._wanted |= dict.fromkeys(new)
        async with self._asking:
            wanted = [key for key in self._wanted if key not in self._remembered]
            self._wanted = {}
            if not wanted:
                return
            for key, state in (await asyncio.to_thread(self._memory.states, wanted)).items():
                self._states.setdefault(key, state)
                self.learn(state.source_id, (state.identity_parameters or "").split())
            self._remembered.update(wanted)

    def state(self, key: str) -> UrlState | None:
        """Return what is known of an address that was recalled or fetched."""
        return self._states.get(key)

    def keep(self, record: FetchRecord) -> None:
        """Take in one more fetch."""
        self.records.append(record)
        before = self._states.get(record.url_key)
        self._states[record.url_key] = next_state(before, record, self._settings)

    def keep_recovered(self, record: FetchRecord) -> None:
        """Take in a fetch that an earlier round left."""
        self.keep(record)
        self.recovered[record.url_key] = record

    def is_due(self, job: Job) -> bool:
        """Whether a job's address is new or due. Of what an earlier round left, a page is not due;
        a listing is, since its pages may still be wanted.
        """
        return job.kind != "page" if job.url_key in self.recovered else self.is_due_at(job.url_key)

    def is_due_at(self, key: str) -> bool:
        """Whether an address is new or due."""
        state = self._states.get(key)
        return state is None or state.is_due(self._now)

    def as_it_worked(self, job: Job) -> Job:
        """Return the job with the variant of its address that is known to work: one address, one
        place in the ledger.
        """
        state = self._states.get(job.url_key)
        is_proven = state and state.kind == "page" and not state.failure_count
        if state and is_proven and job.kind in ("page", "any") and MASK not in state.url:
            return replace(job, url=state.url)
        return job

    def names_of(self, source_id: str | None) -> frozenset[str]:
        """Return the parameters that tell the articles of a source apart, as far as is known."""
        return self._identity.get(source_id or "", frozenset())

    def learn(self, source_id: str | None, names: Iterable[str]) -> None:
        """Take in parameters that tell the articles of a source apart."""
        if source_id and names:
            self._identity[source_id] = self.names_of(source_id) | frozenset(names)

    def in_order(self) -> tuple[tuple[FetchRecord, ...], tuple[UrlState, ...]]:
        """Return every fetch, and what is then known of each address fetched, in order of key."""
        records = sorted(self.records, key=lambda record: (record.url_key, record.fetched_at))
        keys = dict.fromkeys(record.url_key for record in records)
        return tuple(records), tuple(self._states[key] for key in keys)
