"""Headlines that the head words otherwise than the page: when its wording is the title though an
`<h1>` shows another.

Many pages show readers the wording that search engines are to find, as `<h1>` and `<title>`, and
keep the desk's own headline in the head. Which heading is the shown headline, and what is cut off
for the site's name, is title.py's to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.metadata.jsonld import Json, text_of, types_of
from flows.clean.metadata.tags import HeadTags
from flows.clean.metadata.title import agreement, without_site
from flows.clean.metadata.words import letters, tidy

MIN_WORDS = 3
"""Words of a headline; shorter wordings are names of series, places or people."""

MAX_AGREEMENT = 0.5
"""Agreement under which two wordings are two headlines and not one with a word changed."""


def reworded_title(
    shown: str | None,
    headings: Sequence[str],
    articles: Sequence[Json],
    tags: HeadTags,
    site_names: Sequence[str],
) -> str | None:
    """Return the title of a page that shows `shown` as its headline: that one, or the wording in
    its head that is the desk's own.

    Two shapes are known. Cards for social networks carry the headline without its kicker or without
    the words added for search engines, where JSON-LD and `<title>` repeat the longer one. And the
    headline that the page's JSON-LD `articles` agree on, a `NewsArticle` among them, is unlike the
    one that `<h1>`, `<title>` and Open Graph share.
    """
    own = letters(shown or "")
    if not own or own not in map(letters, headings):
        return shown
    sites = [letters(name) for name in site_names if name]
    headlines = {
        letters(said): said for article in articles if (said := text_of(article.get("headline")))
    }
    said = next(iter(headlines.values())) if len(headlines) == 1 else None
    is_news = any(
        kind.endswith("NewsArticle") for article in articles for kind in types_of(article)
    )
    named, card, page_title = (
        without_site(tidy(text or ""), sites) for text in (said, tags.first("og:title"), tags.title)
    )
    if own != letters(page_title):
        return shown
    if tags.first("twitter:title") and letters(named) in ("", own) and _is_shortened(card, own):
        return card
    if is_news and own == letters(card) and _is_another(named, own):
        return named
    return shown


def _is_shortened(wording: str, own: str) -> bool:
    """Whether a wording is the other with words left out."""
    words, rest = letters(wording).split(), iter(own.split())
    return (
        len(words) >= MIN_WORDS and " ".join(words) != own and all(word in rest for word in words)
    )


def _is_another(wording: str, own: str) -> bool:
    return len(letters(wording).split()) >= MIN_WORDS and agreement(wording, own) < MAX_AGREEMENT
