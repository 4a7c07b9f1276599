"""Small pages, all invented, and the shortest way to run them through the real steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from flows.steps import ingest as steps
from flows.steps.request import Request
from flows.steps.run import Run
from flows.worker.ahead import process_ahead
from flows.worker.batch import Batch, process_batch
from flows.worker.process_page import Tools
from flows.worker.reclean import reclean
from tests.web.publisher import own_words
from warehouse.check import CheckResult
from warehouse.connect import LakeAddress, WarehouseAddress, open_reader
from warehouse.sql import quoted, read_folder

PARAGRAPHS = (
    "The harbour council of Port Ellery voted on Tuesday to widen the northern quay, ending "
    "eleven months of argument over its cost.",
    "“We shall not ask the fishing families to pay for this twice,” said Marta Quilliam, who "
    "leads the council. "
    "She added that work would begin in spring and take two winters, weather permitting.",
    "The builders, Ostrander Marine, had asked for a third more than the sum first agreed. A "
    "spokesman for the company said the price of "
    "stone had risen since the tender, and that the quarry at Low Fenwick could deliver only "
    "half of what was needed.",
    "Trade through the harbour has doubled in ten years, according to the port authority, and "
    "ships now wait outside the breakwater for "
    "up to three days in bad weather.",
)


def html_page(title: str, paragraphs: Sequence[str] = PARAGRAPHS, url: str | None = None) -> str:
    """A plain news page; `url` becomes its canonical address."""
    link = f'<link rel="canonical" href="{url}">' if url else ""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        '<!doctype html><html lang="en"><head><meta '
        f'charset="utf-8"><title>{title}</title>{link}</head><body>'
        '<nav><a href="/">Home</a> <a '
        f'href="/sport">Sport</a></nav><article><h1>{title}</h1>{body}</article>'
        "<footer>© Ellery Tide</footer></body></html>"
    )


def text_page(title: str, paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    """The same as text, a blank line between paragraphs."""
    return "\n\n".join((title, *paragraphs))


SOURCES = "sources:\n- {id: tide, name: Tide, site: tide.example, pages: [pages]}\n"
"""A `sources.yml` with one source, whose pages are in the folder `pages` beside it."""


def write_parts(folder: Path, numbers: Iterable[int], site: str | None = None) -> Path:
    """Make `folder` with a page for each number, and return it. Each page has a quotation and a
    text of its own; its canonical address is `SITE/NUMBER` where a site is given.
    """
    folder.mkdir()
    for n in numbers:
        paragraphs = [*PARAGRAPHS[n % 2 :], *own_words(f"part {n}")]
        page = html_page(f"Quay, part {n}", paragraphs, site and f"{site}/{n}")
        (folder / f"{n}.html").write_text(page, encoding="utf-8")
    return folder


def request(
    folder: Path,
    *inputs: Path,
    warehouse: WarehouseAddress | None = None,
    workers: int = 1,
    batch_size: int = 200,
    lock_timeout: float = 5,
    **more: Any,
) -> Request:
    """A request on `warehouse`, the file `w.duckdb` in `folder` unless it is given; `more` are
    other fields of the request.
    """
    return Request(
        tuple(map(str, inputs)),
        None,
        folder / "w.duckdb" if warehouse is None else warehouse,
        lock_timeout,
        batch_size,
        workers,
        kept_runs=3,
        **more,
    )


def file_of(asked: Request) -> Path:
    """The DuckDB file that a request writes."""
    assert isinstance(asked.warehouse, Path)
    return asked.warehouse


def rule_file(folder: Path, pattern: str) -> Path:
    """A rule file of one's own that strips lines holding `pattern`, which are plain words."""
    file = folder / "mine.toml"
    file.write_text(
        '[[rule]]\nid = "mine.words"\nreason = "other_stories"\nwhere = "any"\npattern = '
        f'"{pattern}"\n'
        f'cuts = ["{pattern} today."]\nkeeps = ["Nothing of the kind was said."]\n',
        encoding="utf-8",
    )
    return file


def process_here(batch_file: Path, stage: Path) -> None:
    """Process a batch in this process: no worker has to start. Tests of isolation call `run_batch`
    instead.
    """
    process_batch(Batch.read(batch_file), stage / batch_file.stem)


def process_ahead_here(batch_file: Path, folder: Path) -> None:
    """Process pages that came while others are fetched in this process."""
    batch = Batch.read(batch_file)
    process_ahead(batch.pages, Tools.of(batch.run), folder)


def ingest(
    asked: Request,
    between: Callable[[Run], None] = lambda _: None,
    process: Callable[[Path, Path], object] = process_here,
    ahead: Callable[[Path, Path], None] = lambda file, folder: None,
) -> tuple[CheckResult, ...]:
    """Run the steps without Prefect. `process` handles a batch file, `ahead` one of pages that came
    while others are fetched (nothing is processed then unless given); `between` may change staged
    rows before they are loaded.
    """
    with steps.begin(asked) as run:
        for batch in steps.remember(run):
            reclean(batch, run.memory_folder / "stage" / batch.stem)
        steps.settle_memory(run)
        run = steps.fetch_pages(run, ahead, process)
        for batch in steps.prepare(run):
            process(batch, run.stage)
        between(run)
        return steps.finish(run)


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@contextmanager
def reading(warehouse: WarehouseAddress) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse that nobody writes. A file is attached to one DuckDB for all tests: to start
    another one takes 0.012 s, more than most questions.
    """
    if isinstance(warehouse, LakeAddress):
        with open_reader(warehouse) as connection:
            yield connection
        return
    with _reader().cursor() as connection:
        connection.execute(f"ATTACH {quoted(warehouse)} AS asked (READ_ONLY)")
        try:
            connection.execute("USE asked; SET TimeZone = 'UTC'")
            yield connection
        finally:
            connection.execute("USE memory; DETACH asked")


def ask(warehouse: WarehouseAddress, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Rows of a query on a warehouse that nobody writes."""
    with reading(warehouse) as connection:
        return connection.execute(query, list(parameters)).fetchall()


def write_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `meta.article_facts` for articles that a test has put in by itself, as its migration
    does for those of before.
    """
    (file,) = (f for f in read_folder("migrations") if f.name.endswith("_article_facts"))
    connection.execute("DELETE FROM meta.article_facts")
    rows = file.text[file.text.index("SELECT", file.text.index("INSERT INTO")) :].rstrip(";\n ")
    connection.execute(
        "INSERT INTO meta.article_facts SELECT *, first_seen_at::DATE, row_number() OVER (), "
        f"(md5_number_lower(article_id) >> 1)::BIGINT FROM ({rows})"
    )


CONTENTS = {
    "articles": "SELECT * EXCLUDE (run_id) REPLACE ("
    "CASE WHEN story_id IS NOT NULL THEN min(article_id) OVER (PARTITION BY story_id) END AS "
    "story_id, "
    "min(article_id) OVER (PARTITION BY copy_id) AS copy_id) FROM articles ORDER BY article_id",
    "article_versions": "SELECT * EXCLUDE (run_id) FROM article_versions ORDER BY article_id, "
    "version",
    "quotes": "SELECT * REPLACE (CASE WHEN utterance_id IS NOT NULL "
    "THEN min(quote_id) OVER (PARTITION BY utterance_id) END AS utterance_id) FROM quotes ORDER "
    "BY quote_id",
    "stories": "SELECT * EXCLUDE (story_id) FROM stories ORDER BY ALL",
    "utterances": "SELECT * EXCLUDE (utterance_id, story_id) FROM utterances ORDER BY ALL",
    "narrations": "SELECT * EXCLUDE (utterance_id) FROM narrations ORDER BY ALL",
    "meta.wording_pairs": "SELECT * EXCLUDE (utterance_id) FROM meta.wording_pairs ORDER BY ALL",
    "entities": "SELECT * FROM entities ORDER BY entity_id",
    "mentions": "SELECT * FROM mentions ORDER BY article_id, char_start",
    "meta.entity_names": "SELECT * EXCLUDE (name_number) FROM meta.entity_names ORDER BY name_id",
    "meta.entity_links": "SELECT * EXCLUDE (run_id) FROM meta.entity_links ORDER BY ALL",
    "boilerplate": "SELECT * FROM boilerplate ORDER BY page_id, position",
    "meta.site_blocks": "SELECT * FROM meta.site_blocks ORDER BY site, block_id",
    "meta.quarantine": "SELECT * EXCLUDE (run_id, payload) FROM meta.quarantine ORDER BY ALL",
}


def contents(
    warehouse: WarehouseAddress, queries: Mapping[str, str] = CONTENTS
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of the tables that two equal histories must share; run ids always differ.

    Stories, copies and utterances are compared by what they hold: a key says what came first.
    """
    with reading(warehouse) as connection:
        return {table: connection.execute(query).fetchall() for table, query in queries.items()}
