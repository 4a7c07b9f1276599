"""The errors of a warehouse; every message says what to do."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot be used as asked; nothing was changed."""


class WarehouseBusyError(WarehouseError):
    """Raised where another process holds the warehouse for too long."""


class WarehouseLockLostError(WarehouseError):
    """Raised before a commit where the process no longer holds its lock: another may write now."""


class NewerWarehouseError(WarehouseError):
    """The warehouse was written by a newer version of newsduck."""


class QueryError(Exception):
    """SQL that a person passed in is wrong, or does more than read."""


def no_warehouse(address: object) -> WarehouseError:
    """Return the error that says that there is no warehouse yet."""
    return WarehouseError(
        f"{address} does not exist yet: run `newsduck ingest` first, "
        "or name another warehouse with --warehouse."
    )


class WarehouseConflictError(WarehouseError):
    """Raised where a commit failed since another program had changed the same tables."""
