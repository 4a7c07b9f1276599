"""Canonical URLs: all variants of a page's URL have the same one (tracking parameters, AMP and
mobile hosts, fragments, final slashes).

The canonical URL is a key, not a URL to fetch: `http` and `https`, with and without `www.`, give
the same key. A doubtful part is kept: fetching a page twice costs little, but a page that is taken
for another is lost. Sites are compared by the public suffix list.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
import unicodedata
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from courlan import normalize_url
from publicsuffixlist import PublicSuffixList

MAX_CHARACTERS = 2083
"""Longest valid URL. Browsers and the sitemap protocol (2,048) allow about as much; crawler traps
grow longer.
"""

MAX_ROUNDS = 6
"""How often the rules are applied: a URL can be a variant of a variant (m.amp.…/amp/amp)."""

TWIN_HOST = re.compile(r"www\d?|m|mobile|amp|wap|touch|lite")
"""First labels of hosts that serve the same pages in another layout, or from another machine."""

AMP_CACHES = (
    # https://example-com.cdn.ampproject.org/c/s/example.com/path; c, v: content and viewer; s:
    # https
    re.compile(
        r"https?://(?:[^/]+\.)?cdn\.ampproject\.org/[cv]/(?:s/)?(?P<rest>[^/?#]+\.[^/?#]+.*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"https?://[^/]+\.(?:amp\.cloudflare|bing-amp)\.com/[cv]/(?:s/)?"
        r"(?P<rest>[^/?#]+\.[^/?#]+.*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"https?://(?:www\.)?(?:google|bing)\.[a-z.]+/amp/(?:s/)?(?P<rest>[^/?#]+\.[^/?#]+.*)",
        re.IGNORECASE,
    ),
)
"""Shared AMP caches. The group `rest` is the publisher's own URL."""

AMP_QUERY = {
    "amp": ("", "1", "true", "0", "yes", "on"),
    **dict.fromkeys(("noamp", "nonamp"), ("", "1", "true", "mobile", "yes")),
    "_amp": ("", "1", "true"),
    "isamp": ("1", "true"),
    "amphtml": ("", "1", "true"),
    "amp_markup": ("1",),
    "outputtype": ("amp", "valid_amp"),
    **dict.fromkeys(
        ("output", "format", "_format", "service", "type", "view", "display", "mode"), ("amp",)
    ),
}
PRINT_QUERY = dict.fromkeys(("print", "printable"), ("", "1", "true", "yes"))
MOBILE_QUERY = {
    "m": ("", "0", "1"),
    "mobile": ("", "0", "1", "true"),
    "view": ("mobile",),
}
SESSIONS = frozenset(("phpsessid", "jsessionid", "sessionid", "aspsessionid"))

REFERRERS = ("ref", "referrer", "referer")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")

INDEX_FILE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
SESSION_IN_PATH = re.compile(
    r"(?:;|%3B)(?:jsessionid\w{0,20}|sid|sessionid|phpsessid|cfid|cftoken)(?:=|%3D)[^/;]*"
    r"|/\((?:[A-Z]\([^()/]{0,200}\))+\)(?=/)",
    re.IGNORECASE,
)
"""A session that a server without cookies writes into the path: of Java, PHP, ColdFusion as a
parameter of a segment, of ASP.NET as a segment `(S(…))`.
"""

UNSEEN_END = re.compile(r"(?:%20|%C2%A0|%E2%80%8[B-F]|%EF%BB%BF)+$", re.IGNORECASE)
"""Spaces and invisible characters that were copied with an address."""

OLD_SEPARATOR = re.compile(r";(?=[\w.%-]+=)")
"""A semicolon that separates parameters, as old servers write it."""

ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def canonical_url(url: str, kept_names: Container[str] = ()) -> str | None:
    """Return the canonical URL of `url`, or None if `url` is not an absolute http(s) URL with a
    host.

    `kept_names` are parameters, in small letters, that tell the articles of its source apart
    (`identity.py`): they stay, though elsewhere they are tracking. Applied to its own result, it
    returns the same again. User names and passwords are dropped.
    """
    return _settled(url, kept_names) if kept_names else _remembered(url)


@lru_cache(maxsize=10_000)
def _remembered(url: str) -> str | None:
    """Return the canonical URL where no parameter is kept: each step of a run asks for it anew."""
    return _settled(url, ())


def _settled(url: str, kept_names: Container[str]) -> str | None:
    found: str | None = url.strip()
    for _ in range(MAX_ROUNDS):
        before, found = found, _once(found or "", kept_names)
        if found is None or found == before:
            break
    return found


def _once(url: str, kept_names: Container[str]) -> str | None:
    url = _out_of_cache(url)
    parts = _split(url)
    if parts is None:
        return None
    try:
        clean = urlsplit(
            normalize_url(
                parts._replace(path=SESSION_IN_PATH.sub("", parts.path), query="", fragment="")
            )
        )
    except ValueError:
        return None
    host, port = parts.hostname or "", parts.port
    host = without_twin(_readable(host.rstrip(".")))
    default = port in (None, 443 if parts.scheme == "https" else 80)
    place = f"[{host}]" if ":" in host else host
    scheme, netloc = ("https", place) if default else (parts.scheme, f"{place}:{port}")
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _path(clean.path)
    query = _query(parts.query, kept_names)
    return urlunsplit((scheme, netloc, path or ("/" if query or fragment else ""), query, fragment))


def _split(url: str) -> SplitResult | None:
    if len(url) > MAX_CHARACTERS:
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    parts = parts._replace(scheme=parts.scheme.lower())
    is_web = (
        parts.scheme in ("http", "https")
        and bool(host)
        and not re.search(r"[\s<>\"\\^`{}|]", parts.netloc)
    )
    return parts if is_web and (host or "").strip(".") else None


def _out_of_cache(url: str) -> str:
    found = next((found for cache in AMP_CACHES if (found := cache.fullmatch(url))), None)
    return f"https://{found['rest']}" if found else url


def _readable(host: str) -> str:
    """Return a host in lower case, with Punycode decoded, as courlan does."""
    if "xn--" not in host:
        return host.lower()
    try:
        return host.lower().encode("ascii").decode("idna")
    except UnicodeError:
        return host.lower()


def without_twin(host: str) -> str:
    """Return the host without the labels of a mobile or AMP edition, never without its domain."""
    site = site_of(host)
    while host != site and TWIN_HOST.fullmatch(host.partition(".")[0]):
        host = host.partition(".")[2]
    # en.m.example.org: the edition stands second
    first, _, rest = host.partition(".")
    if host != site and rest != site and rest.partition(".")[0] in ("m", "mobile"):
        host = f"{first}.{rest.partition('.')[2]}"
    return host


@cache
def _suffixes() -> PublicSuffixList:
    """Return the public suffix list, private domains included. Nothing is fetched or written."""
    return PublicSuffixList()


@cache
def site_of(host: str) -> str:
    """Return the registered domain of a host (`news.harbour.co.uk` → `harbour.co.uk`); an IP
    address or a single label is its own site.

    Under an unlisted suffix (`.example`) it is the last two labels.
    """
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return _suffixes().privatesuffix(host) or host
    return host


def is_same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one site: the same registered domain, or the same IP address or
    single label with the same port.
    """
    first, second = _split(one), _split(other)
    if first is None or second is None:
        return False
    site, its = (
        site_of(_readable((parts.hostname or "").rstrip("."))) for parts in (first, second)
    )
    return site == its and (_is_registered(site) or first.port == second.port)


def _is_registered(site: str) -> bool:
    return "." in site and not site.replace(".", "").isdigit() and ":" not in site


def _path(path: str) -> str:
    path = UNSEEN_END.sub("", ESCAPED.sub(_unescaped, _composed(path)))
    path = INDEX_FILE.sub("/", path)
    segments = _without_dots(path.split("/"))
    kept = [
        segment
        for place, segment in enumerate(segments)
        if segment.lower() != "amp" or not 0 < place < len(segments) - 1
    ]
    # /news/amp/story is the AMP edition of /news/story; /amp alone, or a site's /amp/, is itself
    segments = kept if any(kept) else segments
    while len(segments) > 2 and segments[-1] == "":
        segments.pop()
    if len(segments) > 2 and segments[-1].lower() in ("amp", "amp.html"):
        segments.pop()
    segments[-1] = re.sub(r"\.amp(\.html?)?$", r"\1", segments[-1], flags=re.IGNORECASE)
    segments[-1] = re.sub(r"\.amphtml$", ".html", segments[-1], flags=re.IGNORECASE)
    return "/".join(segments) if any(segments) else ""


def _composed(path: str) -> str:
    """Return a path whose letters are composed (NFC): é is one letter, however it was written."""
    if path.isascii() and "%" not in path:
        return path
    letters = unquote(path, errors="strict") if _is_utf8(path) else path
    if letters == path or unicodedata.is_normalized("NFC", letters):
        return path
    # what had an escape that matters (a slash, a per cent sign) keeps it
    marked = re.sub(r"%(2[0-9A-Fa-f]|3[0-9A-Fa-f]|5[0-9A-Fa-f])", r"%25\1", path)
    return quote(unicodedata.normalize("NFC", unquote(marked)), safe="/%!=:,-+;@~$&'()*")


def _is_utf8(path: str) -> bool:
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _without_dots(segments: list[str]) -> list[str]:
    """Return a path's segments with `.` and `..` resolved (RFC 3986)."""
    found: list[str] = []
    for segment in segments:
        if segment == "..":
            if len(found) > 1:
                found.pop()
        elif segment != ".":
            found.append(segment)
    if segments[-1] in (".", ".."):
        found.append("")
    return found or [""]


def _unescaped(found: re.Match[str]) -> str:
    """Return an escape in normal form: unreserved characters decoded, the rest in capitals."""
    character = unquote(found[0])
    return character if character in UNRESERVED else found[0].upper()


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...], frozenset[str], frozenset[str]]:
    """Return the lists of trackers.toml: names, prefixes, ambiguous names, words of channels."""
    table = tomllib.loads(files(__package__).joinpath("trackers.toml").read_text("utf-8"))
    ambiguous = table["ambiguous"]
    return (
        frozenset(table["names"].lower().split()),
        tuple(table["prefixes"].split()),
        frozenset(ambiguous["names"].split()),
        frozenset(ambiguous["channels"].split()),
    )


def _query(query: str, kept_names: Container[str]) -> str:
    """Return the parameters that may identify a page, sorted. Any other query is kept."""
    # a link may be escaped twice; old servers write semicolons
    query = OLD_SEPARATOR.sub("&", query.replace("&amp;", "&"))
    if "=" not in query and "&" not in query:
        is_edition = query.lower() == "m" or "" in AMP_QUERY.get(query.lower(), ())
        is_idle = is_edition or _is_tracking(query)
        return "" if is_idle else quote(query, safe="/%!=:,-+;@")
    kept = sorted(
        {
            (name, unicodedata.normalize("NFC", value))
            for name, value in parse_qsl(query, keep_blank_values=True)
            if name.lower() in kept_names or not _is_idle(name, value)
        }
    )
    return urlencode(kept)


def _is_idle(name: str, value: str) -> bool:
    """Whether a parameter does not help to identify the page: it holds a session, names another
    edition of the page, or says where the reader came from.

    An ambiguous name (cid, ref, source) is one of tracking only where its value names a channel, or
    is the address that a reader came from.
    """
    small, said = name.lower(), value.lower()
    _, _, ambiguous, channels = _trackers()
    if small in SESSIONS or _is_tracking(small):
        return True
    if any(said in twins.get(small, ()) for twins in (AMP_QUERY, MOBILE_QUERY, PRINT_QUERY)):
        return True
    if small not in ambiguous:
        return False
    if small in REFERRERS and said.startswith(("http://", "https://")):
        return True
    return not said or _names_channel(said, channels)


def _is_tracking(name: str) -> bool:
    """Whether a parameter of that name never says which page it is."""
    names, prefixes, _, _ = _trackers()
    return name.lower() in names or name.lower().startswith(prefixes)


def _names_channel(value: str, channels: Container[str]) -> bool:
    """Whether a value of words that other signs part names a channel: one word does, or most parts
    of a hyphenated one. The name of an article may hold such a word too (`google-fined`).
    """
    for word in WORD.findall(value):
        parts = word.split("-")
        if word in channels or 2 * sum(part in channels for part in parts) > len(parts):
            return True
    return False


def tracking_names(pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the names among `pairs` of a query that would be dropped, in small letters."""
    return frozenset(name.lower() for name, value in pairs if _is_idle(name, value))
