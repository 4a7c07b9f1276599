"""`newsduck alerts`: who is notified of what, what waits, and whether the channels work."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.alert.deliver import UndeliveredError, deliver
from flows.alert.secrets import ChannelError, filled, masked, secrets_of
from flows.alert.send import Letter, SendError, send
from flows.alert.settings import DEFAULT_OWNER, AlertSettings
from flows.commands.options import LockTimeout, Warehouse
from flows.commands.screen import screen
from flows.progress import BarReporter
from flows.settings import Settings, SettingsError
from warehouse.check_loader import all_checks
from warehouse.connect import exists, open_reader, run_lock
from warehouse.migrate import check_current

EPILOG = """Examples:\n
  newsduck alerts show\n
  newsduck alerts test data\n
  newsduck alerts send        what is due now, such as a digest when no run is"""


def register(app: typer.Typer) -> None:
    """Add the verb and its own."""
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Show who hears of what; test the channels; send what is due.",
        epilog=EPILOG,
    )
    verbs.command("show")(show)
    verbs.command("test")(try_channels)
    verbs.command("send")(send_due)
    app.add_typer(verbs, name="alerts")


def show(warehouse: Warehouse = None) -> None:
    """Show the owners with their channels and hours, planned silences, and the messages that wait.
    No secret is shown.
    """
    chosen = Settings.with_options(warehouse=warehouse)
    console = screen()
    table = Table("owner", "channels", "quiet", "digest", "zone", "checks", box=None)
    checks = all_checks()
    for name in sorted({DEFAULT_OWNER, *chosen.alerts.owners, *(check.owner for check in checks)}):
        owner = chosen.alerts.owner(name)
        count = sum(check.owner == name for check in checks)
        channels = ", ".join(owner.channels) or "the log"
        table.add_row(
            escape(name),
            escape(channels),
            owner.quiet,
            f"{owner.digest_time:%H:%M}",
            owner.zone.key,
            str(count),
        )
    console.print(table)
    for silence in chosen.alerts.silences:
        what = f"{silence.check or 'every check'} of {silence.source or 'every source'}"
        console.print(
            f"silence: {what}, {silence.starts_at} to {silence.ends_at}: {silence.reason}",
            markup=False,
            soft_wrap=True,
        )
    if exists(chosen.warehouse):
        _show_waiting(console, chosen)


def _show_waiting(console: Console, chosen: Settings) -> None:
    with open_reader(chosen.warehouse, timeout=chosen.lock_timeout) as connection:
        check_current(connection)
        messages = connection.execute(
            "SELECT message_id, owner, channel, title, created_at, attempt_count, error FROM "
            "meta.messages "
            "WHERE sent_at IS NULL ORDER BY ALL"
        ).fetchall()
        held = connection.execute(
            "SELECT owner, body, due_at FROM meta.notifications "
            "WHERE message_id IS NULL AND dropped IS NULL AND sent_at IS NULL ORDER BY ALL"
        ).fetchall()
    for key, owner, channel, title, at, tries, error in messages:
        said = (
            f"not delivered: {key} to {owner} by {channel}, since {at:%Y-%m-%d %H:%M} UTC, "
            f"{tries} tries: {title}: {error or ''}"
        )
        console.print(said, markup=False, soft_wrap=True)
    for owner, body, due_at in held:
        console.print(
            f"held for {owner} until {due_at:%Y-%m-%d %H:%M} UTC: {body}"
            if due_at
            else f"waits for {owner}: {body}",
            markup=False,
        )


def try_channels(
    owner: Annotated[str, typer.Argument(help="Whose channels.")] = DEFAULT_OWNER,
) -> None:
    """Send a test message by each of an owner's channels."""
    alerts = Settings.with_options().alerts
    channels = alerts.owner(owner).channels
    if not channels:
        raise SettingsError(
            f"{owner} has no channels: name some under [alerts.owners.{owner}] in "
            "newsduck.toml. The log is told meanwhile."
        )
    letter = Letter(
        "0" * 16,
        "newsduck: a test",
        f"`newsduck alerts test {owner}` was called: this channel works.",
    )
    errors = {name: _tried(letter, alerts, owner, name) for name in channels}
    for name, error in errors.items():
        screen().print(f"{owner} by {name}: {error or 'taken'}", markup=False, soft_wrap=True)
    if any(errors.values()):
        raise UndeliveredError(f"not every channel of {owner} took the message.")


def _tried(letter: Letter, alerts: AlertSettings, owner: str, channel: str) -> str | None:
    secrets: tuple[str, ...] = ()
    try:
        url = filled(alerts.owner(owner).channels[channel].get_secret_value())
        secrets = secrets_of(url)
        send(letter, url)
    except (ChannelError, SendError) as error:
        return masked(str(error), secrets)
    return None


def send_due(warehouse: Warehouse = None, lock_timeout: LockTimeout = None) -> None:
    """Send what is due now, as every run does at its end: digests, reminders, messages that failed
    before.
    """
    chosen = Settings.with_options(warehouse=warehouse, lock_timeout=lock_timeout)
    with open_reader(chosen.warehouse, timeout=chosen.lock_timeout) as connection:
        check_current(connection)
    with run_lock(chosen.warehouse, chosen.lock_timeout, BarReporter(Console(stderr=True)).say):
        delivery = deliver(chosen.warehouse, chosen.lock_timeout, chosen.alerts)
    screen().print(f"{delivery.sent_count} messages sent")
    delivery.check()
