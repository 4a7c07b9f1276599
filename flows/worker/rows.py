"""One processed page → its rows, table by table. Values only: `batch.py` checks the contracts and
writes the files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flows.acquire.page import PageRef
from flows.acquire.web.masking import mask_url
from flows.annotate.model import Annotations
from flows.annotate.recogniser import BUILTIN
from flows.clean.model import Cleaned, Image
from flows.link import keys
from flows.link.canonical_trust import is_plausible
from flows.link.copies.original import plain_outlet
from flows.link.fold import count_words
from flows.link.site_blocks import may_repeat
from schemas import Row

MAX_BLOCK_CHARACTERS = 300
"""Characters of a block that the site memory stores."""

UNKNOWN_SOURCE = "unknown"

MAX_ENTITIES, CHARACTERS_PER_ENTITY = 60, 60
"""An article with more different entities than both limits allow is a page of names; the densest
real articles stay below.
"""


@dataclass(frozen=True, slots=True)
class ProcessedPage:
    """The outcome of one page: its reference, its digest (None where it was not read), and what
    cleaning and annotating found.

    `failure` is the traceback of an error in our own code.
    """

    ref: PageRef
    position: int
    sha256: str | None
    byte_count: int | None
    cleaned: Cleaned
    annotations: Annotations
    failure: str | None = None

    @property
    def page_id(self) -> str | None:
        """Key of the page's bytes."""
        return self.sha256[:16] if self.sha256 else None


DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class RunContext:
    """What the rows of a run share. `sites` maps a source's domain to its id, `homes` its id to its
    country's code; `memory_file` holds what the site memory knows, `rule_files` are the operator's
    own, `raw_store` is the folder of pages as fetched; `own_rules` and `own_versions` are the rule
    files and the extractor version of the sources that have rules of their own. `kept_parameters`
    are the parameters that tell the articles of a source apart, by source; `zones` and
    `languages` map a source's id to its time zone (IANA) and language; `outlets` maps a source's
    name, as `plain_outlet` gives it, to its id. `ahead_folder` holds the results of pages that were
    processed while others were fetched. `copies` maps the files of pages to their copies, on a
    machine that does not see the files themselves.
    """

    run_id: str
    extractor_version: str
    sites: Mapping[str, str]
    memory_file: str | None = None
    rule_files: tuple[str, ...] = ()
    recogniser: str = BUILTIN
    homes: Mapping[str, str] = field(default_factory=dict)
    raw_store: str | None = None
    own_rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_versions: Mapping[str, str] = field(default_factory=dict)
    kept_parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    ahead_folder: str | None = None
    outlets: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)

    def files(self) -> set[str]:
        """Return the files that processing reads beside the pages."""
        own = {file for files in self.own_rules.values() for file in files}
        return own | set(self.rule_files) | ({self.memory_file} if self.memory_file else set())

    def moved(self, copies: Mapping[str, str]) -> RunContext:
        """Return the context for a machine that has copies of the files, by their own paths."""
        return replace(
            self,
            memory_file=copies.get(self.memory_file or "", self.memory_file),
            rule_files=tuple(copies.get(file, file) for file in self.rule_files),
            own_rules={
                source: tuple(copies.get(file, file) for file in files)
                for source, files in self.own_rules.items()
            },
            copies=copies,
        )

    def located(self, ref: PageRef) -> PageRef:
        """Return `ref` with the place of its file on this machine."""
        return replace(ref, file=self.copies.get(ref.file, ref.file))

    def version_of(self, source_id: str | None) -> str:
        """Return the version of the extractor that judges the pages of a source."""
        return self.own_versions.get(source_id or "", self.extractor_version)


def own_address(cleaned: Cleaned) -> str | None:
    """Return the address that makes the article its own: the canonical one, unless it is another
    outlet's (then the copy keeps its own) or one that many articles may share
    (`link/canonical_trust.py`).
    """
    url, canonical = cleaned.url, cleaned.canonical_url
    if canonical and url and not is_plausible(canonical, url):
        return url
    if canonical and (not url or _host(canonical) == _host(url) or not cleaned.syndicated_from):
        return canonical
    return url


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def source_of(ref: PageRef, cleaned: Cleaned, sites: Mapping[str, str]) -> str:
    """Return the source of a page: as listed, else by the domain of its site (or a parent domain),
    else the site, else `unknown`.
    """
    if ref.source_id:
        return ref.source_id
    address = cleaned.url or ref.url
    domain = (cleaned.site or (_host(address) if address else "")).removeprefix("www.")
    labels = domain.split(".")
    for depth in range(len(labels) - 1):
        if found := sites.get(".".join(labels[depth:])):
            return found
    return domain or UNKNOWN_SOURCE


def page_row(
    page: ProcessedPage, run: RunContext, outcome: str, detail: str | None, article_id: str | None
) -> Row:
    """Return the page's row of the ledger."""
    source_id = source_of(page.ref, page.cleaned, run.sites)
    return {
        "page_id": page.page_id,
        "location": page.ref.location,
        "url": page.cleaned.url or page.ref.url,
        "source_id": source_id,
        "sha256": page.sha256,
        "byte_count": page.byte_count,
        "fetched_at": page.ref.fetched_at,
        "http_status": page.ref.status,
        "outcome": outcome,
        "detail": detail[:2000] if detail else None,
        "article_id": article_id,
        "extractor_version": run.version_of(source_id),
        "position": page.position,
        "run_id": run.run_id,
        "warc_file": warc_file(page.ref, run.raw_store),
        "warc_offset": page.ref.warc_offset,
        "layout_id": keys.layout_id(page.cleaned.layout) if page.cleaned.layout else None,
        "file_stamp": page.ref.file_stamp,
        "page_number": None,
    }


def warc_file(ref: PageRef, raw_store: str | None) -> str | None:
    """Return the WARC file that holds a page: its name alone where it is one of the raw store's,
    which may be moved; else its path.
    """
    if ref.warc_offset is None:
        return None
    folder, _, name = ref.file.rpartition("/")
    return name if folder == raw_store else ref.file


def article_row(page: ProcessedPage, run: RunContext) -> Row:
    """Return the row of `articles`."""
    cleaned, fetched_at = page.cleaned, page.ref.fetched_at
    flags = {*cleaned.flags, *(["entity_explosion"] if is_entity_explosion(page) else [])}
    source_id = source_of(page.ref, cleaned, run.sites)
    return {
        "article_id": keys.article_id(
            own_address(cleaned), cleaned.text, source_id, run.kept_parameters.get(source_id, ())
        ),
        "url": cleaned.url or page.ref.url,
        "canonical_url": cleaned.canonical_url and mask_url(cleaned.canonical_url),
        "site": cleaned.site,
        "source_id": source_id,
        "title": cleaned.title,
        "text": cleaned.text,
        "authors": list(cleaned.authors),
        "published_at": _utc(cleaned.published_at),
        "published_precision": cleaned.published_precision,
        "published_from": cleaned.published_from,
        "modified_at": _utc(cleaned.modified_at),
        "language": cleaned.language,
        "word_count": count_words(cleaned.text),
        "syndicated_from": _origin(cleaned.syndicated_from, run.outlets),
        "story_id": None,
        "flags": sorted(flags),
        "page_id": page.page_id,
        "run_id": run.run_id,
        "extractor_version": run.version_of(source_id),
        "first_seen_at": fetched_at,
        "last_seen_at": fetched_at,
        "copy_id": None,
        "published_on": cleaned.published_on,
        "kind": cleaned.kind,
        "section": cleaned.section,
        "keywords": list(cleaned.keywords),
        "is_free": cleaned.is_free,
        "images": image_list(cleaned.images),
        "corrections": list(cleaned.corrections),
        "syndicated_name": cleaned.syndicated_from,
    }


def _origin(printed: str | None, outlets: Mapping[str, str]) -> str | None:
    """Return the domain or the source that a page means where it says who printed its text first;
    None where it names nobody whom the sources list.
    """
    if not printed or DOMAIN.fullmatch(printed):
        return printed and printed.lower()
    return outlets.get(plain_outlet(printed))


def image_list(images: Sequence[Image]) -> str:
    """Return the images of an article as the JSON of its column `images`."""
    return json.dumps([asdict(image) for image in images], ensure_ascii=False)


def is_entity_explosion(page: ProcessedPage) -> bool:
    """Whether the text names more entities than an article can be about: a page of names, such as
    results or a cast list.
    """
    named = {(m.label, m.name) for m in page.annotations.mentions}
    return len(named) > max(MAX_ENTITIES, len(page.cleaned.text) / CHARACTERS_PER_ENTITY)


def _utc(moment: datetime | None) -> datetime | None:
    """Return `moment` in UTC; None for one that UTC cannot hold (year 1, year 9999)."""
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None


def boilerplate_rows(page: ProcessedPage, article_id: str | None) -> list[Row]:
    """Return one row for each stripped block that holds anything."""
    return [
        {
            "page_id": page.page_id,
            "article_id": article_id,
            "position": position,
            "reason": block.reason,
            "rule": block.rule,
            "text": block.text,
        }
        for position, block in enumerate((b for b in page.cleaned.stripped if b.text.strip()), 1)
    ]


def site_block_rows(page: ProcessedPage, article_id: str) -> list[Row]:
    """Return the paragraphs of the article as the site memory counts them; none where the site is
    unknown or the text another outlet's.
    """
    site, seen_at = page.cleaned.site, page.ref.fetched_at
    found: dict[str, Row] = {}
    for block in page.cleaned.text.split("\n") if site and not page.cleaned.syndicated_from else ():
        if may_repeat(block):
            key = keys.block_id(block)
            found[key] = {
                "site": site,
                "block_id": key,
                "text": block[:MAX_BLOCK_CHARACTERS],
                "state": "counted",
                "judged_count": None,
                "article_ids": [article_id],
                "article_count": 1,
                "first_seen_at": seen_at,
                "last_seen_at": seen_at,
                "block_number": int(key[:15], 16),
            }
    return list(found.values())
