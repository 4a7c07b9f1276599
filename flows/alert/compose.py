"""Writes messages: what is wrong, where, since when, and what to do. Values in, Markdown out.

Everything that comes from pages (addresses, titles, causes) is escaped: see `escape`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flows.alert.event import IncidentEvent, Symptom
from flows.alert.secrets import MASK, masked
from warehouse.amounts import amount
from warehouse.check import given_columns
from warehouse.check_views import RECENT_DAYS, named_mentions, named_quotes
from warehouse.sql import quoted

BARS: Final = "▁▂▃▄▅▆▇█"

MAX_SPARK_VALUES = 14
"""Values of a sparkline: two weeks of days."""

MAX_EXAMPLES = 3
"""Examples of a message: the rest stand in meta.incidents."""

MAX_EXCERPT = 200
"""Characters of an example that are shown."""

MAX_IN_FULL = 10
"""Incidents that one message describes in full; of the others it says what and where."""

VERBS: Final = {"opened": "opened", "resolved": "resolved", "reminder": "still open"}

TWINS: Final = str.maketrans(
    {"\\": "＼", "`": "'", "*": "＊", "[": "［", "]": "］"}
    | {"<": "＜", ">": "＞", "@": "＠", "|": "｜"}
)
"""Characters that are markup or call people in some chat or mail service, and what replaces them:
their full-width twins, which no service acts on."""

SAFE_IN_URL = ":/?#&=+,;%~-._$'!"


def escape(text: str) -> str:
    """Return `text` on one line, harmless in Markdown, HTML, chat services and terminals; logins
    masked. Characters that are not seen (controls, marks of direction, joiners) are left out.
    """
    line = " ".join(masked(text).split()).translate(TWINS)
    line = "".join(character for character in line if character.isprintable())
    login = f"{MASK}@"
    return line.replace(login.translate(TWINS), login)


def escape_url(url: str) -> str:
    """Return an address that stays a link but is no markup; what is no web address is escaped."""
    if not url.startswith(("http://", "https://")):
        return escape(url)
    login = f"{MASK}@"
    return quote(masked(url), safe=SAFE_IN_URL).replace(quote(login, safe=""), login)


def sparkline(values: Sequence[float | None]) -> str:
    """Return the last 14 values as bars, the least one the lowest; empty for fewer than three.

    Values that are no number are left out.
    """
    shown = [v for v in values if v is not None and math.isfinite(v)][-MAX_SPARK_VALUES:]
    if len(shown) < 3:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return BARS[0] * len(shown)
    return "".join(BARS[round((v - low) / (high - low) * (len(BARS) - 1))] for v in shown)


def title(events: Sequence[IncidentEvent], *, is_digest: bool = False) -> str:
    """Return the first line: the trouble itself where there is one, else how many of which kind."""
    if len(events) == 1:
        return f"newsduck: {_headline(events[0])}"[:300]
    counts = Counter(VERBS[event.event] for event in events)
    counted = ", ".join(f"{counts[verb]} {verb}" for verb in VERBS.values() if counts[verb])
    return f"newsduck{' digest' if is_digest else ''}: {counted}"


def body(events: Sequence[IncidentEvent], key: str, zone: ZoneInfo, runbook: str) -> str:
    """Return the message: ten incidents in full, the others in a line each.

    `key` is the message's id: who gets a message twice sees the same one. Times are shown in
    `zone`. Logins in addresses are masked.
    """
    parts = [_section(event, zone, runbook) for event in events[:MAX_IN_FULL]]
    if rest := events[MAX_IN_FULL:]:
        shorter = [f"- {_headline(e)} (`newsduck incidents show {e.incident_id}`)" for e in rest]
        parts.append("\n".join(["**And:**", *shorter]))
    return masked("\n\n".join([*parts, f"`message {key}`"]))


def _where(event: IncidentEvent) -> str:
    parts = (event.check_name, event.source_id, event.dimension)
    return " · ".join(escape(part) for part in parts if part)


def _headline(event: IncidentEvent) -> str:
    severity = "" if event.event == "resolved" else f" ({event.severity})"
    is_over = event.event == "opened" and event.state == "resolved"
    verb = "opened and over" if is_over else VERBS[event.event]
    return f"{verb}{severity}: {_where(event)}"


def _section(event: IncidentEvent, zone: ZoneInfo, runbook: str) -> str:
    lines = [f"**{_headline(event)}**"]
    if event.event == "resolved":
        since, over = _time(event.opened_at, zone), _time(event.resolved_at, zone)
        return "\n".join([*lines, f"- since {since}, over since {over}"])
    if event.doc:
        lines.append(f"should hold: {event.doc}")
    lines += [f"- {line}" for line in _facts(event, zone, runbook) if line]
    if event.query:
        lines += ["- to reproduce, with `newsduck sql`:", "", "```sql", reproduction(event), "```"]
    return "\n".join(lines)


def _facts(event: IncidentEvent, zone: ZoneInfo, runbook: str) -> list[str]:
    key, run = event.incident_id, event.last_run_id
    return [
        _since(event, zone),
        _observed(event),
        f"likely cause: {cause}" if (cause := _cause(event)) else "",
        *(f"symptom: {_symptom(symptom)}" for symptom in event.symptoms),
        *_examples(event),
        _followers(event.follower_count),
        "flapping: its third opening within a week; it ends when nothing failed for a day, and you "
        "hear no more until then"
        if event.is_flapping
        else "",
        "the run was rolled back: its rows are in its folder, not in the warehouse"
        if event.run_state == "failed"
        else "",
        f"run: {event.run_url}" if event.run_url else f"run: {run}",
        _what_to_do(event, runbook),
        f"`newsduck incidents show {key}` · `newsduck incidents ack {key}` · "
        f"`newsduck incidents snooze {key} --for 2d`",
    ]


def _what_to_do(event: IncidentEvent, runbook: str) -> str:
    """Return where the runbook entry stands; a check of one's own may name a page of its own."""
    if not event.runbook:
        return ""
    is_page = event.runbook.startswith(("http://", "https://"))
    if not runbook and not is_page:
        return f"what to do: `newsduck runbook {event.runbook}`"
    return f"what to do: {event.runbook if is_page else f'{runbook}#{event.runbook}'}"


def _since(event: IncidentEvent, zone: ZoneInfo) -> str:
    times = event.failure_count
    failures = "one failure, in" if times == 1 else f"{times} failures, the last in"
    since = f"since {_time(event.opened_at, zone)}, {failures} run {event.last_run_id}"
    if event.state != "resolved":
        return since
    return f"{since}, over since {_time(event.resolved_at, zone)}"


def _observed(event: IncidentEvent) -> str:
    if event.observed is None:
        found = amount(event.row_count, "rows")
    else:
        found = amount(event.observed, event.unit)
    expected = f", expected {escape(event.expected)}" if event.expected else ""
    spark = sparkline(event.history)
    return f"observed {found}{expected}{f'  {spark}' if spark else ''}"


def _symptom(symptom: Symptom) -> str:
    name = " · ".join(escape(part) for part in (symptom.check_name, symptom.dimension) if part)
    if symptom.observed is None:
        return name
    expected = f", expected {escape(symptom.expected)}" if symptom.expected else ""
    return f"{name}: {amount(symptom.observed, symptom.unit)}{expected}"


def _followers(count: int) -> str:
    if not count:
        return ""
    incidents = "incident follows" if count == 1 else "incidents follow"
    return f"{count} {incidents} from it, silent meanwhile"


def _cause(event: IncidentEvent) -> str:
    parts = [escape(event.cause)] if event.cause else []
    if event.pages:
        parts.append(f"pages of that run: {escape(event.pages)}")
    if event.new_version:
        parts.append(f"the run was the first with extractor {event.new_version}")
    return "; ".join(parts)


def _examples(event: IncidentEvent) -> list[str]:
    """Return the first few offending rows, each with its address where one is known."""
    lines = []
    given = given_columns(event.source_id)
    for example in event.examples[:MAX_EXAMPLES]:
        url = example.get("url") or event.urls.get(example.get("article_id", ""))
        rest = ", ".join(
            f"{name} {value}"
            for name, value in example.items()
            if name not in given and value not in (None, "", "None", url)
        )
        excerpt = escape(rest)[:MAX_EXCERPT]
        shown = f"{escape_url(url)} " if url and url != "None" else ""
        lines.append(f"example: {shown}`{excerpt}`")
    return lines


def reproduction(event: IncidentEvent) -> str:
    """Return SQL that shows the event's trouble in the warehouse."""
    is_over_all = event.run_state in (None, "failed")
    return reproduce(
        str(event.query),
        event.check_name,
        event.source_id,
        event.dimension,
        None if is_over_all else event.last_run_id,
    )


def reproduce(
    query: str, check_name: str, source_id: str | None, dimension: str | None, run_id: str | None
) -> str:
    """Return SQL that shows a check's trouble: its query over the rows of one run (None: all rows).

    A check that tells sources apart is asked of the source alone. A monitor's query stands by
    itself and is returned as it is.
    """
    statement = query.strip().rstrip(";")
    if not statement.startswith("-- severity:"):
        return f"{statement};"
    is_whole = run_id is None or " at rest" in check_name
    only = "" if is_whole else f" WHERE run_id = {quoted(run_id)}"
    of_run = f" WHERE article_id IN (SELECT article_id FROM articles{only})" if only else ""
    views = [
        f"checked_articles AS (FROM articles{only})",
        f"checked_pages AS (FROM meta.pages{only})",
        f"checked_ids AS (SELECT article_id FROM articles{only})",
        f"checked_quotes AS ({named_quotes('meta.quote_rows')}{of_run})",
        f"checked_mentions AS ({named_mentions('meta.mention_rows')}{of_run})",
        f"checked_boilerplate AS (FROM boilerplate{of_run})",
        f"checked_article_versions AS (FROM article_versions{of_run})",
        "checked_present AS (SELECT article_id, story_id FROM articles)",
        "checked_missing AS (SELECT article_id FROM (SELECT article_id FROM meta.links UNION "
        "SELECT other_article_id FROM meta.links UNION SELECT article_id FROM meta.article_facts "
        "UNION SELECT article_id FROM narrations) ANTI JOIN articles USING (article_id))",
        "checked_facts AS (SELECT article_id FROM meta.article_facts)",
        "checked_utterances AS (SELECT utterance_id FROM utterances)",
        "checked_entities AS (SELECT entity_id FROM entities)",
        "checked_names AS (FROM meta.entity_names)",
        "checked_entity_links AS (FROM meta.entity_links)",
        "recent_facts AS (FROM meta.article_facts WHERE last_seen_at > "
        f"(SELECT least(max(last_seen_at), now()) FROM articles) - INTERVAL {RECENT_DAYS} DAY)",
        "recent_articles AS (FROM articles WHERE last_seen_at > "
        f"(SELECT least(max(last_seen_at), now()) FROM articles) - INTERVAL {RECENT_DAYS} DAY)",
        "source_bounds AS (SELECT NULL::VARCHAR AS source_id, NULL::BIGINT AS least, "
        "NULL::BIGINT AS most)",
    ]
    statement = "\n".join(line for line in statement.splitlines() if not line.startswith("--"))
    laid = ", ".join(view for view in views if view.split(" ", 1)[0] in statement)
    is_one = dimension != "many sources"
    keys = {"source_id": source_id, "dimension": dimension} if is_one else {}
    mine = " AND ".join(f"{name} = {_literal(value)}" for name, value in keys.items() if value)
    start = f"WITH {laid}\n" if laid else ""
    return f"{start}SELECT * FROM (\n{statement}\n){f' WHERE {mine}' if mine else ''};"


def _literal(text: str) -> str:
    """Return `text` as a SQL string that ends no code block: as its bytes where something in it is
    markup or not seen.
    """
    if all(c.isprintable() and ord(c) not in TWINS for c in text):
        return quoted(text)
    return f"decode(from_hex('{text.encode().hex()}'))"


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M %Z}" if moment else "?"
