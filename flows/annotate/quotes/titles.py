"""Marks around names of things: titles of books, shows and columns, and what a foreign word means.
Nobody says them.

Not here: scare quotes, headings and the rest (`filters`).
"""

from __future__ import annotations

import re

from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.speakers import WEAK
from flows.annotate.quotes.tokens import POSSESSIVE

# Characters before and behind a title in which the words stand that tell it.
AROUND_TITLE = 40
_TITLE_FOLLOWS = re.compile(r"\s(?:and\s)?[“\"‘'][A-Z0-9]")
_TITLE_LEADS = re.compile(r"[”\"’'],?\s(?:and\s)?\Z")


def is_title(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether the stretch is a title (of a book, a show, an article): so called, or capitals
    throughout where a title stands.
    """
    ahead = (
        reading.text[max(0, mark.outer_start - AROUND_TITLE) : mark.outer_start]
        .rsplit("\n", 1)[-1]
        .split()
    )
    behind = (
        reading.text[mark.outer_end : mark.outer_end + AROUND_TITLE]
        .split("\n", 1)[0]
        .lower()
        .split()
    )
    last = ahead[-1].lower().strip(",:") if ahead else ""
    known_as = last == "as" and len(ahead) > 1 and ahead[-2].lower() in ("known", "knew")
    if last in reading.words["naming_words"] or known_as:
        return True
    apposed = (
        last in reading.words["works"]
        and ahead[-1].endswith(",")
        and reading.text[mark.end - 1] == ","
    )
    if apposed and (source is None or source.pattern in WEAK):
        return True  # "her column, “Nobody sails for nothing,” is read by all"
    words = [w for w in reading.text[mark.start : mark.end].split() if w[0].isalnum()]
    if not last or not _capitals(reading, words):
        return False
    is_subject = behind[:1] and behind[0] in reading.words["auxiliaries"]
    if is_subject and len(words) > 1 and reading.text[mark.end - 1].isalnum():
        return True  # "Quill said “The Last Ferry” was dull"
    if _is_performed(reading, mark, source):
        return True
    if _is_called(reading, mark, source):
        return False
    following = [w.strip(".,;:") for w in behind[:2]]
    works = reading.words["works"]
    if last in works or (
        reading.text[mark.outer_end : mark.outer_end + 1] == " "
        and any(w in works for w in following)
    ):
        return True
    if last.endswith(POSSESSIVE) and ahead[-1][0].isupper() and _is_outlet(reading, mark):
        return True
    if source is not None and source.cue is None and _has_neighbour(reading, mark):
        return True
    if len(words) < 3 or not ahead[-1][-1].isalnum() or reading.text[mark.end - 1] == "?":
        return False
    line = reading.text[max(0, mark.outer_start - 200) : mark.outer_start].rsplit("\n", 1)[-1]
    around = (line + reading.text[mark.outer_end : mark.outer_end + 100]).split()
    plain = sum(w[0].islower() for w in around if len(w) > 3)
    return 2 * plain > sum(len(w) > 3 for w in around)


def is_gloss(reading: Reading, mark: Marked) -> bool:
    """Whether the stretch says what other words mean: "Latin for “...”", "short for “...”"."""
    ahead = reading.text[max(0, mark.outer_start - AROUND_TITLE) : mark.outer_start].lower().split()
    return len(ahead) > 1 and ahead[-1] == "for" and ahead[-2] in reading.words["glosses"]


def _has_neighbour(reading: Reading, mark: Marked) -> bool:
    """Whether another stretch in marks stands right before or behind, with no more than an "and"
    between, as in a list of titles.
    """
    ahead = reading.text[max(0, mark.outer_start - 8) : mark.outer_start]
    return bool(_TITLE_FOLLOWS.match(reading.text, mark.outer_end) or _TITLE_LEADS.search(ahead))


def _is_called(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether the words are said outright, or what somebody calls somebody: "Quill called him “The
    Lord of the Lamps”".
    """
    if source is None or source.cue is None or source.pattern != "before":
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    distance = mark.outer_start - reading.tokens[source.cue[1] - 1].end
    if cue is None:
        return False
    return (cue.lemma in reading.words["naming_verbs"] and distance < AROUND_TITLE) or (
        cue.lemma in reading.words["inverting"] and distance <= len(", ")
    )


def _is_performed(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether somebody sings the words, which end without a stop: "She sang “Harbour Lights”"."""
    if source is None or source.cue is None or reading.text[mark.end - 1] in ",.?!":
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    return cue is not None and cue.lemma in reading.words["performing"]


def _is_outlet(reading: Reading, mark: Marked) -> bool:
    """Whether the genitive before the marks is no person's: a broadcaster's, a paper's."""
    names = reading.people.within(mark.outer_start - AROUND_TITLE, mark.outer_start)
    return not names or names[-1].label != "PERSON" or mark.outer_start - names[-1].end > 3


def _capitals(reading: Reading, words: list[str]) -> bool:
    """Whether every word that a title would capitalise is capitalised, its first word among
    them.
    """
    return (
        words[:1] != []
        and not words[0][0].islower()
        and all(
            w[0].isupper() or not w[0].isalpha() or w.lower() in reading.words["small_words"]
            for w in words
        )
    )
