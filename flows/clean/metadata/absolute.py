"""Makes the addresses that a page states absolute."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute_url(stated: str | None, url: str | None) -> str | None:
    """Return the http(s) address that a page at `url` states; None for any other."""
    try:
        absolute = urljoin(url or "", (stated or "").strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    is_on_web = bool(stated) and parts.scheme in ("http", "https") and bool(parts.netloc)
    return absolute if is_on_web else None
