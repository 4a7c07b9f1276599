"""`newsduck stories`: look at stories, and correct them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import reporter
from flows.report.wordings import distinct_wordings
from flows.settings import Settings
from flows.steps.correct_links import JOINED, merge_stories, split_story, take_back
from warehouse.connect import open_reader, published
from warehouse.errors import WarehouseError
from warehouse.migrate import check_readable
from warehouse.sql import fetch_named

SHOW_EPILOG = """Examples:\n
  newsduck stories show                          the largest stories of the last days\n
  newsduck stories show "sea wall"               stories with these words in a headline\n
  newsduck stories show 3f0c2a9d51b7e864         one story: articles, reasons, wordings"""

SPLIT_EPILOG = """Examples:\n
  newsduck stories split 3f0c2a9d51b7e864 https://tide.example/quay https://courier.example/quay"""

MERGE_EPILOG = """Examples:\n
  newsduck stories merge 3f0c2a9d51b7e864 97a7b84fd848d613"""

UNLINK_EPILOG = """Examples:\n
  newsduck stories unlink copy 5b0483b2beff1ab3 bbdc9b59c2e582d5\n
  newsduck stories unlink wording 255c2a15654b1f57 0969d689cb99900a\n
  newsduck stories unlink narration bbdc9b59c2e582d5/412 0969d689cb99900a"""

MAX_STORIES, MAX_UTTERANCES, MAX_WORDINGS = 15, 3, 4

FOUND = """
    SELECT s.story_id, s.title, s.article_count, s.site_count, s.copy_count, strftime(s.started_at,
        '%Y-%m-%d')
    FROM stories AS s
    WHERE $words IS NULL OR s.story_id = $words OR s.story_id IN (
        SELECT story_id FROM articles WHERE contains(lower(coalesce(title, '')), lower($words)) OR
            $words IN (article_id, url, canonical_url))
    ORDER BY s.site_count DESC, s.article_count DESC, s.last_article_at DESC, s.story_id
    LIMIT $most
"""

ARTICLES = """
    SELECT strftime(coalesce(a.published_at, a.first_seen_at), '%Y-%m-%d'), coalesce(a.site,
        a.source_id), a.title, a.article_id,
           coalesce(round(c.score, 2)::VARCHAR || ' ' || json_extract_string(c.parts, '$.why') ||
               ' ' || c.to_id, ''),
           l.score, l.parts::VARCHAR, coalesce(o.site, o.source_id)
    FROM articles AS a
    LEFT JOIN meta.links AS c ON c.kind = 'copy' AND c.from_id = a.article_id
    LEFT JOIN meta.links AS l ON l.kind = 'story' AND l.from_id = a.article_id
    LEFT JOIN articles AS o ON o.article_id = l.to_id
    WHERE a.story_id = ?
    QUALIFY row_number() OVER (PARTITION BY a.article_id ORDER BY l.score DESC) = 1
    ORDER BY coalesce(a.published_at, a.first_seen_at), a.article_id
"""

SAID = """
    SELECT u.utterance_id, u.text, e.name, u.article_count, u.wording_count
    FROM utterances AS u
    LEFT JOIN entities AS e ON e.entity_id = u.speaker_entity_id
    WHERE u.story_id = ? AND u.article_count > 1
    ORDER BY u.article_count DESC, u.wording_count DESC, u.utterance_id
    LIMIT ?
"""

MARKED: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "same": lambda words: (words, ""),
    "gone": lambda words: (f"[-{words}-]", "red strike"),
    "new": lambda words: (f"{{+{words}+}}", "green"),
}
"""How words of a wording are printed, and in which style, by how they differ."""

WORDED = """
    SELECT site, wording, other_site, other_wording, speaker FROM wordings
    WHERE utterance_id = ? ORDER BY site, other_site, wording, other_wording
"""


def register(app: typer.Typer) -> None:
    """Add the verb and its own four."""
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Show stories and why articles belong to them; split and merge them.",
    )
    verbs.command("show", epilog=SHOW_EPILOG)(show)
    verbs.command("split", epilog=SPLIT_EPILOG)(split)
    verbs.command("merge", epilog=MERGE_EPILOG)(merge)
    verbs.command("unlink", epilog=UNLINK_EPILOG)(unlink)
    app.add_typer(verbs, name="stories")


def show(
    words: Annotated[
        str | None,
        typer.Argument(help="Key of a story, words of a headline, or an article's URL."),
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Show stories. If one is found: its articles with the reasons, and what they quote in
    common.
    """
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    console = screen()
    with open_reader(path) as connection:
        check_readable(connection)
        found = connection.execute(FOUND, {"words": words, "most": MAX_STORIES}).fetchall()
        if not found:
            raise WarehouseError(f"no story in {path} has {words!r} in a headline, key or URL.")
        if len(found) == 1 and words is not None:
            _show(console, connection, found[0])
            return
        table = Table("story", "title", "articles", "outlets", "copies", "since", box=None)
        for key, title, articles, sites, copies, since in found:
            table.add_row(key, escape(title or ""), str(articles), str(sites), str(copies), since)
        console.print(table)


def _show(console: Console, connection: duckdb.DuckDBPyConnection, story: Any) -> None:
    key, title, articles, sites, copies, since = story
    console.print(
        f"{key}  {title or 'no headline'}\n  {articles} articles of {sites} outlets, {copies} "
        f"copies, since {since}",
        markup=False,
        soft_wrap=True,
    )
    table = Table("  day", "outlet", "headline", "article", "copy of", "joined because", box=None)
    for day, site, headline, article, copy, score, parts, other in connection.execute(
        ARTICLES, [key]
    ).fetchall():
        why = "" if score is None else f"{score:.2f} like {other}: {_parts(parts)}"
        table.add_row(
            f"  {day}", escape(site), escape(headline or ""), article, escape(copy), escape(why)
        )
    console.print(table)
    for utterance, text, speaker, count, wordings in connection.execute(
        SAID, [key, MAX_UTTERANCES]
    ).fetchall():
        console.print(
            f"  “{text}” {speaker or 'nobody named'}: {count} articles, {wordings} wordings",
            markup=False,
            soft_wrap=True,
        )
        rows = fetch_named(connection.execute(WORDED, [utterance]))
        for wording in distinct_wordings(rows)[:MAX_WORDINGS]:
            console.print(_worded(wording["sites"], wording["words"]), soft_wrap=True)


def _worded(sites: Sequence[str], words: Sequence[tuple[str, str]]) -> Text:
    """Return one wording with its outlets; what it lacks of the most printed one and what it has
    besides stands in colours and between marks: `[-gone-]`, `{+new+}`.
    """
    line = Text("    ").append(", ".join(sites), "bold").append(": ")
    for n, (kind, part) in enumerate(words):
        line.append(" " if n else "").append(*MARKED[kind](part))
    return line


def _parts(parts: str) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in json.loads(parts).items() if value)


def split(
    story: Annotated[str, typer.Argument(metavar="STORY_ID", help="Key, as `show` prints it.")],
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Keys or URLs of its articles.")
    ],
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Take articles out of a story, into one of their own, and publish. They are never joined to
    the rest again, unless `merge` says so.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    target = chosen.warehouse
    fresh = split_story(target, story, articles, chosen.lock_timeout, reporter().say)
    screen().print(f"Split: {len(articles)} articles of {story} are story {fresh}.")


def merge(
    stories: Annotated[
        list[str], typer.Argument(metavar="STORY_ID...", help="Keys of two stories or more.")
    ],
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Make several stories one, and publish. The oldest key stays; linking keeps them together."""
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    kept = merge_stories(chosen.warehouse, stories, chosen.lock_timeout, reporter().say)
    screen().print(f"Merged: {' and '.join(stories)} are story {kept}.")


def unlink(
    kind: Annotated[str, typer.Argument(help="copy, wording or narration.")],
    one: Annotated[str, typer.Argument(metavar="FROM_ID", help="from_id in meta.links.")],
    other: Annotated[str, typer.Argument(metavar="TO_ID", help="to_id in meta.links.")],
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Take back a link between two articles (copy), between two quotations (wording), or between
    words of an article and a quotation (narration), and publish. It is never made again.
    """
    if kind not in JOINED:
        raise typer.BadParameter(f"{kind!r} must be {', '.join(JOINED)}", param_hint="KIND")
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    take_back(chosen.warehouse, kind, one, other, chosen.lock_timeout, reporter().say)
    screen().print(f"Taken back: {one} and {other} are no {kind}.")
