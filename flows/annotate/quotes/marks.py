"""Where quotation marks open and close: every stretch between two marks that belong together, in
every style newspapers use.

Two apostrophes for one mark (''so'') are left alone: a habit of news databases, met on one of 1,217
real pages. Behind two backquotes they are marks (`marked.without_backquotes`). Not here: whether
the words are a quotation at all (`filters`), or whose they are (`speakers`).
"""

from __future__ import annotations

from flows.annotate.quotes.double_marks import pair_doubles
from flows.annotate.quotes.marked import Marked, lies_in, typewritten
from flows.annotate.quotes.single_marks import pair_singles
from flows.annotate.quotes.turns import split_turns


def find_marked(text: str, spans: list[tuple[int, int]]) -> list[Marked]:
    """Return the outermost marked stretches of `text` in order, `spans` being its paragraphs.

    Single marks count as quotations of their own only outside double ones and doubled apostrophes;
    double ones inside them are nested.
    """
    paired = list(pair_doubles(text, spans))
    doubles = [
        turn
        for mark in paired
        for turn in (
            split_turns(text, mark, spans) if mark.closed and mark.paragraphs > 1 else (mark,)
        )
    ]
    outer = typewritten(text)
    singles = [m for m in pair_singles(text, spans, doubles) if not lies_in(outer, m.outer_start)]
    covered = [(m.outer_start, m.outer_end) for m in singles]
    doubles = [m for m in doubles if not lies_in(covered, m.outer_start)]
    return sorted((m for m in [*doubles, *singles] if m.end > m.start), key=lambda m: m.outer_start)
