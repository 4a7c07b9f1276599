"""The verbs of `newsduck` in their order, each with its module and the line that `--help` shows.

A verb's module is imported when the verb is called: importing all of them takes a second. A test
holds that the lines here are those of the verbs themselves.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

VERBS = {
    "ingest": (
        "ingest",
        "Clean, annotate, check and load pages, then publish the warehouse for readers.",
    ),
    "sources": (
        "sources",
        "Try the publishers of a sources.yml, or add one from its address.",
    ),
    "serve": (
        "serve",
        "Run ingest, monitor and retention on their schedules (section serve of "
        "newsduck.toml), one run at a time, until it is stopped.",
    ),
    "reprocess": (
        "reprocess",
        "Process stored pages by the present rules and report what changes: articles, "
        "blocks, quotations, with examples.",
    ),
    "replay": (
        "reprocess",
        "Process the pages whose rows are in quarantine, load what is well now, and "
        "report how many rows that rescued.",
    ),
    "relink": (
        "relink",
        "Decide again which articles are copies and tell one story, and which quotations "
        "are one utterance; report what changes, with examples.",
    ),
    "monitor": (
        "monitor",
        "Compare every source with its own past: silence, volume, fields, lengths, "
        "layouts, fetches; open and resolve incidents.",
    ),
    "backtest": (
        "monitor",
        "Replay the stored history with other thresholds and say which incidents would "
        "have opened; changes nothing.",
    ),
    "bounds": (
        "bounds",
        "Propose the fewest and most articles a day of sources.",
    ),
    "publish": (
        "publish",
        "Make the published copy anew from the warehouse.",
    ),
    "move": (
        "move",
        "Copy the warehouse into another home, a DuckDB file or a DuckLake, and check that every "
        "table is equal.",
    ),
    "maintain": (
        "maintain",
        "Tidy a DuckLake: join small files, let old snapshots go, delete files that nothing needs.",
    ),
    "sql": (
        "sql",
        "Query the published warehouse, read-only; an ingest may run meanwhile.",
    ),
    "clean": (
        "clean",
        "Show a page block by block: kept, or stripped with its reason and rule. A "
        "manifest or a folder gives one JSON line a page.",
    ),
    "annotate": (
        "annotate",
        "Find the quotes (with speakers) and entities of texts; offsets count characters "
        "from 0, `end` is exclusive. A wrong line is reported and left out; then the exit code "
        "is 1.",
    ),
    "entities": (
        "entities",
        "Show an entity and its names, or undo the merges of names into it.",
    ),
    "stories": (
        "stories",
        "Show stories and why articles belong to them; split and merge them.",
    ),
    "check": (
        "check",
        "Run every check over the whole warehouse and record the results in meta.checks; "
        "exit with 1 if one of severity fail is broken.",
    ),
    "incidents": (
        "incidents",
        "Show incidents; acknowledge, snooze or resolve one. Without a verb of its own: list them.",
    ),
    "alerts": (
        "alerts",
        "Show who hears of what; test the channels; send what is due.",
    ),
    "status": (
        "status",
        "Show the warehouse's tables, its last runs, hosts that are left alone and open incidents.",
    ),
    "runbook": (
        "runbook",
        "Show what to do: the section of the runbook that a message or incident names.",
    ),
    "report": (
        "report",
        "Write one HTML page, whole in itself: sources by health, articles a day, "
        "outcomes, what was stripped, quarantine, incidents, hosts.",
    ),
    "search": (
        "search",
        "Search titles and texts of the published articles; the best match first.",
    ),
    "export": (
        "export",
        "Write the published tables as files, one a table, and a manifest of schema and counts.",
    ),
    "erase": (
        "erase",
        "Erase articles from every table, version, copy, stored page and run folder.",
    ),
    "retention": (
        "retention",
        "Erase articles and delete rows, raw pages and run folders that are older than the "
        "section retention of newsduck.toml keeps them.",
    ),
    "init": (
        "init",
        "Write a commented newsduck.toml, sources.yml, watches.yml and a systemd unit (with cron "
        "lines).",
    ),
    "config": (
        "config",
        "Show every setting with its value, where it came from and what it is for; "
        "secrets are masked.",
    ),
    "demo-site": (
        "demo_site",
        "Serve small invented publishers on this machine alone, and say how to bring "
        "their pages in.",
    ),
}
"""Verb → module in this folder, and the first paragraph of the verb's help."""


class LazyVerbs(TyperGroup):
    """A group of commands that knows their names and lines, and imports the one that is called.

    `called_at` is when a verb was called last, on the monotonic clock.
    """

    called_at: ClassVar[float] = 0.0

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name, (_, line) in VERBS.items():
            self.add_command(TyperCommand(name=name, help=line), name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name, the command itself and the other arguments."""
        LazyVerbs.called_at = time.monotonic()
        name, found, rest = super().resolve_command(ctx, args)
        return name, load_verb(name) if name in VERBS else found, rest


def seconds_since_call() -> float:
    """Return how long the person has waited since the verb was called, its imports included."""
    return time.monotonic() - LazyVerbs.called_at


def load_verb(name: str) -> Any:
    """Return the command of a verb, from its module."""
    found = typer.Typer(rich_markup_mode="rich", pretty_exceptions_enable=False)
    # with a callback it stays a group, though it has one command
    found.callback()(lambda: None)
    import_module(f"flows.commands.{VERBS[name][0]}").register(found)
    group: Any = typer.main.get_group(found)
    return group.commands[name]
