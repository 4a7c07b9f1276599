"""One page → what it is: read, clean, forget what its site repeats, annotate. Here nothing of one
page may break another.
"""

from __future__ import annotations

import hashlib
import signal
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from flows.acquire.page import PageRef, UnreadablePageError
from flows.acquire.read import read_page
from flows.annotate import annotate
from flows.annotate.model import Annotations
from flows.annotate.recogniser import Recogniser, builtin, load_recogniser
from flows.clean import clean_page
from flows.clean.model import Cleaned
from flows.clean.rules import RuleBook, load_rules
from flows.worker.rows import Judgement, RunContext, source_of
from flows.worker.site_memory import NO_MEMORY, Memory, read_memory, strip_known

PAGE_SECONDS = 60.0
"""Longest time for one page. A 5 MB page takes about 2 s; thirty times that is a page to reject,
not to wait for.
"""


class PageTimeoutError(Exception):
    """A page took longer than PAGE_SECONDS."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What pages are judged with; without any, the house's rules and recogniser. `domains` and
    `homes` map a source's id to its domain and its country, `sites` its domain to its id;
    `own_rules` are the rule files of sources that have some, tried before `rule_files`.
    """

    book: RuleBook | None = None
    memory: Memory = field(default_factory=lambda: NO_MEMORY)
    recognise: Recogniser = builtin
    domains: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    own_rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule_files: tuple[str, ...] = ()
    own_books: dict[str, RuleBook] = field(default_factory=dict)

    @classmethod
    def of(cls, run: RunContext) -> Tools:
        """Return what a run judges with; raises RuleError and RecogniserError where it cannot be
        had.
        """
        domains = {source: domain for domain, source in run.sites.items()}
        book = load_rules(*map(Path, run.rule_files))
        return cls(
            book,
            read_memory(run.memory_file),
            load_recogniser(run.recogniser),
            domains,
            run.sites,
            run.homes,
            run.own_rules,
            run.rule_files,
        )

    def book_of(self, source_id: str | None) -> RuleBook | None:
        """Return the rules for the pages of a source; its own are read when its first page
        comes.
        """
        if not (own := self.own_rules.get(source_id or "")):
            return self.book
        if source_id not in self.own_books:
            self.own_books[source_id or ""] = load_rules(*map(Path, (*own, *self.rule_files)))
        return self.own_books[source_id or ""]


def judge(ref: PageRef, position: int, tools: Tools, *, annotated: bool = True) -> Judgement:
    """Return what one page is. Never raises: a page that breaks us is rejected and told of, and the
    other pages go on.
    """
    sha256, size = None, None
    try:
        with time_limit(PAGE_SECONDS):
            raw = read_page(ref)
            sha256, size = hashlib.sha256(raw.content).hexdigest(), len(raw.content)
            content = raw.content.decode("utf-8") if raw.is_decoded else raw.content
            cleaned = _cleaned(content, ref, tools)
            if not annotated or cleaned.outcome != "article":
                return Judgement(ref, position, sha256, size, cleaned, Annotations())
            home = tools.homes.get(source_of(ref, cleaned, tools.sites))
            found = annotate(cleaned.text, tools.recognise, home, cleaned.language)
            return Judgement(ref, position, sha256, size, cleaned, found)
    except UnreadablePageError as error:
        return Judgement(
            ref, position, None, None, Cleaned("unreadable", str(error)), Annotations()
        )
    except PageTimeoutError:
        detail = f"took longer than {PAGE_SECONDS:g} s"
        return Judgement(ref, position, sha256, size, Cleaned("unreadable", detail), Annotations())
    except Exception as error:  # noqa: BLE001 (the edge of a page: its traceback goes to the quarantine)
        detail = f"{type(error).__name__}: {error}"
        return Judgement(
            ref,
            position,
            sha256,
            size,
            Cleaned("unreadable", detail),
            Annotations(),
            traceback.format_exc(),
        )


def _cleaned(content: bytes | str, ref: PageRef, tools: Tools) -> Cleaned:
    cleaned = _by_rules(content, ref, tools.book_of(ref.source_id))
    source_id = source_of(ref, cleaned, tools.sites)
    if (
        source_id != ref.source_id and source_id in tools.own_rules
    ):  # only the page could tell whose it is
        cleaned = _by_rules(content, ref, tools.book_of(source_id))
    domain = tools.domains.get(ref.source_id or "")
    if domain and not cleaned.url and not cleaned.canonical_url:
        cleaned = replace(cleaned, site=domain)
    return strip_known(cleaned, tools.memory)


def _by_rules(content: bytes | str, ref: PageRef, book: RuleBook | None) -> Cleaned:
    return clean_page(
        content,
        is_html=ref.is_html,
        url=ref.url,
        status=ref.status,
        headers=ref.headers,
        fetched_at=ref.fetched_at,
        book=book,
    )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise PageTimeoutError in the body after `seconds`; only a process's main thread can be
    interrupted, elsewhere there is no limit.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise PageTimeoutError

    try:
        before = signal.signal(signal.SIGALRM, stop)
    except ValueError:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
