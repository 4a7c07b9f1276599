"""Tables inside an article, panels in its midst, and pages whose menus hold the headline's
words.
"""

from __future__ import annotations

from flows.clean.plain import clean_plain
from flows.clean.plain.prose import forms_of
from flows.clean.plain.tables import find_cells
from flows.clean.rules import load_rules

TITLE = "Ridge rowers lose the cup by a length"
URL = "https://post.example/sport/ridge-rowers-lose-cup-by-a-length"
REPORT = [
    "The rowers of Sallow Ridge lost the county cup by a single length on Sunday, after a race "
    "in which the lead had changed four times "
    "and the umpire's launch ran out of fuel.",
    "“We were asleep for the first minute,” said cox Ida Brannock. “After that nobody in the "
    "boat remembers anything but the noise.”",
]
COMMENT = [
    "Three of the eight had never raced before. The coach put them in the middle of the boat, "
    "where the older ones could hear them "
    "breathe, and said he would do so again.",
    "The cup goes to Norr for the second year. Its crew will carry it through the town on "
    "Tuesday, if the rain that is forecast leaves "
    "them a street to do it in.",
]
MORE = [
    "On the bank the town's brass band played until the rain came, and then it played under the "
    "bridge, where it could be heard as far as "
    "the lock and where nobody could see it.",
    "The launch was found on Monday morning a mile below the weir with its anchor still in its "
    "box. Its owner, the county's rowing union, "
    "thanked the finder with two tickets for next year.",
    "Ridge has won the cup eleven times since it was first given in 1922. Twice it was given to "
    "nobody, because neither of the boats that "
    "had set out came as far as the finish.",
]
TABLE = [
    cell
    for place, (club, minutes) in enumerate(
        [("Norr", 6.11), ("Ridge", 6.14), ("Ekerholm", 6.2), ("Vik", 6.31), ("Sund", 6.4)], 1
    )
    for cell in (str(place), club, f"{minutes:.2f}", f"{place * 4 + 17} strokes")
]


def page(*blocks: str) -> str:
    return "\n\n".join(blocks)


def test_a_table_between_paragraphs_stays() -> None:
    assert clean_plain(page(TITLE, *REPORT, *TABLE, *COMMENT)).text.split("\n") == [
        *REPORT,
        *TABLE,
        *COMMENT,
    ]


def test_cells() -> None:
    book = load_rules()
    assert find_cells(forms_of([*REPORT, *TABLE, *COMMENT], book)) == set(range(2, 2 + len(TABLE)))
    menu = [
        "Home",
        "Sport",
        "Culture",
        "Letters",
        "Harbour",
        "Tides",
        "Jobs",
        "Boats",
        "Films",
        "Books",
        "Chess",
        "Top 10",
    ]
    assert find_cells(forms_of(menu * 2, book)) == set()


def test_an_article_goes_on_behind_a_long_list_of_its_own() -> None:
    crew = [
        f"{name} {family}"
        for name in ("Ann", "Tom", "Eva", "Jon", "Mia")
        for family in ("Lee", "Ek", "Oyelaran", "Tran")
    ]
    text = clean_plain(page(TITLE, *REPORT, *crew, *COMMENT)).text
    assert text.endswith("\n".join(COMMENT))
    related = ["Related articles", *crew]
    assert not clean_plain(page(TITLE, *REPORT, *MORE, *related, *COMMENT)).text.endswith(
        COMMENT[-1]
    )


def test_the_headline_is_the_block_that_says_little_else() -> None:
    line = "Ridge rowers lose cup | Post | Sport | Harbour | Letters | Jobs | Tides"
    cleaned = clean_plain(page(line, "Rowing", TITLE, *REPORT, *COMMENT), url=URL)
    assert cleaned.title == TITLE


def test_single_lines_stay_in_articles_that_hold_no_furniture() -> None:
    line = (
        "A note that Ida Brannock had left on the seat of the boat, between the oars and the "
        "water bottles, on Saturday night"
    )
    assert line in clean_plain(page(TITLE, *REPORT, line, *COMMENT)).text
    assert (
        line not in clean_plain(page(TITLE, *REPORT, line, *COMMENT, "Advertisement", *MORE)).text
    )
    assert (
        line
        not in clean_plain(
            page(TITLE, *REPORT, line, line.replace("note", "letter"), *COMMENT)
        ).text
    )
