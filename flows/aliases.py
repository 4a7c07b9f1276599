"""Reads the operator's alias file: which names are one entity, and which are not, whatever resolving would say.

entities:
  - name: Oluwaseun Adebayo-Reyes
    type: PERSON
    aliases: [Seun Adebayo, Adebayo-Reyes]
    not: [Tunde Adebayo]
  - name: Port Ellery Harbour Board
    type: ORG
    aliases: [Harbour Board, PEHB]
    country_code: GB
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.acquire.page import InputError
from flows.link.keys import entity_id
from flows.rows import Row

NAME = Field(min_length=1, max_length=300)


class Entity(BaseModel):
    """One entity of the file. `not` are names of the same type that stay apart from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = NAME
    type: Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC"]
    aliases: tuple[str, ...] = ()
    country_code: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    foreign: tuple[str, ...] = Field(default=(), alias="not")


def read_aliases(path: Path) -> tuple[Row, ...]:
    """Return the rows of `meta.entity_aliases` that one file makes, in its order.

    Raises InputError with the line where YAML is broken, a key is unknown, a value wrong, or a name belongs to two entities.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not isinstance(data, dict) or set(data) != {"entities"} or not isinstance(data["entities"] or [], list):
        raise InputError(f"{path}: must hold one key, `entities`, with a list of names and their aliases")
    found: dict[tuple[str, str], Row] = {}
    owner: dict[str, tuple[str, int]] = {}
    nodes = tree.value[0][1].value if isinstance(tree, yaml.MappingNode) and data["entities"] else []
    for given, node in zip(data["entities"] or (), nodes, strict=True):
        line = node.start_mark.line + 1
        for row in _rows(_entity(given, path, line)):
            key = (row["name_id"], row["entity_id"])
            if key in found and found[key]["is_apart"] != row["is_apart"]:
                raise InputError(f"{path}, entry at line {line}: {row['name']!r} is both an alias and under `not`")
            mine = owner.setdefault(row["name_id"], (row["entity_id"], line)) if not row["is_apart"] else (row["entity_id"], line)
            if mine[0] != row["entity_id"]:
                raise InputError(f"{path}, entry at line {line}: {row['name']!r} belongs to the entry at line {mine[1]} already")
            found.setdefault(key, row)
    return tuple(found.values())


def _entity(given: Any, path: Path, line: int) -> Entity:
    try:
        return Entity.model_validate(given)
    except ValidationError as errors:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in errors.errors())
        raise InputError(f"{path}, entry at line {line}: {said}") from errors


def _rows(entity: Entity) -> list[Row]:
    key = entity_id(entity.type, entity.name)
    return [
        {
            "name_id": entity_id(entity.type, name),
            "entity_id": key,
            "name": name,
            "entity_name": entity.name,
            "type": entity.type,
            "country_code": entity.country_code,
            "is_apart": is_apart,
        }
        for names, is_apart in (((entity.name, *entity.aliases), False), (entity.foreign, True))
        for name in names
    ]
