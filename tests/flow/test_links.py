"""Linking in the warehouse: stories, copies and wordings of small pages; corrections, reprocessed
and replaced articles, and that no order of arrival matters.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import duckdb
import pytest

from flows.link.average_link import Rule
from flows.link.keys import digest as key_of
from flows.linking import articles as linking
from flows.steps.correct_links import merge_stories, split_story, take_back
from flows.steps.relink import relink
from tests.beaten_once import beaten_once
from tests.bench.link import load as load_unlinked
from tests.bench.link import run as link_as_a_run
from tests.conftest import Call
from tests.flow.pages import ask, ingest, request
from tests.homes import HomeIn, both_homes, copy_of, file_in, held_in
from warehouse.check_views import create_views
from warehouse.connect import WarehouseAddress, open_writer, run_lock
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.migrate import migrate
from warehouse.publish import publish

pytestmark = pytest.mark.usefixtures("unpublished", "unwarned")

FERRY = [
    "Divers raised the ferry Saint Aubin from the bed of Lake Orrin on Monday, nine weeks after "
    "it sank with a cargo of cattle and timber.",
    "“Nobody on this shore was ever told that the hatch had been broken since May,” said Ilse "
    "Brandt, who speaks for the farmers of Tarn.",
    "The owner, a cooperative of farmers on the eastern shore, said the hull was sound and that "
    "repairs would take until autumn.",
    "Two cranes on barges lifted the vessel by its stern while pumps emptied the engine room, a "
    "method used once before on Lake Orrin.",
]
FERRY_TOLD = [
    "Lake Orrin gave the ferry Saint Aubin back on Monday: divers and two barges with cranes "
    "lifted the wreck nine weeks after it went down.",
    "Ilse Brandt of the farmers of Tarn was angry. “Nobody on this shore was told that the "
    "hatch had been broken since May,” she said.",
    "An inquiry will ask why the Saint Aubin sailed at all. The cooperative that owns her "
    "expects to repair the hull by autumn.",
    "The cattle that died in the sinking had belonged to nine families on the eastern shore of "
    "Lake Orrin.",
]
FERRY_NARRATED = [
    "Cranes have lifted the Saint Aubin, the ferry that sank in Lake Orrin nine weeks ago with "
    "cattle and timber on board.",
    "On the eastern shore people are bitter: nobody on this shore was ever told that the hatch "
    "had been broken since May.",
    "Ilse Brandt, who speaks for the farmers of Tarn, wants the cooperative to answer for the "
    "hatch before the ferry sails again.",
]
BALLET = [
    "The state ballet of Kelvara will dance in a tram depot this winter, since the roof of its "
    "opera house has been found unsafe.",
    "Odalys Marchetti, its director, said that the dancers had rehearsed among rails for a "
    "month and that tickets were nearly gone.",
    "The opera house closed in June after plaster fell on the third balcony; the city has "
    "promised forty million crowns for a new roof.",
]
PAGES = {
    "tide": ("Ferry raised from Lake Orrin", FERRY, 3),
    "courier": ("Saint Aubin is back", FERRY_TOLD, 4),
    "bell": ("Anger on the eastern shore of Lake Orrin", FERRY_NARRATED, 4),
    "post": (
        "Divers raise ferry",
        [*FERRY[:3], "More on this story as it develops at the lake, our reporter writes."],
        5,
    ),
    "stage": ("Ballet moves to a tram depot", BALLET, 4),
}


def page(key: str, paragraphs: list[str] | None = None, title: str | None = None) -> dict[str, Any]:
    headline, own, day = PAGES[key]
    body = "".join(f"<p>{line}</p>" for line in paragraphs or own)
    head = f'<meta property="article:published_time" content="2026-05-{day:02}T09:00:00Z">'
    return {
        "id": key,
        "url": f"https://{key}.example/news/{key}",
        "html": "<!doctype html><html "
        f"lang=en><head><title>{title or headline}</title>{head}</head>"
        f"<body><article><h1>{title or headline}</h1>{body}</article></body></html>",
        "fetched_at": f"2026-05-{day:02}T12:00:00Z",
    }


def run(folder: Path, name: str, pages: list[dict[str, Any]], **more: Any) -> WarehouseAddress:
    """Ingest pages into the warehouse of `folder` and return it."""
    manifest = folder / f"{name}.jsonl"
    manifest.write_text("".join(json.dumps(p) + "\n" for p in pages), encoding="utf-8")
    asked = request(folder, manifest, **more)
    ingest(asked)
    return asked.warehouse


def groups(warehouse: WarehouseAddress, column: str) -> set[frozenset[str]]:
    """Return which sites share a story or a copy."""
    rows = ask(warehouse, f"SELECT list(site ORDER BY site) FROM articles GROUP BY {column}")
    return {frozenset(site.removesuffix(".example") for site in sites) for (sites,) in rows}


STORIES = {frozenset({"tide", "courier", "bell", "post"}), frozenset({"stage"})}


@pytest.fixture(scope="module")
def in_file(tmp_path_factory: pytest.TempPathFactory) -> WarehouseAddress:
    """A warehouse that took all pages in one run; tests read it."""
    made = run(tmp_path_factory.mktemp("once"), "all", [page(key) for key in PAGES])
    publish(made, 5, print)
    return made


@pytest.fixture(scope="module")
def once(
    home: HomeIn, in_file: WarehouseAddress, tmp_path_factory: pytest.TempPathFactory
) -> WarehouseAddress:
    """The same in the home of the test."""
    return held_in(home, in_file, tmp_path_factory.mktemp("once"))


@pytest.fixture
def warehouse(once: WarehouseAddress, tmp_path: Path) -> WarehouseAddress:
    """A copy of it and its published copy in the test's folder, to be changed."""
    return copy_of(once, tmp_path)


@both_homes
def test_articles_of_one_event_are_a_story_and_a_reprint_is_a_copy(once: WarehouseAddress) -> None:
    assert groups(once, "story_id") == STORIES
    assert frozenset({"tide", "post"}) in groups(once, "copy_id")
    assert ask(once, "SELECT original_site, copy_site, why, len(added), len(cut) FROM copies") == [
        ("tide.example", "post.example", "published first", 1, 1)
    ]
    story = ask(once, "SELECT article_count, site_count, copy_count FROM stories ORDER BY ALL")
    assert story == [(1, 1, 0), (4, 4, 1)]


def test_a_changed_word_and_a_narration_are_told(once: WarehouseAddress) -> None:
    found = ask(
        once,
        "SELECT DISTINCT kinds, difference FROM wordings WHERE site IN ('tide.example', "
        "'bell.example') "
        "AND other_site IN ('courier.example', 'bell.example') OR site = 'courier.example' AND "
        "other_site = 'tide.example'",
    )
    kinds = {tuple(kinds) for kinds, _ in found}
    assert ("wording",) in kinds
    assert any("narration" in some for some in kinds)
    assert {"−ever", "+ever"} & {difference for _, difference in found}
    assert ask(once, "SELECT count(DISTINCT utterance_id) FROM narrations") == [(1,)]


def test_a_story_is_shown_with_its_wordings_and_their_changed_words(
    once: WarehouseAddress, call: Call
) -> None:
    (key,) = ask(once, "SELECT story_id FROM stories WHERE article_count = 4")[0]
    code, shown, _ = call("stories", "show", key, "-w", once)
    assert code == 0
    assert "4 articles of 4 outlets, 1 copies" in shown
    assert "{+ever+}" in shown or "[-ever-]" in shown


def test_every_link_has_its_evidence(once: WarehouseAddress) -> None:
    rows = ask(
        once, "SELECT kind, score, parts::VARCHAR, link_version FROM meta.links ORDER BY kind"
    )
    assert {kind for kind, *_ in rows} == {"copy", "story", "wording", "narration"}
    for _, score, parts, version in rows:
        assert 0 < score <= 1
        assert json.loads(parts)
        assert "+" in version


ORDERS = {
    "first": (("tide",), ("courier", "stage"), ("bell", "post")),
    "last": (("post", "bell"), ("stage", "courier"), ("tide",)),
}
"""Articles of different runs come in both orders."""


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_runs_and_their_order_change_no_group(
    tmp_path: Path, once: WarehouseAddress, order: tuple[tuple[str, ...], ...]
) -> None:
    for number, keys in enumerate(order):
        warehouse = run(tmp_path, str(number), [page(key) for key in keys])
    for column in ("story_id", "copy_id"):
        assert groups(warehouse, column) == groups(once, column)
    count = (
        "SELECT (SELECT count(*) FROM narrations), (SELECT count(*) FROM utterances WHERE "
        "article_count > 1)"
    )
    assert ask(warehouse, count) == ask(once, count)


def test_batches_and_workers_change_nothing(tmp_path: Path, once: WarehouseAddress) -> None:
    warehouse = run(tmp_path, "all", [page(key) for key in PAGES], batch_size=1)
    for table in ("stories", "utterances", "narrations", "meta.wording_pairs"):
        assert ask(warehouse, f"FROM {table} ORDER BY ALL") == ask(
            once, f"FROM {table} ORDER BY ALL"
        )


DANGLING = """
    SELECT count(*) FROM narrations ANTI JOIN articles USING (article_id)
    UNION ALL SELECT count(*) FROM narrations ANTI JOIN utterances USING (utterance_id)
    UNION ALL SELECT count(*) FROM quotes ANTI JOIN utterances USING (utterance_id) WHERE
        utterance_id IS NOT NULL
    UNION ALL SELECT count(*) FROM utterances ANTI JOIN quotes USING (utterance_id)
    UNION ALL SELECT count(*) FROM articles ANTI JOIN stories USING (story_id) WHERE story_id IS
        NOT NULL
    UNION ALL SELECT count(*) FROM stories ANTI JOIN articles USING (story_id)
    UNION ALL SELECT count(*) FROM meta.links ANTI JOIN articles USING (article_id)
    UNION ALL SELECT count(*) FROM meta.links AS l ANTI JOIN articles AS a ON a.article_id =
        l.other_article_id
    UNION ALL SELECT count(*) FROM meta.wording_pairs ANTI JOIN articles USING (article_id)
    UNION ALL SELECT count(*) FROM meta.wording_pairs ANTI JOIN utterances USING (utterance_id)
    UNION ALL SELECT count(*) FROM meta.link_quotes ANTI JOIN quotes USING (quote_id)
"""


def dangling(warehouse: WarehouseAddress) -> int:
    return sum(count for (count,) in ask(warehouse, DANGLING))


def test_a_new_version_leaves_no_dangling_link(tmp_path: Path, warehouse: WarehouseAddress) -> None:
    story = ask(warehouse, "SELECT story_id FROM articles WHERE site = 'tide.example'")
    fresh = page("courier", [*FERRY_TOLD[:1], *FERRY_TOLD[2:]]) | {
        "fetched_at": "2026-05-06T12:00:00Z"
    }
    run(tmp_path, "fresh", [fresh])
    assert groups(warehouse, "story_id") == STORIES
    assert ask(warehouse, "SELECT story_id FROM articles WHERE site = 'courier.example'") == story
    assert not ask(
        warehouse, "SELECT 1 FROM wordings WHERE 'courier.example' IN (site, other_site)"
    )
    assert dangling(warehouse) == 0


def test_an_old_article_finds_its_story_after_the_window(
    tmp_path: Path, warehouse: WarehouseAddress
) -> None:
    with open_writer(warehouse, 5, print) as connection:
        connection.execute("DELETE FROM meta.link_articles; DELETE FROM meta.link_quotes")
    fresh = page("bell", [*FERRY_NARRATED, "Rain is forecast."]) | {
        "fetched_at": "2026-05-09T12:00:00Z"
    }
    run(tmp_path, "fresh", [fresh])
    assert groups(warehouse, "story_id") == STORIES
    assert ask(warehouse, "SELECT count(*) FROM narrations") == [(1,)]
    assert dangling(warehouse) == 0


def test_fingerprints_leave_when_the_window_has_passed(
    tmp_path: Path, warehouse: WarehouseAddress
) -> None:
    with open_writer(warehouse, 5, print) as connection:
        connection.execute("UPDATE meta.link_articles SET linked_at = linked_at - INTERVAL 15 DAY")
        connection.execute("UPDATE meta.link_quotes SET linked_at = linked_at - INTERVAL 15 DAY")
        connection.execute("UPDATE meta.site_blocks SET last_seen_at = last_seen_at - to_days(70)")
    other = page("stage", BALLET[:2]) | {"url": "https://stage.example/other", "id": "other"}
    run(tmp_path, "fresh", [other])
    assert ask(warehouse, "SELECT count(*) FROM meta.link_articles") == [(1,)]
    assert ask(warehouse, "SELECT DISTINCT site FROM meta.site_blocks") == [("stage.example",)]
    assert groups(warehouse, "story_id") >= {frozenset({"tide", "courier", "bell", "post"})}


@pytest.mark.parametrize("years", [-2, 2])
def test_one_run_by_a_wrong_clock_forgets_nothing(
    tmp_path: Path, warehouse: WarehouseAddress, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    class WrongClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(days=365 * years)

    narrow = "SELECT site, block_id FROM meta.site_blocks"
    remembered = set(ask(warehouse, narrow))
    with monkeypatch.context() as patch:
        for module in ("flows.steps.run", "warehouse.load"):
            patch.setattr(f"{module}.datetime", WrongClock)
        other = page("stage", BALLET[:2]) | {"url": "https://stage.example/other", "id": "other"}
        run(tmp_path, "wrong", [other])
    assert remembered <= set(ask(warehouse, narrow))
    again = page("bell", [*FERRY_NARRATED, "Rain is forecast."]) | {
        "url": "https://bell.example/again",
        "id": "again",
    }
    run(tmp_path, "right", [again])
    assert remembered <= set(ask(warehouse, narrow))
    assert ask(warehouse, "SELECT count(*) FROM meta.link_articles") == [(len(PAGES) + 2,)]
    assert ask(warehouse, "SELECT article_count FROM stories ORDER BY ALL DESC LIMIT 1") == [(5,)]


def test_an_article_of_next_year_hides_no_other(warehouse: WarehouseAddress) -> None:
    with open_writer(warehouse, 5, print) as connection:
        connection.execute("UPDATE articles SET last_seen_at = now() - to_days(3)")
        for site, days in (("stage", 400), ("bell", -40)):
            connection.execute(
                "UPDATE articles SET last_seen_at = now() + to_days(?) WHERE site = ?",
                [days, f"{site}.example"],
            )
        create_views(connection, None)
        recent = connection.execute("SELECT site FROM recent_articles ORDER BY site").fetchall()
    assert recent == [(f"{name}.example",) for name in ("courier", "post", "stage", "tide")]
    assert relink(warehouse, 14, 5, quiet, apply=True).article_count == 4


def quiet(_: str) -> None:
    """Say nothing."""


def test_a_split_story_stays_split(tmp_path: Path, warehouse: WarehouseAddress) -> None:
    ((story,),) = ask(warehouse, "SELECT story_id FROM articles WHERE site = 'tide.example'")
    fresh = split_story(warehouse, story, ["https://bell.example/news/bell"], 5, quiet)
    split = {frozenset({"tide", "courier", "post"}), frozenset({"bell"}), frozenset({"stage"})}
    assert groups(warehouse, "story_id") == split
    assert ask(warehouse, f"SELECT article_count FROM stories WHERE story_id = '{fresh}'") == [(1,)]
    # later runs, another version, and linking again keep it
    again = page("bell", [*FERRY_NARRATED, "Rain is forecast."]) | {
        "fetched_at": "2026-05-09T12:00:00Z"
    }
    run(tmp_path, "again", [again], warehouse=warehouse)
    assert groups(warehouse, "story_id") == split
    assert relink(warehouse, None, 5, quiet, apply=True).article_count == 5
    assert groups(warehouse, "story_id") == split
    assert dangling(warehouse) == 0
    # and merging them says otherwise
    assert merge_stories(warehouse, [story, fresh], 5, quiet) == story
    assert groups(warehouse, "story_id") == STORIES
    relink(warehouse, None, 5, quiet, apply=True)
    assert groups(warehouse, "story_id") == STORIES


def test_merged_stories_stay_merged(warehouse: WarehouseAddress) -> None:
    stories = [key for (key,) in ask(warehouse, "SELECT story_id FROM stories ORDER BY started_at")]
    assert merge_stories(warehouse, stories, 5, quiet) == stories[0]
    everything = {frozenset(PAGES)}
    assert groups(warehouse, "story_id") == everything
    relink(warehouse, None, 5, quiet, apply=True)
    assert groups(warehouse, "story_id") == everything
    with pytest.raises(WarehouseError, match="there is no story"):
        split_story(warehouse, stories[1], ["https://bell.example/news/bell"], 5, quiet)


@both_homes
def test_links_that_were_taken_back_stay_back(warehouse: WarehouseAddress) -> None:
    kinds = ("copy", "narration", "wording")
    found = "SELECT from_id, to_id FROM meta.links WHERE kind = ? ORDER BY ALL LIMIT 1"
    links = [(kind, *ask(warehouse, found, kind)[0]) for kind in kinds]
    link = "SELECT 1 FROM meta.links WHERE kind = ? AND from_id = ? AND to_id = ?"
    for kind, one, other in links:
        take_back(warehouse, kind, one, other, 5, quiet)
        assert not ask(warehouse, link, kind, one, other)
    assert dangling(warehouse) == 0
    relink(warehouse, None, 5, quiet, apply=True)
    assert frozenset({"tide", "post"}) not in groups(warehouse, "copy_id")
    assert ask(warehouse, "SELECT count(*) FROM narrations") == [(0,)]
    assert dangling(warehouse) == 0
    for kind, one, other in links:
        assert not ask(warehouse, link, kind, one, other)
        with pytest.raises(WarehouseError, match="are not joined"):
            take_back(warehouse, kind, one, other, 5, quiet)


def test_relink_tells_what_a_changed_limit_changes(
    warehouse: WarehouseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert relink(warehouse, 14, 5, quiet, apply=False).differences == ()
    monkeypatch.setattr(linking, "STORY_RULE", Rule(0.9999))
    monkeypatch.setattr(linking, "COPY_RULE", Rule(0.9999))
    found = {d.kind: d.count for d in relink(warehouse, 14, 5, quiet, apply=False).differences}
    assert found["stories split"] >= 3
    assert found["copies parted"] == 1
    assert groups(warehouse, "story_id") == STORIES  # a dry run changes nothing
    relink(warehouse, 14, 5, quiet, apply=True)
    assert len(groups(warehouse, "story_id")) == 4
    assert dangling(warehouse) == 0


def test_linking_again_publishes_before_it_lets_the_run_lock_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = file_in(tmp_path)
    with open_writer(warehouse, 5, print) as connection:
        migrate(connection)
    published: list[WarehouseAddress] = []

    def publish_under_lock(path: WarehouseAddress, *_: object) -> None:
        with pytest.raises(WarehouseBusyError), run_lock(path, 0, quiet):
            pass
        published.append(path)

    monkeypatch.setattr("flows.steps.run_frame.publish", publish_under_lock)
    with beaten_once("flows.steps.relink"):
        relink(warehouse, None, 5, quiet, apply=True)
    assert published == [warehouse]


def test_a_warehouse_without_links_is_linked_by_the_next_run_and_a_round_up_joins_no_story(
    tmp_path: Path, warehouse: WarehouseAddress
) -> None:
    with open_writer(warehouse, 5, print) as connection:
        for table in ("stories", "narrations", "meta.links", "meta.wording_pairs"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM meta.link_articles; DELETE FROM meta.link_quotes")
        connection.execute("UPDATE articles SET story_id = NULL")
    lines = [FERRY[0], BALLET[0], FERRY[2], BALLET[2]]
    digest = page("bell", lines, "Morning briefing: what to know today")
    run(tmp_path, "fresh", [digest | {"url": "https://briefing.example/today", "id": "today"}])
    assert groups(warehouse, "story_id") >= {frozenset({"tide", "courier", "bell", "post"})}
    round_up = "SELECT story_id FROM articles WHERE site = 'briefing.example'"
    assert ask(warehouse, round_up) == [(None,)]
    assert ask(warehouse, "SELECT count(*) FROM entity_daily WHERE story_count = 0") == [(0,)]
    assert dangling(warehouse) == 0


QUARRY = [
    "The quarry of Low Fenwick closes after eighty years, and 140 people lose their work, its "
    "owner Ostrander said on Tuesday.",
    "Pumps that kept the pit dry since the flood of March cost more than the slate brings in.",
    "The village wants to fill the pit with water and build a harbour for sailing boats.",
]


def test_a_round_up_leaves_its_story_when_the_others_come() -> None:
    def link_new(connection: duckdb.DuckDBPyConnection, **texts: list[str]) -> None:
        seen = datetime(2026, 5, 4, tzinfo=UTC)
        rows: list[dict[str, Any]] = [
            {
                "article_id": key_of("test", key),
                "url": f"https://{key}.example/",
                "site": f"{key}.example",
                "title": text[0][:40],
                "text": "\n".join(text),
                "published_at": seen,
                "first_seen_at": seen,
                "quotes": text[-1:],
                "speaker": "Ilse Brandt",
            }
            for key, text in texts.items()
        ]
        load_unlinked(connection, rows)
        link_as_a_run(connection, [row["article_id"] for row in rows], seen)

    told_last = "SELECT site, count(*) FROM articles WHERE story_id IS NULL GROUP BY ALL"
    with duckdb.connect() as connection:
        migrate(connection)
        link_new(connection, digest=[*FERRY[:2], *BALLET[:2], *QUARRY[:2]], stage=BALLET)
        assert connection.execute(told_last).fetchall() == []
        link_new(connection, tide=FERRY, pit=QUARRY)
        assert connection.execute(told_last).fetchall() == [("digest.example", 1)]
        stories = connection.execute("SELECT article_count FROM stories").fetchall()
        assert stories == [(1,), (1,), (1,)]
        lost = "SELECT 1 FROM utterances ANTI JOIN stories USING (story_id) WHERE story_id > ''"
        assert connection.execute(lost).fetchall() == []
