"""The view `boilerplate`, what was cut, and why, so that nothing is lost quietly; and the table
`meta.boilerplate_rows` behind it.
"""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract, kept_rows

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

BOILERPLATE = Contract(
    name="boilerplate",
    doc="One block stripped from one page",
    key=("page_id", "position"),
    rows=pa.DataFrameSchema(
        {
            "page_id": c.key("Page version that held the block"),
            "article_id": c.key(
                "Article of that page; null where the page was rejected", nullable=True
            ),
            "position": c.count("Place among the page's stripped blocks, from 1", least=1),
            "reason": c.one_of("Why it went", REASONS),
            "rule": c.text("Rule that decided", longest=200),
            "text": c.text("The block", longest=1_000_000),
        },
        strict=True,
        ordered=True,
    ),
    is_view=True,
)

BOILERPLATE_ROWS = kept_rows(
    BOILERPLATE,
    "meta.boilerplate_rows",
    "One stripped block as it is kept; the view boilerplate shows it",
    joined=(),
    article_number=c.count("Article, by its number in meta.article_facts; 0 where it has none"),
)
