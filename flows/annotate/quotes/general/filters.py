"""Which stretches in marks are quotations, and of which kind, in any language: scare quotes, names
of works and so-called things are not.

Not here: English, whose rules are finer (`flows.annotate.quotes.filters`).
"""

from __future__ import annotations

import re

from flows.annotate.languages.load import Language
from flows.annotate.quotes.general.attribution import Report
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import QUOTE, WORD, Token

# Words from which a quotation counts that nobody is found for.
MIN_WORDS = 5
# Words of a quotation that begins with a small letter and has no verb of speech right beside it.
MIN_MIXED = 3
# Words of a name in marks: "the weekly “Harbour News”".
MAX_NAME = 6
# Words of a slogan right behind the word that announces it: "under the motto “…”".
MAX_SLOGAN = 15
# Letters of a script without spaces that make up a word.
LETTERS_A_WORD = 2
MAX_HEADLINE = 200
MIN_INITIALS = 2
_STOPS = ".!?…。！？؟।"
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_ABBREVIATION = re.compile(r"\s?\(([^\W\d_]{2,8})\)")


def count_words(words: str, language: Language) -> int:
    """Return the number of words, about that in scripts without spaces."""
    if language.is_spaced:
        return sum(any(c.isalpha() for c in word) for word in words.split())
    return sum(c.isalpha() for c in words) // LETTERS_A_WORD


def is_quotation(
    text: str, mark: Marked, before: list[Token], report: Report | None, language: Language
) -> bool:
    """Whether somebody says the words of `mark`; `before` are the tokens right before it."""
    words = text[mark.start : mark.end]
    count = count_words(words, language)
    if count == 0 or text[mark.outer_start] in "".join(p[0] for p in language.title_marks):
        return False
    if mark.family == "dash":
        return True
    near = report is not None and report.is_near
    if _is_headline(text, mark) or _ADDRESS.fullmatch(words) or _is_abbreviated(text, mark):
        return False
    last = before[-1] if before else None
    if last is not None and last.kind == WORD:
        lows = [token.low for token in before[-3:]]
        so_called = language.so_called - (language.names if _names_it(report) else frozenset())
        if any(low in so_called for low in lows[-2:]) and count <= MAX_NAME:
            return False
        if lows[-1] in so_called - language.says and count <= MAX_SLOGAN:
            return False
        is_work = lows[-1] in language.works or (len(lows) > 1 and lows[-2] in language.works)
        if is_work and not words[0].islower():
            return False
        is_led = lows[-1] in language.determiners and not _calls_it_one(last, report, language)
        if is_led and count <= MIN_MIXED and words[:1].isupper():
            return False
    has_stop = text[mark.end - 1] in _STOPS
    if near:
        if _may_be_name(report, language) and _is_name(words, last, language, count):
            return False
        return (
            count >= MIN_MIXED
            or has_stop
            or _calls_it_one(last, report, language)
            or not (_is_inside(last, report, language) and _is_led(last, language))
        )
    if _is_name(words, last, language, count):
        return False
    if report is not None:
        ends = has_stop or text[mark.outer_end : mark.outer_end + 1] in (".", "。", "।")
        if report.pattern == "carried" and last is None and ends and not words[0].islower():
            return count > 1
        if report.pattern == "before" and not _is_led(last, language):
            return True
        return count >= (MIN_WORDS if report.pattern in ("carried", "subject") else MIN_MIXED)
    return (
        count >= MIN_WORDS
        and (mark.family == "double" or has_stop or not language.is_cased)
        and (has_stop or not language.is_cased or words[0].isupper() or count >= 2 * MIN_WORDS)
    )


def _may_be_name(report: Report | None, language: Language) -> bool:
    """Whether capitals behind a noun make a name there: "she said in the “Harbour News”". Where
    all nouns have capitals, they show nothing behind the verb.
    """
    if report is None or report.pattern in ("inverted", "after"):
        return report is not None
    return report.pattern == "before" and not language.has_noun_capitals and not report.is_naming


def _names_it(report: Report | None) -> bool:
    """Whether somebody calls something by the words, rather than people in general."""
    phrase = report.phrase if report is not None else None
    return phrase is not None and phrase.is_somebody


def _calls_it_one(last: Token | None, report: Report | None, language: Language) -> bool:
    """Whether somebody calls something "a" such thing: “nannte ihn einen „Lügner“”."""
    return last is not None and last.low in language.indefinite and _names_it(report)


def _is_led(last: Token | None, language: Language) -> bool:
    return last is not None and last.kind == WORD and last.low in language.determiners


def _is_inside(last: Token | None, report: Report | None, language: Language) -> bool:
    """Whether one or two words in marks stand amid somebody's sentence, as scare quotes do."""
    if report is None or report.pattern in ("inverted", "after", "colon"):
        return False
    return (
        last is not None
        and last.kind == WORD
        and last.low not in language.that
        and (last.low not in language.says)
        and not (report.cue is not None and last.low in language.names)
    )


def _is_name(words: str, last: Token | None, language: Language, count: int) -> bool:
    """Whether the words are a name in marks: capitals throughout behind a noun."""
    if not language.is_cased or last is None or last.kind != WORD or count > MAX_NAME:
        return False
    if last.low in language.says or last.low in language.that or words[-1:] in _STOPS:
        return False
    if language.has_noun_capitals and words[0].islower():
        return False  # "sei „ein Irrtum“"
    small = language.stops | language.links | language.determiners | language.particles
    some = [w for w in words.split() if w[0].isalpha()]
    return (
        bool(some)
        and all(w[0].isupper() or w.lower() in small for w in some)
        and (some[-1][0].isupper())
    )


def _is_abbreviated(text: str, mark: Marked) -> bool:
    """Whether initials in brackets follow: the words are a name ("„Bund der Fischer“ (BdF)")."""
    behind = _ABBREVIATION.match(text, mark.outer_end)
    if behind is None or sum(c.isupper() for c in behind[1]) < MIN_INITIALS:
        return False
    words = text[mark.start : mark.end].replace("-", " ").casefold().split()
    rest = iter(word[0] for word in words)
    return all(letter in rest for letter in behind[1].casefold())


def _is_headline(text: str, mark: Marked) -> bool:
    """Whether the stretch stands in the text's first line, and that line is no sentence."""
    first = text.find("\n", 0, MAX_HEADLINE)
    return 0 < mark.outer_end <= first and text[first - 1] not in '.!?”’"“«»…。」'


def kind_of(text: str, mark: Marked, report: Report | None, language: Language) -> str:
    """Return "direct" for words that make a sentence of their own, else "mixed"."""
    if mark.family == "dash":
        return "direct"
    words = text[mark.start : mark.end]
    count = count_words(words, language)
    stopped = words[-1] in _STOPS + ",;" or text[mark.outer_end : mark.outer_end + 1] in (",", ".")
    opening = words.lstrip("([‘'“\"…¿¡")[:1]
    ahead = text[max(0, mark.outer_start - 12) : mark.outer_start].split()
    if ahead and ahead[-1].lower() in language.that and words[-1] not in _STOPS:
        return "mixed"
    is_outside = report is None or report.pattern in ("inverted", "after", "colon", "carried")
    if language.is_cased:
        is_sentence = opening.isupper() or opening.isdigit() or mark.paragraphs > 1
        is_outside = is_outside or (report is not None and language.order == "verb-last")
        return (
            "direct" if is_sentence and (count >= MIN_WORDS or stopped or is_outside) else "mixed"
        )
    is_near = report is not None and report.is_near and count > 1
    return "direct" if is_outside or stopped or is_near or count >= MIN_WORDS else "mixed"


def tokens_before(tokens: list[Token], at: int, first: int) -> list[Token]:
    """Return up to four tokens before token `at` that are no quotation, back to `first`."""
    found: list[Token] = []
    for token in reversed(tokens[max(first, at - 4) : at]):
        if token.kind == QUOTE:
            break
        found.append(token)
    return found[::-1]
