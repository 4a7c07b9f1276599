"""A commit that another program beats, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

from warehouse.errors import WarehouseConflictError
from warehouse.transaction import transaction


@contextmanager
def beaten_once(module: str) -> Iterator[None]:
    """Let the first transaction that `module` opens fail with a conflict; there must be a second
    one.
    """
    count = 0

    @contextmanager
    def beaten(connection: duckdb.DuckDBPyConnection, *, is_trial: bool = False) -> Iterator[None]:
        nonlocal count
        count += 1
        with transaction(connection, is_trial=is_trial or count == 1):
            yield
        if count == 1:
            raise WarehouseConflictError("another program was first")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(f"{module}.transaction", beaten)
        yield
    assert count == 2
