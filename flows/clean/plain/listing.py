"""Articles that are a list or a table: a fixture list, a set of results, a poem. They have no
paragraph to be found by, only a headline.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.plain.closing import number_of
from flows.clean.plain.prose import Form

MIN_PROSE = 250
"""Columns of paragraphs below which a stretch is no article yet: two short sentences."""

MAX_NEAR, MIN_ITEMS = 5, 6
"""Blocks below the headline among which a numbered list begins that is the article, and items that
make it one.
"""

MAX_FURNITURE = 3
"""Blocks of furniture in a row that end a list."""


def is_poor(forms: Sequence[Form], first: int, end: int) -> bool:
    """Whether the stretch holds too little prose to be an article by itself."""
    return (
        sum(form.width for form in forms[first:end] if form.is_sentence and form.rule is None)
        < MIN_PROSE
    )


def heads_list(forms: Sequence[Form], headline: int, first: int, end: int) -> bool:
    """Whether the headline stands over a numbered list and the stretch found is a little prose
    further down: another text's.
    """
    prose = sum(form.width for form in forms[first:end] if form.is_sentence and form.rule is None)
    if first <= headline + MAX_NEAR or prose >= 2 * MIN_PROSE:
        return False
    numbers = [
        number_of(form) for form in forms[headline + 1 : min(first, headline + MAX_NEAR + 60)]
    ]
    start = next((at for at, number in enumerate(numbers[:MAX_NEAR]) if number == 1), None)
    if start is None:
        return False
    run = numbers[start : start + MIN_ITEMS]
    return run == list(range(1, MIN_ITEMS + 1))


def below_headline(forms: Sequence[Form], headline: int) -> tuple[int, int]:
    """Return (first, end) of what stands between the headline and the first run of furniture."""
    end, run = headline + 1, 0
    for at in range(headline + 1, len(forms)):
        run = run + 1 if forms[at].rule is not None else 0
        if run == MAX_FURNITURE:
            break
        if run == 0:
            end = at + 1
    return headline + 1, end
