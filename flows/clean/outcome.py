"""Pages that are no article: which kind they are, with a detail that a person can read. Used for
HTML and for plain text.

What such pages say stands in outcome.toml. A page with enough article text is an article, whatever
else it says: no list of words overrules paragraphs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from flows.clean.normal_text import DENSE_SCRIPT
from flows.clean.wording import small

MIN_TEXT = 80
"""Characters of kept text below which there is no article to speak of; the shortest real news items
have two sentences.
"""

MIN_SAFE_TEXT = 900
"""Characters of kept text from which words in the page do not matter: walls and error pages are
shorter, apart from their notices.
"""

MAX_TEXT = 1_000_000
"""Characters of kept text above which it is no article. Looking for notices, quotations and names
takes about 2 s for so many.
"""

MIN_SENTENCE = 50
"""Characters of a paragraph that tells something."""

MIN_FRONT_LINKS, MIN_FRONT_LINK_SHARE = 12, 0.4
"""Linked headlines, and the share of the page's text in links, from which a page with little text
of its own is a section front.
"""

NOTICES = frozenset({"cookie_wall", "block_page"})
"""Outcomes of pages whose own notice can be as long as an article."""

TOLD_OF = frozenset({"login_wall", "cookie_wall"})
"""Outcomes whose words headlines of articles have too."""

STATUS_OUTCOMES = {
    404: "not_found",
    410: "not_found",
    401: "login_wall",
    403: "block_page",
    429: "block_page",
    503: "block_page",
}
"""HTTP answers whose page is seldom an article."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page when its outcome is decided.

    `kept` is the article's text by blocks, `lines` all visible blocks, `headings` title and
    headings. `linked` is the share of visible characters in links, `linked_headlines` counts links
    long enough to be headlines. `is_declared` is true where the page's own metadata call it an
    article. `script_need` tells why the page seems to need JavaScript, where it does
    (html/script_shell.py).
    """

    kept: Sequence[str]
    lines: Sequence[str]
    headings: Sequence[str] = ()
    linked: float = 0.0
    linked_headlines: int = 0
    is_declared: bool = False
    has_password_field: Callable[[], bool] = lambda: False
    script_need: Callable[[], str | None] = lambda: None
    status: int | None = None
    url: str | None = None


def classify_page(page: Evidence) -> tuple[str, str]:
    """Return (outcome, detail); the detail of an article is empty."""
    length = sum(map(len, page.kept))
    if length > MAX_TEXT:
        return "too_large", f"{length:,} characters of text, more than {MAX_TEXT:,}"
    size = sum(map(weighed_length, page.kept))
    if not page.lines:
        return _without_text(page, "empty", "the page shows no text")
    if size >= MIN_SAFE_TEXT and not _is_notice(page.kept):
        return _front_or_article(page, size)
    answered = STATUS_OUTCOMES.get(page.status or 200)
    if answered:
        return answered, f"HTTP status {page.status} and only {size} characters of article text"
    for kind in kinds_of_pages():
        if any(kind.title.search(heading) for heading in page.headings[:4]) and (
            size < MIN_SAFE_TEXT // 2 or not page.is_declared
        ):
            if kind.outcome in TOLD_OF and _tells_a_story(page, kind.text):
                continue
            return kind.outcome, kind.detail
    for kind in kinds_of_pages():
        said = [line for line in page.kept or page.lines if kind.text.search(line)]
        rest = sum(map(len, page.kept)) - sum(map(len, said))
        if kind.outcome == "login_wall" and rest >= MIN_TEXT and not page.has_password_field():
            continue
        if said and (size < 2 * MIN_TEXT or rest < 2 * MIN_TEXT):
            return kind.outcome, f"{kind.detail}: “{said[0][:120]}”"
    return _front_or_article(page, size)


def _tells_a_story(page: Evidence, wall: re.Pattern[str]) -> bool:
    """Whether a page whose headline speaks of logging in or of consent shows paragraphs that do
    not.
    """
    if page.has_password_field():
        return False
    told = [text for text in page.kept if len(text) >= MIN_SENTENCE and text[-1] in '.!?。”"']
    return len(told) >= 2 and not any(wall.search(text) for text in page.kept)


def weighed_length(text: str) -> int:
    """Characters of a text, a character of a script in which it is a word or a syllable counting
    three.
    """
    return len(text) if text.isascii() else len(text) + 2 * _dense_letters(text)


@lru_cache(maxsize=500)
def _dense_letters(text: str) -> int:
    """How many letters are words or syllables; paragraphs of a page are asked about again."""
    return len(DENSE_SCRIPT.findall(text))


def _front_or_article(page: Evidence, size: int) -> tuple[str, str]:
    is_front = (
        page.linked_headlines >= MIN_FRONT_LINKS
        and page.linked >= MIN_FRONT_LINK_SHARE
        and not page.is_declared
    )
    longest = max(map(weighed_length, page.kept), default=0)
    path = urlsplit(page.url or "/unknown").path.strip("/") if _is_address(page.url) else "unknown"
    if is_front and (size < MIN_SAFE_TEXT // 3 or (not path and longest < MIN_SAFE_TEXT // 3)):
        return (
            "section_front",
            f"{page.linked_headlines} linked headlines and {size} characters of text of its own",
        )
    if size < MIN_TEXT:
        return _without_text(page, "too_short", f"only {size} characters of article text")
    return "article", ""


def _without_text(page: Evidence, outcome: str, detail: str) -> tuple[str, str]:
    """Return `outcome`, or `needs_javascript` where the page's scripts would write its text."""
    if (page.status or 200) < 400 and (need := page.script_need()):
        return "needs_javascript", need
    return outcome, detail


def _is_address(url: str | None) -> bool:
    try:
        return urlsplit(url or "").scheme in ("http", "https")
    except ValueError:
        return False


def _is_notice(kept: Sequence[str]) -> bool:
    """Whether at least half of the kept text is in blocks that speak of consent or of checks: a
    cookie wall can be long.

    The longest blocks are read first, and no more of them than settle it.
    """
    other = sum(map(len, kept)) / 2
    for text in sorted(kept, key=len, reverse=True):
        said = small(text)
        if not any(kind.is_said(said) for kind in kinds_of_pages() if kind.outcome in NOTICES):
            other -= len(text)
            if other < 0:
                return False
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: what its titles and texts say. `small` is `text` for texts in lower case."""

    outcome: str
    detail: str
    title: re.Pattern[str]
    text: re.Pattern[str]
    small: re.Pattern[str]
    signs: tuple[str, ...]

    def is_said(self, text: str) -> bool:
        """Whether a text (in lower case) says that the page is of this kind. The signs are looked
        for first: that is quick, and most texts have none.
        """
        has_sign = not self.signs or any(map(text.__contains__, self.signs))
        return has_sign and bool(self.small.search(text))


@cache
def kinds_of_pages() -> tuple[Kind, ...]:
    """The kinds of pages that are no article, as outcome.toml has them."""
    table = tomllib.loads(files(__package__).joinpath("outcome.toml").read_text("utf-8"))
    return tuple(
        Kind(
            kind["outcome"],
            kind["detail"],
            re.compile(kind["title"], re.I),
            re.compile(kind["text"], re.I),
            re.compile(kind["text"].replace("ı", "i")),
            tuple(kind.get("signs", ())),
        )
        for kind in table["kind"]
    )
