"""Learns from the warehouse which blocks are boilerplate, and cleans the loaded articles that hold
them again.

This does not need the page: the block is cut from the stored text, and quotes, mentions and keys
are made again. `reclean` processes one batch in a worker process, as `flows.worker.batch` does for
pages.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from flows.acquire.page import PageRef
from flows.annotate import Annotations, annotate
from flows.annotate.recogniser import load_recogniser
from flows.clean.model import Cleaned
from flows.link.fold import count_words
from flows.link.keys import block_id
from flows.link.site_blocks import MIN_ARTICLES, is_boilerplate, without_known
from flows.worker.annotation_rows import mention_rows, name_rows, quote_rows
from flows.worker.rows import ProcessedPage, RunContext
from flows.worker.site_memory import RULE, Memory, read_memory
from schemas import ARTICLES, BOILERPLATE, ENTITY_NAMES, MENTIONS, QUOTES, SITE_BLOCKS, Row
from warehouse.sql import fetch_named, quoted
from warehouse.stage import empty_stage, read_rows, staged_dtypes

MAX_SAMPLED_ARTICLES = 60
"""Articles that decide on a block; more would not change the median."""

CANDIDATES = """
    SELECT * FROM meta.site_blocks
    WHERE state <> 'known' AND article_count >= ?
      AND article_count >= 1.25 * coalesce(judged_count, 0)
    ORDER BY site, block_id
"""
"""Blocks in enough articles, and in a quarter more than when they were last classified. So each
block is classified less and less often.
"""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: rows of the memory with their new state, and the articles that hold blocks
    which are known from now on.
    """

    judged: tuple[Row, ...]
    article_ids: tuple[str, ...]


def known_blocks(connection: duckdb.DuckDBPyConnection) -> Memory:
    """Return the known blocks of every site."""
    found: dict[str, set[str]] = defaultdict(set)
    for site, key in connection.execute(
        "SELECT site, block_id FROM meta.site_blocks WHERE state = 'known'"
    ).fetchall():
        found[site].add(key)
    return {site: frozenset(keys) for site, keys in found.items()}


def learn(connection: duckdb.DuckDBPyConnection) -> Learned:
    """Classify the candidates; changes nothing."""
    judged: list[Row] = []
    held: set[str] = set()
    for row in fetch_named(connection.execute(CANDIDATES, [MIN_ARTICLES])):
        texts = dict(
            connection.execute(
                "SELECT article_id, text FROM articles "
                "WHERE article_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY article_id LIMIT ?",
                [row["article_ids"], MAX_SAMPLED_ARTICLES],
            ).fetchall()
        )
        lines = (
            line
            for text in texts.values()
            for line in text.split("\n")
            if block_id(line) == row["block_id"]
        )
        block = next(lines, None)
        is_known = block is not None and is_boilerplate(block, texts)
        judged.append(
            row | {"state": "known" if is_known else "own", "judged_count": row["article_count"]}
        )
        if is_known:
            held |= set(row["article_ids"])
    return Learned(tuple(judged), tuple(sorted(held)))


def write_batches(
    connection: duckdb.DuckDBPyConnection,
    learned: Learned,
    run: RunContext,
    folder: Path,
    batch_size: int,
) -> list[Path]:
    """Stage the classified blocks, write the articles to clean again as batch files, and return
    these in order.
    """
    stage, batches = folder / "stage", folder / "batches"
    batches.mkdir(parents=True)
    stage.mkdir()
    judged = empty_stage()
    judged.frames[SITE_BLOCKS.name] = SITE_BLOCKS.frame(list(learned.judged))
    judged.write(stage / "0000")
    files = []
    for number, start in enumerate(range(0, len(learned.article_ids), batch_size), 1):
        file = batches / f"{number:04}.json"
        chosen = list(learned.article_ids[start : start + batch_size])
        for table in (ARTICLES.name, BOILERPLATE.name):
            held = "article_id IN (SELECT unnest(?::VARCHAR[]))"
            # Parquet has no JSON: polars would read it as bytes
            texts = " REPLACE (images::VARCHAR AS images)" if table == ARTICLES.name else ""
            rows = f"SELECT *{texts} FROM {table} WHERE {held} ORDER BY ALL"
            connection.execute(
                f"COPY ({rows}) TO {quoted(file.with_suffix(f'.{table}.parquet'))}", [chosen]
            )
        file.write_text(json.dumps(asdict(run), ensure_ascii=False), encoding="utf-8")
        files.append(file)
    return files


def reclean(batch_file: Path, folder: Path, done: Callable[[str], None] = lambda _: None) -> None:
    """Cut the known blocks from a batch of loaded articles and stage these; `done` hears of
    each.
    """
    run = RunContext(**json.loads(batch_file.read_text(encoding="utf-8")))
    memory, recognise = read_memory(run.memory_file), load_recogniser(run.recogniser)
    articles = _read(batch_file.with_suffix(f".{ARTICLES.name}.parquet"))
    earlier = defaultdict(list)
    for row in _read(batch_file.with_suffix(f".{BOILERPLATE.name}.parquet")):
        earlier[row["article_id"]].append(row)
    made: dict[str, list[Row]] = defaultdict(list)
    for article in articles:
        text, cut = without_known(article["text"], memory.get(article["site"] or "", frozenset()))
        if cut:
            home = run.homes.get(article["source_id"])
            found = annotate(text, recognise, home, article["language"])
            for table, rows in _rows(
                article, text, cut, earlier[article["article_id"]], run, found
            ).items():
                made[table] += rows
        done("article")
    stage = empty_stage()
    for contract in (ARTICLES, QUOTES, MENTIONS, ENTITY_NAMES, BOILERPLATE):
        stage.frames[contract.name] = pl.DataFrame(
            made[contract.name], schema=staged_dtypes(contract), orient="row"
        )
    stage.write(folder)


def _read(file: Path) -> list[Row]:
    """Return the rows of a Parquet file; DuckDB writes JSON as bytes."""
    frame = read_rows(file)
    return frame.with_columns(pl.col(pl.Binary).cast(pl.String)).to_dicts()


def _rows(
    article: Row, text: str, cut: list[str], earlier: list[Row], run: RunContext, found: Annotations
) -> dict[str, list[Row]]:
    key, page_id = article["article_id"], article["page_id"]
    nowhere = PageRef("", "", datetime.now(UTC), is_html=False)
    page = ProcessedPage(
        nowhere,
        1,
        page_id,
        None,
        Cleaned("article", text=text, published_at=article["published_at"]),
        found,
    )
    last = max((row["position"] for row in earlier), default=0)
    gone = [
        {
            "page_id": page_id,
            "article_id": key,
            "position": last + n,
            "reason": "site_repeat",
            "rule": RULE,
            "text": block,
        }
        for n, block in enumerate(cut, 1)
    ]
    fresh = {
        "text": text,
        "word_count": max(1, count_words(text)),
        "run_id": run.run_id,
    }
    return {
        ARTICLES.name: [article | fresh],
        QUOTES.name: [row | {"page_id": page_id} for row in quote_rows(page, key)],
        MENTIONS.name: [row | {"page_id": page_id} for row in mention_rows(page, key)],
        ENTITY_NAMES.name: name_rows(page),
        BOILERPLATE.name: earlier + gone,
    }
