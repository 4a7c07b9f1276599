"""Words that say somebody's party beside a chamber or a state: "the House Republican leader" names
a chamber and a party, no body of its own.

Not here: groups that speak as one ("House Republicans"), and people's parties (`edges`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from flows.annotate.entities.article import Article
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold
from flows.annotate.entities.model import Span, replaced
from flows.annotate.entities.tokens import Token
from flows.annotate.entities.two_names import listed

MEMBERS = frozenset(("Republicans", "Democrats"))
"""Members of parties that a chamber of the United States has."""

BETWEEN = frozenset(("and", "of", "the", "'s", "’s"))
"""What may stand between these words."""


def with_parties(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; in place of an organisation whose words are all chambers, states and
    parties, such as "House Republican" or "New York Democrat", each of them. A chamber behind a
    state and a party is a party's own name ("Ghana Democratic Congress"). Members of a party have
    the chamber before them in their mention.
    """
    found: list[Span] = []
    for span in spans:
        if span.label in ("ORG", "MISC"):
            parts = list(_parts(tokens, span, lexicon))
            if any(part.label == "NORP" for part in parts):
                found += parts
            elif _is_of_chamber(tokens, span):
                found.append(Span(span.first - 1, span.last, "ORG"))
    return replaced(spans, found)


def _is_of_chamber(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a span is a party's members, and the word before it their chamber: "House
    Republicans" are one group.
    """
    return (
        span.first > 0
        and span.last - span.first == 1
        and tokens[span.first].text in MEMBERS
        and tokens[span.first - 1].text in ("House", "Senate")
    )


def _parts(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield chambers, states and parties of a span; nothing where it has other words too."""
    kinds = [(at, _kind(tokens[at].text)) for at in range(span.first, span.last)]
    parts = []
    for kind, group in groupby(kinds, key=lambda pair: pair[1]):
        places = [at for at, _ in group]
        part = Span(places[0], places[-1] + 1, kind)
        if kind == "PLACE":
            is_word = len(places) == 1 and fold(tokens[part.first].text) in lexicon.common
            if is_word or listed(tokens, part.first, part.last, lexicon)[0] != "GPE":
                return  # towns are called National and Eastern too
        if kind:
            parts.append(part)
    labels = [part.label for part in parts]
    if labels[-1:] != ["ORG"] or labels == ["NORP", "ORG"]:
        yield from parts


def _kind(word: str) -> str:
    """Return the label of a party's adjective or of a chamber, "PLACE" for other words, "" for
    small words between.
    """
    key = fold(word)
    if key in edge_words("party_adjectives"):
        return "NORP"
    if key in edge_words("chambers"):
        return "ORG"
    return "" if word in BETWEEN else "PLACE"
