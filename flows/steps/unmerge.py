"""Undoing the merges of an entity, as a run of its own: lock, undo, check, publish."""

from __future__ import annotations

from flows.linking.linker import follow_entities
from flows.resolution.resolver import Resolver
from flows.steps.run_frame import changing
from warehouse.connect import Say, WarehouseAddress
from warehouse.unmerge import undo_links


def undo(
    warehouse: WarehouseAddress,
    entity_id: str,
    lock_timeout: float,
    say: Say,
    name: str | None = None,
) -> tuple[str, ...]:
    """Undo every merge into an entity, or that of one name, and publish; return the names set free.
    Raises as `undo_links` does.
    """
    with changing(warehouse, "entities-undo", lock_timeout, say) as (connection, facts):
        return undo_links(connection, entity_id, facts, Resolver(), follow_entities, name)
