"""Erases articles everywhere, as a run of its own: lock, tombstones, load, purge, publish,
prove.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.acquire.raw.erase import erase_urls
from flows.acquire.raw.files import RawFiles
from flows.config.errors import InputError
from flows.link.keys import article_id as key_of
from flows.linking.linker import Linker
from flows.resolution.resolver import Resolver
from flows.steps.prove_erased import Trace, find_traces
from flows.steps.run_frame import run_facts
from schemas import PAGES
from warehouse.connect import Say, WarehouseAddress, demand, open_writer, run_lock, runs_folder
from warehouse.count_views import drop_counts
from warehouse.erase import Erasure, bury, find_erasure, ledger_rows, purge
from warehouse.load import load_run
from warehouse.migrate import set_up
from warehouse.publish import publish
from warehouse.search_index import drop_search_index
from warehouse.stage import empty_stage

HEX = set("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. `own_files` are files of the operator's that hold the pages still."""

    article_count: int
    page_count: int
    record_count: int
    own_files: tuple[str, ...]
    traces: tuple[Trace, ...] | None = None


def erase(
    warehouse: WarehouseAddress,
    raw_files: RawFiles,
    targets: Sequence[str],
    source_id: str | None,
    reason: str,
    lock_timeout: float,
    say: Say,
    *,
    verify: bool = False,
) -> Erased:
    """Take articles out of every table, copy, stored page and run folder, and publish.

    `targets` are addresses and article ids; `source_id` takes all articles of a source. A tombstone
    stays for each, also for an address that was never seen. Run again after a crash, it ends what
    it began. Raises InputError where a target is neither, WarehouseError as every writer does.
    """
    urls = [target for target in targets if target.startswith(("http://", "https://"))]
    keys = [key_of(url, "", "") for url in urls]
    for target in set(targets) - set(urls):
        if len(target) != 16 or not set(target) <= HEX:
            raise InputError(f"{target!r} is neither an address nor an article_id (16 hex digits).")
        keys.append(target)
    demand(warehouse)
    with run_lock(warehouse, lock_timeout, say):
        erasure, counts = _take_out(warehouse, keys, urls, source_id, reason, lock_timeout, say)
        record_count = erase_urls(raw_files, erasure.urls)
        shutil.rmtree(runs_folder(warehouse), ignore_errors=True)
        publish(warehouse, lock_timeout, say, compact=True)
        traces = None
        if verify:
            proof = find_traces(warehouse, raw_files, erasure.sentences, erasure.article_ids)
            traces = proof.traces
            for sentence, article in sorted(proof.shared.items()):
                say(f"another article ({article}) prints: {sentence[:60]}")
    own = [place.rpartition("#")[0] or place for place in erasure.locations]
    own_files = tuple(sorted({place for place in own if Path(place).is_file()}))
    return Erased(*counts, record_count, own_files, traces)


def _take_out(
    warehouse: WarehouseAddress,
    keys: Sequence[str],
    urls: Sequence[str],
    source_id: str | None,
    reason: str,
    lock_timeout: float,
    say: Say,
) -> tuple[Erasure, tuple[int, int]]:
    facts = run_facts("erase")
    stage = runs_folder(warehouse) / facts.run_id / "stage"
    with open_writer(warehouse, lock_timeout, say) as connection:
        set_up(connection)
        erasure = find_erasure(connection, keys, urls, source_id)
        addresses = [key_of(url, "", "") for url in erasure.urls]
        bury(connection, erasure, addresses, reason, facts.started_at)
        rows = ledger_rows(connection, facts.run_id)
        staged = empty_stage()
        staged.frames[PAGES.name] = PAGES.frame(rows)
        stage.mkdir(parents=True)
        staged.write(stage / "0000")
        facts = replace(facts, page_count=len(rows))
        load_run(connection, stage, facts, Resolver(), Linker(say))
        purge(connection, erasure)
        drop_search_index(connection)
        drop_counts(connection)
    return erasure, (len(rows), len(erasure.page_ids))
