"""Writes the state of all sources in a few lines of Markdown, for Prefect."""

from __future__ import annotations

from flows.report.read import Health
from flows.report.words import STATE_WORDS, counted, moment, number
from schemas import Row

MAX_LINES = 10
"""Most sources and incidents that are named; the others are counted. `newsduck report` shows all.
"""


def brief(health: Health) -> str:
    """Return what is wrong at present: sources that are not well, open incidents, outcomes of the
    last run's pages.
    """
    return "\n\n".join((_sources(health), _incidents(health), _run(health)))


def _sources(health: Health) -> str:
    troubled = health.in_state("failing", "late", "warned")
    head = (
        f"**{counted(len(health.sources), 'source')} at {moment(health.moment)} UTC, "
        f"{len(troubled)} not well**"
    )
    if not troubled:
        return head
    lines = [
        f"| {_plain(s.source_id)} | {STATE_WORDS[s.state]} | {moment(s.last_at)} | "
        f"{number(s.expected_since)} |"
        for s in troubled[:MAX_LINES]
    ]
    table = [
        "| source | state | last article | expected since |",
        "| --- | --- | --- | ---: |",
        *lines,
    ]
    return "\n".join((f"{head}\n", *table)) + _more(len(troubled))


def _incidents(health: Health) -> str:
    found = health.open_incidents
    head = f"**{counted(len(found), 'open incident')}**"
    return (
        "\n".join((head, *(f"- {_incident(i)}" for i in found[:MAX_LINES]))) + _more(len(found))
        if found
        else head
    )


def _incident(i: Row) -> str:
    where = " · ".join(
        _plain(part) for part in (i["check_name"], i["source_id"], i["dimension"]) if part
    )
    found = number(i["observed"]) if i["observed"] is not None else counted(i["row_count"], "row")
    expected = f", expected {_plain(i['expected'])}" if i["expected"] else ""
    grave = i["severity"]
    return (
        f"{grave}: {where}, since {moment(i['opened_at'])}, observed {found}{expected} "
        f"(`newsduck incidents show {i['incident_id']}`)"
    )


def _run(health: Health) -> str:
    if not health.runs:
        return "**No run yet**"
    run = health.runs[0]
    ends = ", ".join(
        f"{run[f'{end}_count']:,} {end}" for end in ("loaded", "unchanged", "duplicate", "rejected")
    )
    quarantined = counted(run["quarantined_count"], "row")
    return (
        f"**Last run {run['run_id']}: {run['state']}**, "
        f"{counted(run['page_count'], 'page')}: {ends}; {quarantined} quarantined"
    )


def _more(count: int) -> str:
    return f"\n\nand {count - MAX_LINES} more" if count > MAX_LINES else ""


def _plain(text: str) -> str:
    """Return the text in one line, without characters that are markup in Markdown or HTML."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{c}" if c in "\\`*_[]|#~" else c for c in flat)[:300]
