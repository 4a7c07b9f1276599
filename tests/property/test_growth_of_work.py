"""`assert_linear` passes linear work and fails quadratic work."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.property import growth
from tests.property.growth import FLOOR_SECONDS, ROUNDS, TIMES, assert_linear

SIZE = 1_000


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls = 0

    def process_time(self) -> float:
        return self.now

    def work(self, cost: Callable[[int], float]) -> Callable[[str], None]:
        """Return work that takes `cost(length of the text)` seconds."""

        def take(text: str) -> None:
            self.calls += 1
            self.now += cost(len(text))

        return take


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(growth, "time", SimpleNamespace(process_time=made.process_time))
    return made


@pytest.mark.parametrize(
    "cost",
    [
        lambda n: n / SIZE,
        lambda n: n / SIZE * n.bit_length(),
        lambda n: 0.01 + n / SIZE,
        lambda n: (n / SIZE) ** 2 * FLOOR_SECONDS / 4,  # too little to tell
    ],
    ids=["linear", "n log n", "with a fixed cost", "under the floor"],
)
def test_linear_work_passes_at_once(clock: Clock, cost: Callable[[int], float]) -> None:
    assert_linear(clock.work(cost), "x", SIZE)
    assert clock.calls <= 3


@pytest.mark.parametrize(
    "cost",
    [
        lambda n: (n / SIZE) ** 2,
        lambda n: (n / SIZE) ** 2 * FLOOR_SECONDS / 3,
        lambda n: n / SIZE + (n / SIZE) ** 2 / 3,
        lambda n: 2.0 ** (n / SIZE),
    ],
    ids=["quadratic", "just above the floor", "beside linear work", "exponential"],
)
def test_quadratic_work_fails(clock: Clock, cost: Callable[[int], float]) -> None:
    with pytest.raises(AssertionError, match=f"for {TIMES} times as many"):
        assert_linear(clock.work(cost), "x", SIZE)
    assert clock.calls == 1 + 2 * ROUNDS


def test_one_disturbed_round_does_not_fail(clock: Clock) -> None:
    sizes: list[int] = []

    def cost(n: int) -> float:
        sizes.append(n)
        return n / SIZE * (9 if len(sizes) == 2 else 1)

    assert_linear(clock.work(cost), "x", SIZE)
    assert len(sizes) == 5


def test_a_pattern_that_reads_its_text_again_from_each_character_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(growth, "ROUNDS", 1)
    with pytest.raises(AssertionError):
        assert_linear(re.compile("a+b").search, "a", 2 * SIZE)
