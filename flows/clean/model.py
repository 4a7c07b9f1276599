"""What cleaning returns: one `Cleaned` a page. Values only; other modules find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

REASONS = (
    "donation_banner",
    "newsletter_teaser",
    "subscription_prompt",
    "cookie_notice",
    "related_links",
    "other_stories",
    "navigation",
    "share_buttons",
    "comment_prompt",
    "byline",
    "date_line",
    "image_caption",
    "advertisement",
    "app_promotion",
    "author_bio",
    "syndication_notice",
    "disclaimer",
    "copyright_footer",
    "site_repeat",
    "comments",
)
"""Why a block may be stripped: the words of `boilerplate.reason`."""

OUTCOMES = (
    "article",
    "cookie_wall",
    "block_page",
    "not_found",
    "section_front",
    "listing_page",
    "product_page",
    "business_page",
    "event_page",
    "video_page",
    "login_wall",
    "needs_javascript",
    "too_short",
    "empty",
    "unreadable",
    "too_large",
    "passing_trouble",
)
"""What a page turned out to be. Only `article` becomes a row of `articles`; the others reject the
page under this name. `passing_trouble` is no verdict on the page: later runs try it again.
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the page in reading order: kept (`reason` is None) or stripped.

    `rule` names the rule that decided, `<reason-or-family>.<name>`; structural decisions carry
    names such as `html.caption`.
    """

    text: str
    reason: str | None = None
    rule: str | None = None


KINDS = (
    "article",
    "live_blog",
    "interview",
    "opinion",
    "review",
    "gallery",
    "brief",
    "press_release",
    "recipe",
    "podcast",
    "video",
    "documentation",
    "forum",
)
"""What kind of text an article is: the words of `articles.kind`."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article: its address (absolute where the page's is known), caption and
    credit.
    """

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One page, cleaned.

    `text` is the article's paragraphs joined by one newline each, without the title; empty unless
    `outcome` is `article`. `title` has no site suffix, `authors` are people's names alone. Times
    are aware, in the zone that the page gives (the loader turns them to UTC); `published_precision`
    says how much of `published_at` the page gave (`second`, `minute`, `day`, `month`),
    `published_from` where (`json-ld`, `meta`, `time`, `text`, `url`). `syndicated_from` is the
    domain or name of the outlet the text was first printed by. `flags` are sorted words such as
    `stub`, `date_conflict`, `mojibake`. `layout` identifies the page's template. `blocks` holds all
    blocks of the page, kept and stripped, in reading order. `published_on` is the day as the page
    prints it; `kind` is a word of KINDS; `is_free` is None where the page does not say.
    """

    outcome: str
    detail: str = ""
    title: str | None = None
    text: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_precision: str | None = None
    published_from: str | None = None
    modified_at: datetime | None = None
    url: str | None = None
    canonical_url: str | None = None
    site: str | None = None
    language: str | None = None
    syndicated_from: str | None = None
    flags: tuple[str, ...] = ()
    layout: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    published_on: date | None = None
    kind: str = "article"
    section: str | None = None
    keywords: tuple[str, ...] = ()
    is_free: bool | None = None
    images: tuple[Image, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def stripped(self) -> tuple[Block, ...]:
        """The blocks that went, in reading order."""
        return tuple(b for b in self.blocks if b.reason)
