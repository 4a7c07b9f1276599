"""Utterances: which pairs of quotations are compared, and which groups the pairs make."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from flows.link.wordings.alignment import numbers_of
from flows.link.wordings.decide import Speaker
from flows.link.wordings.group import group_quotations
from flows.linking.quoted import MAX_SHARING, MAX_STORIES, Quotation, find_pairs

LONG = 10


def groups(
    articles: str, agreed: str, sizes: list[int] | None = None, apart: str = "", begun: str = ""
) -> list[str]:
    """Group the quotations a, b, c …; `agreed` is such as `ab bc`."""
    found, _ = group_quotations(
        articles,
        sizes or [LONG] * len(articles),
        dict.fromkeys(map(pair, agreed.split()), 1.0),
        [list(map(number, some)) for some in begun.split()],
        set(map(pair, apart.split())),
    )
    return ["".join(chr(ord("a") + n) for n in members) for members in found]


def number(letter: str) -> int:
    return ord(letter) - ord("a")


def pair(letters: str) -> tuple[int, int]:
    return number(letters[0]), number(letters[1])


def test_all_that_agree_are_one_utterance() -> None:
    assert groups("1234", "ab bc ac cd bd") == ["abcd"]
    assert groups("1234", "ab") == ["ab", "c", "d"]


def test_a_statement_does_not_join_many_of_one_sentence_to_many_of_another() -> None:
    # a is the whole statement; b to d quote its first sentence, e to g its second one
    found = groups("1234567", "ab ac ad ae af ag bc bd cd ef eg fg")
    assert found == ["abcd", "efg"]


def test_a_whole_statement_takes_in_its_two_parts() -> None:
    assert groups("123", "ab ac") == ["abc"]
    assert groups("122", "ab ac") == ["abc"]  # one article prints both parts


def test_two_words_in_many_quotations_join_nothing_else() -> None:
    # c is a fragment that stands in a and b, which two articles print each
    assert groups("12345", "ac bc ad be cd ce", [LONG, LONG, 2, LONG, LONG]) in (
        ["acd", "be"],
        ["ad", "bce"],
    )


def test_what_is_apart_stays_apart_and_what_has_begun_stays_whole() -> None:
    assert groups("123", "ab bc ac", apart="ac") == ["ab", "c"]
    assert groups("123", "", begun="ac") == ["ac", "b"]
    assert groups("1234", "ab", begun="ac", apart="bc") == ["ac", "b", "d"]


def test_each_join_names_the_weightiest_pair() -> None:
    agreed = {(0, 1): 1.0, (0, 2): 3.0, (1, 2): 2.0}
    assert group_quotations("123", [LONG] * 3, agreed)[1] == [(0, 2), (1, 2)]


def quotation(number: int, text: str, story: str, keys: tuple[int, ...] = ()) -> Quotation:
    speaker = Speaker("Ilse Brandt", "e1", True)
    key, words = str(number), numbers_of(text)
    return Quotation(
        key, key, story, "direct", text, 0, len(text), speaker, None, True, 1, keys, words
    )


def weigh(word: int) -> float:
    return 0.1 if word in numbers_of("that the for we to have will of") else 0.7


HATCH = "Nobody on this shore was ever told that the hatch was broken"


def test_a_sentence_of_more_articles_than_a_phrase_has_wordings_is_compared() -> None:
    count = MAX_SHARING + 5
    given = [quotation(n, HATCH, "ferry") for n in range(count)]
    assert {found[:2] for found in find_pairs(given, weigh)} == set(combinations(range(count), 2))


def test_a_phrase_of_many_wordings_is_not_compared() -> None:
    given = [quotation(n, f"Word{n} we have to thing{n}", "ferry") for n in range(MAX_SHARING + 1)]
    assert find_pairs(given, weigh) == []


def test_a_slogan_of_many_stories_joins_none_of_them() -> None:
    few = [quotation(n, HATCH, f"story {n}", (7,)) for n in range(MAX_STORIES)]
    assert len(find_pairs(few, weigh)) == 3
    assert find_pairs([*few, quotation(9, HATCH, "one more", (7,))], weigh) == []


def test_a_short_quotation_is_compared_with_those_that_share_a_rare_word() -> None:
    short, long = "that damned bridge", "We will never pay for the damned bridge of theirs"
    given = [quotation(1, short, "bridge"), quotation(2, long, "bridge")]
    assert find_pairs(given, weigh) == [(0, 1, True)]
    elsewhere = [given[0], quotation(2, long, "other story")]
    small = [quotation(1, "that we will", "bridge"), given[1]]
    many = [given[0], *(quotation(n, f"{long} {n}", "bridge") for n in range(MAX_SHARING + 1))]
    assert find_pairs(elsewhere, weigh) == find_pairs(small, weigh) == []
    assert all(0 not in found[:2] for found in find_pairs(many, weigh))


def test_quotations_of_one_article_alone_are_compared_if_their_words_are_the_same() -> None:
    texts = (HATCH, f"{HATCH}, he says", f"{HATCH}.", "Open it", "Open it!", "Open", "Open!")
    alone = [replace(quotation(n, text, "ferry"), article_id="a") for n, text in enumerate(texts)]
    assert find_pairs(alone, weigh) == [(0, 2, True), (3, 4, True)]
    other = quotation(9, f"He knew that {HATCH.lower()}", "ferry")
    assert {(0, 7, True), (1, 7, True), (2, 7, True)} <= set(find_pairs([*alone, other], weigh))
