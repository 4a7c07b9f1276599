"""What somebody asks of a run, as the command and the flows pass it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from flows.acquire.raw.files import RawFiles
from flows.acquire.web.settings import FetchSettings
from flows.alert.settings import AlertSettings
from flows.alert.watches import Watch, read_watches
from flows.annotate.recogniser import BUILTIN
from flows.resolution.alias_file import read_aliases
from flows.settings import DaskSettings, Settings
from schemas import Row
from warehouse.check_loader import Thresholds
from warehouse.connect import WarehouseAddress, raw_folder


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for. `inputs` are paths, globs, manifests and addresses; none means what
    the sources list.

    `raw_store` None is the folder beside the warehouse, text the address of an object store
    (s3://…); `raw_file_limit` is in bytes.
    `run_url` is where Prefect shows the run.
    """

    inputs: tuple[str, ...]
    sources_file: Path | None
    warehouse: WarehouseAddress
    lock_timeout: float
    batch_size: int
    workers: int
    kept_runs: int
    site_memory: bool = True
    rule_files: tuple[Path, ...] = ()
    recogniser: str = BUILTIN
    aliases_file: Path | None = None
    alerts: AlertSettings = field(default_factory=AlertSettings)
    thresholds: Thresholds = field(default_factory=dict)
    fetching: FetchSettings = field(default_factory=FetchSettings)
    raw_store: Path | str | None = None
    raw_file_limit: int = 1_000_000_000
    allow_outside: bool = False
    run_url: str | None = None
    checks_folder: Path | None = None
    watches_file: Path | None = None
    publish_minutes: float = 0.0
    dask: DaskSettings | None = None

    @property
    def raw_folder(self) -> Path:
        """Where pages are kept as fetched, or written before an object store has them."""
        own = self.raw_store if isinstance(self.raw_store, Path) else None
        return (own or raw_folder(self.warehouse)).resolve()

    @property
    def raw_files(self) -> RawFiles:
        """The files of the raw store."""
        address = self.raw_store if isinstance(self.raw_store, str) else None
        return RawFiles(self.raw_folder, address)

    @classmethod
    def of(cls, inputs: Iterable[str], settings: Settings) -> Request:
        """Return the request for `inputs` under `settings`."""
        s = settings
        return cls(
            tuple(inputs),
            s.sources,
            s.warehouse,
            s.lock_timeout,
            s.batch_size,
            s.workers,
            s.kept_runs,
            s.site_memory,
            s.rules,
            s.entities.recogniser,
            s.entities.aliases,
            s.alerts,
            s.checks,
            s.fetch,
            s.raw_store,
            s.raw_file_mb * 1_000_000,
            s.allow_outside,
            checks_folder=s.checks_folder,
            watches_file=s.watches,
            publish_minutes=s.publish_minutes,
            dask=s.dask if s.task_runner == "dask" else None,
        )

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches of the watches file; none without one. Raises InputError."""
        return read_watches(self.watches_file) if self.watches_file else ()

    def aliases(self) -> tuple[Row, ...] | None:
        """What the alias file says; None without one. Raises InputError where it is wrong."""
        return read_aliases(self.aliases_file) if self.aliases_file else None
