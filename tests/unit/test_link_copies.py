"""Copies: edited texts are found, articles that share a part are not; who was first."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from flows.link.average_link import group
from flows.link.copies.original import Printed, compare_texts, original_of
from flows.link.copies.overlap import RULE, overlap
from flows.link.fingerprint import number_of, shingles, words_of

WIRE = [
    "Divers raised the ferry Saint Aubin from the bed of Lake Orrin on Monday, nine weeks after "
    "it sank with a cargo of cattle and timber.",
    "Nobody died in the accident, which an inquiry has blamed on a hatch that was left open in "
    "heavy rain.",
    "The owner, a cooperative of farmers on the eastern shore, said the hull was sound and that "
    "repairs would take until autumn.",
    "Two cranes on barges lifted the vessel by its stern while pumps emptied the engine room, a "
    "method used once before on the lake.",
    "Until the ferry returns, lorries must drive ninety kilometres around the northern end, "
    "over a road that floods each spring.",
]
OTHER = [
    "The lake council will vote next week on a bridge that engineers first drew forty years ago.",
    "It would cost twice what the region spends on roads in a year, and the mayors of three "
    "villages oppose it.",
    "Supporters point to the delays of this summer, when every delivery to the eastern shore "
    "arrived half a day late.",
]


def likeness(one: list[str], other: list[str]) -> float:
    first, second = (
        shingles([number_of(w.form) for w in words_of("\n".join(lines))]) for lines in (one, other)
    )
    return overlap(len(np.intersect1d(first, second)), len(first), len(second)).score


def test_edited_texts_are_copies() -> None:
    cut, reordered = WIRE[:3], [WIRE[0], WIRE[3], WIRE[1], WIRE[2], WIRE[4]]
    respelled = [
        line.replace("timber", "lumber").replace("kilometres", "kilometers") for line in WIRE
    ]
    reworded = [
        line.replace(" the ", " this ", 1).replace(" and ", " as well as ") for line in WIRE
    ]
    for edited in (cut, reordered, respelled, reworded, [*WIRE, OTHER[0]]):
        assert likeness(WIRE, edited) >= RULE.min_mean


def test_a_shared_passage_makes_no_copy() -> None:
    follow_up = [*OTHER, WIRE[1], WIRE[2][:60]]
    assert likeness(WIRE, follow_up) < RULE.min_mean
    assert likeness(WIRE[:1], [*OTHER, *OTHER, WIRE[0]]) < RULE.min_mean * 1.8


def test_a_text_of_two_wires_joins_one_of_them() -> None:
    wires, merged = [WIRE, OTHER * 2], [*WIRE, *OTHER]
    matrix = np.zeros((4, 4))
    texts = [wires[0], wires[0], merged, wires[1]]
    for one in range(4):
        for other in range(4):
            matrix[one, other] = likeness(texts[one], texts[other]) if one != other else 0
    assert group(matrix, RULE) == [[0, 1, 2], [3]]


def test_notices_are_no_copies() -> None:
    notice = ["The office is closed today."]
    assert likeness(notice, notice) == 0


def printed(key: str, day: int, *, credits_to: str | None = None, is_dated: bool = True) -> Printed:
    when = datetime(2026, 5, day, tzinfo=UTC)
    return Printed(key, (f"www.{key}.example",), credits_to, when if is_dated else None, when)


def test_the_original_is_credited_or_first() -> None:
    wire, early = printed("orrinwire", 3), printed("tide", 1)
    copy = printed("courier", 2, credits_to="Orrinwire")
    assert original_of([early, copy, wire]) == ("orrinwire", "credited")
    assert original_of([early, wire]) == ("tide", "published first")
    undated = [printed("tide", 4, is_dated=False), printed("bell", 2, is_dated=False)]
    assert original_of(undated) == ("bell", "seen first")
    # an article that credits somebody is not the original, although it came first
    assert original_of([printed("courier", 1, credits_to="AZ"), wire])[0] == "orrinwire"


def test_paragraphs_added_and_cut_are_told() -> None:
    copy = [WIRE[0].replace("Divers", "Salvage divers"), *WIRE[1:4], OTHER[0]]
    shared, added, cut = compare_texts("\n".join(WIRE), "\n".join(copy))
    assert 0.6 < shared.of_shorter < 1
    assert added == [OTHER[0]]
    assert cut == [WIRE[4]]
