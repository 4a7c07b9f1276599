"""Entities across runs: merges, what they rest on, undoing, the alias file, and that history is no
matter.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.config.errors import InputError
from flows.resolution.alias_file import read_aliases
from flows.steps.request import Request
from flows.steps.unmerge import undo
from tests.conftest import Call
from tests.flow.pages import CONTENTS, ask, contents, file_of, html_page, ingest, request
from warehouse.errors import WarehouseError
from warehouse.homes.duckdb_file import published_path

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")

SCENE = (
    "The harbour council of Port Ellery met on Tuesday to hear Marta Quilliam and Ines "
    "Okonjo-Vale argue over the price of stone.",
    "Ostrander Marine, which builds the northern quay, sent nobody. The meeting in Port Ellery "
    "lasted until midnight.",
)
STORIES = {
    "first": (
        "“We start in spring,” said Katarina Brundvik, the harbour engineer. Katarina Brundvik "
        "has worked there for years.",
        *SCENE,
    ),
    "second": (
        "“Stone is scarce,” said Catarina Brundvik, the engineer. Catarina Brundvik will retire "
        "next year.",
        *SCENE,
    ),
    "third": (
        "“The sea decides,” said Brundvik on Monday. The council thanked Brundvik for her "
        "patience.",
        *SCENE,
    ),
    "introducing": (
        "“Dredging starts in May,” said the Northern Ports Authority (NPA), which runs the "
        "quay. Ragnar MacAlastair was not surprised.",
        *SCENE,
    ),
    "abbreviating": (
        "A spokesman for the NPA said on Monday that the NPA would pay for the dredging, "
        "whatever the price. Ragnar Macalastair agreed.",
        *SCENE,
    ),
    "fourth": (
        "“Our cows are well,” said Katharina Brundvik, a farmer. Katharina Brundvik keeps forty "
        "of them.",
        "The farm show in Low Fenwick opened on Saturday and Osric Thwaite gave the prizes to "
        "the breeders of the valley.",
        "Rain is expected, and the organisers of the show have put up tents for the visitors "
        "from other valleys.",
    ),
}
"""One engineer under two spellings and by surname alone, and a farmer with nearly the same name and
no company in common.
"""

NAMESAKES = {
    "striker": (
        "Kenyan striker Odile Brandvold scored twice in Mombasa on Sunday, and Kenya went "
        "through. “We ran,” said Odile Brandvold.",
        "Kenya will meet Uganda in the final, and the Kenyan coach, Halima Otieno-Reyes, said "
        "that nobody would rest before it.",
    ),
    "final": (
        "Kenya lost the final in Kisumu. Kenyan striker Odile Brandvold missed a penalty, and "
        "Halima Otieno-Reyes wept on the bench.",
        "“It happens,” the Kenyan said. The Kenyan team flies home to Nairobi on Tuesday, "
        "where nobody will wait for it.",
    ),
    "farmer": (
        "Odile Brandvold, a Chilean farmer, lost her harvest to hail. “There is nothing left,” "
        "said Odile Brandvold on Friday.",
        "Chile will pay the growers of Curicó, said Anselmo Tapia-Vold of the Chilean Fruit "
        "Board, but only in the spring.",
    ),
    "silent": (
        "The photograph shows Odile Brandvold in the rain. “I like the rain,” said Odile "
        "Brandvold, who had come early that day.",
        "The exhibition is open until the end of the month, every day but Monday, and the "
        "ticket costs as much as a coffee.",
    ),
}
"""A striker of whom two articles tell, a farmer with her name in another country, and an article
that says nothing of whom it means.
"""


COURT = "The Supreme Court had asked for it."
BEARER, FELLOWS, OTHERS, STRANGERS = (
    "Ingrid Halvorsen",
    "Tobias Renn of the Tollmere Reef Trust met Marit Solvang in Tollmere on Monday to count the "
    "seals, and neither of them was pleased.",
    "Osvald Ternby and Petra Maskin of the Sandwick Dune Society walked along the beach "
    "at Sandwick with cameras until it rained.",
    "A cook from Low Fenwick, Rosalind Achterberg, gave soup to the guests of the Fenwick Bread "
    "Guild, and everybody went home late.",
)
DATED = {
    "earlier": ("2024-03-01", f"“Rain came,” said {BEARER} in the morning.", STRANGERS),
    "before": ("2024-03-03", f"“Fog came,” said {BEARER} in the morning.", STRANGERS),
    "following": ("2024-03-20", "“Terns came,” said Halvorsen in the morning.", OTHERS, COURT),
    "called": (
        "2024-03-23",
        "“Gulls came,” said Halvorsen in the morning.",
        FELLOWS,
        OTHERS,
        COURT,
    ),
    "late": ("2024-03-27", "“Geese came,” said Halvorsen in the morning.", OTHERS),
    "known": (
        "2024-04-06",
        f"“Seals came,” said {BEARER} in the morning.",
        FELLOWS,
        f"{COURT} It is the Supreme Court of Norway.",
    ),
}
"""Somebody of whom days tell. "called" shares names with "known", which names her in full, and
"following" with "called" alone: whom it means is decided anew when "known" comes, 17 days off, and
when "before" comes, whose load must read "called", 20 days off. "earlier" must leave it as it is.
"late" is too far from "called".
"""


def pages(folder: Path, *names: str) -> Path:
    """Write stories as pages into `folder`, and return it."""
    folder.mkdir(exist_ok=True)
    for name in names:
        day, *dated = DATED.get(name, ("",))
        words = dated or (STORIES | NAMESAKES)[name]
        page = html_page(f"News of {name}", words, f"https://tide.example/{name}")
        if day:
            told = f'<meta property="article:published_time" content="{day}">'
            page = page.replace("<title>", f"{told}<title>", 1)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


def arrive(folder: Path, *names: str) -> Request:
    """Ingest stories into the warehouse of `folder`. The site memory is off: so few pages that
    share paragraphs are not what it is made for.
    """
    number = sum(1 for _ in folder.glob("arrived*"))
    asked = request(folder, pages(folder / f"arrived{number}", *names), site_memory=False)
    ingest(asked)
    return asked


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse that took all stories in one run; tests read it."""
    return arrive(tmp_path_factory.mktemp("everything"), *STORIES, *NAMESAKES, *DATED)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse of the engineer's two spellings; tests read it."""
    return arrive(tmp_path_factory.mktemp("two"), "first", "second")


@pytest.fixture(scope="module")
def three(two: Request, tmp_path_factory: pytest.TempPathFactory) -> Request:
    """The same after a run that brought her surname alone; tests read it."""
    return arrive(copied(two, tmp_path_factory.mktemp("three")), "third")


def copied(asked: Request, folder: Path) -> Path:
    """Copy a warehouse and its published copy into `folder`, to be changed there, and return the
    folder.
    """
    folder.mkdir(exist_ok=True)
    shutil.copy(file_of(asked), folder)
    shutil.copy(published_path(file_of(asked)), folder)
    return folder


def people(asked: Request) -> list[tuple[str, list[str]]]:
    """Names and aliases of everybody called Brundvik."""
    return ask(
        asked.warehouse,
        "SELECT name, aliases FROM entities WHERE name LIKE '%Brundvik%' ORDER BY name, aliases",
    )


BRANDVOLDS = "SELECT entity_id FROM entities WHERE name = 'Odile Brandvold'"


def links(asked: Request) -> list[tuple[str, str, str, bool]]:
    return ask(
        asked.warehouse,
        "SELECT l.name, coalesce(e.name, ''), l.reason, l.undone_at IS NOT NULL FROM "
        "meta.entity_links AS l "
        "LEFT JOIN entities AS e ON e.entity_id = l.entity_id ORDER BY ALL",
    )


def test_an_acronym_stands_for_what_another_article_introduced_by_it(everything: Request) -> None:
    name = "Northern Ports Authority"
    found = [link for link in links(everything) if {"NPA", name} & set(link)]
    assert found == [("NPA", name, "acronym", False)]
    assert ask(everything.warehouse, "SELECT aliases FROM entities WHERE name = ?", name) == [
        (["NPA"],)
    ]


def test_a_name_has_the_spelling_with_a_capital_within_a_word(everything: Request) -> None:
    assert ask(
        everything.warehouse, "SELECT name, aliases FROM entities WHERE name ILIKE '%alastair'"
    ) == [("Ragnar MacAlastair", ["Ragnar Macalastair"])]


def test_a_namesake_in_other_company_stays_apart_and_does_not_get_the_surname(
    everything: Request,
) -> None:
    found = dict(people(everything))
    assert found.pop("Katharina Brundvik") == []
    ((name, aliases),) = found.items()
    assert sorted([name, *aliases]) == sorted(ENGINEER)


ENGINEER = ("Brundvik", "Catarina Brundvik", "Katarina Brundvik")


def test_spellings_and_a_surname_meet_where_the_company_is_the_same(three: Request) -> None:
    (engineer,) = people(three)
    assert sorted([engineer[0], *engineer[1]]) == sorted(ENGINEER)
    said = (
        "SELECT e.name FROM quotes AS q JOIN entities AS e ON e.entity_id = "
        "q.speaker_entity_id WHERE q.text LIKE ?"
    )
    assert (
        ask(three.warehouse, said, "The sea%")
        == ask(three.warehouse, said, "We start%")
        == [(engineer[0],)]
    )
    assert {(name, reason) for name, _, reason, _ in links(three)} >= {("Brundvik", "surname")}


def test_who_is_called_by_origin_speaks_and_gets_no_alias(everything: Request) -> None:
    assert ask(
        everything.warehouse,
        "SELECT e.name, q.speaker_surface, e.aliases, m.text FROM quotes AS q JOIN entities AS e "
        "ON e.entity_id = q.speaker_entity_id JOIN mentions AS m ON m.article_id = q.article_id "
        "AND m.char_start = q.speaker_start WHERE q.text LIKE 'It happens%'",
    ) == [("Odile Brandvold", "the Kenyan", [], "the Kenyan")]


def test_a_surname_left_open_follows_another_article_that_is_not(everything: Request) -> None:
    reasons = [link[2] for link in links(everything) if link[:2] == ("Halvorsen", BEARER)]
    assert reasons == ["again", "surname"]
    said = (
        "SELECT e.name FROM quotes AS q JOIN entities AS e ON e.entity_id = q.speaker_entity_id "
        "WHERE q.text LIKE ?"
    )
    assert ask(everything.warehouse, said, "Terns came%") == [(BEARER,)]


def test_a_body_without_its_country_follows_no_other_article(everything: Request) -> None:
    found = [link for link in links(everything) if link[0] == "Supreme Court"]
    assert found == [("Supreme Court", "Supreme Court of Norway", "country", False)]


def test_an_undone_surname_leads_no_other_article(tmp_path: Path, everything: Request) -> None:
    asked = replace(everything, warehouse=copied(everything, tmp_path) / "w.duckdb")
    by_name = "SELECT entity_id FROM entities WHERE name = ?"
    ((entity_id,),) = ask(asked.warehouse, by_name, BEARER)
    undo(asked.warehouse, entity_id, 5, print)
    found = {reason: undone for name, _, reason, undone in links(asked) if name == "Halvorsen"}
    assert found == {"again": True, "surname": True}
    assert len(ask(asked.warehouse, by_name, "Halvorsen")) == 1


WRONG_NUMBERS = """
    SELECT name_id FROM meta.entity_names
    WHERE key_number <> (md5_number_lower(name_id) >> 1)::BIGINT
       OR entity_number <> (md5_number_lower(entity_id) >> 1)::BIGINT
    UNION ALL
    SELECT entity_id FROM entities WHERE key_number <> (md5_number_lower(entity_id) >> 1)::BIGINT
"""
"""Rows that a load would not find by the number of their key."""


IDENTITY = ("entities", "mentions", "quotes", "meta.entity_names", "meta.entity_links")
"""Tables that say who is who."""


def identity(asked: Request) -> dict[str, list[tuple[object, ...]]]:
    return contents(asked.warehouse, {table: CONTENTS[table] for table in IDENTITY})


def test_the_order_of_arrival_is_no_matter(
    tmp_path: Path, everything: Request, three: Request
) -> None:
    later = copied(three, tmp_path / "on")
    arrive(later, "fourth", "farmer", "silent", "introducing")
    arrive(later, "called", "following", "late", "earlier")
    arrive(later, "final", "known")
    assert identity(arrive(later, "abbreviating", "striker", "before")) == identity(everything)
    (tmp_path / "back").mkdir()
    early = ("third", "fourth", "abbreviating", "striker", "silent")
    arrive(tmp_path / "back", *early, *(name for name in DATED if name != "earlier"))
    late = ("introducing", "first", "second", "farmer", "final", "earlier")
    last = arrive(tmp_path / "back", *late)
    assert identity(last) == identity(everything)
    assert ask(last.warehouse, "SELECT 1 FROM meta.entity_names WHERE entity_id <> plain_id")
    assert ask(last.warehouse, WRONG_NUMBERS) == []


def test_what_is_gone_takes_its_links_along(tmp_path: Path, three: Request) -> None:
    changed = tmp_path / "changed"
    changed.mkdir()
    page = html_page("News of second", SCENE, "https://tide.example/second")
    (changed / "second.html").write_text(page, encoding="utf-8")
    asked = request(copied(three, tmp_path), changed, site_memory=False)
    ingest(asked)
    assert [name for name, *_ in links(asked)] == ["Brundvik"]
    assert people(asked) == [("Katarina Brundvik", ["Brundvik"])]
    fresh = request(
        tmp_path / "fresh", changed, pages(tmp_path / "same", "first", "third"), site_memory=False
    )
    ingest(fresh)
    assert identity(asked) == identity(fresh)


def test_an_undone_merge_is_published_and_stays_undone(tmp_path: Path, two: Request) -> None:
    asked = replace(two, warehouse=copied(two, tmp_path) / "w.duckdb")
    texts = "SELECT text FROM articles ORDER BY text"
    before = ask(asked.warehouse, texts)
    ((entity_id, linked),) = ask(asked.warehouse, "SELECT entity_id, name FROM meta.entity_links")
    assert undo(asked.warehouse, entity_id, 5, print) == (linked,)
    assert people(asked) == [("Catarina Brundvik", []), ("Katarina Brundvik", [])]
    assert ask(asked.warehouse, WRONG_NUMBERS) == []
    assert ask(asked.warehouse, texts) == before
    assert ask(
        published_path(file_of(asked)),
        "SELECT count(*) FROM meta.entity_links WHERE undone_at IS NOT NULL",
    ) == [(1,)]
    said = (
        "SELECT count(DISTINCT speaker_entity_id), count(DISTINCT speaker_name_id) FROM "
        "quotes WHERE speaker LIKE '%Brundvik'"
    )
    assert ask(asked.warehouse, said) == [(2, 2)]
    arrive(tmp_path, "third")
    assert [name for name, _ in people(asked)] == [
        "Brundvik",
        "Catarina Brundvik",
        "Katarina Brundvik",
    ]
    with pytest.raises(WarehouseError, match="no name was merged into"):
        undo(asked.warehouse, entity_id, 5, print)
    with pytest.raises(WarehouseError, match="there is no entity"):
        undo(asked.warehouse, "0" * 16, 5, print)


def test_the_alias_file_overrides_and_can_be_changed(tmp_path: Path, everything: Request) -> None:
    file = tmp_path / "aliases.yml"
    file.write_text(
        "entities:\n- name: Katarina Brundvik\n  type: PERSON\n  not: [Catarina Brundvik]\n"
        "- name: K. F. Brundvik of Low Fenwick\n  type: PERSON\n  aliases: [Katharina "
        "Brundvik]\n  country_code: SE\n",
        encoding="utf-8",
    )
    asked = replace(everything, warehouse=tmp_path / "w.duckdb", aliases_file=file)
    ingest(asked)
    assert ("K. F. Brundvik of Low Fenwick", ["Katharina Brundvik"]) in people(asked)
    assert ("Catarina Brundvik", []) in people(asked)
    assert ask(asked.warehouse, "SELECT name FROM entities WHERE country_code = 'SE'") == [
        ("K. F. Brundvik of Low Fenwick",)
    ]
    ((farmer,),) = ask(
        asked.warehouse, "SELECT entity_id FROM meta.entity_links WHERE reason = 'alias'"
    )
    with pytest.raises(WarehouseError, match="by the alias file"):
        undo(asked.warehouse, farmer, 5, print)
    ingest(replace(asked, aliases_file=None))
    assert ("Catarina Brundvik", []) in people(asked)
    assert len(ask(asked.warehouse, BRANDVOLDS)) == 2
    file.write_text("entities:\n- name: Odile Brandvold\n  type: PERSON\n", encoding="utf-8")
    ingest(asked)
    assert people(asked) == people(everything)
    assert len(ask(asked.warehouse, BRANDVOLDS)) == 1
    file.write_text("entities: []\n", encoding="utf-8")
    ingest(asked)
    assert ask(published_path(file_of(asked)), "FROM entities ORDER BY ALL") == ask(
        everything.warehouse, "FROM entities ORDER BY ALL"
    )


def test_the_command_shows_and_undoes(tmp_path: Path, two: Request, call: Call) -> None:
    asked = replace(two, warehouse=copied(two, tmp_path) / "w.duckdb")
    status, shown, _ = call("entities", "show", "katarina brundvik", "-w", str(asked.warehouse))
    key = shown.split()[0]
    assert status == 0
    assert "Brundvik  PERSON: 4 mentions in 2 articles" in shown
    assert "spelling" in shown
    assert call("entities", "undo", key, "-w", str(asked.warehouse))[0] == 0
    assert (
        "2 mentions in 1 article\n"
        in call("entities", "show", "Catarina Brundvik", "-w", str(asked.warehouse))[1]
    )
    assert call("entities", "undo", key, "-w", str(asked.warehouse))[0] == 2
    status, _, told = call("entities", "show", "Nobody Atall", "-w", str(asked.warehouse))
    assert status == 2
    assert "no entity" in told
    assert "entities undo 3f0c" in call("entities", "undo", "--help")[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "entities:\n- name: Ada Quist\n  type: PERSON\n  alias: [A]\n",
            "line 4: alias: unknown key; did you mean aliases",
        ),
        ("entities:\n- name: Ada Quist\n  type: HUMAN\n", "line 3: type: Input should be"),
        (
            "entities:\n- {name: Ada, type: ORG}\n- {name: Bo, type: ORG, aliases: [Ada]}\n",
            "line 3: 'Ada' belongs to the entry at line 2",
        ),
        ("entities:\n- {name: Ada, type: ORG, aliases: [Bo], not: [Bo]}\n", "line 2: 'Bo' is both"),
        ("names: []\n", "must hold one key, `entities`"),
        ("entities: [\n", "cannot be read"),
    ],
)
def test_a_wrong_alias_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "aliases.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"aliases\.yml") as told:
        read_aliases(file)
    assert said in str(told.value)


def test_bearers_of_one_name_stay_apart_where_their_articles_disagree(everything: Request) -> None:
    told = """
        SELECT list(DISTINCT a.title ORDER BY a.title)
        FROM mentions AS m JOIN articles AS a USING (article_id) JOIN entities AS e USING
            (entity_id)
        WHERE e.name = 'Odile Brandvold' GROUP BY e.entity_id ORDER BY ALL
    """
    assert ask(everything.warehouse, told) == [
        (["News of farmer"],),
        (["News of final", "News of silent", "News of striker"],),
    ]
    said = "SELECT count(DISTINCT speaker_entity_id) FROM quotes WHERE speaker = 'Odile Brandvold'"
    assert ask(everything.warehouse, said) == [(2,)]
    ((plain,),) = ask(
        everything.warehouse,
        "SELECT DISTINCT plain_id FROM meta.entity_names WHERE name = 'Odile Brandvold'",
    )
    assert ask(
        everything.warehouse, "SELECT count(*) FROM entities WHERE entity_id = ?", plain
    ) == [(1,)]


def test_undoing_makes_two_of_the_bearers_of_one_name(tmp_path: Path, everything: Request) -> None:
    asked = replace(everything, warehouse=copied(everything, tmp_path) / "w.duckdb")
    assert len(ask(asked.warehouse, BRANDVOLDS)) == 2
    ((striker,),) = ask(
        asked.warehouse,
        "SELECT DISTINCT entity_id FROM meta.entity_links WHERE reason = 'name' AND name = "
        "'Odile Brandvold'",
    )
    assert undo(asked.warehouse, striker, 5, print) == ("Odile Brandvold",)
    assert len(ask(asked.warehouse, BRANDVOLDS)) == 3
    assert ask(
        asked.warehouse,
        "SELECT count(*) FROM meta.entity_links WHERE reason = 'name' AND undone_at IS NULL",
    ) == [(0,)]


SPEAKERS = {
    "named": (
        "President Owen Tarrantyne opened the Wexcombe dam on Monday. “It will hold,” Owen "
        "Tarrantyne said in Wexcombe. Owen smiled.",
        "Ines Polkinghorne of the Low Fenwick Trust was there. “It will last for a hundred "
        "years,” the president said.",
        "Rune Dahlgren watched from the bank. “The water is higher than we thought it would "
        "be,” he said.",
    ),
    "surname": (
        "“We shall build another one next year,” President Tarrantyne said on Tuesday. Ines "
        "Polkinghorne was pleased with it.",
        "The Low Fenwick Trust will pay for half of the dam above Wexcombe, and Wexcombe for "
        "the rest of it.",
    ),
    "together": (
        "“We are glad that this is over at last,” Ines Polkinghorne and Rune Dahlgren said in "
        "Wexcombe on Thursday.",
        "The Low Fenwick Trust was silent. “Nobody asked us about any of this before,” an "
        "official said in the evening.",
    ),
    "again": (
        "“Nobody knows how deep the water is,” an official said in Wexcombe. The Low Fenwick "
        "Trust had no answer.",
        "Rune Dahlgren was at the dam on Friday, and nobody but Owen came with him. “The rain is "
        "to blame for all of this,” Norway and Sweden said.",
    ),
}
"""A president by name, role, surname or given name alone; two who speak together; officials; two
states.
"""


def test_top_speakers_counts_entities_and_everybody_who_speaks(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, paragraphs in SPEAKERS.items():
        page = html_page(f"News of {name}", paragraphs, f"https://tide.example/{name}")
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    asked = request(tmp_path, folder)
    ingest(asked)
    counted = (
        "SELECT speaker, speaker_entity_id IS NOT NULL, quote_count, article_count FROM "
        "top_speakers ORDER BY ALL"
    )
    assert ask(asked.warehouse, counted) == [
        ("Ines Polkinghorne", True, 1, 1),
        ("Norway", True, 1, 1),
        ("Owen Tarrantyne", True, 3, 2),
        ("Rune Dahlgren", True, 2, 2),
        ("Sweden", True, 1, 1),
        ("an official", False, 2, 2),
    ]
    together = (
        "SELECT s.speaker FROM quote_speakers AS s JOIN quotes AS q USING (quote_id) "
        "WHERE q.text LIKE 'We are glad%' ORDER BY ALL"
    )
    assert ask(asked.warehouse, together) == [("Ines Polkinghorne",), ("Rune Dahlgren",)]
    assert set(links(asked)) >= {
        ("Tarrantyne", "Owen Tarrantyne", "surname", False),
        ("Owen", "Owen Tarrantyne", "given", False),
    }
    ((owen,),) = ask(
        asked.warehouse, "SELECT entity_id FROM entities WHERE name = 'Owen Tarrantyne'"
    )
    with pytest.raises(WarehouseError, match="'Nobody' is not merged"):
        undo(asked.warehouse, owen, 5, print, "Nobody")
    assert undo(asked.warehouse, owen, 5, print, "Tarrantyne") == ("Tarrantyne",)
    assert ("Tarrantyne", "Owen Tarrantyne", "surname", True) in links(asked)
    assert ("Tarrantyne", True, 1, 1) in ask(asked.warehouse, counted)
    assert undo(asked.warehouse, owen, 5, print, "Owen") == ("Owen",)
    assert ("Owen", "Owen Tarrantyne", "given", True) in links(asked)
