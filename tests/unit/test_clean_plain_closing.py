"""Articles that go on behind their last paragraph: numbered lists, lines alike, paragraphs without
a stop, lists that are the article.
"""

from __future__ import annotations

from flows.clean import clean_page

PROSE = (
    "The harbour council of Port Ellery has named the twenty berths that will be dredged this "
    "winter, and in which order.",
    "The work begins in November and goes on until the herring come in, weather permitting, the "
    "council said in a statement on Monday.",
    "Pilots had asked for deeper water along the northern quay since the spring, when two ships "
    "touched the ground there in one night.",
)
MENU = ("Home", "News", "Harbour", "Weather", "Contact")
TAIL = (
    "Latest news",
    "Ferry late again",
    "Gulls return to the pier",
    "Council seeks a clerk",
    "© Ellery Tide",
)


def kept(*blocks: str, url: str | None = None) -> list[str]:
    return clean_page("\n\n".join([*MENU, *blocks, *TAIL]), is_html=False, url=url).text.split("\n")


def test_a_numbered_list_is_kept_to_its_end() -> None:
    first = [
        f"{n}) Berth number {n} of the northern quay, which the pilots have asked for since the "
        "spring of last year."
        for n in range(1, 4)
    ]
    rest = [f"{n}) Berth {n}" for n in range(4, 9)]
    text = kept("Twenty berths to be dredged", *PROSE, *first, *rest)
    assert text[-1] == "8) Berth 8"


def test_a_number_that_is_not_the_next_ends_the_list() -> None:
    first = [
        f"{n}) Berth number {n} of the northern quay, which the pilots have asked for since the "
        "spring of last year."
        for n in range(1, 4)
    ]
    text = kept("Twenty berths to be dredged", *PROSE, *first, "9) Ferries", "1) Most read")
    assert text[-1] == first[-1]


def test_lines_alike_under_a_heading_close_an_article() -> None:
    lines = [
        f"{name} (quay {n}): dredged in week {n}"
        for n, name in enumerate(["Anchor", "Beacon", "Capstan", "Dory", "Eddy", "Fathom"], 1)
    ]
    text = kept("Twenty berths to be dredged", *PROSE, "The berths", *lines)
    assert text[-len(lines) - 1 :] == ["The berths", *lines]
    assert kept("Twenty berths to be dredged", *PROSE, "The berths", *lines[:3])[-1] == PROSE[-1]


def test_a_wide_paragraph_without_its_stop_is_the_articles() -> None:
    open_end = (
        "Whoever moors there now has until the end of October to move, and the council "
        "will pay for the tugs if the notice comes too late"
    )
    assert kept("Twenty berths to be dredged", *PROSE, open_end)[-1] == open_end
    assert kept("Twenty berths to be dredged", *PROSE, f"{open_end} …")[-1] == PROSE[-1]


def test_a_numbered_list_under_the_headline_is_the_article_though_prose_stands_below() -> None:
    rounds = [f"{n}th race: {10 + n} August – Low Fenwick" for n in range(1, 9)]
    advert = "Our paper has written of the sea for forty years, and its readers have written back. "
    advert += "Send us your letters, your photographs and your poems, and we shall print the best."
    url = "https://tide.example/regatta-calendar-of-port-ellery/"
    text = kept(
        "Regatta calendar of Port Ellery",
        *rounds,
        "Tags",
        "From the desk",
        "Letters",
        "Photographs",
        advert,
        url=url,
    )
    assert text[: len(rounds)] == rounds


def test_the_last_sentences_of_a_page_are_the_articles() -> None:
    def last(*lines: str) -> str:
        return clean_page("\n".join([*PROSE, *lines]), is_html=False).text.split("\n")[-1]

    assert last("Nobody was hurt.") == "Nobody was hurt."
    assert last("Nobody was hurt.", "“It was close.”") == "“It was close.”"
    # headlines, what a rule knows, and sentences before furniture stay out
    assert last("Ferry late again") == PROSE[-1]
    assert last("Follow us on Facebook.") == PROSE[-1]
    assert last("Gulls are back.", *TAIL) == PROSE[-1]
