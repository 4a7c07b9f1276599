"""The headline of a page: its `<h1>` where the head agrees with it, else the head's own title
without the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flows.clean.metadata.words import letters, tidy

MAX_TITLE = 400
"""Characters; headings longer than this are paragraphs in disguise."""

AGREEMENT = 0.5
"""Share of words that a heading must have in common with a title of the head to be taken for the
headline.
"""

FIRST_LINES = 30
"""Lines of the page among which the headline stands that no `<h1>` marks."""

OWN_WORDS = 4
"""Words from which a page's only heading is its headline though nothing in the head agrees: names
of sites are shorter.
"""

_SPACED = re.compile(r"(?:(?:(?<!\s)\s+)?(?:[|｜]|::|--)|(?<!\s)\s+[|–—»«›‹·•:~/-])\s*")


def choose_title(
    headings: Sequence[str],
    named: Iterable[str | None],
    page_title: str | None,
    site_names: Iterable[str],
    lines: Sequence[str] = (),
) -> str | None:
    """Return the headline.

    `headings` are the `<h1>` of the page in reading order; `named` the titles that JSON-LD, Open
    Graph and the like give, best first; `page_title` is the `<title>` element; `site_names` are
    names and domain words of the site, which are cut off the end (or start); `lines` are the page's
    first lines, one of which is the headline of pages without an `<h1>`.
    """
    sites = [letters(name) for name in site_names if name]
    clean_heads = [
        h for h in map(tidy, headings) if 1 < len(h) <= MAX_TITLE and not _is_site(h, sites)
    ]
    bare = [without_site(t, sites) for t in (tidy(n) for n in named if n) if not _is_site(t, sites)]
    page = without_site(tidy(page_title or ""), sites)
    spoken = [*bare, page] if page and not _is_site(page, sites) else bare
    best, score = None, 0.0
    for heading in clean_heads:
        share = max((agreement(heading, t) for t in spoken), default=0.0)
        if share > score:
            best, score = heading, share
    if best is not None and score >= AGREEMENT:
        return _settle(best, bare, page)
    if len(clean_heads) == 1 and (
        score > 0.2 or not spoken or len(clean_heads[0].split()) >= OWN_WORDS
    ):
        return clean_heads[0]
    if spoken:
        return _headless(spoken, [*clean_heads, *lines[:FIRST_LINES]])
    return clean_heads[0] if clean_heads else None


def _settle(heading: str, named: Sequence[str], page_title: str) -> str:
    """The heading, unless two named titles of the head agree on another wording or one is the
    heading without its kicker.

    The `<title>` element is no second voice: it is often written for search engines, and Open Graph
    copied from it.
    """
    own = letters(heading)
    others = [letters(t) for t in named]
    if own in others or letters(page_title) == own:
        return heading
    for at, words in enumerate(others):
        if len(words.split()) > 2 and (
            own.endswith(f" {words}") or (words in others[at + 1 :] and not words.startswith(own))
        ):
            return named[at]
    return heading


def without_site(title: str, sites: Sequence[str]) -> str:
    """Cut the parts of a title that name the site off its end, or its start; `sites` as `letters`
    gives them.
    """
    before, colon, after = title.partition(": ")
    if colon and after.strip() and _is_site(before, sites):
        title = after.strip()
    parts = _SPACED.split(title)
    if len(parts) < 2:
        return title
    cut_end = title
    while len(parts) > 1 and _is_site(parts[-1], sites):
        cut_end = cut_end[: cut_end.rindex(parts[-1])] if parts[-1] else cut_end
        cut_end = _trim_mark(cut_end)
        parts = _SPACED.split(cut_end)
    if len(parts) > 1 and _is_site(parts[0], sites) and len(parts[0]) < len(cut_end) / 2:
        rest = cut_end[len(parts[0]) :]
        return re.sub(r"^[\s|–—»«›‹·•:~/-]+", "", rest) or cut_end
    return cut_end


def _trim_mark(title: str) -> str:
    return re.sub(r"(?<![\s|｜–—»«›‹·•:~/-])[\s|｜–—»«›‹·•:~/-]+$", "", title)


def _is_site(part: str, sites: Sequence[str]) -> bool:
    words = letters(part)
    if not words:
        return True
    joined = words.replace(" ", "")
    for site in sites:
        squeezed = site.replace(" ", "")
        if squeezed and (
            joined == squeezed
            or joined == f"the{squeezed}"
            or squeezed == f"the{joined}"
            or squeezed == f"www{joined}"
        ):
            return True
        if (
            len(squeezed) > 4
            and joined.startswith(squeezed)
            and len(joined) < 2 * len(squeezed) + 8
            and len(words.split()) <= 5
        ):
            return True
    return False


def agreement(one: str, other: str) -> float:
    """The share of words that two titles have in common, 0 to 1; at least a half where one holds
    the other.
    """
    a, b = letters(one), letters(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if a in b or b in a:
        return max(0.5, min(len(a), len(b)) / max(len(a), len(b)))
    first, second = set(a.split()), set(b.split())
    if len(first) < 3 and len(second) < 3:
        first, second = set(a), set(b)
        return 0.4 * len(first & second) / len(first | second)
    return len(first & second) / len(first | second)


def _headless(bare: Sequence[str], headings: Sequence[str]) -> str:
    """The head's title where no heading agrees with it: the first named one, and its unknown last
    part cut where others lack it.
    """
    title = bare[0]
    parts = _SPACED.split(title)
    if len(parts) > 1:
        seen = {letters(other) for other in (*bare[1:], *headings)}
        candidates = (
            _trim_mark(title[: title.rindex(parts[-1])]) if parts[-1] else title,
            title[title.index(parts[1], len(parts[0])) :],
        )
        return next((part for part in candidates if letters(part) in seen), title)
    return title
