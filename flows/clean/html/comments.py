"""Readers' comments that no element is named for: under a heading that says so, or recognised by
the signatures of their writers. They stand behind the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.comment_signs import find_comments
from flows.clean.html.context import Context, Verdicts


def drop_comments(context: Context, verdicts: Verdicts) -> None:
    """Strip everything of the article's box from its first reader's comment on."""
    box = context.box
    places = range(box.first, box.last)
    texts: Sequence[str] = [context.page.segments[at].text for at in places]
    first = find_comments(texts, [bool(context.prose.of[at]) for at in places])
    if first is None:
        return
    for at in range(box.first + first, box.last):
        verdict = verdicts[at]
        if verdict is None or verdict[1].startswith("html."):
            verdicts[at] = ("comments", "html.comments")
