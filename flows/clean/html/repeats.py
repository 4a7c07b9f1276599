"""What an article says twice: copies of its paragraphs and pull quotes."""

from __future__ import annotations

from collections import Counter

from flows.clean.html.context import Context, Verdicts

MIN_REFRAIN = 4
"""Times that a paragraph stands in the article from which it is no copy of itself but a part of its
form.
"""

MIN_COPY, MIN_COPIED = 1000, 4
"""Characters of a block from which it can be a copy of the paragraphs beside it, and how many of
them it must hold.
"""

MAX_PULLED, QUOTING = 300, "\"'“”„‟»«‘’‚ .…"
"""Most characters of a pull quote, and the marks around it that its paragraph may lack."""


def drop_repeated(context: Context, verdicts: Verdicts) -> None:
    """Strip what the article says a second time: copies for another screen, paragraph by paragraph
    or in one block, and pull quotes.

    What stands again and again is no copy: interviews put one question to many.
    """
    kept = [
        at
        for at in range(context.box.first, context.box.last)
        if verdicts[at] is None and context.prose.of[at]
    ]
    texts = [context.page.segments[at].text for at in kept]
    quoted = [_is_quoted(context, at) for at in kept]
    times = Counter(texts)
    paragraphs = "\n".join(
        text for text, is_quoted in zip(texts, quoted, strict=True) if not is_quoted
    )
    seen: set[str] = set()
    for at, text, is_quoted in zip(kept, texts, quoted, strict=True):
        is_pulled = is_quoted and len(text) <= MAX_PULLED and text.strip(QUOTING) in paragraphs
        if (text in seen and times[text] < MIN_REFRAIN) or is_pulled or _is_copy(text, texts):
            verdicts[at] = ("navigation", "html.repeated")
        seen.add(text)


def _is_copy(text: str, texts: list[str]) -> bool:
    """Whether a block repeats at least MIN_COPIED other paragraphs, and little else."""
    if len(text) < MIN_COPY:
        return False
    again = [other for other in texts if other is not text and other in text]
    return len(again) >= MIN_COPIED and sum(map(len, again)) >= len(text) / 2


def _is_quoted(context: Context, at: int) -> bool:
    """Whether a segment stands in a quotation's element."""
    boxes = context.page.boxes
    box = boxes[context.page.segments[at].box]
    return box.tag == "blockquote" or (box.parent >= 0 and boxes[box.parent].tag == "blockquote")
