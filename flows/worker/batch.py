"""One batch of pages in one worker process: read, clean, annotate, hold to the contracts, stage.
Imports no Prefect, opens no database.

Writes one Parquet file a table into the batch's folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flows.acquire.page import PageRef
from flows.worker.ahead import find_result
from flows.worker.process_page import Tools, limit_process, process_page
from flows.worker.rows import RunContext
from flows.worker.validate import stage_pages


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages to process, with their places in the run."""

    run: RunContext
    pages: tuple[tuple[int, PageRef], ...]

    def write(self, path: Path) -> None:
        """Write the batch as JSON."""
        body = {
            "run": asdict(self.run),
            "pages": [[position, asdict(ref)] for position, ref in self.pages],
        }
        path.write_text(
            # ASCII alone: the bytes of a file's name need not be text
            json.dumps(body, default=datetime.isoformat),
            encoding="ascii",
        )

    def files(self) -> set[str]:
        """Return the files that processing the batch reads."""
        return self.run.files() | {ref.file for _, ref in self.pages if ref.problem is None}

    @classmethod
    def read(cls, path: Path) -> Batch:
        """Read what `write` wrote."""
        body = json.loads(path.read_text(encoding="utf-8"))
        pages = tuple(
            (n, PageRef(**ref | {"fetched_at": datetime.fromisoformat(ref["fetched_at"])}))
            for n, ref in body["pages"]
        )
        return cls(RunContext(**body["run"]), pages)


def process_batch(
    batch: Batch,
    folder: Path,
    done: Callable[[str], None] = lambda _: None,
    *,
    is_own_process: bool = False,
) -> None:
    """Process every page of `batch` and write their rows under `folder`; `done` hears the outcome
    of each page.
    """
    tools, processed = Tools.of(batch.run), []
    ahead = Path(batch.run.ahead_folder) if batch.run.ahead_folder else None
    for position, ref in batch.pages:
        if is_own_process:
            limit_process()
        page = find_result(ahead, ref, position) if ahead else None
        processed.append(page or process_page(ref, position, tools))
        done(processed[-1].cleaned.outcome)
    if is_own_process:
        limit_process()
    stage_pages(processed, batch.run).write(folder)
