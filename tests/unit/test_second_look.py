"""A worse second look keeps the old text; a real rewrite takes its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.steps.second_look import Look, repeated, strayed, worse

MORNING, EVENING = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 1, 20, tzinfo=UTC)
ADDRESS = "https://tide.example/news/2026/quay"

ARTICLE = (
    "The harbour council of Port Ellery voted on Tuesday to widen the northern quay, ending eleven "
    "months of argument over its cost. Ostrander Marine, the builders, had asked for a third more "
    "than the tender first agreed. Fishing families would not pay for this twice, said Marta "
    "Quilliam, who leads the council. Trade through the harbour has doubled within ten years, and "
    "ships wait outside the breakwater for up to three days whenever the weather is rough. "
) * 2
REWRITE = (
    "Port Ellery widens its northern quay after all. Marta Quilliam, leader of the harbour "
    "council, "
    "announced the decision late on Tuesday evening and promised the fishing families that "
    "Ostrander "
    "Marine would finish within two winters. Opponents called the tender a gamble; the quarry "
    "at Low "
    "Fenwick delivers only half of the stone that the breakwater needs."
)
WALL = (
    "The lobby is rather crowded at present, so visitors are admitted in small groups. Nothing "
    "needs "
    "to be done: the door opens by itself when a place becomes free, usually within ninety "
    "seconds. "
    "Leaving and returning puts people at the end of the queue again. Ticket number 81723 was "
    "drawn "
    "for this visit. Coffee, biscuits and comfortable chairs are available meanwhile downstairs."
)
PROMPT = "Join the friends of the paper and see how the evening in the hall went on."
TEASER = f"{' '.join(ARTICLE.split()[:38])} {PROMPT}"
FRONT = (
    "Gales expected along the western coast. Rovers lose again after late penalty. Museum reopens "
    "with portraits from private collections. Orchard growers fear frost in blossom. Students "
    "protest against higher railway fares. Recipe: rhubarb crumble with ginger. Crossword. Cinema "
    "listings for the weekend. Letters: readers write about hedgehogs, streetlights, bicycles. "
)


def look(
    text: str, title: str | None = "Port Ellery widens its quay", address: str = ADDRESS
) -> Look:
    return Look(title, text, len(text.split()), MORNING, None, address)


@pytest.mark.parametrize(
    "new",
    [
        look(WALL, "Are you a person?"),
        look(FRONT, "Tide"),
        look("Subscribe to read on.", "Port Ellery widens its quay"),
        look(" ".join(ARTICLE.split()[:12])),
        look(TEASER),
    ],
    ids=["wall", "front page", "remnant", "cut", "teaser"],
)
def test_what_is_worse_keeps_the_old_text(new: Look) -> None:
    assert worse(new, look(ARTICLE))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (look(REWRITE), look(ARTICLE)),
        (look(ARTICLE), look(REWRITE)),
        (look(" ".join(ARTICLE.split()[:40])), look(ARTICLE)),
        (replace(look(TEASER), modified_at=EVENING), replace(look(ARTICLE), modified_at=MORNING)),
        (look(f"{' '.join(ARTICLE.split()[:100])} {PROMPT}"), look(ARTICLE)),
        (look(ARTICLE + REWRITE), look(ARTICLE)),
        (look(ARTICLE), look(WALL[:200], "Are you a person?")),
        (replace(look(FRONT, "Today"), published_at=EVENING), look(ARTICLE, "Today")),
        (look("港は水曜日に拡張される。" * 10), look("港は火曜日に拡張される。" * 10)),
        (look("Ships wait."), look("Ships wait outside.")),
    ],
    ids=[
        "rewrite",
        "rewrite back",
        "shortened",
        "shortened at a later time",
        "a new last sentence",
        "longer",
        "wall gives way",
        "new edition",
        "no spaces",
        "tiny",
    ],
)
def test_a_real_rewrite_updates(new: Look, old: Look) -> None:
    assert worse(new, old) is None


def test_an_address_that_leads_to_the_front_page_strays() -> None:
    assert strayed(look(FRONT, "Tide", "https://tide.example/"), look(ARTICLE))
    assert strayed(look(FRONT, "News", "https://tide.example/news"), look(ARTICLE))


@pytest.mark.parametrize(
    "new",
    [
        look(REWRITE, address="https://tide.example/news/2026/quay-widened"),
        look(FRONT, address="https://tide.example/news/2026/storm"),
        look(ARTICLE, address="https://tide.example/quay"),
    ],
    ids=["new address", "another article", "same text at a short address"],
)
def test_an_article_that_moved_is_loaded(new: Look) -> None:
    assert strayed(new, look(ARTICLE)) is None


def rows(*texts: str, title: str | None = "Quay", at: datetime | None = None, site: str = "tide"):  # type: ignore[no-untyped-def]
    return [
        (f"place {n}", site, title, text, at, f"https://{site}.example/{n}")
        for n, text in enumerate(texts)
    ]


def walls(count: int) -> list[str]:
    return [WALL.replace("81723", f"{n * 7919}-{n}") for n in range(count)]


def test_nearly_one_text_at_many_addresses_is_a_wall() -> None:
    assert len(list(repeated(rows(*walls(12))))) == 12
    articles = [
        f"{ARTICLE.replace('Ellery', name)} {REWRITE if n else ''}" for n, name in enumerate("ab")
    ]
    assert {place for place, _ in repeated(rows(*articles, *walls(5)))} == {
        f"place {n}" for n in range(2, 7)
    }


def report(n: int) -> str:
    """A report made from a template, as of lottery numbers."""
    drawn = ", ".join(str(1 + (n * k) % 49) for k in (7, 11, 13, 17, 19, 23))
    day = f"{1 + n} March"
    return (
        f"The numbers drawn on {day} were {drawn}. {n % 3} players had all six and won {n * 913} "
        f"pounds each, the company in Port Ellery said. The jackpot of {day} is {n * 77_000} "
        "pounds."
    )


def test_a_wall_that_keeps_the_times_of_its_articles_is_one_all_the_same() -> None:
    dated = [
        (*row[:4], MORNING + timedelta(days=n), *row[5:]) for n, row in enumerate(rows(*walls(6)))
    ]
    assert len(list(repeated(dated))) == 6
    template = [
        f"{ARTICLE} That was day {n}. The depth was {n * 3} and the price {n * 7}."
        for n in range(6)
    ]
    dated = [
        (*row[:4], MORNING + timedelta(days=n), *row[5:]) for n, row in enumerate(rows(*template))
    ]
    assert not list(repeated(dated))


def test_a_template_that_tells_what_its_title_says_is_no_wall() -> None:
    told = [
        f"At its meeting number {n} the harbour council counted {n * 7} ships. {ARTICLE}"
        for n in range(9)
    ]
    sittings = [
        (
            *row[:2],
            f"Harbour council sits for the {n}. time",
            row[3],
            MORNING + timedelta(days=n),
            row[5],
        )
        for n, row in enumerate(rows(*told))
    ]
    assert not list(repeated(sittings))


def test_updates_of_a_story_under_titles_of_their_own_are_no_walls() -> None:
    updates = [
        (*row[:2], f"Port Ellery argues over its northern quay, update {n}", *row[3:])
        for n, row in enumerate(rows(*[ARTICLE] * 6))
    ]
    assert not list(repeated(updates))


def test_what_only_looks_alike_is_loaded() -> None:
    assert not list(repeated(rows(*walls(3))))
    assert not list(repeated(rows(*[report(n) for n in range(2, 14)])))
    assert not list(repeated(rows(*[ARTICLE] * 6, at=MORNING)))
    assert not list(repeated([row for n in range(6) for row in rows(WALL, site=f"site{n}")]))
    one_address = [(f"place {n}", "tide", "Quay", WALL, None, ADDRESS) for n in range(8)]
    assert not list(repeated(one_address))
