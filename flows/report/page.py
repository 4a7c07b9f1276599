"""Fills the page with words, tables and drawings. The template escapes everything that comes from
pages.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markdown import markdown
from markupsafe import Markup

from flows.config.runbook import sections
from flows.report.charts import days_chart, outcomes_chart, reasons_chart, source_charts
from flows.report.days import DayCount
from flows.report.read import OVER, Report
from flows.report.wordings import distinct_wordings
from flows.report.words import STATE_WORDS, ago, counted, in_words, moment, number
from schemas import Row
from warehouse.amounts import amount
from warehouse.check import given_columns

MAX_CHARTS = 60
"""Most sources with a small chart, the worst first: the page stays under 2 MB. The table has all.
"""

MAX_ROWS = 40
"""Most rows of a long table; the page says how many are left out."""

EXCERPT = 300
"""Characters of an example that are shown."""


def render(report: Report) -> str:
    """Return the page as HTML."""
    page = _environment().get_template("page.html.j2")
    health = report.health
    days = [f"{health.since + timedelta(days=n):%Y-%m-%d}" for n in range(health.days)]
    with_days = [s for s in health.sources if s.days]
    reasons = _by_reason(report.stripped)
    open_incidents, symptoms_of = _by_cause(health.incidents)
    outcomes = Counter[str]()
    for row in report.outcomes:
        outcomes[row["outcome"]] += row["page_count"]
    return page.render(
        report=report,
        health=health,
        style=Markup(_read("page.css")),
        total_chart=days_chart(health.total) if _is_worth(health.total) else None,
        total_words=in_words(health.total),
        source_charts=source_charts(with_days[:MAX_CHARTS]) if with_days else [],
        uncharted_count=max(0, len(with_days) - MAX_CHARTS),
        outcomes=outcomes,
        outcomes_chart=outcomes_chart(report.outcomes, days) if report.outcomes else None,
        reasons=reasons,
        reasons_chart=reasons_chart(reasons) if reasons else None,
        stripped=_by_source(report.stripped, {s.source_id: s.new_count for s in health.sources}),
        open_incidents=open_incidents,
        symptoms_of=symptoms_of,
        pending_incidents=[i for i in health.incidents if i["state"] == "pending"],
        past_incidents=[i for i in health.incidents if i["state"] == "resolved"],
        waiting_count=sum(row["waiting_count"] for row in report.quarantine),
        most_rows=MAX_ROWS,
        stories=_with_wordings(report.stories, report.wordings),
        runbook=(entries := _runbook(health.incidents)),
        runbook_anchors={anchor for anchor, _, _ in entries},
        run_ids={run["run_id"] for run in health.runs},
        source_numbers={s.source_id: n for n, s in enumerate(health.sources, 2)},
        state_words=STATE_WORDS,
    )


def _by_cause(incidents: Sequence[Row]) -> tuple[list[Row], dict[str, list[Row]]]:
    """Return the open incidents that follow from no other one, and what follows from each, by id.

    What follows from one that is over or pending stands by itself.
    """
    present = {i["incident_id"]: i for i in incidents if i["state"] not in OVER}
    symptoms: dict[str, list[Row]] = defaultdict(list)
    causes = []
    for incident in present.values():
        if incident["parent_id"] in present:
            symptoms[incident["parent_id"]].append(incident)
        else:
            causes.append(incident)
    return causes, symptoms


def _with_wordings(stories: Sequence[Row], wordings: Sequence[Row]) -> list[Row]:
    """Return each story with the wordings of its most repeated sentence, by outlet."""
    by_story: dict[str, list[Row]] = defaultdict(list)
    for row in wordings:
        by_story[row["story_id"]].append(row)
    return [
        story | {"wordings": distinct_wordings(by_story[story["story_id"]])} for story in stories
    ]


def _runbook(incidents: Sequence[Row]) -> list[tuple[str, str, Markup]]:
    """Return the runbook's sections that these incidents name: anchor, heading, HTML."""
    named = {incident["runbook"] for incident in incidents}
    return [
        (anchor, heading, Markup(markdown(text, extensions=["fenced_code", "tables"])))
        for anchor, (heading, text) in sections().items()
        if anchor in named
    ]


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "moment": moment,
        "number": number,
        "words": in_words,
        "examples": examples,
        "address": web_address,
        "amount": amount,
        "ago": ago,
        "counted": counted,
        "share": lambda part, whole: f"{part / whole:.0%}" if whole else "",
    }
    return environment


def _read(name: str) -> str:
    return files("flows.report").joinpath(name).read_text(encoding="utf-8")


def _is_worth(days: Sequence[DayCount]) -> bool:
    return any(d.seen or d.expected for d in days)


def examples(text: str | None, source_id: str | None) -> list[Row]:
    """Return the first three examples of an incident, each as its `url` (or None) and the other
    values in one line, without what the incident itself gives.
    """
    found = []
    left_out = {"url", *given_columns(source_id)}
    for row in json.loads(text or "[]")[:3]:
        values = row if isinstance(row, dict) else {"": row}
        rest = ", ".join(
            f"{name}: {value}" if name else f"{value}"
            for name, value in values.items()
            if name not in left_out and value is not None
        )
        found.append(
            {
                "url": values.get("url"),
                "rest": rest if len(rest) <= EXCERPT else f"{rest[:EXCERPT]}…",
            }
        )
    return found


def web_address(url: Any) -> str | None:
    """Return the address if it is http or https, else None: no page may put a script behind a
    link.
    """
    try:
        return str(url) if urlsplit(str(url)).scheme in ("http", "https") else None
    except ValueError:
        return None


def _by_reason(stripped: Sequence[Row]) -> dict[str, int]:
    counts = Counter[str]()
    for row in stripped:
        counts[row["reason"]] += row["block_count"]
    return dict(counts.most_common())


def _by_source(stripped: Sequence[Row], articles: dict[str, int]) -> list[Row]:
    """Return one row a source: blocks, blocks an article, and every reason with its blocks, most
    first.
    """
    reasons: dict[str, dict[str, int]] = defaultdict(dict)
    for row in stripped:
        reasons[row["source_id"]][row["reason"]] = row["block_count"]
    rows = [
        {
            "source_id": name,
            "articles": articles.get(name, 0),
            "blocks": sum(counts.values()),
            "reasons": counts,
        }
        for name, counts in reasons.items()
    ]
    return sorted(rows, key=lambda r: (-r["blocks"] / max(1, r["articles"]), r["source_id"]))
