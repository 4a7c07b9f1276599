"""Whether the canonical address that a page claims can be believed.

A claim that is believed makes two pages one article, and the newer replaces the older. So a claim
is not believed that many different articles of a site may share: the home page, a section, an error
page, a template that was never filled in, the address without the parameter that names the article,
the first page of several.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from flows.link.address import canonical_url
from flows.link.fold import fold

TEMPLATE = re.compile(
    r"\{\{|\}\}|\$\{|<%|%>|\[\w*slug\w*\]|^[:@][\w.]+$|\{\w+\}|\[object"
    r"|__\w+__|^%[sd]$|^\*+$|^<.*>$"
    r"|^%\w+%$|^<$|^\$\w+$",
    re.IGNORECASE,
)
"""Marks of a template's variable that was not replaced."""

UNFILLED = frozenset(
    ("undefined", "null", "nan", "none", "slug", "article-slug", "post-name", "placeholder")
)
"""Segments that a program writes where it knew no value."""

ERRORS = frozenset(
    "404 403 410 500 503 error error404 error-404 404-error not-found notfound page-not-found "
    "pagenotfound error-page errorpage not_found 404-page seite-nicht-gefunden nicht-gefunden "
    "page-introuvable pagina-no-encontrada pagina-non-trovata pagina-nao-encontrada "
    "pagina-niet-gevonden sidan-hittades-inte siden-blev-ikke-fundet nie-znaleziono".split()
)

SERVICES = frozenset(
    "search suche recherche login signin sign-in register consent cookie-consent subscribe captcha "
    "challenge access-denied blocked unsupported-browser browser-not-supported maintenance "
    "sharer".split()
)
"""Last segments of pages that a site shows in place of an article."""

VARIANTS = frozenset(
    "print printable amp comments comment kommentare commentaires full single all singlepage share "
    "mobile app embed text reader".split()
)
"""Last segments that name another form of the same article."""

PART = re.compile(r"[-_,]\d{1,2}(?=\.\w+$|$)")
"""What marks a further page in the last segment of an address, before its file type."""

FILE_TYPE = re.compile(r"\.(?:html?|php|aspx?)$")
SCRIPT = re.compile(r"\.(?:php|aspx?|jsp|cgi|cfm|pl)$", re.IGNORECASE)
NO_PAGE = re.compile(
    r"\.(?:xml|rss|atom|json|css|js|png|jpe?g|gif|svg|webp|avif|ico|mp[34])$", re.IGNORECASE
)
"""Endings of files that are no articles: a template's feed, the picture beside its address."""

COMMENTS_PAGE = re.compile(r"/comment-page-\d{1,4}(?=/?$)")
"""What WordPress adds to an article's address for older comments."""

NUMBER = re.compile(r"(?!(?:19|20)\d{6}$)\d{5,}")
"""The number of an article as a segment of its own; eight digits may be a day."""

PAGE_NAMES = frozenset(
    "page paged pg seite pagina pagenum page_num pageno start offset teil".split()
)
PAGE_PATH = re.compile(
    r"(?:^|[/_,.-])(?:page|seite|pagina|pag|teil|p)[/_-]?0*(?:[2-9]|[1-9]\d)(?:\.\w+)?/?$", re.I
)
VIEWS = frozenset(
    "view print output format lang hl comments comment replytocom share showcomments show sort "
    "order tab theme mode style printmode pr version v preview display layout all singlepage "
    "embed".split()
)
"""Parameters that name another form of the same article."""

IDENTIFIERS = frozenset(
    "id p aid article articleid article_id artid art story storyid story_id nid sid newsid news_id "
    "news cid eid uid docid doc post postid post_id item itemid content contentid slug name title "
    "key nr no num number page_id pageid idx seq".split()
)
"""Parameters that name an article."""

NUMBERED = re.compile(r"\d{3,}")
LONG_NAME_WORDS = 3


def is_plausible(canonical: str, url: str) -> bool:
    """Whether a page fetched from `url` can have the address `canonical`; both are absolute. An
    address of another site is judged by its form alone.
    """
    claim, own = canonical_url(canonical), canonical_url(url)
    if claim is None or NO_PAGE.search(urlsplit(claim).path):
        return False
    if own is None or claim == own:
        return True
    to, at = (urlsplit(COMMENTS_PAGE.sub("", address)) for address in (claim, own))
    there, here = _segments(to), _segments(at)
    if any(_is_unfilled(s) and s not in here for s in (*there, unquote(to.query))):
        return False
    if any(s.partition(".")[0] in ERRORS for s in there if s not in here):
        return False
    if there and there[-1] not in here and there[-1].partition(".")[0] in SERVICES:
        return False
    if not there and not to.query:
        return not here and not at.query
    if _page_number(to) != _page_number(at):
        return False
    if to.netloc == at.netloc and there == here:
        return _keeps_identity(to, at)
    if len(there) < len(here) and here[: len(there)] == there:
        rest = here[len(there) :]
        is_named = len(rest) == 1 and bool(there) and bool(NUMBER.fullmatch(there[-1]))
        return all(s in VARIANTS for s in rest) or (is_named and not NUMBERED.search(rest[0]))
    if there[:-1] == here[:-1] and there and here and not to.query and not at.query:
        if there[-1] == FILE_TYPE.sub("", here[-1]):
            return True
        if there[-1] == PART.sub("", here[-1]):
            return False
    return not (_is_section(there, to) and not _is_section(here, at))


def _segments(parts: SplitResult) -> list[str]:
    return [unquote(segment).lower() for segment in parts.path.split("/") if segment]


def _is_unfilled(segment: str) -> bool:
    return segment in UNFILLED or bool(TEMPLATE.search(segment))


def _page_number(parts: SplitResult) -> int:
    """Return which page of an article an address names; 1 where it names none."""
    for name, value in parse_qsl(parts.query):
        if name.lower() in PAGE_NAMES and value.isascii() and value.isdigit() and len(value) < 4:
            return int(value)
    found = PAGE_PATH.search(parts.path)
    return int(re.findall(r"\d+", found[0])[0]) if found else 1


def _keeps_identity(to: SplitResult, at: SplitResult) -> bool:
    """Whether a claim with the page's own path keeps the parameters that name the article."""
    claimed = {(name.lower(), value) for name, value in parse_qsl(to.query)}
    for name, value in parse_qsl(at.query, keep_blank_values=True):
        small = name.lower()
        if (small, value) in claimed or small in VIEWS or small in PAGE_NAMES:
            continue
        is_script = not to.query and bool(SCRIPT.search(at.path)) and bool(value)
        if small in IDENTIFIERS or NUMBERED.search(value) or is_script:
            return False
    # a query that is no list of parameters names the article: /story?12345
    return bool(to.query) or not at.query or "=" in at.query


def _is_section(segments: list[str], parts: SplitResult) -> bool:
    """Whether an address looks like a section's: short words, no number, no file, no query."""
    if parts.query or not segments:
        return not parts.query
    last = segments[-1]
    if re.search(r"\.\w{2,5}$", last) or any(re.search(r"\d{4,}|^\d+$", s) for s in segments):
        return False
    words = [word for word in re.split(r"[-_+ ]", last) if word]
    return len(words) < LONG_NAME_WORDS and len(last) < 25


SAME_RUNS = 0.1
"""Share of the shorter text's runs of words that the other has too from which they are versions of
one text. Two articles of a site share some in their notices.
"""

RUN_WORDS, MAX_WORDS = 6, 600


def tells_another(one: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    """Whether two articles, each a title and a text, tell different things: other titles and other
    texts. One title with another text is an article that was rewritten.
    """
    titles = [fold(title or "") for title, _ in (one, other)]
    if all(titles) and titles[0] == titles[1]:
        return False
    runs = [_runs(text) for _, text in (one, other)]
    least = min(map(len, runs))
    return least > 0 and len(runs[0] & runs[1]) < SAME_RUNS * least


def _runs(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()[:MAX_WORDS]
    return {tuple(words[at : at + RUN_WORDS]) for at in range(max(1, len(words) - RUN_WORDS + 1))}
