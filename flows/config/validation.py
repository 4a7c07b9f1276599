"""Validates what people write (manifests, sources, alias files) against a model, and says where it
is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows.config.errors import InputError

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]
"""Path of a value within an entry: keys and positions, from the outside in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a YAML file's list. `line` is its first line; `lines` gives the line of each key
    and list member. Lines count from 1.
    """

    path: Path
    line: int
    value: Any
    lines: Mapping[Loc, int]

    def held_to(self, model: type[Model]) -> Model:
        """Return the entry as `model`; raises InputError with file, line and reason of every
        fault.
        """
        try:
            return model.model_validate(self.value)
        except ValidationError as errors:
            wrong = [
                (self.line_of(e["loc"]), _wrong(e["loc"], _reason(e, model)))
                for e in errors.errors()
            ]
            told = "; ".join(f"line {line}: {what}" for line, what in sorted(wrong))
            raise InputError(f"{self.path}, {told}") from errors

    def line_of(self, loc: Loc) -> int:
        """Return the line of `loc`, or of the nearest enclosing value that the file holds."""
        return next(
            (
                self.lines[loc[:depth]]
                for depth in range(len(loc), 0, -1)
                if loc[:depth] in self.lines
            ),
            self.line,
        )


def _reason(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return pydantic's reason; for an unknown key also the known key that is most like it."""
    if error["type"] != "extra_forbidden":
        return error["msg"]
    near = (
        get_close_matches(str(error["loc"][-1]), model.model_fields, 1)
        if len(error["loc"]) == 1
        else []
    )
    return f"unknown key; did you mean {near[0]}?" if near else "unknown key"


def _wrong(loc: Loc, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{'.'.join(map(str, loc))}: {message}" if loc else message


def wrongs(errors: ValidationError) -> str:
    """Return every fault, each with its key."""
    return "; ".join(_wrong(e["loc"], e["msg"]) for e in errors.errors())


def validated(model: type[Model], value: Any, where: str) -> Model:
    """Return `value` as `model`; raises InputError that begins with `where`."""
    try:
        return model.model_validate(value)
    except ValidationError as errors:
        raise InputError(f"{where}: {wrongs(errors)}") from errors


def read_entries(path: Path, key: str) -> list[Entry]:
    """Return the entries of the one list, called `key`, of a YAML file.

    Raises InputError where the file cannot be read, is not YAML, holds anything else, or has a key
    twice in one place.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree, data = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not isinstance(data, dict) or set(data) != {key} or not isinstance(data[key] or [], list):
        raise InputError(f"{path}: must hold one key, `{key}`, with a list of entries")
    nodes = tree.value[0][1].value if isinstance(tree, yaml.MappingNode) and data[key] else []
    entries = []
    for node, value in zip(nodes, data[key] or (), strict=True):
        lines: dict[Loc, int] = {}
        for loc, line in _lines(node, ()):
            if loc in lines:
                raise InputError(
                    f"{path}, line {line}: {loc[-1]} stands on line {lines[loc]} already"
                )
            lines[loc] = line
        entries.append(Entry(path, node.start_mark.line + 1, value, lines))
    return entries


def _lines(node: yaml.Node, loc: Loc) -> Iterator[tuple[Loc, int]]:
    """Yield the line of each key and list member under `node`."""
    if isinstance(node, yaml.MappingNode):
        members: list[tuple[int | str, yaml.Node, yaml.Node]] = [
            (str(name.value), name, value) for name, value in node.value
        ]
    elif isinstance(node, yaml.SequenceNode):
        members = [(place, member, member) for place, member in enumerate(node.value)]
    else:
        return
    for name, at, value in members:
        yield (*loc, name), at.start_mark.line + 1
        yield from _lines(value, (*loc, name))
