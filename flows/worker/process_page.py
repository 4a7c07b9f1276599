"""One page → what it is: read, clean, forget what its site repeats, annotate. Here nothing of one
page may break another.
"""

from __future__ import annotations

import errno
import hashlib
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from flows.acquire.page import PageRef, TooLargePageError, UnreadablePageError
from flows.acquire.read import read_page
from flows.annotate import annotate
from flows.annotate.model import Annotations
from flows.annotate.recogniser import Recogniser, builtin, load_recogniser
from flows.clean import clean_page
from flows.clean.model import Cleaned
from flows.clean.rules import RuleBook, load_rules
from flows.worker.rows import ProcessedPage, RunContext, source_of
from flows.worker.site_memory import NO_MEMORY, Memory, read_memory, strip_known
from flows.worker.size_limits import check_size

PAGE_SECONDS = 60.0
"""Most CPU time for one page. A 5 MB page takes about 2 s; thirty times that is a page to reject,
not to wait for.
"""

MAX_SILENT_SECONDS = 900.0
"""Wall time without a word from a worker after which it is killed. CPU time is what limits a page;
this ends a worker that waits for something that never comes, such as a dead network drive.
"""

GRACE_SECONDS = 5
"""CPU time that code which cannot be interrupted (a C library) may take on top of PAGE_SECONDS
before the kernel ends the process.
"""

PASSING_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EIO, errno.EAGAIN}
)
"""System errors that say nothing of the page: the disk is full, memory or file handles are out."""


MISSING = (404, 410)
"""Statuses of pages that are not there."""


class PageTimeoutError(Exception):
    """A page took more CPU time than it may."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What pages are processed with; by default the builtin rules and recogniser. `domains` and
    `homes` map a source's id to its domain and its country, `sites` its domain to its id;
    `own_rules` are the rule files of sources that have some, tried before `rule_files`; `locate`
    says where a page's file is on this machine.
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
    zones: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    locate: Callable[[PageRef], PageRef] = field(default=lambda ref: ref)

    @classmethod
    def of(cls, run: RunContext) -> Tools:
        """Return what a run processes pages with; raises RuleError and RecogniserError where it
        cannot be had.
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
            zones=run.zones,
            languages=run.languages,
            locate=run.located,
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


def process_page(
    ref: PageRef, position: int, tools: Tools, *, annotated: bool = True
) -> ProcessedPage:
    """Return what one page is. Never raises: a page that breaks us is rejected and reported; the
    other pages go on.
    """
    sha256, size = None, None
    try:
        with time_limit(PAGE_SECONDS):
            raw = read_page(tools.locate(ref))
            sha256, size = hashlib.sha256(raw.content).hexdigest(), len(raw.content)
            check_size(raw.content, is_html=ref.is_html)
            content = raw.content.decode("utf-8") if raw.is_decoded else raw.content
            cleaned = _cleaned(content, ref, tools)
            if not annotated or cleaned.outcome != "article":
                return ProcessedPage(ref, position, sha256, size, cleaned, Annotations())
            home = tools.homes.get(source_of(ref, cleaned, tools.sites))
            found = annotate(cleaned.text, tools.recognise, home, cleaned.language)
            return ProcessedPage(ref, position, sha256, size, cleaned, found)
    except UnreadablePageError as error:
        outcome = "too_large" if isinstance(error, TooLargePageError) else "unreadable"
        cleaned = Cleaned(outcome, str(error))
        return ProcessedPage(ref, position, sha256, size, cleaned, Annotations())
    except PageTimeoutError:
        return _passing(
            ref, position, sha256, size, f"took more than {PAGE_SECONDS:g} s of CPU time"
        )
    except MemoryError:
        return _passing(ref, position, sha256, size, "there was not enough memory")
    except Exception as error:  # noqa: BLE001 (the edge of a page: its traceback goes to the quarantine)
        detail = f"{type(error).__name__}: {error}"
        if isinstance(error, OSError) and error.errno in PASSING_ERRORS:
            return _passing(ref, position, sha256, size, detail)
        return ProcessedPage(
            ref,
            position,
            sha256,
            size,
            Cleaned("unreadable", detail),
            Annotations(),
            traceback.format_exc(),
        )


def _passing(
    ref: PageRef, position: int, sha256: str | None, size: int | None, detail: str
) -> ProcessedPage:
    """Return a page that met trouble which may have passed when the next run tries it again."""
    cleaned = Cleaned("passing_trouble", detail)
    return ProcessedPage(ref, position, sha256, size, cleaned, Annotations())


def ended_by_signal(
    ref: PageRef, position: int, number: int, last_words: str, here: PageRef
) -> ProcessedPage:
    """Return a page whose worker process was ended by signal `number` while it was the only page
    there: out of memory, killed by a person, or a crash in a C library. `here` is the page as this
    machine finds it.
    """
    detail = (
        f"took more than {PAGE_SECONDS:g} s of CPU time"
        if number == signal.SIGXCPU
        else f"its worker was ended by signal {number}"
    )
    try:
        content = read_page(here).content
        sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    except (UnreadablePageError, OSError, MemoryError):
        sha256, size = None, None
    page = _passing(ref, position, sha256, size, detail)
    return replace(page, failure=f"{detail}\n{last_words}")


def _cleaned(content: bytes | str, ref: PageRef, tools: Tools) -> Cleaned:
    likely = source_of(ref, Cleaned("article", url=ref.url), tools.sites)
    cleaned = _by_rules(content, ref, tools, likely)
    source_id = source_of(ref, cleaned, tools.sites)
    is_known = source_id in tools.own_rules or source_id in tools.zones
    if source_id != likely and is_known:  # only the page could tell whose it is
        cleaned = _by_rules(content, ref, tools, source_id)
    domain = tools.domains.get(ref.source_id or "")
    if domain and not cleaned.url and not cleaned.canonical_url:
        cleaned = replace(cleaned, site=domain)
    return strip_known(_honouring_status(cleaned, ref), tools.memory)


def _honouring_status(cleaned: Cleaned, ref: PageRef) -> Cleaned:
    """Reject an error page of an archive, whatever text it has. From the web such a page is never
    an article either: fetching ends with its status.
    """
    status = ref.status or 200
    if cleaned.outcome != "article" or ref.warc_offset is None:
        return cleaned
    if status not in MISSING and status < 500:
        return cleaned
    outcome = "not_found" if status in MISSING else "block_page"
    return replace(cleaned, outcome=outcome, detail=f"stored with HTTP status {status}", text="")


def _by_rules(content: bytes | str, ref: PageRef, tools: Tools, source_id: str) -> Cleaned:
    """Clean a page with the rules, the language and the time zone of its source."""
    return clean_page(
        content,
        is_html=ref.is_html,
        url=ref.url,
        status=ref.status,
        headers=ref.headers,
        fetched_at=ref.fetched_at,
        language=tools.languages.get(source_id),
        timezone=tools.zones.get(source_id),
        book=tools.book_of(source_id),
    )


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise PageTimeoutError in the body after `seconds` of this process's CPU time. Only a
    process's main thread can be interrupted; elsewhere there is no limit.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise PageTimeoutError

    try:
        before = signal.signal(signal.SIGPROF, stop)
    except ValueError:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def limit_process(seconds: float = PAGE_SECONDS + GRACE_SECONDS) -> None:
    """Let the kernel end this process (SIGXCPU) after `seconds` more of CPU time, for code that no
    Python signal handler can interrupt. For processes that do nothing but pages.
    """
    used = time.process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used + seconds) + 1
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
