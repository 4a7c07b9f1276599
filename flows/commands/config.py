"""`newsduck config`: every setting in force, where it came from, and what it is for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from pydantic_settings import EnvSettingsSource, TomlConfigSettingsSource
from rich.table import Table

from flows.acquire.web.masking import mask_url
from flows.alert.secrets import masked
from flows.commands.options import AsJson
from flows.commands.screen import screen
from flows.settings import Settings

EPILOG = """Examples:\n
  newsduck config\n
  newsduck config fetch                      what stands under [fetch]\n
  newsduck config --json\n
  NEWSDUCK_FETCH__DELAY=3 newsduck config fetch.delay"""

ABSENT = object()
"""What stands for a setting that a source does not name."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in `newsduck.toml`, its value in JSON's terms with secrets masked, who
    set it, and what it is for.

    `source` is `default`, `file` or `environment`; where both name it, the variable counts.
    """

    name: str
    value: Any
    source: str
    variable: str
    description: str


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("config", epilog=EPILOG)(config)


def config(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Settings or sections to show; all unless named."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show every setting with its value, where it came from and what it is for; secrets are
    masked.
    """
    told = list_settings(Settings.with_options())
    unknown = [name for name in names or () if not any(_is_in(setting, name) for setting in told)]
    if unknown:
        raise typer.BadParameter(
            f"there is no setting {unknown[0]!r}; `newsduck config` shows all", param_hint="NAME"
        )
    shown = [
        setting for setting in told if not names or any(_is_in(setting, name) for name in names)
    ]
    if as_json:
        print(json.dumps([asdict(setting) for setting in shown], ensure_ascii=False, indent=1))
        return
    file = Path(str(Settings.model_config["toml_file"])).resolve()
    console = screen()
    console.print(
        f"file: {file}{'' if file.is_file() else ' (there is none)'}; variables: "
        "NEWSDUCK_SECTION__NAME",
        markup=False,
        soft_wrap=True,
    )
    table = Table("setting", "value", "from", "what it is for", box=None, padding=(0, 2, 0, 0))
    for setting in shown:
        origin = setting.variable if setting.source == "environment" else setting.source
        value = (
            setting.value
            if isinstance(setting.value, str)
            else json.dumps(setting.value, ensure_ascii=False)
        )
        value = "not set" if setting.value is None else value
        table.add_row(
            *(
                text.replace("[", "\\[")
                for text in (setting.name, value, origin, setting.description)
            )
        )
    console.print(table)


def list_settings(settings: Settings) -> list[Setting]:
    """Return every setting, in the order in which they are declared."""
    variables, file = EnvSettingsSource(Settings)(), TomlConfigSettingsSource(Settings)()
    return list(_told(settings, settings.model_dump(mode="json"), variables, file, ""))


def _told(
    model: BaseModel, values: Mapping[str, Any], variables: Any, file: Any, prefix: str
) -> Iterator[Setting]:
    for key, field in type(model).model_fields.items():
        value, from_variable, from_file = getattr(model, key), _of(variables, key), _of(file, key)
        if isinstance(value, BaseModel):
            yield from _told(value, values[key], from_variable, from_file, f"{prefix}{key}.")
            continue
        source = (
            "environment"
            if from_variable is not ABSENT
            else "file"
            if from_file is not ABSENT
            else "default"
        )
        name = prefix + key
        variable = str(Settings.model_config["env_prefix"]) + name.replace(".", "__").upper()
        yield Setting(
            name, _without_secrets(values[key]), source, variable, field.description or ""
        )


def _of(found: Any, key: str) -> Any:
    return found.get(key, ABSENT) if isinstance(found, Mapping) else ABSENT


def _without_secrets(value: Any) -> Any:
    """Return a value without the credentials of the addresses in it; channels are masked as a whole
    where they are dumped.
    """
    if isinstance(value, Mapping):
        return {key: _without_secrets(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_secrets(part) for part in value]
    if not isinstance(value, str):
        return value
    return masked(mask_url(value) if "://" in value else value)


def _is_in(setting: Setting, name: str) -> bool:
    return setting.name == name or setting.name.startswith(f"{name}.")
