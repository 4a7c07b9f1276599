"""Watches: topics that people want to hear of. A new story that matches is told once, not each
copy.

watches:
  - name: harbour works
    owner: desk                       # [alerts.owners.desk]; data unless set
    query: '"northern quay" counci*'  # all words; a phrase in double quotes; * for any letters
  - name: the minister
    speaker: Ileana Dragnea           # somebody of this name is quoted
    source: copperfinch               # a source id or a site
  - name: the shipyard
    entity: Ostrander Marine          # the entity is named

All conditions of an entry must hold. Only the articles of the present run are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
from pydantic import BaseModel, ConfigDict, Field, model_validator

from flows.alert.compose import escape, escape_url
from flows.alert.settings import DEFAULT_OWNER, AlertSettings
from flows.config.errors import InputError
from flows.config.validation import read_entries
from warehouse.search import PHRASE
from warehouse.words import FOLDED, has_words, words_of

MAX_SHOWN = 20
"""Stories that one message names; of the others it gives the number."""


class Watch(BaseModel):
    """One topic; the module's docstring says what the keys mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=200)
    owner: str = DEFAULT_OWNER
    query: str | None = None
    entity: str | None = None
    speaker: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Watch:
        if not (self.entity or self.speaker or self.source or self.words):
            raise ValueError("give at least one of query, entity, speaker, source")
        return self

    @property
    def words(self) -> list[str]:
        """The words and phrases of the query."""
        phrases = [" ".join(phrase.split()) for phrase in PHRASE.findall(self.query or "")]
        return [p for p in phrases if words_of(p)] + words_of(PHRASE.sub(" ", self.query or ""))


def read_watches(path: Path) -> tuple[Watch, ...]:
    """Return the watches of a file, in order; raises InputError with the line of what is wrong."""
    found: dict[str, Watch] = {}
    for entry in read_entries(path, "watches"):
        watch = entry.held_to(Watch)
        if watch.name in found:
            raise InputError(
                f"{path}, line {entry.line}: the name {watch.name!r} is taken already."
            )
        found[watch.name] = watch
    return tuple(found.values())


def record_hits(
    connection: duckdb.DuckDBPyConnection, watches: Sequence[Watch], run_id: str, now: datetime
) -> int:
    """Write a row for each new story among the run's articles that matches; return how many.

    A story of which any article matched before is not new. An article outside of stories is one by
    itself. The caller has no transaction open.
    """
    count = 0
    for watch in watches:
        where, values = _conditions(watch)
        rows = connection.execute(
            f"""
            INSERT INTO meta.watch_hits
            SELECT $watch, $owner, article_id, $now, NULL FROM (
                SELECT a.article_id, coalesce(a.story_id, a.article_id) AS story
                FROM articles AS a
                WHERE a.run_id = $run_id {where}
                QUALIFY row_number() OVER (PARTITION BY story ORDER BY a.first_seen_at,
                    a.article_id) = 1
            ) WHERE story NOT IN (
                SELECT coalesce(b.story_id, b.article_id)
                FROM meta.watch_hits AS h JOIN articles AS b ON b.article_id = h.article_id
                WHERE h.watch = $watch)
            """,
            {"watch": watch.name, "owner": watch.owner, "now": now, "run_id": run_id, **values},
        ).fetchone()
        count += rows[0] if rows else 0
    return count


def _conditions(watch: Watch) -> tuple[str, dict[str, object]]:
    body, values, parts = FOLDED.format("concat_ws(' ', a.title, a.text)"), dict[str, object](), []
    for n, word in enumerate(watch.words):
        parts.append(has_words(body, f"word{n}"))
        values[f"word{n}"] = word
    if watch.source:
        parts.append("$source IN (a.source_id, a.site)")
        values["source"] = watch.source
    if watch.entity:
        parts.append(
            "a.article_id IN (SELECT m.article_id FROM mentions AS m JOIN entities AS e "
            f"ON e.entity_id = m.entity_id WHERE {FOLDED.format('e.name')} = "
            f"{FOLDED.format('$entity')} "
            f"OR list_contains(list_transform(e.aliases, lambda x: {FOLDED.format('x')}), "
            f"{FOLDED.format('$entity')}))"
        )
        values["entity"] = watch.entity
    if watch.speaker:
        names = FOLDED.format("concat_ws(' ', q.speaker, e.name)")
        parts.append(
            "a.article_id IN (SELECT q.article_id FROM quotes AS q LEFT JOIN entities AS e "
            f"ON e.entity_id = q.speaker_entity_id WHERE {has_words(names, 'speaker')})"
        )
        values["speaker"] = watch.speaker
    return "".join(f" AND {part}" for part in parts), values


def waiting_hits(
    connection: duckdb.DuckDBPyConnection, alerts: AlertSettings, now: datetime
) -> dict[str, tuple[str, list[str]]]:
    """Return the message text and the articles of the hits that go out now, by owner.

    Hits wait while the owner has quiet hours.
    """
    rows = connection.execute(
        """
        SELECT h.owner, h.watch, h.article_id, coalesce(s.title, a.title), coalesce(a.site,
            a.source_id),
            coalesce(a.url, a.canonical_url), coalesce(s.site_count, 1)
        FROM meta.watch_hits AS h
        JOIN articles AS a ON a.article_id = h.article_id
        LEFT JOIN stories AS s ON s.story_id = a.story_id
        WHERE h.message_id IS NULL
        ORDER BY h.owner, h.watch, h.matched_at, h.article_id
        """
    ).fetchall()
    by_owner: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for owner, *rest in rows:
        if not alerts.owner(owner).is_quiet(now):
            by_owner[owner].append(tuple(rest))
    return {owner: (_text(hits), [hit[1] for hit in hits]) for owner, hits in by_owner.items()}


def _text(hits: Sequence[tuple[str, ...]]) -> str:
    lines = []
    for watch, _, title, site, url, site_count in hits[:MAX_SHOWN]:
        outlets = f", {site_count} outlets" if int(site_count) > 1 else ""
        address = f" {escape_url(url)}" if url else ""
        lines.append(
            f"- **{escape(watch)}**: {escape(title or '(no title)')} "
            f"({escape(site)}{outlets}){address}"
        )
    if len(hits) > MAX_SHOWN:
        lines.append(f"- and {len(hits) - MAX_SHOWN} more: `FROM meta.watch_hits`")
    return "\n".join(lines)
