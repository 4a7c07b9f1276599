"""A generated site, to show what the site memory learns: articles, blocks that its template
repeats, passages that recur by right.

Run `python -m tests.flow.demo_site` for the table: blocks to learn and blocks to leave, and after
how many pages each was known.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.flow.pages import ask, html_page, ingest, request
from warehouse.connect import WarehouseAddress

SITE = "ellerytide.example"

TEMPLATE = {
    "Printed beside the harbour since the old lighthouse burned down.": 1,
    "Our delivery boats leave at five and your doorstep is next.": 2,
    "Tidewatchers get the crossword a day before everybody else does.": 2,
    "Bring this page to the reading room and the coffee is on the house.": 3,
    "Spotted a seal, a wreck or a mistake? Ring the night desk.": 3,
    "Hester Blom has covered magistrates and markets for the paper since the nineties.": 4,
}
"""What the template repeats, and on every how many-th page it stands."""

BACKGROUND = (
    "The Stellan ferry has been tied up since its engine room flooded, and the islanders of "
    "Stellan have relied on fishing boats to "
    "reach the mainland hospital ever since."
)
"""Background that every article about the ferry repeats: the articles' own words."""

QUOTATION = (
    "“We were promised a ferry and we were given a timetable of apologies,” said "
    "Aurelio Finch, who keeps the island's shop."
)
LEDE = (
    "A tanker has run aground off Cape Morrow, and the coastguard is taking its crew ashore "
    "one by one."
)

THINGS = """
library orchestra orchard reservoir tramline bakery observatory market quarry school lighthouse theatre
cannery vineyard museum hospital stadium archive bridge chapel brewery aquarium courthouse fairground
greenhouse printworks sawmill ropewalk
""".split()  # noqa: E501
DEEDS = """
reopened closed flooded expanded auctioned restored inspected relocated painted extended insured surveyed
demolished renamed
""".split()  # noqa: E501
WHO = (
    "Odalys Brandt|Ferran Okoye|Maren Tuulik|Ilse Carrow|Bertil Ansah|Noor Haldane|Tamsin "
    "Okafor|Jory Lindqvist|Pia Marchetti|Emeka Strand"
).split("|")
WHY = """
drainage funding subsidence volunteers paperwork storms visitors electricity roofing beetles insurance
plumbing weather asbestos
""".split()  # noqa: E501
WHEN = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
""".split()


@dataclass(frozen=True)
class DemoPage:
    """One page of the site and the template blocks that stand in it."""

    name: str
    markup: str
    repeated: tuple[str, ...]


def demo_pages(count: int, seed: int = 11) -> list[DemoPage]:
    """Write `count` pages; every fifth tells of the ferry, every sixth updates the story of the
    tanker.
    """
    dice = random.Random(seed)
    pages = []
    for n in range(count):
        paragraphs = [_paragraph(dice) for _ in range(5)]
        thing = dice.choice(THINGS)
        title = f"The {thing} of {dice.choice(WHY)}, part {n}"
        if n % 5 == 1:
            title = f"No ferry for Stellan in week {n}"
            paragraphs[0] = (
                f"The islanders of Stellan met on {dice.choice(WHEN)} to ask when the ferry "
                "will sail, as the engine room is dry again."
            )
            paragraphs[3:3] = [QUOTATION, BACKGROUND]
        if n % 6 == 4:
            title = f"Tanker aground off Cape Morrow, update {n}"
            told = random.Random(seed)
            paragraphs = [
                LEDE,
                *(_paragraph(told) for _ in range(4)),
                f"By {dice.choice(WHEN)}, {n} of the crew were ashore.",
            ]
        repeated = tuple(block for block, every in TEMPLATE.items() if n % every == 0)
        body = [*paragraphs[:2], *repeated[:3], *paragraphs[2:], *repeated[3:]]
        pages.append(
            DemoPage(f"{n:03}.html", html_page(title, body, f"https://{SITE}/{n}"), repeated)
        )
    return pages


def _paragraph(dice: random.Random) -> str:
    sentences = []
    for _ in range(3):
        thing, other, who, deed = (
            dice.choice(THINGS),
            dice.choice(THINGS),
            dice.choice(WHO),
            dice.choice(DEEDS),
        )
        sentences.append(
            dice.choice(
                (
                    f"The {thing} was {deed} on {dice.choice(WHEN)} because of "
                    f"{dice.choice(WHY)}, said {who}.",
                    f"{who} counted {dice.randint(11, 990)} people at the {thing}, more than at "
                    f"the {other} a year ago.",
                    f"Nobody had {deed} the {thing} since {dice.randint(1890, 1999)}, and the "
                    f"{other} awaits {dice.choice(WHY)}.",
                    f"A meeting about {dice.choice(WHY)} at the {other} drew "
                    f"{dice.randint(11, 400)} residents, {who} among them.",
                )
            )
        )
    return " ".join(sentences)


def known(warehouse: WarehouseAddress) -> set[str]:
    """The blocks that the memory knows."""
    return {
        text
        for (text,) in ask(warehouse, "SELECT text FROM meta.site_blocks WHERE state = 'known'")
    }


def main() -> None:
    """Ingest the site six pages at a time and print what was known when."""
    pages = demo_pages(48)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pages"
        folder.mkdir()
        asked = request(Path(scratch), folder)
        first: dict[str, int] = {}
        for start in range(0, len(pages), 6):
            for page in pages[start : start + 6]:
                (folder / page.name).write_text(page.markup, encoding="utf-8")
            ingest(asked)
            for block in known(asked.warehouse):
                first.setdefault(block, start)
        lines = "SELECT unnest(string_split(text, chr(10))) AS line FROM articles"
        left = ask(
            asked.warehouse,
            f"SELECT count(*) FROM ({lines}) WHERE line IN (SELECT unnest(?))",
            list(TEMPLATE),
        )
        found = known(asked.warehouse)
    for block, every in TEMPLATE.items():
        when = f"known to the run after page {first[block]}" if block in first else "not learned"
        print(f"  on every {every}. page: {when}: {block}")
    right = len(found & set(TEMPLATE))
    print(
        f"recall {right}/{len(TEMPLATE)}, precision {right}/{len(found)}; left in articles: "
        f"{left[0][0]}"
    )


if __name__ == "__main__":
    main()
