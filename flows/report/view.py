"""Writes what was found in one page or in some texts as one HTML file: `newsduck clean --view` and
`newsduck annotate --view`. The templates escape everything that comes from pages; addresses are
shown as text, so that the file loads and links nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from flows.annotate.model import LABELS, Annotations
from flows.clean.model import REASONS, Block, Cleaned
from flows.report.marked_text import marks_of, pieces_of, readable
from flows.report.words import counted

MAX_TEXTS = 200
"""Most texts in one file: about 2 MB for articles of usual length."""

MAX_PLACES = 3
"""Most blocks named as the place of a title or an author."""

HUE_STEP = 137.508
"""Degrees from one reason's colour to the next (the golden angle): neighbours in the list differ
clearly.
"""

DATE_PLACES = {
    "json-ld": "from the page's JSON-LD",
    "meta": "from a meta tag",
    "time": "from a <time> element",
    "text": "from the words of the page",
    "url": "from the address",
}
"""`Cleaned.published_from` in words."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block as the page shows it: `state` is `kept`, `title` or the reason, `hue` the reason's
    colour in degrees (None if kept).
    """

    number: int
    text: str
    state: str
    rule: str | None
    hue: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that was read from the page, where it came from, and the numbers of blocks that print
    it.
    """

    name: str
    value: str
    origin: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """One text under its id, with what was found in it."""

    text_id: str
    text: str
    found: Annotations


def render_page(name: str, cleaned: Cleaned) -> str:
    """Return the HTML of one page's blocks in reading order; `name` is the page's file."""
    blocks = [
        _shown(number, block, cleaned.title) for number, block in enumerate(cleaned.blocks, 1)
    ]
    counts = Counter(block.state for block in blocks)
    lengths = Counter[str]()
    for block in blocks:
        lengths[block.state] += len(block.text)
    hues = {block.state: block.hue for block in blocks}
    legend = [
        {"state": state, "hue": hues[state], "blocks": count, "length": lengths[state]}
        for state, count in counts.most_common()
    ]
    return (
        _environment()
        .get_template("view_page.html.j2")
        .render(
            name=name,
            cleaned=cleaned,
            blocks=blocks,
            legend=legend,
            facts=_facts(cleaned),
            style=_style(),
        )
    )


def render_texts(name: str, texts: Sequence[AnnotatedText], left_out: int = 0) -> str:
    """Return the HTML of annotated texts; `name` is their file, `left_out` how many more it has."""
    shown = [
        {
            "id": text.text_id,
            "pieces": pieces_of(text.text, marks_of(text.text, text.found)),
            "quotes": text.found.quotes,
            "entities": _entities(text.found),
        }
        for text in texts
    ]
    page = _environment().get_template("view_text.html.j2")
    return page.render(name=name, texts=shown, left_out=left_out, labels=LABELS, style=_style())


def _shown(number: int, block: Block, title: str | None) -> ShownBlock:
    """Return a block with its state. The headline of an HTML page is no part of the text, so it is
    stripped as navigation; a reader is shown that it is the title.
    """
    is_headline = block.rule == "html.headline" and _plain(block.text) == _plain(title or "")
    if block.reason is None or is_headline:
        return ShownBlock(number, block.text, "title" if block.rule else "kept", block.rule, None)
    hue = round(REASONS.index(block.reason) * HUE_STEP) % 360 if block.reason in REASONS else 0
    return ShownBlock(number, block.text, block.reason, block.rule, hue)


def _facts(cleaned: Cleaned) -> list[Fact]:
    """Return what was read from the page, in the order of the table; what is missing is left out,
    apart from title, authors and date.
    """
    facts = [_printed("title", cleaned.title, cleaned.blocks)]
    facts += [_printed("author", name, cleaned.blocks) for name in cleaned.authors or (None,)]
    origin = DATE_PLACES.get(cleaned.published_from or "", cleaned.published_from or "")
    date = _date(cleaned.published_at, cleaned.published_precision)
    facts.append(Fact("date", date or "none found", origin))
    facts.append(Fact("outcome", cleaned.outcome, cleaned.detail))
    more = {
        "changed": _date(cleaned.modified_at, None),
        "printed day": cleaned.published_on,
        "kind": cleaned.kind,
        "site": cleaned.site,
        "language": cleaned.language,
        "address": cleaned.canonical_url or cleaned.url,
        "first printed by": cleaned.syndicated_from,
        "section": cleaned.section,
        "keywords": ", ".join(cleaned.keywords),
        "flags": ", ".join(cleaned.flags),
        "pictures": len(cleaned.images),
    }
    return facts + [Fact(name, str(value)) for name, value in more.items() if value]


def _printed(name: str, value: str | None, blocks: Sequence[Block]) -> Fact:
    """Return a title or an author with the first blocks that print it. The cleaner does not record
    where it read them.
    """
    if not value:
        return Fact(name, "none found")
    words = _plain(value)
    lines = [[_plain(line) for line in block.text.split("\n")] for block in blocks]
    whole = [at for at, found in enumerate(lines, 1) if words in found]
    inside = [at for at, block in enumerate(blocks, 1) if words in _plain(block.text)]
    places = tuple((whole or inside)[:MAX_PLACES])
    return Fact(
        name, value, "" if places else "printed in no block: from the page's own data", places
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _date(moment: datetime | None, precision: str | None) -> str | None:
    """Return a moment in the page's zone, no finer than the page gives it."""
    if moment is None:
        return None
    if precision == "month":
        return f"{moment:%Y-%m} (month)"
    day_only = precision == "day"
    return f"{moment:%Y-%m-%d} (day)" if day_only else moment.isoformat(sep=" ")


def _entities(found: Annotations) -> list[dict[str, Any]]:
    """Return each entity once with its mentions, most mentioned first."""
    counts = Counter((mention.label, mention.name) for mention in found.mentions)
    return [
        {"label": label, "name": name, "count": count}
        for (label, name), count in counts.most_common()
    ]


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"readable": lambda text: readable(str(text)), "counted": counted}
    return environment


def _style() -> Markup:
    """Return the style sheet: that of the report, and what only these files need."""
    return Markup(_read("page.css") + _read("view.css"))


def _read(name: str) -> str:
    return files("flows.report").joinpath(name).read_text(encoding="utf-8")
