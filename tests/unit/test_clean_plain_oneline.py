"""A whole page in one line: menus and rows of labels run into the sentences around them."""

from __future__ import annotations

from flows.clean.plain import clean_plain
from flows.clean.plain.oneline import MIN_LINE, cut_line

MENU = (
    "Home News Sport Weather Letters Harbour Tides Jobs Boats Films Books Chess Subscribers' "
    "Corner Archive About The Sallow Post"
)
BODY = [
    "The bakery at the foot of Sallow Ridge will stay open after all, its owners said on "
    "Monday, because eleven villagers "
    "have bought the oven.",
    "“Nobody asked us to,” said Marek Oyelaran, who drives the school bus and now owns a ninth "
    "of the brick chimney. “We "
    "simply like bread.”",
    "The old owner had wanted to sell the house to a firm that rents out rooms by the night. He "
    "changed his mind when he saw "
    "how many people"
    "stood in front of the door in the rain.",
    "For a year the bakery will open on four mornings a week. The villagers take turns in the "
    "shop, and the baker, Solveig "
    "Tran, comes down"
    "from the farm at three in the morning as she has always done.",
    "She says that the oven needs new bricks before the winter. They will cost nine thousand "
    "crowns, and the money is to come "
    "from a feast in"
    "the fire station at which the band will play until nobody can hear it any more.",
    "The county has promised to look at the chimney for nothing. Its engineer was born next "
    "door and remembers that it smoked "
    "on windy days.",
    "Whoever wants to help may come on Saturday with a shovel. There will be soup, and after "
    "the soup there will be a list in "
    "which everybody"
    "can write what he is able to carry.",
    "Last week the school sent its youngest pupils to paint the door. It is now blue, apart "
    "from the handle, which nobody was "
    "able to reach.",
]
LINKS = (
    "Ten Harbours And One Crane Gulls Elect Mayor Why The Mast Hums Tides Of The Week "
    "Privacy Policy Terms Of Use Contact"
)


def test_the_article_of_a_page_in_one_line() -> None:
    line = " ".join([MENU, *BODY, LINKS])
    cleaned = clean_plain(line)
    assert cleaned.text == " ".join(BODY)
    assert " ".join(block.text for block in cleaned.blocks) == line


def test_a_long_paragraph_is_no_page() -> None:
    assert cut_line([" ".join(BODY)[: MIN_LINE - 1], "Home"]) is None
    assert cut_line([" ".join(BODY), *BODY]) is None
    assert cut_line([]) is None


def test_scripts_without_capitals_are_cut_at_sentences_alone() -> None:
    sentences = ["面包店的新主人在星期一告诉大家炉子会一直烧到冬天。"] * 80
    assert cut_line(["".join(sentences)]) == sentences


def test_an_agency_line_stays_with_its_sentence() -> None:
    line = " ".join(
        [
            "Share Email NORR, Sallow Ridge (Wire) — The bakery on the hill will stay open.",
            *BODY,
            *BODY,
        ]
    )
    head = cut_line([line])
    assert head is not None
    assert head[:2] == [
        "Share Email",
        "NORR, Sallow Ridge (Wire) — The bakery on the hill will stay open.",
    ]
