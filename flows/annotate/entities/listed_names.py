"""Listed names of several parts: "Knights of Columbus", "Emily's List", "Standard & Poor's".

Not here: names without small words inside, which are looked up as they stand (`agree`).
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence

from flows.annotate.entities.article import Segment
from flows.annotate.entities.lexicon import lexicon, types
from flows.annotate.entities.runs import is_capital
from flows.annotate.entities.tokens import STOPS, Token, tokenise


def joined(tokens: Sequence[Token], segments: Sequence[Segment]) -> dict[Segment, str]:
    """Return the listed names that begin with a segment and go on with a small word, "&" or "'s"
    ("Macy's", "Knights of Columbus").
    """
    known, forms, found = types(), _joined_forms(), {}
    for segment in segments:
        longest = None
        for form, words in forms.get(segment.key, ()):
            last = segment.first + len(words)
            here = tuple(token.text.replace("’", "'") for token in tokens[segment.first : last])
            if here == words:
                longest = Segment(segment.first, last, form)
        if longest is not None:
            found[longest] = known[longest.key][0]
    return found


@functools.cache
def _joined_forms() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return first segment → (form, its tokens) of the listed names of more than one segment; the
    longest come last.
    """
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for form in sorted(types(), key=len):
        if form.replace(" ", "").isalpha() and form.istitle():
            continue
        words = tuple(token.text for token in tokenise(form, lexicon()))
        count = next((i for i, word in enumerate(words) if not is_capital(word)), len(words))
        goes_on = count < len(words) and words[count] not in STOPS  # "No. 10" is any list's
        if count and goes_on:
            found[" ".join(words[:count])].append((form, words))
    return found
