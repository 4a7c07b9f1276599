"""`newsduck entities`: look at an entity and its names, and undo a merge."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.link.keys import entity_id
from flows.progress import reporter
from flows.settings import Settings
from flows.steps.unmerge import undo
from schemas.entities import LABELS
from warehouse.connect import open_reader, published
from warehouse.errors import WarehouseError
from warehouse.migrate import check_readable

SHOW_EPILOG = """Examples:\n
  newsduck entities show "Marta Quilliam"\n
  newsduck entities show Quilliam --warehouse news.duckdb"""

UNDO_EPILOG = """Examples:\n
  newsduck entities undo 3f0c2a9d51b7e864\n
  newsduck entities undo 3f0c2a9d51b7e864 --name "M. Quilliam" """


def register(app: typer.Typer) -> None:
    """Add `entities` with its two commands."""
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Show an entity and its names, or undo the merges of names into it.",
    )
    verbs.command("show", epilog=SHOW_EPILOG)(show)
    verbs.command("undo", epilog=UNDO_EPILOG)(undo_merges)
    app.add_typer(verbs, name="entities")


def show(
    name: Annotated[str, typer.Argument(help="A name or an alias, in full.")],
    warehouse: Warehouse = None,
) -> None:
    """Show the entities of a name: their keys, aliases, how often they are named, and which names
    were merged into them and why.
    """
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    console = screen()
    with open_reader(path) as connection:
        check_readable(connection)
        found = find_entities(connection, name)
        if not found:
            raise WarehouseError(f"no entity in {path} has the name or alias {name!r}.")
        for key in found:
            _show(console, connection, key)


def find_entities(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the keys of the entities that `name` stands for, in any spelling with the same key;
    those in most articles come first.
    """
    keys = [entity_id(label, name) for label in LABELS]
    rows = connection.execute(
        """
        SELECT e.entity_id
        FROM entities AS e
        JOIN meta.entity_names AS n ON n.entity_id = e.entity_id
        WHERE e.entity_id IN (
                SELECT entity_id FROM meta.entity_names
                WHERE plain_id IN (SELECT unnest($1::VARCHAR[])))
           OR lower(e.name) = lower($2)
           OR list_contains(list_transform(e.aliases, lambda a: lower(a)), lower($2))
        GROUP BY e.entity_id
        ORDER BY sum(n.article_count) DESC, e.entity_id
        """,
        [keys, name],
    ).fetchall()
    return [key for (key,) in rows]


def _show(console: Console, connection: duckdb.DuckDBPyConnection, key: str) -> None:
    name, label, code, aliases = connection.execute(
        "SELECT name, type, country_code, aliases FROM entities WHERE entity_id = ?", [key]
    ).fetchall()[0]
    mentions, articles = connection.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM mentions WHERE entity_id = ?", [key]
    ).fetchall()[0]
    counted = f"{_several(mentions, 'mention')} in {_several(articles, 'article')}"
    console.print(
        f"{key}  {name}  {label}{f'  {code}' if code else ''}: {counted}",
        markup=False,
        soft_wrap=True,
    )
    if aliases:
        console.print(f"  also: {', '.join(aliases)}", markup=False, soft_wrap=True)
    links = connection.execute(
        """
        SELECT min(l.name_id), l.name, coalesce(n.bearer, ''), l.reason,
               sum(coalesce(n.article_count, 0))::BIGINT, min(l.run_id),
               strftime(l.undone_at, '%Y-%m-%d %H:%M')
        FROM meta.entity_links AS l LEFT JOIN meta.entity_names AS n ON n.name_id = l.name_id
        WHERE l.entity_id = ?
        GROUP BY l.name, n.bearer, l.reason, l.undone_at
        ORDER BY l.undone_at NULLS FIRST, l.name, min(l.name_id)
        """,
        [key],
    ).fetchall()
    if links:
        heads = ("  name", "key", "of whom articles say", "merged because")
        table = Table(*heads, "articles", "since run", "undone at", box=None)
        for name_id, linked, bearer, reason, count, run_id, undone_at in links:
            table.add_row(
                f"  {escape(linked)}", name_id, bearer, reason, str(count), run_id, undone_at or ""
            )
        console.print(table)


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def undo_merges(
    entity: Annotated[
        str, typer.Argument(metavar="ENTITY_ID", help="Key of the entity, as `show` prints it.")
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", help="Undo the merge of this name alone, as `show` prints it."),
    ] = None,
    warehouse: Warehouse = None,
    lock_timeout: LockTimeout = None,
) -> None:
    """Undo every merge of a name into an entity, or of one name, and publish. These names are never
    merged again, unless the alias file merges them.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    target = chosen.warehouse
    freed = undo(target, entity, chosen.lock_timeout, reporter().say, name)
    told = (
        f"Undone: {', '.join(freed)} no longer belong{'s' if len(freed) == 1 else ''} to {entity}."
    )
    screen().print(told, markup=False, soft_wrap=True)
