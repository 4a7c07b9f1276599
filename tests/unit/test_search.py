"""Full-text search: what it finds, in which order, with and without an index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.new_warehouse import new_warehouse
from warehouse.errors import WarehouseError
from warehouse.homes.duckdb_file import compact_file
from warehouse.search import Filters, Hit, search
from warehouse.search_index import (
    SEPARATORS,
    drop_search_index,
    part_of,
    update_search_index,
)

NONE = Filters()

ARTICLES = {
    "a1": ("en", "Council widens the quay", "Ships have waited outside.\nThe council voted."),
    "a2": ("en", "Ship runs aground", "A ship ran aground near the quay. The ship was old."),
    "a3": ("de", "Der Rat verbreitert den Kai", "Die Schiffe warten. Der Rat stimmte zu."),
    "a4": ("ru", "Совет расширяет причал", "Корабли ждут у причала. Совет проголосовал."),
    "a5": ("zh", "港口扩建", "议会周二投票决定扩建北码头。"),
    "a6": (None, "Gdańsk i port", "Statki czekają na redzie."),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the articles, without an index."""
    file = new_warehouse(tmp_path_factory.mktemp("search") / "w.duckdb")
    with duckdb.connect(str(file)) as connection:
        for key, (language, title, text) in ARTICLES.items():
            add(connection, key, language, title, text)
    return file


@pytest.fixture(scope="module")
def with_index(plain: Path) -> Path:
    """The same with an index."""
    file = plain.with_name("index.duckdb")
    shutil.copy(plain, file)
    with duckdb.connect(str(file)) as connection:
        built = update_search_index(connection)
    assert built == ["characters", "english", "german", "none", "russian"]
    return file


@pytest.fixture(scope="module")
def indexed(with_index: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse with its index, to be read alone."""
    with duckdb.connect(str(with_index), read_only=True) as connection:
        yield connection


@pytest.fixture
def warehouse(with_index: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse with its index, to be changed."""
    with duckdb.connect(str(shutil.copy(with_index, tmp_path / "w.duckdb"))) as connection:
        yield connection


def add(
    connection: duckdb.DuckDBPyConnection, key: str, language: str | None, title: str, text: str
) -> None:
    day = datetime(2026, 3, int(key[1:]), 9, tzinfo=UTC)
    row = {
        "article_id": key,
        "title": title,
        "text": text,
        "language": language,
        "site": "tide.example",
        "source_id": "tide",
        "published_at": day,
        "page_id": f"p-{key}",
        "first_seen_at": day,
        "last_seen_at": day,
    }
    names = [c[0] for c in connection.execute("FROM articles LIMIT 0").description or []]
    connection.execute("CREATE OR REPLACE TEMP TABLE one AS FROM articles LIMIT 0")
    needed = {"authors": [], "flags": [], "word_count": 9, "story_id": "s", "run_id": "r"}
    full = {"extractor_version": "v"} | needed | row
    columns = [name for name in names if name in full]
    # columns that must have a value but are of no account here are given one by their type
    for name, kind, is_nullable in connection.execute(
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = "
        "'articles'"
    ).fetchall():
        if name not in full and not is_nullable:
            full[name] = {
                "VARCHAR": "x",
                "BIGINT": 1,
                "BOOLEAN": False,
                "VARCHAR[]": [],
                "JSON": "[]",
            }[kind]
            columns.append(name)
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks})",
        [full[name] for name in columns],
    )


def found(connection: duckdb.DuckDBPyConnection, words: str, filters: Filters = NONE) -> list[str]:
    return [hit.article_id for hit in search(connection, words, filters, 10)]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ship", ["a2", "a1"]),
        ("ships", ["a2", "a1"]),
        ("ship quay", ["a2", "a1"]),
        ("ship council", ["a1"]),
        ("Schiff", ["a3"]),
        ("корабль", ["a4"]),
        ("码头", ["a5"]),
        ("Gdansk", ["a6"]),
        ("submarine", []),
        ('"the quay"', ["a1", "a2"]),
        ('"outside the council"', []),
    ],
)
def test_words_find_their_articles_in_every_language(
    indexed: duckdb.DuckDBPyConnection, words: str, expected: list[str]
) -> None:
    assert sorted(found(indexed, words)) == sorted(expected)
    assert found(indexed, words)[:1] == expected[:1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ship", ["a1", "a2"]),
        ("ships", ["a1", "a2"]),
        ("Ships widening", ["a1"]),
        ("Schiff", ["a3"]),
        ("Schiffen", ["a3"]),
        ("корабль", ["a4"]),
        ("кораблей", ["a4"]),
        ("码头", ["a5"]),
        ("Gdansk", ["a6"]),
        ("votes", ["a1"]),
        ("vote council ships", ["a1"]),
    ],
)
def test_without_an_index_the_same_words_are_found(
    plain: Path, indexed: duckdb.DuckDBPyConnection, words: str, expected: list[str]
) -> None:
    with duckdb.connect(str(plain), read_only=True) as without:
        hits = search(without, words, NONE, 10)
    assert sorted(hit.article_id for hit in hits) == expected
    assert sorted(found(indexed, words)) == expected
    assert all(marked(hit) or hit.article_id == "a6" for hit in hits)


def test_letters_without_an_accent_are_found_with_and_without_an_index(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """`strip_accents` leaves `ø`, `ı` and `ß` as they are."""
    add(warehouse, "a7", "da", "Ny mole", "Hun køber en båd ved søen.")
    add(warehouse, "a8", "tr", "Kırmızı gemi", "Limanda ışıklar söndü.")
    add(warehouse, "a9", "de", "Breite Straße", "Die Kräne sind groß.")
    asked = {"købe": ["a7"], "SØEN": ["a7"], "ışık": ["a8"], "kırmızı": ["a8"]}
    asked |= {"Straßen": ["a9"], "Strasse": ["a9"], "grosser": ["a9"], "masse": []}
    assert {words: found(warehouse, words) for words in asked} == asked
    update_search_index(warehouse)
    assert {words: found(warehouse, words) for words in asked} == asked


def test_what_the_index_lacks_is_read_directly(
    plain: Path, warehouse: duckdb.DuckDBPyConnection
) -> None:
    with duckdb.connect(str(plain), read_only=True) as without:
        assert set(found(without, "quay")) == {"a1", "a2"}
    add(warehouse, "a7", "en", "A second quay", "The quay will be built of stone.")
    assert set(found(warehouse, "quay")) == {"a1", "a2", "a7"}
    assert found(warehouse, "tone") == [], "a stretch of a longer word is none"
    assert found(warehouse, "'\"the quay\" ston'") == ["a7"]
    assert found(warehouse, '"he quay"') == []


def test_a_changed_text_is_found_by_its_present_words(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute(
        "UPDATE articles SET text = 'Nothing but rain.', page_id = 'p2' WHERE article_id = 'a2'"
    )
    assert found(warehouse, "aground") == ["a2"]  # its title
    assert found(warehouse, "rain") == ["a2"]
    assert "a2" not in found(warehouse, "quay")


def test_the_index_and_its_scores_are_those_of_the_extension(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.search_index.ARTICLES_AT_ONCE", 2)
    for n in range(10, 15):
        add(warehouse, f"a{n}", "en", f"Quay {n}", "Of\u00a0stones, and\tShip's stône…\n" * n)
    warehouse.execute("UPDATE articles SET text = 'Rain!', page_id = 'p2' WHERE article_id = 'a2'")
    warehouse.execute("DELETE FROM articles WHERE article_id = 'a10'")
    assert update_search_index(warehouse) == ["english"]
    warehouse.execute("UPDATE articles SET language = 'de' WHERE article_id = 'a11'")
    assert update_search_index(warehouse) == ["english", "german"]
    assert update_search_index(warehouse) == []
    warehouse.execute(
        "CREATE TABLE texts AS "
        "SELECT article_id, title, text AS body FROM articles WHERE language = 'en'"
    )
    warehouse.execute(
        "PRAGMA create_fts_index('texts', 'article_id', 'title', 'body', stemmer = 'english', "
        f"stopwords = 'none', ignore = '{SEPARATORS}')"
    )

    def same(query: str) -> list[tuple[object, ...]]:
        ours, theirs = (
            warehouse.execute(query.format(name)).fetchall()
            for name in ("fts_meta_search_english", "fts_main_texts")
        )
        assert ours == theirs
        return ours

    same("SELECT term, df FROM {}.dict ORDER BY ALL")
    same("SELECT name, len FROM {}.docs ORDER BY ALL")
    same("SELECT num_docs, round(avgdl, 9) FROM {}.stats")
    same("FROM {}.fields")
    same(
        "SELECT name, fieldid, term, count(*) FROM {0}.terms JOIN {0}.docs USING (docid) "
        "JOIN {0}.dict USING (termid) GROUP BY ALL ORDER BY ALL"
    )
    ranked = same(
        "SELECT article_id, round({}.match_bm25(article_id, 'quay ships', conjunctive := 1), 9) "
        "AS score FROM texts WHERE score IS NOT NULL ORDER BY ALL"
    )
    hits = search(warehouse, "quay ships", NONE, 10)
    assert sorted((hit.article_id, round(hit.score, 9)) for hit in hits) == ranked
    assert len(ranked) == 4


def test_only_new_texts_are_read_for_the_index(warehouse: duckdb.DuckDBPyConnection) -> None:
    before = warehouse.execute("FROM fts_meta_search_english.docs ORDER BY docid").fetchall()
    warehouse.execute("UPDATE articles SET text = 'unread' WHERE article_id = 'a1'")  # same page
    add(warehouse, "a7", "en", "Number 7", "Of stones and stone.")
    assert update_search_index(warehouse) == ["english"]
    now = warehouse.execute("FROM fts_meta_search_english.docs ORDER BY docid").fetchall()
    assert now == [*before, (len(before), "a7", 6)]
    assert found(warehouse, "stone") == ["a7"]
    assert found(warehouse, "unread") == []


def test_a_text_without_spaces_takes_memory_by_its_length(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    add(warehouse, "a8", "en", "Berths", ".".join(f"berth{n}" for n in range(20_000)))
    warehouse.execute("SET memory_limit = '300MB'; SET max_temp_directory_size = '0B'")
    assert update_search_index(warehouse) == ["english"]
    assert found(warehouse, "berth19999") == ["a8"]


def test_an_index_outlives_compaction_and_one_that_is_lost_is_made_anew(
    with_index: Path, tmp_path: Path
) -> None:
    file = tmp_path / "w.duckdb"
    shutil.copy(with_index, file)
    compact_file(file)
    with duckdb.connect(str(file)) as connection:
        assert update_search_index(connection) == []
        assert found(connection, "ships") == ["a2", "a1"]
        connection.execute("DROP SCHEMA fts_meta_search_english CASCADE")
        assert update_search_index(connection) == ["english"]
        assert found(connection, "ships") == ["a2", "a1"]


def test_a_phrase_is_sought_beyond_the_best_articles(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for n in range(10, 31):
        add(warehouse, f"a{n}", "en", "The stone quay", "The stone quay, quay of stone.")
    add(warehouse, "a9", "en", "Quay", "Among many other words a quay stone is laid.")
    update_search_index(warehouse)
    assert [hit.article_id for hit in search(warehouse, '"quay stone"', NONE, 1)] == ["a9"]


def test_filters(indexed: duckdb.DuckDBPyConnection) -> None:
    assert found(indexed, "ship", Filters(languages=["de"])) == []
    assert found(indexed, "ship", Filters(sources=["tide.example"])) == ["a2", "a1"]
    assert found(indexed, "ship", Filters(sources=["other"])) == []
    assert found(indexed, "ship", Filters(first=date(2026, 3, 2))) == ["a2"]
    assert found(indexed, "ship", Filters(last=date(2026, 3, 1))) == ["a1"]
    assert found(indexed, "ship", Filters(speaker="nobody")) == []


def test_hits_are_marked_in_their_other_forms(indexed: duckdb.DuckDBPyConnection) -> None:
    (hit, _) = search(indexed, "ship", NONE, 10)
    assert marked(hit) == ["ship", "ship"]
    (hit,) = search(indexed, "ship council", NONE, 10)
    assert marked(hit) == ["Ships", "council"]
    (hit,) = search(indexed, "码头", NONE, 10)
    assert marked(hit) == ["码头"]


def test_a_search_without_words_is_refused(indexed: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(WarehouseError, match="at least one word"):
        search(indexed, '"…"', NONE, 10)


def test_a_dropped_index_leaves_no_word_behind(warehouse: duckdb.DuckDBPyConnection) -> None:
    drop_search_index(warehouse)
    tables = warehouse.execute("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall()
    assert not [name for (name,) in tables if name.startswith("fts")]
    assert found(warehouse, "quay")


def test_every_language_has_a_part() -> None:
    assert [part_of(code) for code in ("en", "zh", "ko", None)] == [
        "english",
        "characters",
        "none",
        "none",
    ]
