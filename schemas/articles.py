"""`articles`: what analysts read most."""

import pandera.polars as pa

from schemas import columns as c
from schemas.contract import Contract

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
"""Words of `articles.kind`."""

ARTICLES = Contract(
    name="articles",
    doc="One article: one canonical URL, its latest version",
    key=("article_id",),
    rows=pa.DataFrameSchema(
        {
            "article_id": c.key(
                "Key, from the canonical URL (from source and text where there is none)"
            ),
            "url": c.text("Address that the page was read from", longest=4096, nullable=True),
            "canonical_url": c.text(
                "Address that the publisher calls the article's own", longest=4096, nullable=True
            ),
            "site": c.text(
                "Domain or name of the outlet that the page is from", longest=300, nullable=True
            ),
            "source_id": c.text(
                "Source in sources.yml; else the site; else 'unknown'", longest=300
            ),
            "title": c.text("Headline without the site's name", longest=1000, nullable=True),
            "text": c.text("Paragraphs of the article, one newline between two", longest=2_000_000),
            "authors": c.words("People named in the byline"),
            "published_at": c.time("When the page says it was published", nullable=True),
            "published_precision": c.one_of(
                "How much of published_at the page gave",
                ("second", "minute", "day", "month"),
                nullable=True,
            ),
            "published_from": c.one_of(
                "Where the page gave it", ("json-ld", "meta", "time", "text", "url"), nullable=True
            ),
            "modified_at": c.time("When the page says it was last changed", nullable=True),
            "language": c.matching(
                "ISO 639 code of the text's language",
                r"^[a-z]{2,3}$",
                "an ISO 639 code such as en",
                nullable=True,
            ),
            "word_count": c.count("Words in text; Han, kana and Thai count by character", least=1),
            "syndicated_from": c.text(
                "Outlet that first printed the text: its domain, or its id in sources; null "
                "where it is unknown or the page names one that is no source",
                longest=300,
                nullable=True,
            ),
            "story_id": c.key(
                "Articles that tell the same event share it; null: round-up or before linking",
                nullable=True,
            ),
            "flags": c.words("What to be wary of: stub, date_conflict, mojibake …", longest=60),
            "page_id": c.key("Page version that the row was made from"),
            "run_id": c.text("Run that last wrote the row", longest=60),
            "extractor_version": c.text(
                "Version of the code and rules that made the row", longest=100
            ),
            "first_seen_at": c.time("When a page of this article was first fetched"),
            "last_seen_at": c.time("When the page of the present version was fetched"),
            "copy_id": c.key("Articles that print the same text share it", nullable=True),
            "published_on": c.day(
                "Day of publication as the page prints it, in its own time zone", nullable=True
            ),
            "kind": c.one_of("What kind of text the page says or shows it is", KINDS),
            "section": c.text(
                "Section of the outlet, as the page names it", longest=200, nullable=True
            ),
            "keywords": c.words("Keywords and tags that the page gives its article", longest=100),
            "is_free": c.truth("Whether everybody may read it; null: not said", nullable=True),
            "images": c.json("Images of the article: [{url, caption, credit}]"),
            "corrections": c.words(
                "Notes on corrections and updates that the page prints", longest=2000
            ),
            "syndicated_name": c.text(
                "Outlet that first printed the text, as the page names it",
                longest=300,
                nullable=True,
            ),
        },
        strict=True,
        ordered=True,
    ),
)
