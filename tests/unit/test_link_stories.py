"""Stories: how articles are grouped by likeness, and what a round-up is."""

from __future__ import annotations

import numpy as np
import pytest

from flows.link.average_link import Rule, group
from flows.link.components import components
from flows.link.fingerprint import (
    IS_NAME,
    IS_NUMBER,
    LEAD_SHIFT,
    fingerprint,
    number_of,
    spans_of,
    words_of,
)
from flows.link.keys import story_id
from flows.link.stories import vectors
from flows.link.stories.round_ups import is_named_round_up, is_round_up
from flows.link.stories.rule import RULE
from flows.linking.articles import find_doubtful, find_round_ups, name_groups


def matrix(count: int, pairs: dict[tuple[int, int], float]) -> np.ndarray:
    made = np.zeros((count, count))
    for (one, other), value in pairs.items():
        made[one, other] = made[other, one] = value
    return made


def test_one_chance_likeness_does_not_join_two_stories() -> None:
    pairs = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (3, 4): 0.9, (2, 3): 0.6}
    assert group(matrix(5, pairs), RULE) == [[0, 1, 2], [3, 4]]


def test_two_events_of_one_kind_stay_two() -> None:
    pairs = {(a, b): 0.9 for a in range(3) for b in range(a)} | {
        (a, b): 0.9 for a in range(3, 6) for b in range(3, a)
    }
    across = {(a, b): 0.55 for a in range(3) for b in range(3, 6)}
    assert group(matrix(6, pairs | across), RULE) == [[0, 1, 2], [3, 4, 5]]
    # the same likeness joins them where both groups are as loose within
    loose = dict.fromkeys(pairs, 0.6)
    assert group(matrix(6, loose | across), RULE) == [[0, 1, 2, 3, 4, 5]]


def test_groups_that_exist_stay_whole_and_may_be_joined() -> None:
    likeness = matrix(4, {(0, 2): 0.9, (1, 2): 0.8, (0, 3): 0.9, (2, 3): 0.9, (1, 3): 0.9})
    assert group(likeness, RULE, [[0, 1]]) == [[0, 1, 2, 3]]
    assert group(matrix(3, {(0, 2): 0.9}), Rule(0.6), [[0, 1]]) == [[0, 1], [2]]


def test_what_people_told_apart_is_never_joined() -> None:
    likeness = matrix(3, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.9})
    assert group(likeness, RULE, (), [(0, 2)]) == [[0, 1], [2]]


@pytest.mark.parametrize("seed", range(5))
def test_order_changes_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    likeness = np.triu(random.random((30, 30)) ** 4, 1)
    likeness += likeness.T
    order = random.permutation(30)
    found = group(likeness[np.ix_(order, order)], RULE)
    assert sorted(sorted(order[members].tolist()) for members in found) == group(likeness, RULE)


def test_components_are_chains() -> None:
    assert components(5, [(3, 4), (0, 3)]) == [[0, 3, 4], [1], [2]]


def test_fingerprints_mark_names_numbers_and_the_lead() -> None:
    text = (
        "The mayor of Tarn met Ilse Brandt. Later, Brandt spoke of 240 jobs. "
        + "More rain fell. " * 60
        + "It ended well."
    )
    found = fingerprint("Brandt visits Tarn", text, spans_of(text))
    marks = dict(zip(found.terms, found.marks, strict=True))
    assert marks[number_of("brandt")] & IS_NAME
    assert not marks[number_of("later")] & IS_NAME
    assert marks[number_of("240")] & IS_NUMBER
    assert marks[number_of("brandt")] >> LEAD_SHIFT == 3
    assert marks[number_of("ended")] >> LEAD_SHIFT == 0
    assert len(found.words) == len(spans_of(text))


def test_words_of_scripts_without_spaces_are_pairs() -> None:
    assert [word.form for word in words_of("東京都庁 met")] == ["東京", "京都", "都庁", "met"]
    assert [(w.start, w.end) for w in words_of("Tarn’s quay")] == [(0, 6), (7, 11)]
    assert [w.form for w in words_of("Tarn’s ÉCOLE")] == ["tarn", "école"]


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Live: storm reaches Port Ellery", None),
        ("Morning briefing: five things before breakfast", None),
        ("Sturm an der Küste: Liveticker", None),
        ("Tempête : suivez en direct l'arrivée", None),
        ("Stormen når kusten: följ vår liverapport", None),
        ("Siste nytt: stormen når kysten", None),
        ("Sztorm w Ellery. Relacja na żywo", None),
        ("Přehled zpráv: bouře a stávka", None),
        ("Vihar a parton, percről percre", None),
        ("Fırtına kıyıda: dakika dakika", None),
        ("Главное за день: шторм и забастовка", None),
        ("Шторм: текстова трансляція", None),
        ("بث مباشر: العاصفة تصل إلى الميناء", None),
        ("लाइव अपडेट: तट पर तूफान", None),
        ("Điểm tin sáng: bão và đình công", None),
        ("今日の主なニュース 嵐とストライキ", None),
        ("今日要闻：风暴和罢工", None),
        ("오늘의 주요 뉴스: 폭풍과 파업", None),
        ("Storm reaches the coast", "https://tide.example/news/live-blog/storm"),
        ("Storm", "https://tide.example/2026/storm-as-it-happened"),
    ],
)
def test_round_ups_are_known_by_their_name(title: str, url: str | None) -> None:
    assert is_named_round_up(title, url)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("How islanders live without a ferry", "https://tide.example/life/islanders"),
        ("Minister cancels briefing after walkout", None),
        ("Direktor der Werft tritt zurück", None),
        ("Redaktor zmarł na żywo na antenie", None),
        ("Прямая трансляция матча сорвалась из-за шторма", None),
        ("اعتقال مذيع في بث مباشر", None),
        ("港のニュース放送、嵐で中断", None),
        ("直播主在港口被捕", None),
        ("Deliveries resume", "https://tide.example/olive/deliveries"),
    ],
)
def test_words_of_a_round_up_alone_make_none(title: str, url: str | None) -> None:
    assert not is_named_round_up(title, url)


def test_a_round_up_is_about_stories_that_are_unlike_each_other() -> None:
    assert is_round_up([0.6, 0.5, 0.4], {})
    assert not is_round_up([0.6, 0.5], {})
    # three stories of one crisis: a report of it, not a round-up
    assert not is_round_up([0.6, 0.5, 0.4], {(0, 1): 0.2, (1, 2): 0.3, (0, 2): 0.2})


def test_a_round_up_is_found_by_the_stories_that_there_are_without_it() -> None:
    # 6 prints a paragraph of each of three stories
    edges = [(0, 1, 0.9), (2, 3, 0.9), (4, 5, 0.9), *((n, 6, 0.9) for n in (0, 2, 4))]
    assert find_doubtful(edges) == {6}
    groups = [[0, 1], [2, 3], [4, 5], [6]]
    assert find_round_ups(groups, edges, {6}) == {6}
    # the stories are alike without it: it is a report of one crisis
    alike = [(0, 3, 0.3), (1, 2, 0.3), (2, 5, 0.3), (3, 4, 0.3), (0, 5, 0.3), (1, 4, 0.3)]
    assert find_round_ups(groups, [*edges, *alike], {6}) == set()
    # others join what it is about to one story
    assert find_round_ups([[0, 1, 2, 3, 4, 5], [6]], edges, {6}) == set()


def test_a_story_keeps_its_key_with_most_of_its_articles() -> None:
    ids = [f"{n:016x}" for n in range(6)]
    # one of three articles leaves a story: the other two keep the key
    found = name_groups([[0], [1, 2]], ["s", "s", "s"], ids)
    assert found[1] == ("s", [])
    assert found[0][0] not in ("s", "")
    # two stories become one: the one that began first stays
    assert name_groups([[0, 1, 2]], ["s", "t", "t"], ids) == {0: ("s", ["t"])}
    # an article moves from one story to another: both keep their keys
    moved = name_groups([[0, 1], [2, 3, 4]], ["s", "s", "s", "t", "t"], ids)
    assert moved == {0: ("s", []), 2: ("t", [])}
    # new articles: the key is made of the first one, whatever else is there
    assert name_groups([[3, 5]], [None] * 6, ids) == {3: (story_id(ids[3]), [])}


@pytest.mark.parametrize("rows_at_a_time", [1, 3, 100])
def test_products_of_pairs_are_those_of_their_rows(
    monkeypatch: pytest.MonkeyPatch, rows_at_a_time: int
) -> None:
    """Rows 0 and 4 share nothing, row 2 is empty, and no pair begins with rows 1 and 3."""
    from scipy import sparse

    monkeypatch.setattr(vectors, "ROWS", rows_at_a_time)
    dense = np.array(
        [[0.1, 0.7, 0, 0], [0.3, 0.2, 0, 0.5], [0, 0, 0, 0], [0.9, 0, 0.4, 0], [0, 0, 0.6, 0.8]]
    )
    matrix = sparse.csr_matrix(dense)
    pairs = np.array([0, 0, 0, 2, 4]), np.array([4, 1, 3, 3, 1])
    expected = [(dense[one] * dense[other]).sum() for one, other in zip(*pairs, strict=True)]
    assert vectors.rows_dot(matrix, matrix, pairs).tolist() == expected
    assert vectors.rows_dot(matrix, matrix, (pairs[0][:0], pairs[1][:0])).tolist() == []
