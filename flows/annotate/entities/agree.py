"""One name has one label in an article: the most frequent one, or that of its full form.

The model labels each run by itself, so its labels of one name may differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from flows.annotate.entities.article import (
    ARTICLES,
    Article,
    Segment,
    acts,
    behind_article,
    is_titled,
    word_before,
)
from flows.annotate.entities.kinds import beside_kinds, numbered
from flows.annotate.entities.lexicon import Lexicon, edge_words, fold, is_acronym, teams, types
from flows.annotate.entities.listed_names import joined
from flows.annotate.entities.model import Span, covered, replaced
from flows.annotate.entities.nations import is_land
from flows.annotate.entities.runs import is_capital
from flows.annotate.entities.short_names import shortened
from flows.annotate.entities.tokens import Token
from flows.annotate.names.organisations import may_leave_out
from flows.annotate.names.person_name import is_common_given

MIN_HEADLINE, MAX_FULL = 3, 4
"""Words of a stretch of capitals that is a headline, at least; words of a full name, at most."""

HONORIFICS = frozenset(("mr", "mrs", "ms", "miss"))
"""Titles that make a person of any word behind them ("Mr. Chrysler")."""

MIN_SPORTS = 2
"""Words of sport in an article that is about clubs."""

_SCORE = re.compile(r"\d+[-–]\d+")

FIXED = frozenset(("country", "nationality"))  # lists whose names mean the same in every article


def agree(
    tokens: Sequence[Token], spans: Sequence[Span], article: Article, lexicon: Lexicon
) -> list[Span]:
    """Return the spans with one label for each name. Unmarked segments that equal a marked name are
    added.
    """
    titled = _titled(tokens, article, lexicon)
    spans = _with_types(tokens, spans, article, titled, lexicon)
    keys = [" ".join(token.text for token in tokens[span.first : span.last]) for span in spans]
    titled |= {
        key
        for key, span in zip(keys, spans, strict=True)
        if span.label == "PERSON"
        and span.last - span.first == 1
        and is_titled(tokens, span.first, span.last, lexicon)
    }
    labels = _labels(keys, spans, titled, lexicon)
    marked = Counter(keys)
    surnames = _surnames(labels, lexicon)
    firms = {key.split(" ")[0] for key, label in labels.items() if " " in key and label == "ORG"}
    firms -= lexicon.classes["things"]
    begun = _begun(labels, lexicon)
    labels |= {key: "ORG" for key in begun & labels.keys() if labels[key] == "PERSON"}
    settled = [span.labelled(labels[key]) for span, key in zip(spans, keys, strict=True)]
    standing = Counter(segment.key for segment in article.segments)
    taken = covered(spans)
    added = []
    for whole in article.segments:
        segment = _without_article(whole)
        is_surname = segment.key in surnames and acts(tokens, segment.last, lexicon)
        label = labels.get(segment.key) or ("PERSON" if is_surname else None)
        is_firm = is_acronym(segment.key) and segment.key in firms
        label = label or ("ORG" if is_firm or segment.key in begun else None)
        often = (
            label == "PERSON"
            or segment.key in firms
            or segment.key in begun
            or 2 * marked[segment.key] >= standing[segment.key]
        )
        if (
            label
            and label != "MISC"
            and often
            and taken.isdisjoint(range(segment.first, segment.last))
            and (not _plain(tokens, segment.first, segment.last, lexicon) or is_surname)
        ):
            added.append(Span(segment.first, segment.last, label))
    taken |= covered(added)
    added += _in_headlines(tokens, article, labels, taken)
    called = surnames | titled
    kept = [span for span in settled + added if not _generic(tokens, span, lexicon, called)]
    return sorted(kept + _halves(tokens, kept, lexicon))


def _begun(labels: Mapping[str, str], lexicon: Lexicon) -> set[str]:
    """Return what organisations of several words may be called for short: two of their first words
    or more ("Tarrow Glen" of "Tarrow Glen Power Works"), unless a given name opens them.
    """
    found = set()
    for key, label in labels.items():
        words = key.split(" ")
        if label != "ORG" or len(words) < MIN_HEADLINE or fold(words[0]) in lexicon.given:
            continue
        folded = [fold(word) for word in words]
        if folded[-1] not in lexicon.classes["org_heads"]:
            continue
        for cut in range(2, len(words)):
            if may_leave_out(folded[:cut], folded[cut:]):
                found.add(" ".join(words[:cut]))
    return found


def _in_headlines(
    tokens: Sequence[Token], article: Article, labels: Mapping[str, str], taken: set[int]
) -> list[Span]:
    """Return full names of people that open a longer stretch of capitals without a mention, as in
    a headline ("Ada Quill Sails At Noon").
    """
    people = {key for key, label in labels.items() if label == "PERSON" and " " in key}
    found = []
    for segment in article.segments:
        size = segment.last - segment.first
        if size < MIN_HEADLINE or not taken.isdisjoint(range(segment.first, segment.last)):
            continue
        words = segment.key.split(" ")
        for count in range(2, min(size, MAX_FULL + 1)):
            if " ".join(words[:count]) in people:
                found.append(Span(segment.first, segment.first + count, "PERSON"))
                break
    return found


def _surnames(labels: Mapping[str, str], lexicon: Lexicon) -> set[str]:
    """Return the surnames of the people named in full: the last word of a name, and the first one
    where a family name stands first ("Park Min-seo").
    """
    full = [key.split(" ") for key, label in labels.items() if " " in key and label == "PERSON"]
    first = {
        words[0]
        for words in full
        if fold(words[0]) in lexicon.family and fold(words[0]) not in lexicon.given
    }
    return _as_printed(words[-1] for words in full) | first


def _as_printed(surnames: Iterable[str]) -> set[str]:
    """Return surnames and, where one begins small, how a sentence opens with it ("diRenzo",
    "DiRenzo").
    """
    return {form for name in surnames for form in (name, name[:1].upper() + name[1:])}


def _titled(tokens: Sequence[Token], article: Article, lexicon: Lexicon) -> set[str]:
    """Return the surnames that stand behind a title: the article does not mean the firm of that
    name ("Mr. Ferrari").
    """
    titles = lexicon.classes["titles"]
    return {
        segment.key
        for segment in article.segments
        if (title := word_before(tokens, segment.first)).istitle()
        and (fold(segment.key) in lexicon.family or fold(title) in HONORIFICS)
        and fold(title) in titles
    }


def _with_types(
    tokens: Sequence[Token],
    spans: Sequence[Span],
    article: Article,
    titled: Collection[str],
    lexicon: Lexicon,
) -> list[Span]:
    """Return the spans; a segment whose name has one type everywhere is one span of that type.
    Names of `titled` people keep the label of the model.
    """
    known = types()
    segments = [_without_ends(segment) for segment in article.segments]
    typed = {
        segment: known[segment.key][0]
        for segment in segments
        if segment.key in known and segment.key not in titled
    }
    typed |= _nicknames(tokens, segments, article.lower)
    typed |= numbered(segments)
    typed |= beside_kinds(tokens, segments, spans, titled, lexicon)
    typed |= shortened(tokens, segments, spans, titled, lexicon)
    if whole := joined(tokens, segments):
        within = {at for segment in whole for at in range(segment.first, segment.last)}
        typed = {
            s: label for s, label in typed.items() if within.isdisjoint(range(s.first, s.last))
        } | whole
    if not typed:
        return list(spans)
    listed = {(segment.first, segment.last) for segment in typed}
    spans = [part for span in spans for part in _parted(tokens, span, listed)]
    full = {span for span in spans if span.label == "PERSON" and span.last - span.first > 1}
    held = covered(span for span in full if (span.first, span.last) not in listed)
    reach = {index: span for span in spans for index in range(span.first, span.last)}
    ends = {(segment.first, segment.last) for segment in typed}
    found = []
    for segment, label in typed.items():
        inside = [
            reach[i]._replace(first=behind_article(tokens, reach[i].first, reach[i].last))
            for i in range(segment.first, segment.last)
            if i in reach
        ]
        is_longer = any(
            (span.first < segment.first or span.last > segment.last) and not _is_pair(span, ends)
            for span in inside
        )
        if not is_longer and held.isdisjoint(range(segment.first, segment.last)):
            found.append(Span(segment.first, segment.last, label))
    return replaced(spans, found)


def _parted(tokens: Sequence[Token], span: Span, listed: Collection[tuple[int, int]]) -> list[Span]:
    """Return an organisation, or its two parts where "and" joins a listed one, tokens `listed`, and
    one word ("Walmart and Target").
    """
    for at in range(span.first + 1, span.last - 1):
        one, other = span._replace(last=at), span._replace(first=at + 1)
        is_pair = tokens[at].text == "and" and {one[:2], other[:2]} & set(listed)
        if span.label == "ORG" and is_pair and any(s.last - s.first == 1 for s in (one, other)):
            return [one, other]
    return [span]


def _is_pair(span: Span, ends: Collection[tuple[int, int]]) -> bool:
    """Whether a span is two listed names, the tokens `ends`, and the "and" between them."""
    return any(
        (span.first, at) in ends and (at + 1, span.last) in ends
        for at in range(span.first + 1, span.last - 1)
    )


def _without_article(segment: Segment) -> Segment:
    """Return the segment without the article that opens a sentence before a name of several words
    or letters ("The Harwick Guardians").
    """
    article, _, key = segment.key.partition(" ")
    is_led = article in ARTICLES and (" " in key or is_acronym(key))
    return Segment(segment.first + 1, segment.last, key) if is_led else segment


def _without_ends(segment: Segment) -> Segment:
    """Return the segment without the "The" that opens a sentence and without the score behind a
    listed name ("at Camp Nou 3-0"); the key of a firm of the lists without its "Inc".
    """
    if segment.key.startswith("The "):
        segment = Segment(segment.first + 1, segment.last, segment.key[4:])
    name, _, end = segment.key.rpartition(" ")
    if end[:1].isdigit() and _SCORE.fullmatch(end) and name in types():
        return Segment(segment.first, segment.last - 1, name)
    is_firm = types().get(name, ("", ""))[0] == "ORG" and end.lower() in edge_words("firm_ends")
    return segment._replace(key=name) if is_firm else segment


def _nicknames(
    tokens: Sequence[Token], segments: Sequence[Segment], words: set[str]
) -> dict[Segment, str]:
    """Return the segments that are the nickname of a club, where the article is about clubs: it
    names two, or one in full, has words of sport, or names a player ("Falcons quarterback").
    `words` are its words in small letters.
    """
    known = teams()
    nicknames = [segment for segment in segments if segment.key in known]
    keys = {segment.key for segment in nicknames}
    if not keys:
        return {}
    named = {segment.key for segment in segments}
    is_sport = len(keys) > 1 or any(full in named for key in keys for full in known[key])
    is_sport = is_sport or len(edge_words("sports") & words) >= MIN_SPORTS
    is_sport = is_sport or any(_names_player(tokens, segment.last) for segment in nicknames)
    return dict.fromkeys(nicknames, "ORG") if is_sport else {}


def _names_player(tokens: Sequence[Token], at: int) -> bool:
    """Whether a position in a team stands at token `at` or behind one small word, and a name behind
    it ("defensive lineman Omar Ruiz").
    """
    for place in (at, at + 1):
        if place + 1 >= len(tokens) or not tokens[place].text.islower():
            return False
        if tokens[place].text in edge_words("positions"):
            return is_capital(tokens[place + 1].text)
    return False


def _labels(
    keys: Sequence[str], spans: Sequence[Span], titled: Collection[str], lexicon: Lexicon
) -> dict[str, str]:
    """Return the label of each name: the one of the list, but for names of `titled` people, or the
    commonest in the article; a person named in full lends theirs to the surname.
    """
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for key, span in zip(keys, spans, strict=True):
        votes[key][span.label] = votes[key].get(span.label, 0) + 1
    common = {key: _commonest(counts) for key, counts in votes.items()}
    full = [key.split(" ") for key in votes if " " in key and common[key] == "PERSON"]
    firms = [key for key in votes if " " in key and common[key] == "ORG"]
    heads = {key.split(" ")[0] for key in firms if is_acronym(key.split(" ")[0])}
    heads |= {
        " ".join(words[:size])
        for words in (key.split(" ") for key in firms)
        if fold(words[-1]) in edge_words("firm_ends")
        for size in range(2, len(words))
    }
    traded = {
        key.split(" ")[0] for key in firms if fold(key.split(" ")[-1]) in edge_words("firm_ends")
    }
    first = {words[0] for words in full if fold(words[0]) in lexicon.family}
    first -= {key for key in first if common.get(key) == "PLACE"}  # "Paris Quill sang in Paris"
    people = _as_printed(words[-1] for words in full) | first
    labels = {}
    for key in votes:
        if key in types() and key not in people and key not in titled:
            labels[key] = types()[key][0]
            continue
        phrase = lexicon.phrases.get(fold(key))
        fixed = phrase is not None and phrase[1] in FIXED
        labels[key] = "PERSON" if key in people and not fixed else common[key]
        is_given = is_common_given(fold(key)) or key in titled
        is_other = labels[key] == "PERSON" and key not in people and not is_given
        if is_other and is_land(key, lexicon):
            labels[key] = "PLACE"  # "Colorado says it has laws of its own"
        if labels[key] == "PERSON" and key in traded - people and not is_given:
            labels[key] = "ORG"  # "Dovrick" beside "Dovrick Motor Corp"
        # "ATI" beside "ATI Works" is no town, though a town has the name; "UAE" is the country
        is_open = phrase is None or (is_acronym(key) and phrase[1].startswith("city"))
        is_firm = labels[key] == "PERSON" and " " in key and not is_common_given(_first(key))
        if (labels[key] == "PLACE" or is_firm) and key in heads and is_open:
            labels[key] = "ORG"  # "GTS" beside "GTS Pumps", "Quarrie Hall" beside its "Inc"
    return labels


def _first(key: str) -> str:
    return fold(key.partition(" ")[0])


def _commonest(votes: Mapping[str, int]) -> str:
    """Return the label with most votes, the earliest of equals; MISC only where it is the only
    one.
    """
    told = [label for label in votes if label != "MISC"]
    return max(told, key=votes.__getitem__) if told else "MISC"


def _plain(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether a segment may be no name: one plain word that opens a sentence."""
    return last - first == 1 and tokens[first].opens and fold(tokens[first].text) in lexicon.common


def _generic(
    tokens: Sequence[Token], span: Span, lexicon: Lexicon, surnames: Collection[str]
) -> bool:
    """Whether a mention is one word for a kind of thing ("the Agency"), or a feast or a faith that
    is none of `surnames`, by which the article calls somebody.
    """
    if span.last - span.first > 1:
        return False
    word = tokens[span.first].text
    key = fold(word)
    is_kept = key in edge_words("feasts") or key in edge_words("faiths")
    return (is_kept and word not in surnames) or key in lexicon.classes["generic"]


def _halves(tokens: Sequence[Token], spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Return the first halves of places told together: "North" in "North and South Korea"."""
    taken = covered(spans)
    compass = lexicon.classes["compass"]
    return [
        Span(span.first - 2, span.first - 1, "PLACE")
        for span in spans
        if span.label == "PLACE"
        and span.last - span.first > 1
        and span.first >= 2
        and tokens[span.first].text.lower() in compass
        if tokens[span.first - 1].text in ("and", "or") and span.first - 2 not in taken
        if tokens[span.first - 2].text.istitle() and tokens[span.first - 2].text.lower() in compass
    ]
