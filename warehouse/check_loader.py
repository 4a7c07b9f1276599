"""Reads the checks: `.sql` files that return the offending rows. The comment lines at a file's head
say

    -- severity: fail | warn       the first line: fail stops publishing, warn does not
    -- What must hold.             the second line
    -- scope: row | batch | table | source
                                what it judges: rows, a run, tables, a source over time
    -- runbook: ANCHOR             section of deploy/RUNBOOK.md that says what to do
    -- owner: NAME                 who hears of it; data unless said
    -- setting: NAME = NUMBER (why that number)
                                a threshold, `$NAME` in the query; `[checks.FILE]` in
                                newsduck.toml changes it
    -- unit: WORD               what `observed` counts, such as articles; share: 0 to 1, shown
                                in per cent
    -- flag: WORD               the articles it returns get this flag; see `flagging.py`

How the queries are run, and what columns mean what, stands in `check.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from schemas.checks import SCOPES, SEVERITIES
from warehouse.errors import WarehouseError
from warehouse.sql import SqlFile, read_folder

HEAD_KEY = re.compile(r"([a-z_]+):\s*(.*)")

SETTING = re.compile(r"([a-z_]+) = (-?\d+(?:\.\d+)?) \((.+)\)")

SINGLE_KEYS = {"scope", "runbook", "owner", "flag", "unit"}

Thresholds = Mapping[str, Mapping[str, float]]
"""The operator's thresholds, by check and name."""


class ThresholdError(Exception):
    """Raised for a threshold that no check has; the message lists those that exist."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `name` is the name of its file, `doc` says what must hold, `query` returns the
    offending rows.

    Monitors written in Python have a `query` that shows what they looked at. `runbook` is a section
    of deploy/RUNBOOK.md. Thresholds are filled into the query; `settings` holds them by name.
    Articles that the query returns get the `flag`, if any. `unit` is what `observed` counts;
    `share` means 0 to 1. `own_file` is the file of a check of the operator's own.
    """

    name: str
    severity: str
    doc: str
    query: str
    scope: str = "table"
    runbook: str = ""
    owner: str = "data"
    flag: str | None = None
    settings: Mapping[str, float] = field(default_factory=dict)
    unit: str | None = None
    own_file: str | None = None


def read_check(
    file: SqlFile, chosen: Mapping[str, float] | None = None, *, needs_runbook: bool = True
) -> Check:
    """Return the check of one file with its thresholds filled in; those of `chosen` replace the
    file's own.

    Raises ValueError where its head lacks a line or has an unknown key or word, ThresholdError
    where `chosen` has a name that the file lacks.
    """
    first, *rest = file.head or ("",)
    severity = first.removeprefix("severity:").strip()
    if (
        severity not in SEVERITIES
        or not first.startswith("severity:")
        or not rest
        or HEAD_KEY.fullmatch(rest[0])
    ):
        raise ValueError(
            f"checks/{file.name}.sql must begin with '-- severity: fail' or '-- severity: "
            "warn', then a line that says what must hold"
        )
    said = [
        (key.group(1), key.group(2).strip()) for line in rest if (key := HEAD_KEY.fullmatch(line))
    ]
    keys = dict(said)
    doc = " ".join(line for line in rest if not HEAD_KEY.fullmatch(line))
    if unknown := keys.keys() - SINGLE_KEYS - {"setting"}:
        known = ", ".join(sorted(SINGLE_KEYS | {"setting"}))
        raise ValueError(
            f"checks/{file.name}.sql: its head has the unknown key {min(unknown)!r}; known are "
            f"{known}"
        )
    if keys.get("scope") not in SCOPES:
        raise ValueError(
            f"checks/{file.name}.sql: its head needs a line '-- scope: {' | '.join(SCOPES)}'"
        )
    if needs_runbook and not keys.get("runbook"):
        raise ValueError(
            f"checks/{file.name}.sql: its head needs a line '-- runbook: ANCHOR', a section of "
            "deploy/RUNBOOK.md"
        )
    settings = dict(_setting(file, text) for key, text in said if key == "setting")
    if wrong := (chosen or {}).keys() - settings.keys():
        raise ThresholdError(
            f"the check {file.name} has no setting {min(wrong)!r}; it has "
            f"{', '.join(settings) or 'none'}"
        )
    settings |= chosen or {}
    query = re.sub(
        r"\$([a-z_]+)", lambda name: f"{settings[name[1]]:g}", file.text.rstrip().rstrip(";")
    )
    return Check(
        file.name,
        severity,
        doc,
        query,
        keys["scope"],
        keys.get("runbook", ""),
        keys.get("owner") or "data",
        keys.get("flag"),
        settings,
        keys.get("unit") or ("share" if keys.get("flag") else None),
    )


def _setting(file: SqlFile, text: str) -> tuple[str, float]:
    found = SETTING.fullmatch(text)
    if found is None:
        raise ValueError(
            f"checks/{file.name}.sql: a setting reads '-- setting: name = number (why that "
            f"number)', not {text!r}"
        )
    return found[1], float(found[2])


class OwnCheckError(WarehouseError):
    """A check in the operator's own folder is wrong; the message names the file and the fault."""


def all_checks(
    thresholds: Thresholds | None = None, own_folder: Path | None = None
) -> tuple[Check, ...]:
    """Return the checks that ship and those of the operator's own folder, in order of name.

    Raises ThresholdError where `thresholds` names a check or setting that does not exist,
    OwnCheckError where a file of `own_folder` is wrong or takes the name of a check that ships.
    """
    files = {file.name: file for file in read_folder("checks")}
    own = {file.name: file for file in _own_files(own_folder)} if own_folder else {}
    if taken := files.keys() & own.keys():
        raise OwnCheckError(f"{own_folder}/{min(taken)}.sql: newsduck has a check of that name.")
    if wrong := (thresholds or {}).keys() - files.keys() - own.keys():
        known = ", ".join(sorted(files | own))
        raise ThresholdError(
            f"there is no check {min(wrong)!r} to set thresholds of; there are {known}"
        )
    chosen = thresholds or {}
    shipped = [read_check(file, chosen.get(name)) for name, file in files.items()]
    added = [_read_own(file, chosen.get(name), own_folder) for name, file in own.items()]
    return tuple(sorted([*shipped, *added], key=lambda check: check.name))


def _own_files(folder: Path) -> list[SqlFile]:
    if not folder.is_dir():
        raise OwnCheckError(f"{folder}: there is no such folder (setting checks_folder).")
    return [SqlFile(path.stem, _read_text(path)) for path in sorted(folder.glob("*.sql"))]


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OwnCheckError(f"{path} cannot be read as UTF-8 text: {error}") from error


def _read_own(file: SqlFile, chosen: Mapping[str, float] | None, folder: Path | None) -> Check:
    place = f"{folder}/{file.name}.sql"
    try:
        check = read_check(file, chosen, needs_runbook=False)
        return replace(check, query=_one_query(check.query, place), own_file=place)
    except ValueError as error:
        raise OwnCheckError(f"{folder}/{str(error).removeprefix('checks/')}") from error
    except KeyError as error:
        raise OwnCheckError(
            f"{place}: its query uses ${error.args[0]}, which no setting line gives."
        ) from error


def _one_query(text: str, place: str) -> str:
    """Return the one query of a file, without the semicolon and what follows it."""
    try:
        statements = duckdb.connect().extract_statements(text)
    except duckdb.Error as error:
        raise OwnCheckError(f"{place} cannot run: {error}") from error
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise OwnCheckError(f"{place} must hold one query (SELECT, WITH or FROM) and no more.")
    written = text.encode()
    ends = (at for at, _ in duckdb.tokenize(text) if written[at : at + 1] == b";")
    # a comment may stand at its end: what closes around the query begins a new line
    return written[: next(ends, None)].decode().rstrip() + "\n"
