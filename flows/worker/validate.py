"""Judged pages → staged frames: rows that keep their contracts in their tables, all others in the
quarantine with payload and reason.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

import polars as pl

from flows.worker import rows
from flows.worker.annotation_rows import mention_rows, name_rows, quote_rows
from flows.worker.rows import ProcessedPage, RunContext
from schemas import (
    ARTICLES,
    BOILERPLATE,
    BY_NAME,
    ENTITY_NAMES,
    MENTIONS,
    PAGES,
    QUARANTINE,
    QUOTES,
    SITE_BLOCKS,
    Row,
    split_rows,
)
from warehouse.stage import STAGED, WITH_PAGE, Stage

Owned = tuple[int, Row]
"""A row and the place of its page in the batch."""

PARTS = (QUOTES.name, MENTIONS.name, BOILERPLATE.name, ENTITY_NAMES.name, SITE_BLOCKS.name)
"""Tables whose rows hang on an article's."""

DERIVED = (ENTITY_NAMES.name, SITE_BLOCKS.name)
"""Parts that say nothing without their article and are not worth a place in the quarantine when it
is there already.
"""


def stage_pages(processed: Sequence[ProcessedPage], run: RunContext) -> Stage:
    """Return the staged frames of a batch; every page has a row in the ledger. Raises ContractError
    where a frame itself is wrong.
    """
    kept, quarantine, lost, whole = hold_to_contracts(processed, run)
    articles = {owner: row["article_id"] for owner, row in kept[ARTICLES.name]}
    ledger = [
        _ledger_row(page, run, articles.get(owner), lost.get(owner))
        for owner, page in enumerate(processed)
    ]
    frames: dict[str, pl.DataFrame] = {
        PAGES.name: PAGES.frame(ledger),
        QUARANTINE.name: QUARANTINE.frame(quarantine),
    }
    for contract in STAGED:
        if (name := contract.name) not in frames:
            found = kept.get(name, [])
            frame = whole[name] if name in whole else contract.frame([row for _, row in found])
            if name in WITH_PAGE:
                pages = [processed[owner].page_id for owner, _ in found]
                frame = frame.with_columns(pl.Series("page_id", pages, pl.String))
            frames[name] = frame
    return Stage(frames)


def _ledger_row(
    page: ProcessedPage, run: RunContext, article_id: str | None, lost: str | None
) -> Row:
    cleaned = page.cleaned
    if page.failure is not None and cleaned.outcome != "passing_trouble":
        return rows.page_row(page, run, "rejected", f"error: {cleaned.detail}", None)
    if cleaned.outcome != "article":
        return rows.page_row(
            page, run, "rejected", f"{cleaned.outcome}: {cleaned.detail}".removesuffix(": "), None
        )
    if lost is not None:
        return rows.page_row(page, run, "rejected", f"contract: {lost}", None)
    return rows.page_row(page, run, "loaded", None, article_id)


def hold_to_contracts(
    processed: Sequence[ProcessedPage], run: RunContext
) -> tuple[dict[str, list[Owned]], list[Row], dict[int, str], dict[str, pl.DataFrame]]:
    """Return (rows that keep their contracts, by table; quarantine rows; why each page whose
    article was kept out lost it; the frames of the kept rows, by table, where nothing went to the
    quarantine).

    Without its article's row nothing that hangs on it is kept, and a mention goes with its entity.
    """
    made = _made_rows(processed, run)
    quarantine = [_failed_page(page, run) for page in processed if page.failure is not None]
    kept: dict[str, list[Owned]] = {}
    lost: dict[int, str] = {}
    lost_entities: set[tuple[int, str]] = set()
    frames: dict[str, pl.DataFrame] = {}
    for table in (ARTICLES.name, *PARTS):
        owned = made[table]
        frames[table] = BY_NAME[table].frame([row for _, row in owned])
        _, failures = split_rows(BY_NAME[table], frames[table])
        for failure in failures.to_dicts():
            owner, row = owned[failure["row"]]
            quarantine.append(
                _broken_row(
                    table, row, failure["check_name"], failure["reason"], processed[owner], run
                )
            )
            if table == ARTICLES.name:
                lost.setdefault(owner, failure["reason"])
            elif table == ENTITY_NAMES.name:
                lost_entities.add((owner, row["name_id"]))
        bad = set(failures["row"])
        kept[table] = [pair for place, pair in enumerate(owned) if place not in bad]
    for table in PARTS:
        alone = [(owner, row) for owner, row in kept[table] if owner in lost]
        quarantine += [
            _broken_row(
                table,
                row,
                f"{table}: row: its article",
                "its article is in quarantine",
                processed[owner],
                run,
            )
            for owner, row in alone
            if table not in DERIVED
        ]
        kept[table] = [(owner, row) for owner, row in kept[table] if owner not in lost]
    if lost_entities:
        quarantine += _drop_with_entities(kept, lost_entities, processed, run)
    return kept, quarantine, lost, {} if quarantine else frames


def _made_rows(processed: Sequence[ProcessedPage], run: RunContext) -> dict[str, list[Owned]]:
    made: dict[str, list[Owned]] = defaultdict(list)

    def add(table: str, owner: int, found: Iterable[Row]) -> None:
        made[table] += [(owner, row) for row in found]

    for owner, page in enumerate(processed):
        if page.cleaned.outcome == "article":
            article = rows.article_row(page, run)
            key = article["article_id"]
            add(ARTICLES.name, owner, [article])
            add(QUOTES.name, owner, quote_rows(page, key))
            add(MENTIONS.name, owner, mention_rows(page, key))
            add(ENTITY_NAMES.name, owner, name_rows(page))
            add(SITE_BLOCKS.name, owner, rows.site_block_rows(page, key))
            add(BOILERPLATE.name, owner, rows.boilerplate_rows(page, key))
        elif page.page_id:
            add(BOILERPLATE.name, owner, rows.boilerplate_rows(page, None))
    return made


def _drop_with_entities(
    kept: dict[str, list[Owned]],
    lost: set[tuple[int, str]],
    processed: Sequence[ProcessedPage],
    run: RunContext,
) -> list[Row]:
    """Take out of `kept` the mentions of lost entities and the links of speakers to them; return
    the mentions' quarantine rows.
    """
    gone = [(owner, row) for owner, row in kept[MENTIONS.name] if (owner, row["name_id"]) in lost]
    kept[MENTIONS.name] = [
        (owner, row) for owner, row in kept[MENTIONS.name] if (owner, row["name_id"]) not in lost
    ]
    nobody = {"speaker_entity_id": None, "speaker_name_id": None}
    kept[QUOTES.name] = [
        (owner, row | nobody if (owner, row["speaker_name_id"]) in lost else row)
        for owner, row in kept[QUOTES.name]
    ]
    reason = "its entity is in quarantine"
    return [
        _broken_row(
            MENTIONS.name, row, "mentions: entity_id: its entity", reason, processed[owner], run
        )
        for owner, row in gone
    ]


def _failed_page(page: ProcessedPage, run: RunContext) -> Row:
    payload = {"location": page.ref.location, "traceback": page.failure}
    return _quarantine_row(
        PAGES.name, page.ref.location, payload, "processing", page.cleaned.detail, page, run
    )


def _broken_row(
    table: str, row: Row, check_name: str, reason: str, page: ProcessedPage, run: RunContext
) -> Row:
    row_key = "/".join(str(row[column]) for column in BY_NAME[table].key)
    return _quarantine_row(table, row_key, row, check_name, reason, page, run)


def _quarantine_row(
    table: str,
    row_key: str,
    payload: Row,
    check_name: str,
    reason: str,
    page: ProcessedPage,
    run: RunContext,
) -> Row:
    return {
        "table_name": table,
        "row_key": row_key,
        "check_name": check_name,
        "reason": reason[:2000],
        "payload": json.dumps(payload, ensure_ascii=False, default=str),
        "page_id": page.page_id,
        "run_id": run.run_id,
        "replayed_at": None,
    }
