"""Names of bodies that say whose the body is, or what it is for: "Union of Harbour Workers",
"Committee to Save Rivers".

Not here: the country of a body (`bodies`), other names with one type (`certain`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.annotate.entities.article import Article, Segment, behind_article
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.plain_names import SMALL_TOWNS
from flows.annotate.entities.tokens import Token
from flows.annotate.entities.two_names import listed


def with_bodies(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans; a body, "of" and whose it is are one organisation ("the Union of Harbour
    Workers", "the Energy Board of Zambia"). A body and a plain word are no name ("Board of
    Directors"), and a union of a country is the country.
    """
    held = covered(span for span in spans if span.label in ("PERSON", "EVENT", "MISC"))
    reach = {at: span for span in spans for at in range(span.first, span.last)}
    found = []
    for body, owner in pairwise(article.segments):
        words, owners = body.key.split(" "), owner.key.split(" ")
        if owner.first != body.last + 1 or not (
            tokens[body.last].text == "of"
            or _is_aim(tokens, body.last, owners, lexicon)
            or (tokens[body.last].text in ("for", "on") and _is_matter(owner, lexicon))
        ):
            continue
        is_plain = len(owners) == 1 and _is_plain_owner(fold(owners[0]), lexicon)
        is_plain &= fold(words[-1]) not in edge_words("offices_of")
        is_state = (
            len(words) == 1 and lexicon.phrases.get(fold(owner.key), ("", "", ""))[1] == "country"
        )
        whole = fold(f"{body.key} of {owner.key}")
        if (
            fold(words[-1]) in edge_words("bodies_of")
            and not (is_plain or is_state or whole in lexicon.phrases)
            and held.isdisjoint(range(body.first, owner.last))
            and reach.get(body.last) is None  # the model saw that they are one, or more
        ):
            found.append(Span(behind_article(tokens, body.first, body.last), owner.last, "ORG"))
    for segment in article.segments:
        first = behind_article(tokens, segment.first, segment.last)
        people = reach.get(first)
        if fold(tokens[segment.last - 1].text) not in lexicon.classes["org_heads"]:
            continue
        if people is None:
            is_free = reach.keys().isdisjoint(range(first, segment.last))
            if first > segment.first and is_free and _is_office(segment.key, lexicon):
                found.append(Span(first, segment.last, "ORG"))
        elif (
            (people.label == "NORP" or _is_force(tokens, people, segment, lexicon))
            and people.last < segment.last
            and not any(at in reach for at in range(people.last, segment.last))
        ):  # "South African Airways", of which the model saw the people alone
            found.append(Span(people.first, segment.last, "ORG"))
    return replaced(spans, found)


def _is_office(key: str, lexicon: Lexicon) -> bool:
    """Whether words behind "The" are what a body is about and its kind ("Finance Ministry")."""
    _, *inner, _ = map(fold, key.split(" "))
    return bool(inner) and all(word in lexicon.classes["org_inner"] for word in inner)


def _is_force(tokens: Sequence[Token], country: Span, segment: Segment, lexicon: Lexicon) -> bool:
    """Whether a segment is a country and one of its forces ("US Navy")."""
    source = listed(tokens, country.first, country.last, lexicon)[1]
    is_country = country.label == "PLACE" and source == "country"
    behind = [fold(token.text) for token in tokens[country.last : segment.last]]
    return is_country and " ".join(behind) in edge_words("forces")


def _is_matter(owner: Segment, lexicon: Lexicon) -> bool:
    """Whether a body may be for or on what a segment names: a thing, no day and no place ("Movement
    for Clean Rivers"; not "the Board on Monday").
    """
    words = [fold(word) for word in owner.key.split(" ")]
    is_time = any(word in lexicon.classes[kind] for kind in ("days", "months") for word in words)
    return not is_time and fold(owner.key) not in lexicon.phrases and words[0] in lexicon.common


def _is_plain_owner(word: str, lexicon: Lexicon) -> bool:
    """Whether a body with this plain word behind its "of" is no name ("Board of Directors").
    Members in the plural make a name ("Council of Bakers"), but not those who govern.
    """
    is_members = word.endswith("s") and word not in edge_words("governing")
    return word in lexicon.common and not is_members


def _is_aim(tokens: Sequence[Token], at: int, aim: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether "to" at token `at` and a plain verb in capitals say what a body is for ("Committee to
    Save Rivers").
    """
    verb = fold(aim[0])
    known = lexicon.phrases.get(verb, ("", "city5"))[1]
    is_verb = verb in lexicon.common and known in SMALL_TOWNS
    return tokens[at].text == "to" and len(aim) > 1 and is_verb
