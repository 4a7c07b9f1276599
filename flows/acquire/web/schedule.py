"""When an address is asked for again: what is known of it, and what one more fetch makes of that.
Values only; no clock.

A page that goes well is looked at again on `fetch.revisit_hours` (1 h, 6 h, 1 day, 3 days after the
look before), then no more: by then outlets have stopped editing. The count is of looks, not of
changes, since pages whose advertisements change would never rest. A page that fails is asked for
again as `outcomes.toml` says. Listings (feeds, sitemaps, sections) are due in every run; one that
fails is due again after minutes, then longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.schedule_match import MAX_SKEW
from flows.acquire.web.masking import MASK
from flows.acquire.web.outcomes import CONSEQUENCES, WELL
from flows.acquire.web.settings import FetchSettings
from schemas.fetch_outcomes import FetchOutcome

MAX_PAGE_HOURS = 7 * 24.0
"""A failing page is asked for at least once a week until it is given up."""

MAX_LISTING_HOURS = 24.0
"""A listing is never given up: a source that falls silent must be seen to fail every day."""

FIRST_LISTING_HOURS = 5 / 60
"""A listing that failed is due again after 5 minutes, then after twice as long each time: it takes
ten failures, almost two days, to reach once a day.
"""


@dataclass(frozen=True, slots=True)
class UrlState:
    """What is known of an address; `schemas/urls.py` says what the fields are."""

    url_key: str
    url: str
    kind: str
    source_id: str | None
    fetched_at: datetime
    outcome: str
    failure_count: int
    look_count: int
    due_at: datetime | None
    etag: str | None
    last_modified: str | None
    final_url: str
    stored_at: datetime | None
    sha256: str | None
    payload_digest: str | None
    byte_count: int | None
    content_type: str | None
    warc_file: str | None
    warc_offset: int | None
    identity_parameters: str | None = None

    @property
    def stored(self) -> Stored | None:
        """The page as the raw store holds it; None where it holds none."""
        if (
            self.stored_at is None
            or not self.sha256
            or not self.payload_digest
            or self.warc_file is None
            or self.warc_offset is None
        ):
            return None
        return Stored(
            self.final_url,
            self.stored_at,
            self.sha256,
            self.payload_digest,
            self.byte_count or 0,
            self.content_type,
            self.warc_file,
            self.warc_offset,
        )

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be asked for. A fetch later than `now` was dated by a clock that ran
        ahead, and so is the time when the address is due: it is due now.
        """
        return self.due_at is not None and (self.due_at <= now or self.fetched_at > now + MAX_SKEW)


def next_state(before: UrlState | None, record: FetchRecord, settings: FetchSettings) -> UrlState:
    """Return what is known of an address after one more fetch."""
    outcome = FetchOutcome(record.outcome)
    is_well = outcome in WELL
    failures, looks = (before.failure_count, before.look_count) if before else (0, 0)
    if is_well:
        failures, looks = 0, looks + 1
    elif outcome is not FetchOutcome.LEFT_ALONE:
        failures += 1
    state = UrlState(
        url_key=record.url_key,
        url=record.url if is_well or before is None else before.url,
        kind=record.kind,
        source_id=record.source_id or (before.source_id if before else None),
        fetched_at=record.fetched_at,
        outcome=record.outcome,
        failure_count=failures,
        look_count=looks,
        due_at=None if MASK in record.url else _due_at(record, outcome, failures, looks, settings),
        etag=record.etag,
        last_modified=record.last_modified,
        final_url=record.final_url,
        stored_at=record.fetched_at,
        sha256=record.sha256,
        payload_digest=record.payload_digest,
        byte_count=record.byte_count,
        content_type=record.content_type,
        warc_file=record.warc_file,
        warc_offset=record.warc_offset,
        identity_parameters=_joined(before, record),
    )
    if record.warc_file is not None and outcome is FetchOutcome.OK:
        return state
    if before is None or before.stored is None:
        return replace(
            state,
            etag=None,
            last_modified=None,
            stored_at=None,
            sha256=None,
            payload_digest=None,
            warc_file=None,
            warc_offset=None,
        )
    return replace(
        state,
        etag=record.etag if is_well else before.etag,
        last_modified=record.last_modified if is_well else before.last_modified,
        final_url=before.final_url,
        stored_at=before.stored_at,
        sha256=before.sha256,
        payload_digest=before.payload_digest,
        byte_count=before.byte_count,
        content_type=before.content_type,
        warc_file=before.warc_file,
        warc_offset=before.warc_offset,
    )


def _joined(before: UrlState | None, record: FetchRecord) -> str | None:
    """Return the identity parameters of a listing: those known before, and new ones."""
    known = before.identity_parameters if before else None
    names = {*(known or "").split(), *(record.identity_parameters or "").split()}
    return " ".join(sorted(names)) or None


def left_over(url: str, url_key: str, source_id: str | None, now: datetime) -> UrlState:
    """Return what is known of a page that was found but not asked for: it is due."""
    return UrlState(
        url_key=url_key,
        url=url,
        kind="page",
        source_id=source_id,
        fetched_at=now,
        outcome=FetchOutcome.LEFT_ALONE.value,
        failure_count=0,
        look_count=0,
        due_at=now,
        etag=None,
        last_modified=None,
        final_url=url,
        stored_at=None,
        sha256=None,
        payload_digest=None,
        byte_count=None,
        content_type=None,
        warc_file=None,
        warc_offset=None,
    )


def _due_at(
    record: FetchRecord, outcome: FetchOutcome, failures: int, looks: int, settings: FetchSettings
) -> datetime | None:
    """Return when the address is due again; an address with masked parts is never due by itself,
    since what was masked is not kept.
    """
    at, is_page = record.fetched_at, record.kind == "page"
    if outcome in WELL:
        if record.kind == "robots":
            return at + timedelta(hours=settings.robots_hours)
        if not is_page:
            return at
        return (
            at + timedelta(hours=settings.revisit_hours[looks - 1])
            if looks <= len(settings.revisit_hours)
            else None
        )
    if outcome is FetchOutcome.LEFT_ALONE:
        return at
    rule = CONSEQUENCES[outcome]
    if is_page and failures >= rule.give_up:
        return None
    first = rule.again or MAX_LISTING_HOURS
    if not is_page and record.kind != "robots":
        first = MAX_LISTING_HOURS if rule.is_lasting else FIRST_LISTING_HOURS
    hours = first * 2 ** min(failures - 1, 20)
    return at + timedelta(hours=min(hours, MAX_PAGE_HOURS if is_page else MAX_LISTING_HOURS))
