"""The images of an article: those inside its box with their captions and credits, and the one that
the page's head names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from flows.clean.metadata.absolute import absolute_url
from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.tags import HeadTags
from flows.clean.metadata.words import tidy
from flows.clean.model import Image
from flows.clean.wording import wording

MAX_IMAGES = 30

MIN_SIDE = 100
"""Pixels; smaller pictures are icons and counters."""

MAX_CAPTION, MAX_CREDIT = 1000, 150

_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_CREDIT = wording("metadata", "images.credit")
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|source|autor|urheber|crédit", re.I)


def images_of(
    box: HtmlElement | None, article: Json, tags: HeadTags, url: str | None
) -> tuple[Image, ...]:
    """Return the images of an article's element, in reading order, after the head's own; each
    address once. `url` makes addresses absolute.
    """
    found: dict[str, Image] = {}
    for image in (*_named(article, tags), *(() if box is None else _shown(box))):
        absolute = absolute_url(image.url, url)
        if not absolute:
            continue
        known = found.get(_key(absolute))
        if known is None:
            found[_key(absolute)] = Image(absolute, image.caption, image.credit)
        elif image.caption and not known.caption:
            found[_key(absolute)] = Image(known.url, image.caption, image.credit)
    return tuple(found.values())[:MAX_IMAGES]


def _named(article: Json, tags: HeadTags) -> Iterator[Image]:
    said = article.get("image")
    for item in said if isinstance(said, list) else [said]:
        if isinstance(item, dict):
            address = text_of(item.get("url")) or text_of(item.get("contentUrl"))
            if address:
                yield Image(
                    address,
                    (text_of(item.get("caption")) or "")[:MAX_CAPTION] or None,
                    (text_of(item.get("creditText")) or "")[:MAX_CREDIT] or None,
                )
        elif address := text_of(item):
            yield Image(address)
    if named := tags.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        yield Image(named)


def _shown(box: HtmlElement) -> Iterator[Image]:
    for node in box.iter("img"):
        address = next((v for name in _SOURCES if (v := node.get(name)) and _is_picture(v)), None)
        if address is None or _is_small(node):
            continue
        caption, credit = _caption(node)
        yield Image(address, caption, credit)


def _caption(node: HtmlElement) -> tuple[str | None, str | None]:
    """The caption and the credit of the figure around an image."""
    figure = next((a for a in node.iterancestors() if a.tag == "figure"), None)
    if figure is None:
        return None, None
    texts = list(figure.iter("figcaption"))
    if not texts:
        return None, None
    credit = next(
        (
            tidy("".join(part.itertext()))
            for part in texts[0].iter()
            if part is not texts[0] and _CREDIT_CLASS.search(part.get("class") or "")
        ),
        None,
    )
    caption = tidy(" ".join(texts[0].itertext()))
    if credit and caption.endswith(credit):
        caption = caption[: -len(credit)].strip(" |·–—-")
    elif not credit and (said := _CREDIT.search(caption)):
        credit, caption = said[0].strip(" ()[]|·–—-"), caption[: said.start()].strip(" |·–—-")
    return caption[:MAX_CAPTION] or None, (credit or "")[:MAX_CREDIT] or None


def _is_picture(address: str) -> bool:
    return not address.startswith("data:") and not address.lower().endswith(".svg")


def _is_small(node: HtmlElement) -> bool:
    sides = (node.get("width") or "", node.get("height") or "")
    return any(side.isdecimal() and int(side) < MIN_SIDE for side in sides)


def _key(address: str) -> str:
    return address.split("?")[0]
