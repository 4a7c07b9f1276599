"""One transaction: all of it is kept, or nothing; tried again where another program was in the way.

The locks of newsduck keep its own writers apart. Another program that writes a DuckLake takes none
of them: where it changed the same rows, one of the two commits fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import duckdb

from warehouse.errors import WarehouseConflictError

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

ATTEMPTS = 5
"""How often a transaction is begun before a person hears of the conflict."""

WAIT_SECONDS = 2.0
"""The longest wait before another attempt: long enough for a program that writes row by row to
pause.
"""


CONFLICT = "Transaction conflict"
"""How the reason begins that DuckLake gives where another commit was first."""


_locks = list[Callable[[], None]]()


@contextmanager
def asked_before_commits(is_held: Callable[[], None]) -> Iterator[None]:
    """Ask a lock of this process, before each commit in the block, whether it is still held:
    `is_held` raises WarehouseLockLostError where it is not, and the transaction is undone.
    """
    _locks.append(is_held)
    try:
        yield
    finally:
        _locks.remove(is_held)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, is_trial: bool = False) -> Iterator[None]:
    """Keep what the block writes if it ends well; undo it if an error leaves the block, or if it
    `is_trial`.

    No transaction may be open before. An error of the commit itself reaches the caller: DuckDB has
    undone the transaction by then. Raises WarehouseConflictError where another program committed
    changes of the same tables meanwhile, WarehouseLockLostError where a lock of this process is
    lost.
    """
    connection.execute("BEGIN")
    try:
        yield
        for is_held in () if is_trial else tuple(_locks):
            is_held()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("ROLLBACK" if is_trial else "COMMIT")
    except duckdb.TransactionException as error:
        reason = str(error).strip().splitlines()[-1]
        if not reason.startswith(CONFLICT):
            raise
        raise WarehouseConflictError(
            f"another program wrote the warehouse at the same time, nothing was changed: {reason}. "
            "Let that program end, and try again."
        ) from error


def retried(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Call `function`, which writes in one transaction, again where that met a conflict, up to
    ATTEMPTS times. It must do the same each time.
    """

    @wraps(function)
    def until_committed(*given: Given.args, **named: Given.kwargs) -> Returned:
        from tenacity import retry, retry_if_exception_type, stop_after_attempt
        from tenacity.wait import wait_random_exponential

        tried = retry(
            retry=retry_if_exception_type(WarehouseConflictError),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(multiplier=0.1, max=WAIT_SECONDS),
            reraise=True,
        )
        return tried(function)(*given, **named)

    return until_committed
