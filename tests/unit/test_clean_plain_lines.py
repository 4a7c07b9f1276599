"""The same page in every line structure, hard-wrapped without blank lines above all, gives the same
article.
"""

from __future__ import annotations

import textwrap

import pytest

from flows.clean.plain import clean_plain
from flows.clean.plain.blocks import split_blocks

TITLE = "Beekeepers of Sallow Ridge count their winter losses"
HEAD = ["Home", "Weather", "The Sallow Post", TITLE, "By Ida Brannock"]
BODY = [
    "Two thirds of the hives on Sallow Ridge are empty this spring, the county's beekeepers "
    "said on Friday after they had walked from farm "
    "to farm for a week with a ladder and a list.",
    "“I opened the first box and heard nothing at all,” said Marek Oyelaran, who keeps nineteen "
    "colonies behind the old dairy. “You know "
    "it before you see it.”",
    "The county's vet, Solveig Tran, has taken samples from forty hives. She expects an answer "
    "from the laboratory in three weeks and asks "
    "everybody to leave the empty boxes closed until then.",
    "Last year the ridge sold eleven tonnes of honey. The beekeepers will meet again on the "
    "first of May in the fire station, where the "
    "county will explain what help there is for those who start anew.",
]
TAIL = ["Related articles", "Why the clover came late", "A mast for Hollow Farm", "Privacy policy"]


def wrapped(columns: int, between: str = "\n") -> str:
    return between.join(textwrap.fill(block, columns) for block in [*HEAD, *BODY, *TAIL])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("columns", [50, 64, 72, 80, 100])
def test_wrapped_pages(columns: int, between: str) -> None:
    cleaned = clean_plain(wrapped(columns, between))
    assert cleaned.title == TITLE
    assert " ".join(cleaned.text.split()) == " ".join(BODY)


def test_an_address_wider_than_the_page_is_a_line_of_its_own() -> None:
    address = "https://post.example/" + "/".join(f"a-long-way-to-page-{n}" for n in range(9))
    blocks = split_blocks(f"{wrapped(72)}\n{address}")
    assert blocks[-1] == address
    assert any(BODY[2] in block for block in blocks)


def test_wrapped_lines_in_a_script_without_capitals() -> None:
    paragraphs = [
        "마을 도서관은 토요일 아침에 문을 닫았고 주민들은 비가 그칠 때까지 처마 밑에서 기다렸다고 "
        "관리인이 말했다 그리고 다음 주에 다시 연다고 했다.",
        "시장은 새 지붕에 필요한 돈을 가을까지 모으겠다고 약속했으며 학교에서도 책을 나누어 "
        "보관하기로 했다는 소식을 편지로 모두에게 알렸다.",
        "주민 열두 명은 젖은 책을 햇볕에 말리려고 운동장에 줄을 매었고 아이들은 학교가 끝난 뒤에 책장을 한 장씩 넘기며 도왔다고 한다.",  # noqa: E501
    ]
    assert split_blocks("\n\n".join(textwrap.fill(p, 36) for p in paragraphs)) == paragraphs


def test_lists_in_small_letters_are_not_wrapped_lines() -> None:
    items = [
        "seven jars of clover honey",
        "a smoker that nobody has lit for years",
        "two veils with holes in them",
        "gloves",
        "one ladder",
    ]
    lines = [*BODY[:2], "On the table in the fire station lay:", *items, *BODY[2:]]
    assert split_blocks("\n".join(lines)) == lines


def test_headlines_in_japanese_are_not_wrapped_lines() -> None:
    headlines = [
        f"養蜂家が春の被害を数えた{n}日間、県は支援を約束 専門家の見方と今後の見通しについて"
        for n in range(8)
    ]
    assert split_blocks("\n".join(headlines)) == headlines
