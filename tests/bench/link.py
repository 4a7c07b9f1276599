"""What linking costs as the warehouse grows: `python -m tests.bench.link [ARTICLES] [NEW] [A_DAY]`.

Fills a warehouse with ARTICLES generated articles (10,000 unless given), A_DAY a day (2,000), then
links NEW more (1,000) as one run, and again in runs of a fortieth. Prints the CPU seconds, the
milliseconds an article, and the memory. The articles are invented: events with names and numbers of
their own, told by several outlets in other sentences, one in five a reprint; words are drawn by
Zipf's law.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from flows.link.keys import digest
from flows.linking.linker import link
from flows.steps.correct_links import lay_no_changes
from tests.bench.words import parser_of
from warehouse.migrate import migrate
from warehouse.transaction import transaction

START = datetime(2026, 1, 1, 6, tzinfo=UTC)
VOCABULARY, SENTENCES = 60_000, 22
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

SYLLABLES = (
    "ba bren cor dal dru el fen gar hol is jor kel lun mar nor os pel quil ras sten tor "
    "ul vey wick yar zan"
).split()


def word(number: int) -> str:
    """Return an invented word, another for each number."""
    parts: list[str] = []
    while number or not parts:
        number, rest = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[rest])
    return "".join(parts).capitalize()


@cache
def vocabulary() -> list[str]:
    """Return the common words, the most frequent first."""
    return [word(rank).lower() for rank in range(VOCABULARY)]


def sentence(random: random.Random, own: list[str]) -> str:
    """Return a sentence of common words and some of an event's own."""
    words = random.choices(vocabulary(), cum_weights=WEIGHTS, k=random.randint(12, 26))
    for _ in range(3):
        words[random.randrange(1, len(words))] = random.choice(own)
    return " ".join(words).capitalize() + "."


def articles(count: int, a_day: int, seed: int, first: int = 0) -> Iterator[dict[str, Any]]:
    """Yield generated articles, in order of time; four of them tell one event on average."""
    events: list[tuple[list[str], list[str], list[str]]] = []
    for n in range(first, first + count):
        chance = random.Random(f"{seed}/{n}")
        if not events or chance.random() < 0.25:
            own = [word(chance.randrange(10**7)).capitalize() for _ in range(12)]
            own += [str(chance.randrange(10_000)) for _ in range(3)]
            said = [sentence(chance, own) for _ in range(4)]
            events.append((own, said, []))
        own, said, lines = chance.choice(events[-200:])
        if not lines or chance.random() > 0.2:
            lines[:] = [sentence(chance, own) for _ in range(SENTENCES)]
        quoted = chance.sample(said, 2)
        text = "\n".join(
            [*lines[:3], *(f"“{q}” said {own[0]} {own[1]}." for q in quoted), *lines[3:]]
        )
        moment = START + timedelta(days=n / a_day)
        site = f"outlet{chance.randrange(300)}.example"
        yield {
            "article_id": digest("bench", n),
            "url": f"https://{site}/{n}",
            "site": site,
            "title": " ".join(own[:4]),
            "text": text,
            "published_at": moment,
            "first_seen_at": moment,
            "quotes": quoted,
            "speaker": f"{own[0]} {own[1]}",
        }


def load(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    """Put articles and their quotations into the warehouse, without linking them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.parquet"
        pl.DataFrame(rows).write_parquet(file)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE rows AS FROM read_parquet('{file}')")
    given = {
        "source_id": "site",
        "authors": "[]",
        "published_precision": "'minute'",
        "language": "'en'",
        "word_count": "400",
        "flags": "[]",
        "page_id": "article_id",
        "run_id": "'bench'",
        "extractor_version": "'bench'",
        "last_seen_at": "first_seen_at",
        "kind": "'article'",
        "keywords": "[]",
        "images": "'[]'",
        "corrections": "[]",
    }
    names = [name for name, *_ in connection.execute("DESCRIBE articles").fetchall()]
    own = {name for name, *_ in connection.execute("DESCRIBE rows").fetchall()}
    chosen = [name if name in own else given.get(name, "NULL") for name in names]
    connection.execute(f"INSERT INTO articles SELECT {', '.join(chosen)} FROM rows")
    connection.execute(
        "INSERT INTO meta.article_facts SELECT article_id, site, 'bench', first_seen_at, "
        "first_seen_at, 'en', 0, 0, article_id, article_id, article_id, published_at::DATE, "
        "row_number() OVER () + (SELECT count(*) FROM meta.article_facts), "
        "(md5_number_lower(article_id) >> 1)::BIGINT FROM rows"
    )
    connection.execute(
        "INSERT INTO meta.quote_rows (quote_id, article_id, position, text, kind, speaker, "
        "char_start, char_end, article_number) "
        "SELECT substr(sha256(article_id || q), 1, 16), article_id, 1, q, 'direct', speaker, "
        "strpos(text, q) - 1, strpos(text, q) - 1 + length(q), article_number FROM "
        "(SELECT *, unnest(quotes) AS q FROM rows JOIN meta.article_facts USING (article_id))"
    )


MULTIPLIED = {
    "articles": ("article_id", "page_id", "story_id", "copy_id"),
    "meta.article_facts": ("article_id",),
    "meta.quote_rows": ("quote_id", "article_id", "utterance_id"),
    "stories": ("story_id",),
    "utterances": ("utterance_id", "story_id"),
    "meta.links": ("from_id", "to_id", "article_id", "other_article_id"),
    "meta.wording_pairs": ("utterance_id", "article_id", "other_article_id"),
}
"""Tables that grow with the warehouse, and their keys."""

NUMBERED = ("meta.article_facts", "meta.quote_rows")
"""Those of them that give an article by its number."""


def multiply(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Repeat what is there under other keys, until there are `count` articles: they are older than
    the window, so that linking must not read them.
    """
    there = connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
    for table, keys in MULTIPLIED.items():
        made = ", ".join(f"substr(sha256({key} || n), 1, 16) AS {key}" for key in keys)
        made += f", article_number + n * {there} AS article_number" * (table in NUMBERED)
        connection.execute(
            f"INSERT INTO {table} SELECT t.* REPLACE ({made}) FROM {table} AS t, "
            f"range(1, {max(1, count // there)}) AS r(n)"
        )


def run(connection: duckdb.DuckDBPyConnection, ids: list[str], now: datetime) -> float:
    """Link articles as a run does that has loaded them; return the CPU seconds."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_asked AS SELECT unnest(string_split(?, ' ')) AS "
        "article_id",
        [" ".join(ids)],
    )
    for table, name in (("articles", "article"), ("meta.quote_rows", "quote")):
        connection.execute(
            f"SET VARIABLE first_{name}_row = (SELECT min(rowid) FROM {table} SEMI JOIN link_asked "
            "USING (article_id))"
        )
    begun = time.process_time()
    with transaction(connection):
        lay_no_changes(connection, "bench", now)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE former_links AS "
            "SELECT article_id, story_id, copy_id, run_id, first_seen_at FROM articles LIMIT 0;"
            "CREATE OR REPLACE TEMP TABLE former_utterances AS "
            "SELECT utterance_id FROM quotes LIMIT 0"
        )
        link(connection)
    return time.process_time() - begun


def main(words: list[str]) -> int:
    """Run the benchmark."""
    asked = parser_of(__doc__, articles=10_000, new=1_000, a_day=2_000).parse_args(words)
    count, new, a_day = asked.articles, asked.new, asked.a_day
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "w.duckdb"))
        connection.execute("SET TimeZone = 'UTC'; SET memory_limit = '3GB'")
        migrate(connection)
        recent = min(count, 16 * a_day)
        if count > recent:
            old = list(articles(min(2_000, count - recent), a_day, 1))
            load(connection, old)
            run(connection, [row["article_id"] for row in old], old[-1]["first_seen_at"])
            multiply(connection, count - recent)
        step = 5_000
        for start in range(count - recent, count, step):
            rows = list(articles(min(step, count - start), a_day, 1, start))
            load(connection, rows)
            spent = run(connection, [row["article_id"] for row in rows], rows[-1]["first_seen_at"])
            each = 1000 * spent / len(rows)
            print(f"{start + len(rows):,} articles: {each:.2f} ms an article", flush=True)
        fresh = list(articles(new, a_day, 1, count))
        load(connection, fresh)
        ids, now = [row["article_id"] for row in fresh], fresh[-1]["first_seen_at"]
        half = len(ids) // 2
        whole = run(connection, ids[:half], now)
        print(
            f"{half} new into {count:,} in one run: {whole:.2f} s, {1000 * whole / half:.2f} ms "
            "an article"
        )
        size = max(1, a_day // 24)
        small = sum(run(connection, ids[n : n + size], now) for n in range(half, len(ids), size))
        print(
            f"{half} new in runs of {size}: {small:.2f} s, {1000 * small / half:.2f} ms an article"
        )
        stories = connection.execute("SELECT count(*), max(article_count) FROM stories").fetchone()
        print(f"stories, and articles of the largest: {stories}")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
