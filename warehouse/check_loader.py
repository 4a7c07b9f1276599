"""Reads the checks: `.sql` files that return the offending rows. The comment lines at a file's head
say

    -- severity: fail | warn       the first line: fail stops publishing, warn does not
    -- What must hold.             the second line
    -- scope: row | batch | table | source      what it judges: single rows, a run, whole tables, a source over time
    -- runbook: ANCHOR             section of deploy/RUNBOOK.md that says what to do
    -- owner: NAME                 who hears of it; data unless said
    -- setting: NAME = NUMBER (why that number)      a threshold, `$NAME` in the query; `[checks.FILE]` in newsduck.toml changes it
    -- unit: WORD                  what `observed` counts, such as articles; share: 0 to 1, shown in per cent
    -- flag: WORD                  the articles it returns are flagged with this word; see `flagging.py`

How the queries are run, and what columns mean what, stands in `check.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.checks import SCOPES, SEVERITIES
from warehouse.sql import SqlFile, read_folder

HEAD_KEY = re.compile(r"([a-z_]+):\s*(.*)")

SETTING = re.compile(r"([a-z_]+) = (-?\d+(?:\.\d+)?) \((.+)\)")

SINGLE_KEYS = {"scope", "runbook", "owner", "flag", "unit"}

Thresholds = Mapping[str, Mapping[str, float]]
"""Thresholds that the operator has set, by check and name."""


class ThresholdError(Exception):
    """The operator set a threshold that no check has; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `name` is its file's, `doc` what must hold, `query` returns the rows for which it
    does not.

    A monitor written in Python makes its own; its `query` shows what it looked at. `runbook` is an
    anchor in deploy/RUNBOOK.md. The query's thresholds are filled in; `settings` holds them by
    name. Articles that it returns get the `flag`, where there is one.
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


def read_check(file: SqlFile, chosen: Mapping[str, float] | None = None) -> Check:
    """Return the check of one file with its thresholds filled in, those of `chosen` before the
    file's own.

    Raises ValueError where its head lacks something or has a key or word that is not known,
    ThresholdError where `chosen` has one that the file has not.
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
            f"checks/{file.name}.sql must begin with '-- severity: fail' or '-- severity: warn', then a line that says what must hold"
        )
    said = [
        (key.group(1), key.group(2).strip()) for line in rest if (key := HEAD_KEY.fullmatch(line))
    ]
    keys = dict(said)
    doc = " ".join(line for line in rest if not HEAD_KEY.fullmatch(line))
    if unknown := keys.keys() - SINGLE_KEYS - {"setting"}:
        known = ", ".join(sorted(SINGLE_KEYS | {"setting"}))
        raise ValueError(
            f"checks/{file.name}.sql: its head has the unknown key {min(unknown)!r}; known are {known}"
        )
    if keys.get("scope") not in SCOPES:
        raise ValueError(
            f"checks/{file.name}.sql: its head needs a line '-- scope: {' | '.join(SCOPES)}'"
        )
    if not keys.get("runbook"):
        raise ValueError(
            f"checks/{file.name}.sql: its head needs a line '-- runbook: ANCHOR', a section of deploy/RUNBOOK.md"
        )
    settings = dict(_setting(file, text) for key, text in said if key == "setting")
    if wrong := (chosen or {}).keys() - settings.keys():
        raise ThresholdError(
            f"the check {file.name} has no setting {min(wrong)!r}; it has {', '.join(settings) or 'none'}"
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
        keys["runbook"],
        keys.get("owner") or "data",
        keys.get("flag"),
        settings,
        keys.get("unit") or ("share" if keys.get("flag") else None),
    )


def _setting(file: SqlFile, text: str) -> tuple[str, float]:
    found = SETTING.fullmatch(text)
    if found is None:
        raise ValueError(
            f"checks/{file.name}.sql: a setting reads '-- setting: name = number (why that number)', not {text!r}"
        )
    return found[1], float(found[2])


def all_checks(thresholds: Thresholds | None = None) -> tuple[Check, ...]:
    """Return the checks that ship, in order of name; raises ThresholdError where `thresholds` names
    what is not there.
    """
    files = {file.name: file for file in read_folder("checks")}
    if wrong := (thresholds or {}).keys() - files.keys():
        raise ThresholdError(
            f"there is no check {min(wrong)!r} to set thresholds of; there are {', '.join(files)}"
        )
    return tuple(read_check(file, (thresholds or {}).get(name)) for name, file in files.items())
