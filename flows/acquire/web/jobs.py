"""The values of a round of fetching: what is asked for, how, what is known beforehand, and what
came of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flows.acquire.raw.record import FetchRecord
from flows.acquire.web.hosts import HostState
from flows.acquire.web.schedule import UrlState


@dataclass(frozen=True, slots=True)
class Job:
    """An address to get in this round. `kind` may be `any`: then its content decides. `is_asked`:
    somebody named it, so it is due. `fault` says why it cannot be asked for (a list that cannot be
    read): then that is recorded. `age` counts the pages of a feed that are newer than this one.
    `named_host` is the host of the address that somebody named, where no source owns it.
    """

    url: str
    url_key: str
    kind: str
    source_id: str | None = None
    delay: float | None = None
    is_asked: bool = False
    fault: str | None = None
    age: int = 0
    named_host: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How a source is fetched otherwise than the rest: under another name, its pages rendered."""

    user_agent: str | None = None
    is_rendered: bool = False


class Memory(Protocol):
    """What earlier rounds left in the warehouse."""

    def states(self, keys: Sequence[str]) -> Mapping[str, UrlState]:
        """Return what is known of addresses, by key."""

    def due(self, source_ids: Sequence[str], now: datetime, limit: int) -> Sequence[UrlState]:
        """Return the pages of some sources that are due, at most `limit` a source, most
        overdue first.
        """

    def host(self, host: str) -> HostState | None:
        """Return what is held against a host."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a round brought: every fetch, and what is then known of the addresses and hosts. In
    order of key.
    """

    records: tuple[FetchRecord, ...]
    states: tuple[UrlState, ...]
    hosts: tuple[HostState, ...]
