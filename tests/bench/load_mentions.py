"""How loading 100,000 articles' mentions slows as the warehouse fills: `python -m
tests.bench.load_mentions [ARTICLES_A_LOAD] [LOADS]`.

Loads generated rows, LOADS times ARTICLES_A_LOAD of them (100,000 and 11 unless given: the last
goes into a warehouse of 1,000,000), through the real loader: merges, resolving, checks, commit.
Prints the seconds of each load and the last over the first; exit code 1 from 1.5 on.

The rows: articles of up to ten names each, mentioned twice, drawn by rank from topics of forty;
names of people in several spellings, surnames alone, organisations, places; of some people the
articles say what they are and where. What the workers do (cleaning, annotating) is not here.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import duckdb
import polars as pl

from flows.acquire.page import PageRef
from flows.annotate.model import Annotations, Bearer, Mention
from flows.clean.model import Cleaned
from flows.link.keys import digest
from flows.resolution.resolver import Resolver
from flows.worker.rows import ProcessedPage, name_rows
from schemas import ARTICLES, ENTITY_NAMES, MENTIONS, PAGES, Row
from warehouse.load import RunFacts, load_run
from warehouse.migrate import migrate
from warehouse.stage import empty_stage, staged_dtypes

MOST_RATIO = 1.5
"""What a load into 1,000,000 articles may take of one into none (issue 5, point 7)."""

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = "US GB KE IN CN BR FR NG ZA PH".split()
NOWHERE = PageRef("", "", WHEN, is_html=False)

TOPICS, NAMES_A_TOPIC, NAMES_AN_ARTICLE = 20_000, 40, 10
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


def topic_names(topic: int) -> list[tuple[str, str]]:
    """Return (label, name) of the names of one topic, the foremost first; some are those of other
    topics.
    """
    dice = random.Random(topic)
    names = []
    for _ in range(NAMES_A_TOPIC):
        kind, common = dice.random(), int(200_000 ** dice.random())
        if kind < 0.6:
            names.append(("PERSON", f"{word(common % 600)} {word(700 + common % 30_000)}"))
        elif kind < 0.8:
            names.append(
                (
                    "ORG",
                    f"{word(common)} {dice.choice(('Group', 'Institute', 'Bank', 'University'))}",
                )
            )
        else:
            names.append(("GPE", word(1_000_000 + common % 50_000)))
    return names


def printed(label: str, name: str, dice: random.Random) -> str:
    """Return a name as one article gives it: now and then another spelling, or a surname alone."""
    chance = dice.random()
    if label == "PERSON" and chance < 0.05:
        return name.replace("k", "c", 1)
    if label == "PERSON" and chance < 0.15:
        return name.split()[-1]
    return name


def articles(first: int, count: int) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield (key, country that its topic is of, names) of `count` articles from number `first`
    on.
    """
    weights = list(accumulate(1 / (rank + 10) for rank in range(TOPICS)))
    inner = list(accumulate(1 / (rank + 2) for rank in range(NAMES_A_TOPIC)))
    for number in range(first, first + count):
        dice = random.Random(-number - 1)
        topic = dice.choices(range(TOPICS), cum_weights=weights)[0]
        names = topic_names(topic)
        chosen = dict.fromkeys(
            dice.choices(range(NAMES_A_TOPIC), cum_weights=inner, k=NAMES_AN_ARTICLE)
        )
        yield (
            digest("bench", number),
            COUNTRIES[topic % len(COUNTRIES)],
            [(names[place][0], printed(*names[place], dice)) for place in chosen],
        )


def saying(setting: str | None, name: str, dice: random.Random) -> Bearer:
    """Return what an article says of a person, as often as real ones do: an occupation of one in
    seven, an own country of one in forty.
    """
    occupation = (
        ("office", "sport", "trade", "arts")[len(name) % 4] if dice.random() < 0.14 else None
    )
    own = COUNTRIES[len(name) % len(COUNTRIES)] if occupation and dice.random() < 0.2 else None
    return Bearer(occupation, own or setting, is_told=own is not None)


def write_stage(folder: Path, first: int, count: int, run_id: str) -> None:
    """Stage the rows of `count` articles as one batch."""
    mentions: dict[str, list[object]] = {name: [] for name in staged_dtypes(MENTIONS)}
    texts: list[str] = []
    keys: list[str] = []
    known: dict[tuple[str, str, Bearer | None], Row] = {}
    for key, country, names in articles(first, count):
        text, dice = "", random.Random(key)
        setting = (
            (country if dice.random() < 0.9 else dice.choice(COUNTRIES))
            if dice.random() < 0.35
            else None
        )
        said = {
            name: bearer for _, name in names if (bearer := saying(setting, name, dice)) != Bearer()
        }
        for label, name in names * 2:
            found = known.get((label, name, said.get(name)))
            if found is None:
                notes = Annotations((), (Mention(0, 1, label, name),), said)
                found = known[label, name, said.get(name)] = name_rows(
                    ProcessedPage(NOWHERE, 1, None, None, Cleaned("article"), notes)
                )[0]
            row = (
                key,
                found["entity_id"],
                found["name_id"],
                name,
                len(text),
                len(text) + len(name),
                key,
            )
            for column, value in zip(mentions.values(), row, strict=True):
                column.append(value)
            text += f"{name} "
        keys.append(key)
        texts.append(text)
    stage = empty_stage()
    stage.frames[MENTIONS.name] = pl.DataFrame(mentions, schema=staged_dtypes(MENTIONS))
    stage.frames[ENTITY_NAMES.name] = ENTITY_NAMES.frame(
        list({row["name_id"]: row for row in known.values()}.values())
    )
    base = pl.DataFrame(
        {
            "article_id": keys,
            "text": texts,
            "page_id": keys,
            "story_id": keys,
            "location": keys,
            "url": keys,
        }
    )
    stated = {
        "source_id": "bench",
        "authors": [],
        "word_count": 40,
        "flags": [],
        "run_id": run_id,
        "extractor_version": "bench",
        "outcome": "loaded",
        "first_seen_at": WHEN,
        "last_seen_at": WHEN,
        "fetched_at": WHEN,
        "position": 1,
        "language": "en",
    }
    for contract in (ARTICLES, PAGES):
        columns = [
            (pl.col(name) if name in base.columns else pl.lit(stated.get(name), dtype=dtype))
            .cast(dtype)
            .alias(name)
            for name, dtype in contract.dtypes.items()
        ]
        stage.frames[contract.name] = base.select(columns)
    stage.write(folder)


def main(arguments: list[str]) -> int:
    """Load, print, and say whether the ratio holds."""
    count, loads = (
        int(arguments[0]) if arguments else 100_000,
        int(arguments[1]) if len(arguments) > 1 else 11,
    )
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        with duckdb.connect(f"{folder}/w.duckdb") as connection:
            migrate(connection)
        for number in range(loads):
            run_id = f"bench-{number:04}"
            stage = Path(folder) / run_id
            stage.mkdir()
            write_stage(stage / "0001", number * count, count, run_id)
            with duckdb.connect(f"{folder}/w.duckdb") as connection:
                connection.execute("SET TimeZone = 'UTC'")
                started, spent = time.perf_counter(), time.process_time()
                load_run(
                    connection, stage, RunFacts(run_id, "bench", WHEN, "bench", count), Resolver()
                )
                seconds.append(time.process_time() - spent)
                elapsed = time.perf_counter() - started
                sizes = [
                    connection.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0]
                    for t in ("mentions", "entities", "meta.entity_links")
                ]
            print(
                f"into {number * count:>9,} articles: {seconds[-1]:6.1f} s of CPU, "
                f"{elapsed:6.1f} s; then {sizes[0]:,} mentions, "
                f"{sizes[1]:,} entities, {sizes[2]:,} links",
                flush=True,
            )
    ratio = seconds[-1] / seconds[0]
    print(f"the last over the first: {ratio:.2f} (at most {MOST_RATIO})")
    return int(ratio > MOST_RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
