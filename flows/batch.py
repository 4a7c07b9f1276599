"""One batch of pages in one worker process: read, clean, annotate, hold to the contracts, stage. Imports no Prefect, opens no database.

Run as `python -m flows.batch BATCH.json FOLDER`: writes one Parquet file a table into FOLDER and prints a line with the outcome of each
page as it is done, so that whoever started it can show progress and notice silence.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

import trafilatura.meta

from flows.acquire.page import PageRef, UnreadablePageError
from flows.acquire.read import read_page
from flows.annotate import annotate
from flows.annotate.entities import find_mentions
from flows.annotate.model import Annotations
from flows.annotate.recogniser import Recogniser, load_recogniser
from flows.clean import clean_page
from flows.clean.model import Cleaned
from flows.clean.rules import RuleBook, load_rules
from flows.memory import NO_MEMORY, Memory, read_memory, strip_known
from flows.rows import Judgement, RunContext
from flows.staging import stage_pages

PAGE_SECONDS = 60.0
"""Longest time for one page. A 5 MB page takes about 2 s; thirty times that is a page to reject, not to wait for."""


class PageTimeoutError(Exception):
    """A page took longer than PAGE_SECONDS."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages to process, with their places in the run."""

    run: RunContext
    pages: tuple[tuple[int, PageRef], ...]

    def write(self, path: Path) -> None:
        """Write the batch as JSON."""
        body = {"run": asdict(self.run), "pages": [[position, asdict(ref)] for position, ref in self.pages]}
        path.write_text(json.dumps(body, ensure_ascii=False, default=datetime.isoformat), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Batch:
        """Read what `write` wrote."""
        body = json.loads(path.read_text(encoding="utf-8"))
        pages = tuple((n, PageRef(**ref | {"fetched_at": datetime.fromisoformat(ref["fetched_at"])})) for n, ref in body["pages"])
        return cls(RunContext(**body["run"]), pages)


def process_batch(batch: Batch, folder: Path, done: Callable[[str], None] = lambda _: None) -> None:
    """Judge every page of `batch` and write their rows under `folder`; `done` hears the outcome of each page."""
    recognise = load_recogniser(batch.run.recogniser)
    memory, book = read_memory(batch.run.memory_file), load_rules(*map(Path, batch.run.rule_files))
    judged = []
    for position, ref in batch.pages:
        judged.append(judge(ref, position, memory, book, recognise))
        done(judged[-1].cleaned.outcome)
    trafilatura.meta.reset_caches()
    stage_pages(judged, batch.run).write(folder)


def judge(
    ref: PageRef,
    position: int,
    memory: Memory = NO_MEMORY,
    book: RuleBook | None = None,
    recognise: Recogniser = find_mentions,
    *,
    annotated: bool = True,
) -> Judgement:
    """Return what one page is. Never raises: a page that breaks us is rejected and told of, and the other pages go on."""
    sha256, size = None, None
    try:
        with time_limit(PAGE_SECONDS):
            raw = read_page(ref)
            sha256, size = hashlib.sha256(raw.content).hexdigest(), len(raw.content)
            content = raw.content.decode("utf-8") if raw.is_decoded else raw.content
            cleaned = clean_page(
                content, is_html=ref.is_html, url=ref.url, status=ref.status, headers=ref.headers, fetched_at=ref.fetched_at, book=book
            )
            cleaned = strip_known(cleaned, memory)
            found = annotate(cleaned.text, recognise) if annotated and cleaned.outcome == "article" else Annotations()
            return Judgement(ref, position, sha256, size, cleaned, found)
    except UnreadablePageError as error:
        return Judgement(ref, position, None, None, Cleaned("unreadable", str(error)), Annotations())
    except PageTimeoutError:
        detail = f"took longer than {PAGE_SECONDS:g} s"
        return Judgement(ref, position, sha256, size, Cleaned("unreadable", detail), Annotations())
    except Exception as error:  # noqa: BLE001 (the edge of a page: its traceback goes to the quarantine)
        detail = f"{type(error).__name__}: {error}"
        return Judgement(ref, position, sha256, size, Cleaned("unreadable", detail), Annotations(), traceback.format_exc())


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise PageTimeoutError in the body after `seconds`; only a process's main thread can be interrupted, elsewhere there is no limit."""

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


def main(arguments: Sequence[str]) -> int:
    """Process the batch named on the command line."""
    batch_file, folder = arguments
    process_batch(Batch.read(Path(batch_file)), Path(folder), lambda outcome: print(outcome, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
