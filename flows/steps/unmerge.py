"""Undoing the merges of an entity, as a run of its own: lock, undo, check, publish."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows.linking.linker import follow_entities
from flows.resolution.resolver import Resolver
from flows.version import extractor_version
from warehouse.connect import open_writer, run_lock
from warehouse.errors import WarehouseError
from warehouse.load import RunFacts
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.unmerge import undo_links


def undo(
    warehouse: Path,
    entity_id: str,
    lock_timeout: float,
    say: Callable[[str], None],
    name: str | None = None,
) -> tuple[str, ...]:
    """Undo every merge into an entity, or that of one name, and publish; return the names set free.
    Raises as `undo_links` does.
    """
    if not warehouse.is_file():
        raise WarehouseError(f"{warehouse} does not exist; name another file with --warehouse.")
    with run_lock(warehouse, lock_timeout, say):
        started_at = datetime.now(UTC)
        run_id = f"{started_at:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(2)}"
        with open_writer(warehouse, lock_timeout, say) as connection:
            migrate(connection)
            freed = undo_links(
                connection,
                entity_id,
                RunFacts(run_id, "entities-undo", started_at, extractor_version(), 0),
                Resolver(),
                follow_entities,
                name,
            )
        publish(warehouse, lock_timeout, say)
    return freed
