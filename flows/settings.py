"""The settings: defaults, then `newsduck.toml` in the current folder, then NEWSDUCK_… variables,
then options of the command.
"""

from __future__ import annotations

import os
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.acquire.web.settings import FetchSettings
from flows.alert.settings import AlertSettings
from flows.config.fields import Cron, TimeZone
from flows.config.validation import wrongs
from flows.watch.settings import MonitorSettings
from warehouse.errors import WarehouseError
from warehouse.homes.address import WarehouseAddress, read_address


def _address(given: object) -> object:
    """Read the address of a warehouse; what is none is left to pydantic."""
    try:
        return read_address(given) if isinstance(given, str | Path) else given
    except WarehouseError as error:
        raise ValueError(str(error)) from error


def _place(given: object) -> object:
    """Return a folder's path; the address of an object store stays as it is."""
    return Path(given) if isinstance(given, str) and "://" not in given else given


class SettingsError(Exception):
    """Raised for a wrong setting; the message names it."""


class EntitySettings(BaseModel):
    """How entities are found and told apart: `[entities]` in `newsduck.toml`, NEWSDUCK_ENTITIES__…
    as variables.
    """

    model_config = ConfigDict(extra="forbid")

    recogniser: str = Field(
        default="builtin", description="who finds them: builtin, or spacy:PIPELINE"
    )
    aliases: Path | None = Field(
        default=None, description="alias file: names that are one entity, and names that are not"
    )


class DaskSettings(BaseModel):
    """The Dask cluster that processes batches with `task_runner = "dask"`: `[dask]` in
    `newsduck.toml`, NEWSDUCK_DASK__… as variables.
    """

    model_config = ConfigDict(extra="forbid")

    address: str | None = Field(
        default=None,
        description="the scheduler's address, tcp://host:8786; without one a local cluster starts",
    )
    shared: str | None = Field(
        default=None,
        description="folder of an object store, such as s3://bucket/newsduck, over which batches"
        " and rows travel; without one all machines must see the same files",
    )


class ServeSettings(BaseModel):
    """Schedules of `newsduck serve`: `[serve]` in `newsduck.toml`, NEWSDUCK_SERVE__… as
    variables.
    """

    model_config = ConfigDict(extra="forbid")

    ingest: Cron = Field(
        default="*/15 * * * *",
        description="when sources are asked; each may have a schedule of its own in sources.yml",
    )
    monitor: Cron = Field(
        default="5 * * * *",
        description="when sources are watched; a silence is only seen by somebody who looks",
    )
    retention: Cron = Field(
        default="40 4 * * *",
        description="when what is older than the section retention keeps is taken away",
    )
    maintain: Cron = Field(
        default="40 3 * * *",
        description="when a DuckLake is tidied; a DuckDB file needs none of it",
    )
    timezone: TimeZone = Field(default="UTC", description="zone of these times")


Days = Annotated[int, Field(ge=30, le=36_500)]
"""Monitors compare with some weeks before, so nothing goes sooner."""

RetainedTable = Literal[
    "articles",
    "article_versions",
    "meta.checks",
    "meta.fetches",
    "meta.incidents",
    "meta.messages",
    "meta.metrics",
    "meta.pages",
    "meta.quarantine",
    "meta.watch_hits",
]


class RetentionSettings(BaseModel):
    """How long things are kept: `[retention]` in `newsduck.toml`, NEWSDUCK_RETENTION__… as
    variables. What is not set is kept for good.
    """

    model_config = ConfigDict(extra="forbid")

    tables: dict[RetainedTable, Days] = Field(
        default_factory=dict,
        description="days that rows are kept, by table; articles are erased everywhere, counted"
        " from when they were first seen",
    )
    raw_days: Days | None = Field(
        default=None,
        description="days that files of the raw store are kept; older pages cannot be processed"
        " again",
    )
    run_folder_days: int | None = Field(
        default=None, ge=0, description="days after which run folders go, even those of kept_runs"
    )


class Settings(BaseSettings):
    """What an operator may set. Unknown keys in `newsduck.toml` are refused."""

    model_config = SettingsConfigDict(
        env_prefix="NEWSDUCK_", env_nested_delimiter="__", toml_file="newsduck.toml", extra="forbid"
    )

    warehouse: Annotated[WarehouseAddress, BeforeValidator(_address)] = Field(
        default=Path("newsduck.duckdb"),
        description="the DuckDB file that runs write; or a DuckLake: ducklake:FILE, or "
        "ducklake:postgres:dbname=… host=…",
    )
    data_path: str | None = Field(
        default=None,
        description="where a new DuckLake puts its Parquet files: a folder, or s3://BUCKET/FOLDER;"
        " beside a catalog file unless set",
    )
    snapshot_days: float = Field(
        default=7.0,
        ge=0,
        description="days whose states a DuckLake keeps for `sql --as-of`; maintain lets older ones"
        " go",
    )
    sources: Path | None = Field(default=None, description="sources.yml")
    rules: tuple[Path, ...] = Field(
        default=(), description="rule files of your own, tried before the builtin ones"
    )
    entities: EntitySettings = EntitySettings()
    fetch: FetchSettings = FetchSettings()
    alerts: AlertSettings = AlertSettings()
    monitor: MonitorSettings = MonitorSettings()
    serve: ServeSettings = ServeSettings()
    retention: RetentionSettings = RetentionSettings()
    checks: dict[str, dict[str, float]] = Field(
        default_factory=dict,
        description="thresholds of checks: [checks.NAME] with a line a setting",
    )
    prefect: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="whether `newsduck ingest` runs as a Prefect flow; auto: if a server is "
        "configured"
        " and answers",
    )
    watches: Path | None = Field(
        default=None,
        description="watches.yml: topics; a new story that matches is a message to its owner",
    )
    checks_folder: Path | None = Field(
        default=None,
        description="folder of checks of your own, SQL files with the heads of those that ship",
    )
    publish_minutes: float = Field(
        default=0.0,
        ge=0,
        description="how old the published copy must be before ingest makes it anew; bounds how"
        " often a big file is copied",
    )
    batch_size: int = Field(
        default=200,
        ge=1,
        le=10_000,
        description="pages a batch: about five seconds of work, ten times a worker's start",
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=256,
        description="worker processes; one a core",
    )
    task_runner: Literal["threads", "dask"] = Field(
        default="threads",
        description="where batches are processed: on this machine, or on a Dask cluster",
    )
    dask: DaskSettings = DaskSettings()
    lock_timeout: float = Field(
        default=60.0, ge=0, description="seconds to wait for another writer"
    )
    site_memory: bool = Field(
        default=True, description="strip blocks that recur in a site's different articles"
    )
    allow_outside: bool = Field(
        default=False,
        description="read the files that a manifest names outside its own folder",
    )
    raw_store: Annotated[Path | str | None, BeforeValidator(_place)] = Field(
        default=None,
        description="folder for pages as fetched (WARC), or s3://BUCKET/FOLDER; beside the "
        "warehouse unless set",
    )
    raw_file_mb: int = Field(
        default=1000,
        ge=1,
        le=100_000,
        description="size in MB at which a file of the raw store is full",
    )
    kept_runs: int = Field(default=3, ge=0, description="run folders kept for looking into")

    @model_validator(mode="after")
    def _with_data_path(self) -> Self:
        """Let the lake's address say where its files go."""
        self.warehouse = read_address(self.warehouse, self.data_path)
        return self

    @classmethod
    def with_options(cls, **given: Any) -> Settings:
        """Return the settings with the options `given`, where they are not None, on top.
        `recogniser` and `aliases` belong to the entities.

        Raises SettingsError where the file, a variable or an option is wrong.
        """
        options = {name: value for name, value in given.items() if value is not None}
        if entities := {
            name: options.pop(name) for name in EntitySettings.model_fields if name in options
        }:
            options["entities"] = entities
        try:
            return cls(**options)
        except ValidationError as errors:
            raise SettingsError(
                f"settings (options, NEWSDUCK_ variables, newsduck.toml): {wrongs(errors)}"
            ) from errors
        except TOMLDecodeError as error:
            raise SettingsError(f"newsduck.toml is no TOML: {error}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the origins of settings, the strongest first."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
