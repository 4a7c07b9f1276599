"""One transaction: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, is_trial: bool = False) -> Iterator[None]:
    """Keep what the block writes if it ends well; undo it if an error leaves the block, or if it
    `is_trial`.

    No transaction may be open before. An error of the commit itself reaches the caller: DuckDB has
    undone the transaction by then.
    """
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("ROLLBACK" if is_trial else "COMMIT")
