"""A run under way: what was asked, what was found and fetched, and where its files stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from flows.acquire.page import PageRef
from flows.acquire.sources import Source
from flows.annotate.recogniser import BUILTIN
from flows.link.copies.original import plain_outlet
from flows.steps.kept_open import KeptOpen
from flows.steps.request import Request
from flows.steps.run_frame import new_run_id
from flows.steps.web_request import Fetches, WebRequest
from flows.version import extractor_version, with_own_rules
from flows.worker.rows import RunContext
from schemas import URLS, Row
from warehouse.check_views import SourceBounds
from warehouse.connect import runs_folder
from warehouse.load import RunFacts


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way, holding the warehouse's run lock. `folder` is where its batches and staged
    rows stand.

    `web` is what is still to be fetched, `fetches` what was. `refs` are its pages that are not
    loaded; `early_count` pages are loaded already. `kept` opens the warehouse for the steps before
    pages are processed.
    """

    request: Request
    context: RunContext
    started_at: datetime
    refs: tuple[PageRef, ...]
    folder: Path
    kept: KeptOpen
    flow: str = "ingest"
    web: WebRequest = field(default_factory=WebRequest)
    fetches: Fetches = field(default_factory=Fetches)
    bounds: tuple[SourceBounds, ...] = ()
    sources: tuple[Row, ...] = ()
    early_count: int = 0

    @property
    def stage(self) -> Path:
        """Where the staged rows stand, a folder a batch."""
        return self.folder / "stage"

    @property
    def memory_context(self) -> RunContext:
        """The run that cleans loaded articles again; its id says whose it is."""
        return replace(self.context, run_id=f"{self.context.run_id}-memory")

    @property
    def memory_folder(self) -> Path:
        """Where that run's batches and staged rows stand."""
        return self.folder / "memory"

    @property
    def ahead_folder(self) -> Path:
        """Where results stand of pages that were processed while others were fetched."""
        return self.folder / "ahead"

    @property
    def facts(self) -> RunFacts:
        """What the loader must know."""
        return RunFacts(
            self.context.run_id,
            self.flow,
            self.started_at,
            self.context.extractor_version,
            self.page_count,
            self.request.thresholds,
            self.bounds,
            self.sources,
            self.request.run_url,
            self.request.checks_folder,
            is_continued=self.early_count > 0,
        )

    @property
    def identity(self) -> Sequence[Row]:
        """Rows of `meta.urls`, not loaded yet, that say which parameters tell articles apart."""
        return (self.fetches.rows or {}).get(URLS.name, ())

    @property
    def page_count(self) -> int:
        """Pages that the ledger must account for: those loaded already, those to read, and those
        that could not be fetched.
        """
        return self.early_count + len(self.refs) + len(self.fetches.failed)


def new_run(
    request: Request,
    refs: tuple[PageRef, ...],
    sources: tuple[Source, ...],
    folder: Path | None = None,
) -> Run:
    """Return a run that begins now; its folder stands in `folder`, beside the warehouse unless
    given.
    """
    started_at = datetime.now(UTC)
    run_id = new_run_id(started_at)
    home = (folder or runs_folder(request.warehouse)) / run_id
    memory_file = str((home / "memory.json").resolve()) if request.site_memory else None
    version = extractor_version(request.rule_files) + ("" if request.site_memory else "-no-memory")
    version += "" if request.recogniser == BUILTIN else f"-{request.recogniser}"
    rule_files = tuple(str(file.resolve()) for file in request.rule_files)
    sites = {source.site: source.id for source in sources}
    homes = {source.id: source.country for source in sources if source.country}
    own = own_rules(sources, request.sources_file)
    context = RunContext(
        run_id,
        version,
        sites,
        memory_file,
        rule_files,
        request.recogniser,
        homes,
        raw_store=str(request.raw_folder),
        own_rules=own,
        own_versions={
            source_id: with_own_rules(version, files) for source_id, files in own.items()
        },
        zones={source.id: source.timezone for source in sources if source.timezone},
        languages={source.id: source.language for source in sources if source.language},
        outlets=outlet_names(sources),
    )
    return Run(request, context, started_at, refs, home, KeptOpen(request))


def source_rows(sources: Iterable[Source]) -> tuple[Row, ...]:
    """Return the sources as rows of the table `sources`."""
    return tuple(
        {
            "source_id": source.id,
            "name": source.name,
            "site": source.site,
            "country": source.country,
            "language": source.language,
            "owner": source.owner,
            "tier": source.tier,
            "timezone": source.timezone,
            "is_enabled": source.enabled,
        }
        for source in sources
    )


def outlet_names(sources: Iterable[Source]) -> dict[str, str]:
    """Return the ids of the sources by their names, and by their ids read as names, as
    `plain_outlet` gives them; a name that two sources share is left out.
    """
    found: dict[str, set[str]] = {}
    for source in sources:
        for name in (source.name, source.id):
            found.setdefault(plain_outlet(name), set()).add(source.id)
    return {name: ids.pop() for name, ids in found.items() if name and len(ids) == 1}


def own_rules(sources: Iterable[Source], sources_file: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the rule files of the sources that have rules of their own, by source."""
    base = sources_file.parent if sources_file else Path()
    return {
        source.id: tuple(str((base / file).resolve()) for file in source.rules)
        for source in sources
        if source.rules
    }
