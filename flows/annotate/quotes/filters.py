"""Which marked stretches are quotations, and of which kind: scare quotes, titles, nicknames,
measures and headings are not.

Decides about one stretch, given its source. Not here: titles (`titles`), finding marks or
speakers.
"""

from __future__ import annotations

import re

from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.speakers import WEAK
from flows.annotate.quotes.teasers import is_teaser
from flows.annotate.quotes.titles import is_gloss, is_title

# Quoted words with a weak source or none count as a quotation from this length on (in the shared
# articles nearly all do).
MIN_WORDS = 5
# A predicate in marks needs more words: a short one is a borrowed phrase in the reporter's own
# sentence.
MIN_PREDICATE_WORDS = 10
# Where a text quotes with double marks, single ones hold a quotation only with one of these
# patterns.
STRONG = ("before", "after", "inverted", "according-to", "shared")
MAX_HEADING = 8
# Characters of an attribution inside a quoted sentence (", the mayor of Harwick said,").
MAX_INSERTION = 80
MAX_HEADLINE = 200
# Characters at the end of a line that show nothing.
BLANKS = " \t\r\u00a0\u200b\u200e\ufeff"
_LETTER = re.compile(r"[^\W\d_]")


def is_quotation(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether somebody says the words of `mark`, as far as its length and its source tell."""
    words = reading.text[mark.start : mark.end]
    if not _LETTER.search(words):
        return False
    count = len(words.split())
    if (
        mark.family == "single"
        and reading.double_style
        and (source is None or source.pattern not in STRONG)
    ):
        return False
    if (
        _in_headline(reading, mark, source)
        or _is_heading(reading, mark)
        or is_teaser(reading.text, mark.outer_start)
    ):
        return False
    if (
        is_title(reading, mark, source)
        or is_gloss(reading, mark)
        or _is_chant(reading, mark, source)
    ):
        return False
    if source is None and is_predicate(reading, mark):
        return count >= MIN_PREDICATE_WORDS
    if source is None or source.pattern in WEAK:
        return count >= MIN_WORDS
    return True


def _is_chant(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether a crowd calls the words again and again, so that no person says them. Words that
    begin with a small letter are no chant: they go on with a clause.
    """
    if source is None or source.cue is None or reading.text[mark.start].islower():
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    name = reading.name_at.get(source.phrase.head)
    is_person = name is not None and name.label == "PERSON"
    is_person |= reading.tokens[source.phrase.head].low in reading.words["subject_pronouns"]
    return cue is not None and cue.lemma in reading.words["calling"] and not is_person


def _is_heading(reading: Reading, mark: Marked) -> bool:
    """Whether the stretch is a whole short line without a stop: a subheading that echoes the
    text.
    """
    text = reading.text
    before, after = (
        text[max(0, mark.outer_start - 2) : mark.outer_start].strip(" "),
        text[mark.outer_end : mark.outer_end + 2].strip(" "),
    )
    alone = (not before or before.endswith("\n")) and (not after or after.startswith("\n"))
    return (
        alone
        and text[mark.end - 1] not in ".,!?…:;"
        and len(text[mark.start : mark.end].split()) <= MAX_HEADING
    )


def is_predicate(reading: Reading, mark: Marked) -> bool:
    """Whether the stretch continues the reporter's clause with its verb ("The envoys 'have called
    on ...'"): it is said about the subject of that clause, not by it.
    """
    first = reading.text[mark.start : mark.start + 20].split()[0].lower()
    before = reading.text[max(0, mark.outer_start - 2) : mark.outer_start]
    return first in reading.words["auxiliaries"] and before[-1:] == " " and before[:1].isalnum()


def _in_headline(reading: Reading, mark: Marked, source: Source | None) -> bool:
    """Whether the stretch stands in a headline: the text's first line, without a full stop, or with
    the single marks of headlines.

    Single marks in a first line that is a sentence are a quotation where that sentence says who
    says it.
    """
    first = reading.text.find("\n", 0, MAX_HEADLINE)
    if mark.outer_end > first:
        return False
    sentence = reading.text[mark.start].isupper() and reading.text[mark.end - 1] in ",.?!"
    attributed = sentence and source is not None and source.pattern in ("after", "inverted")
    line = reading.text[:first].rstrip(BLANKS)
    return line[-1:] not in '.!?”’"…' or (mark.family == "single" and not attributed)


def kind_of(reading: Reading, index: int) -> str:
    """Return the kind of the marked stretch with that index: "direct" for words that make a
    sentence of their own, else "mixed".
    """
    mark = reading.marked[index]
    text = reading.text
    words = text[mark.start : mark.end].split()
    opening = words[0].lstrip("([‘'“\"…")[:1]
    sentence = (
        opening.isupper()
        or opening.isdigit()
        or mark.paragraphs > 1
        or (index > 0 and _continues(reading, index))
    )
    stopped = text[mark.end - 1] in ".?!,…—–-" or text[mark.outer_end : mark.outer_end + 1] in (
        ",",
        ".",
    )
    ahead = text[max(0, mark.outer_start - 3) : mark.outer_start].rstrip(" \u00a0")
    opens = not ahead or ahead[-1] in '\n.?!”’"'  # "“No,” said Quill. “Never.”"
    return (
        "direct"
        if sentence and len(words) >= (1 if stopped and opens else 3 if stopped else MIN_WORDS)
        else "mixed"
    )


def _continues(reading: Reading, index: int) -> bool:
    """Whether the stretch goes on with the sentence of the one before: "We had boats," Quill said,
    "and the boats had us.".
    """
    text, before, mark = reading.text, reading.marked[index - 1], reading.marked[index]
    between = text[before.outer_end : mark.outer_start]
    said = len(between) <= MAX_INSERTION and "\n" not in between and between.rstrip().endswith(",")
    return (
        said
        and text[before.end - 1] == ","
        and text[before.start].isupper()
        and text[mark.end - 1] in ".?!"
    )
