"""Writes messages: what is wrong, where, since when, and what to do. Values in, Markdown out."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flows.alert.secrets import masked
from warehouse.check import RECENT_DAYS
from warehouse.sql import quoted

News = Mapping[str, Any]
"""One event with its incident: a row of `warehouse/messages/waiting.sql`, `urls` (article id → URL)
added.
"""

BARS: Final = "▁▂▃▄▅▆▇█"

SPARK_VALUES = 14
"""Values of a sparkline: two weeks of days."""

SHOWN_EXAMPLES = 3
"""Examples of a message: the rest stand in meta.incidents."""

EXCERPT_CHARACTERS = 200
"""How much of an example is shown."""

TOLD_IN_FULL = 10
"""Incidents of one message that are told in full; of the others it says what and where."""

TOLD: Final = {"source_id", "dimension", "observed", "expected"}
"""Columns of an example that the message has told already."""

VERBS: Final = {"opened": "opened", "resolved": "resolved", "reminder": "still open"}


def sparkline(values: Sequence[float | None]) -> str:
    """Return the last 14 values as bars, the least one the lowest; empty for fewer than three. What
    is no number is left out.
    """
    shown = [v for v in values if v is not None and math.isfinite(v)][-SPARK_VALUES:]
    if len(shown) < 3:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return BARS[0] * len(shown)
    return "".join(BARS[round((v - low) / (high - low) * (len(BARS) - 1))] for v in shown)


def title(news: Sequence[News], *, is_digest: bool = False) -> str:
    """Return the first line: the trouble itself where there is one, else how many of which kind."""
    if len(news) == 1:
        return f"newsduck: {_headline(news[0])}"[:300]
    counts = Counter(VERBS[n["event"]] for n in news)
    counted = ", ".join(f"{counts[verb]} {verb}" for verb in VERBS.values() if counts[verb])
    return f"newsduck{' digest' if is_digest else ''}: {counted}"


def body(news: Sequence[News], key: str, zone: ZoneInfo, runbook: str) -> str:
    """Return the message: each incident in full, from the eleventh on in a line; logins in URLs
    masked.

    `key` is the message's id; who gets a message twice sees the same. Times are shown in `zone`.
    """
    parts = [_section(n, zone, runbook) for n in news[:TOLD_IN_FULL]]
    if rest := news[TOLD_IN_FULL:]:
        parts.append(
            "\n".join(
                [
                    "**And:**",
                    *(
                        f"- {_headline(n)} (`newsduck incidents show {n['incident_id']}`)"
                        for n in rest
                    ),
                ]
            )
        )
    return masked("\n\n".join([*parts, f"`message {key}`"]))


def _where(news: News) -> str:
    return " · ".join(
        part for part in (news["check_name"], news["source_id"], news["dimension"]) if part
    )


def _headline(news: News) -> str:
    grave = (
        ""
        if news["event"] == "resolved"
        else f" ({'error' if news['severity'] == 'fail' else 'warning'})"
    )
    return f"{VERBS[news['event']]}{grave}: {_where(news)}"


def _section(news: News, zone: ZoneInfo, runbook: str) -> str:
    lines = [f"**{_headline(news)}**"]
    if news["event"] == "resolved":
        return "\n".join(
            [
                *lines,
                f"- since {_time(news['opened_at'], zone)}, over since {_time(news['resolved_at'], zone)}",
            ]
        )
    if news["doc"]:
        lines.append(f"should hold: {news['doc']}")
    lines += [f"- {line}" for line in _facts(news, zone, runbook) if line]
    if news["query"]:
        lines += ["- to reproduce, with `newsduck sql`:", "", "```sql", reproduction(news), "```"]
    return "\n".join(lines)


def _facts(news: News, zone: ZoneInfo, runbook: str) -> list[str]:
    times = news["failure_count"]
    failures = "one failure, in" if times == 1 else f"{times} failures, the last in"
    since = f"since {_time(news['opened_at'], zone)}, {failures} run {news['last_run_id']}"
    over = f", over since {_time(news['resolved_at'], zone)}" if news["state"] == "resolved" else ""
    found = news["observed"] if news["observed"] is not None else f"{news['row_count']} rows"
    spark = sparkline(
        json.loads(news["history"]) if news["history"] else news["observed_before"] or []
    )
    flaps = "flapping: its third opening within a week; it ends when nothing failed for a day, and you hear no more until then"
    count = news["follower_count"]
    key = news["incident_id"]
    return [
        since + over,
        f"observed {_number(found)}"
        + (f", expected {news['expected']}" if news["expected"] else "")
        + (f"  {spark}" if spark else ""),
        f"likely cause: {cause}" if (cause := _cause(news)) else "",
        *_examples(news),
        f"{count} {'incident follows' if count == 1 else 'incidents follow'} from it, silent meanwhile"
        if count
        else "",
        flaps if news["is_flapping"] else "",
        ""
        if news["run_state"] != "failed"
        else "the run was rolled back: its rows are in its folder, not in the warehouse",
        f"what to do: {runbook}#{news['runbook']}" if news["runbook"] else "",
        f"`newsduck incidents show {key}` · `newsduck incidents ack {key}` · `newsduck incidents snooze {key} --for 2d`",
    ]


def _cause(news: News) -> str:
    said = [news["cause"]] if news["cause"] else []
    if news["pages"]:
        said.append(f"pages of that run: {news['pages']}")
    if news["new_version"]:
        said.append(f"the run was the first with extractor {news['new_version']}")
    return "; ".join(said)


def _examples(news: News) -> list[str]:
    """The first few offending rows, each with its URL where one is known."""
    lines = []
    for example in json.loads(news["examples"] or "[]")[:SHOWN_EXAMPLES]:
        url = example.get("url") or news.get("urls", {}).get(example.get("article_id"))
        rest = ", ".join(
            f"{name} {value}"
            for name, value in example.items()
            if name not in TOLD and value not in (None, "", "None", url)
        )
        excerpt = rest.replace("`", "'").replace("\n", " ")[:EXCERPT_CHARACTERS]
        lines.append(f"example: {f'{url} ' if url and url != 'None' else ''}`{excerpt}`")
    return lines


def reproduction(news: News) -> str:
    """Return SQL that shows the trouble in the warehouse: the check's query over the run's rows, of
    the source alone where it tells them apart; a monitor's query as it is.
    """
    query = str(news["query"]).strip().rstrip(";")
    if not query.startswith("-- severity:"):
        return query
    only = (
        ""
        if news["run_state"] in (None, "failed") or " at rest" in news["check_name"]
        else f" WHERE run_id = '{news['last_run_id']}'"
    )
    views = [
        f"checked_articles AS (FROM articles{only})",
        f"checked_pages AS (FROM meta.pages{only})",
        f"checked_ids AS (SELECT article_id FROM articles{only})",
        f"recent_articles AS (FROM articles WHERE last_seen_at > (SELECT max(last_seen_at) FROM articles) - INTERVAL {RECENT_DAYS} DAY)",
    ]
    statement = "\n".join(line for line in query.splitlines() if not line.startswith("--"))
    laid = ", ".join(view for view in views if view.split(" ", 1)[0] in statement)
    keys = {
        name: news[name]
        for name in ("source_id", "dimension")
        if news[name] and news["dimension"] != "many sources"
    }
    mine = " AND ".join(f"{name} = {quoted(value)}" for name, value in keys.items())
    return f"{f'WITH {laid}' if laid else ''}\nSELECT * FROM (\n{statement}\n){f' WHERE {mine}' if mine else ''};".strip()


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M %Z}" if moment else "?"
