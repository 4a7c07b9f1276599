"""Articles that are a list or a table: a fixture list, a set of results, a poem. They have no paragraph to be found by, only a headline."""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.plain.prose import Form

POOR = 250
"""Columns of paragraphs below which a stretch is no article yet: two short sentences."""

STOP = 3
"""Blocks of furniture in a row that end a list."""


def is_poor(forms: Sequence[Form], first: int, end: int) -> bool:
    """Whether the stretch holds too little prose to be an article by itself."""
    return sum(form.width for form in forms[first:end] if form.is_sentence and form.rule is None) < POOR


def below_headline(forms: Sequence[Form], headline: int) -> tuple[int, int]:
    """Return (first, end) of what stands between the headline and the first run of furniture."""
    end, run = headline + 1, 0
    for at in range(headline + 1, len(forms)):
        run = run + 1 if forms[at].rule is not None else 0
        if run == STOP:
            break
        if run == 0:
            end = at + 1
    return headline + 1, end
