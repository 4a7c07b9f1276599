"""Lines that announce another story: "Read more: ...", or its title in marks, "by" its author, its
words. None of them are this article's.

Not here: teasers that are no part of the text (`flows.clean` strips them).
"""

from __future__ import annotations

import re

# A title in print is shorter than this.
MAX_TITLE = 200
# A line of a round-up is shorter than this.
MAX_LINE = 3000

_TEASER = re.compile(
    r"(?:\W{0,9}[A-Z][A-Z0-9 .,&’'\-]{0,60})?[\s—–:*•\-]{0,9}"  # a label in capitals, a dash
    rf"[\"“‘][^\"“”\n]{{3,{MAX_TITLE}}}[,?!]['’]?[\"”’]\s+by\s+(?:the\s+)?[A-Z]"
)
_POINTER = re.compile(
    r"\W{0,3}(?:read (?:more|also|next)|also read|see also|related(?: stor(?:y|ies)| articles?)?"
    r"|more on this)\s*[:|—–]",
    re.IGNORECASE,
)


def is_teaser(text: str, offset: int) -> bool:
    """Whether the line that holds character `offset` points to another story, or begins with its
    title and author.
    """
    start = text.rfind("\n", max(0, offset - MAX_LINE), offset) + 1
    return (start > 0 or offset < MAX_LINE) and bool(
        _TEASER.match(text, start) or _POINTER.match(text, start)
    )
