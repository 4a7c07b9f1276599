"""Reads the operator's alias file: names that are one entity, and names that are not. The file
overrides what resolution decides.

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
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from flows.config.errors import InputError
from flows.config.validation import read_entries
from flows.link.keys import entity_id
from schemas import Row

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

    Raises InputError with the line where YAML is broken, a key is unknown, a value wrong, or a name
    belongs to two entities.
    """
    found: dict[tuple[str, str], Row] = {}
    owner: dict[str, tuple[str, int]] = {}
    for entry in read_entries(path, "entities"):
        line = entry.line
        for row in _rows(entry.held_to(Entity)):
            key = (row["name_id"], row["entity_id"])
            if key in found and found[key]["is_apart"] != row["is_apart"]:
                raise InputError(
                    f"{path}, entry at line {line}: "
                    f"{row['name']!r} is both an alias and under `not`"
                )
            mine = (
                owner.setdefault(row["name_id"], (row["entity_id"], line))
                if not row["is_apart"]
                else (row["entity_id"], line)
            )
            if mine[0] != row["entity_id"]:
                raise InputError(
                    f"{path}, entry at line {line}: "
                    f"{row['name']!r} belongs to the entry at line {mine[1]} already"
                )
            found.setdefault(key, row)
    return tuple(found.values())


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
