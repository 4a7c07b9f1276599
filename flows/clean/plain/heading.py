"""What stands around the headline and is read before it is stripped: byline and date line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from flows.clean.metadata.authors import clean_names
from flows.clean.metadata.dates import DateReader, When, parse_date
from flows.clean.plain.sentences import ends_sentence, split_sentences
from flows.clean.wording import wording

MIN_SHOUTED = 6
"""Words of a line in capitals from which it is a pointer rather than a heading."""

MAX_DATE_WORDS = 6
"""Longer words of a date line: weekday, month, "updated", a place; a line with more of them speaks
of something.
"""

MAX_LINE = 120
"""Characters of a byline or date line; longer blocks are sentences that hold a name or a date."""

MAX_NEAR, MIN_FAR = timedelta(days=60), timedelta(days=3 * 365)
"""An article names days near its own. If the nearest day it names is further off than MAX_NEAR, and
nearer than MIN_FAR (history), the date line is a later one: of the copy, or of the page.
"""

_BY = wording("plain", "heading.by")
_BARE_BY = wording("plain", "heading.bare_by")
_NAME = wording("plain", "heading.name")
_ROLE = wording("plain", "heading.role")
_WEEKDAY = wording("plain", "heading.weekday")
_READER = DateReader()
_DIGIT = re.compile(r"\d")
_DATE_WORD = re.compile(r"[^\W\d_]{4,}")


def is_byline(text: str) -> bool:
    """Whether the block is a byline that says so ("By Ann Lee"), or the word of one whose name
    stands in the next block.
    """
    return len(text) <= MAX_LINE and (
        bool(_BARE_BY.match(text))
        or (bool(_BY.match(text)) and is_line(text) and bool(names_in(text)))
    )


def is_line(text: str) -> bool:
    """Whether the block ends no sentence; the full stop of "11:04 a.m." is none."""
    return not ends_sentence(text) or text.endswith(".m.")


def is_bare_by(text: str) -> bool:
    """Whether the block is the word "By" alone."""
    return bool(_BARE_BY.match(text))


def is_name(text: str) -> bool:
    """Whether the block has the form of one person's name and nothing else."""
    return len(text) <= 40 and bool(_NAME.match(text))


def is_signature(text: str) -> bool:
    """Whether the block signs a post that an article quotes ("— Ann Lee (@annlee) May 14, 2031"):
    it names a speaker.
    """
    return text[:1] in "—–" and "(@" in text


def is_shouted(text: str) -> bool:
    """Whether the block is a line of words in capitals, as pointers to other pages are; a heading
    in capitals is shorter.
    """
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) >= MIN_SHOUTED and sum(c.isupper() for c in letters) > 0.9 * len(
        letters
    )


def is_role(text: str) -> bool:
    """Whether the block is a role ("Chief Reporter"), as it stands under a name."""
    return len(text) <= 60 and not ends_sentence(text) and bool(_ROLE.search(text))


def names_in(text: str) -> tuple[str, ...]:
    """Return the people that a byline names."""
    rest = _BY.sub("", text)
    return clean_names([rest]) if rest and not rest[0].islower() else ()


def date_in(text: str, reader: DateReader = _READER) -> When | None:
    """Return the moment that a date line gives; None where the block is no date line: too long, or
    more words than a date has.
    """
    if (
        len(text) > MAX_LINE
        or not _DIGIT.search(text)
        or len(_DATE_WORD.findall(text)) > MAX_DATE_WORDS
    ):
        return None
    bare = _WEEKDAY.sub("", text)
    return reader.read(text) or (reader.read(bare.replace(",", " ")) if bare != text else None)


def is_contradicted(when: When, paragraphs: Sequence[str]) -> bool:
    """Whether the explicit days that the article names speak against its date line."""
    distances = [abs(day - when.day) for day in _days(paragraphs)]
    return bool(distances) and MAX_NEAR < min(distances) < MIN_FAR


def _days(paragraphs: Sequence[str]) -> list[datetime]:
    found = []
    for paragraph in paragraphs:
        for sentence in split_sentences(paragraph):
            if _DIGIT.search(sentence):
                when = parse_date(sentence)
                if when and when.has_day:
                    found.append(when.day)
    return found
