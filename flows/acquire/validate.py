"""Holds what people write (manifests, sources, alias files) to its model, and says where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from flows.acquire.page import InputError

Model = TypeVar("Model", bound=BaseModel)


def wrongs(errors: ValidationError) -> str:
    """Return all that is wrong, each thing with the key it stands under."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" if e["loc"] else e["msg"] for e in errors.errors())


def validated(model: type[Model], value: Any, where: str) -> Model:
    """Return `value` as `model`; raises InputError that begins with `where`."""
    try:
        return model.model_validate(value)
    except ValidationError as errors:
        raise InputError(f"{where}: {wrongs(errors)}") from errors


def read_entries(path: Path, key: str) -> list[tuple[int, Any]]:
    """Return the entries of a YAML file's one list, called `key`, each with the line (from 1) that it begins on.

    Raises InputError where the file cannot be read, is no YAML, or holds anything else.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree, data = yaml.compose(text), yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not isinstance(data, dict) or set(data) != {key} or not isinstance(data[key] or [], list):
        raise InputError(f"{path}: must hold one key, `{key}`, with a list of entries")
    nodes = tree.value[0][1].value if isinstance(tree, yaml.MappingNode) and data[key] else []
    return [(node.start_mark.line + 1, entry) for node, entry in zip(nodes, data[key] or (), strict=True)]
