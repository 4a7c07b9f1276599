"""Keeps the warehouse open from one step of a run to the next that follows at once."""

from __future__ import annotations

from contextlib import ExitStack

import duckdb

from flows.progress import reporter
from flows.steps.request import Request
from warehouse.connect import open_writer
from warehouse.migrate import set_up


class KeptOpen:
    """The warehouse of a run, opened for writing when a step first asks for it. Nobody else can
    open it until `close`: call that before anything that takes long.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._stack = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    def open(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to the warehouse at the present layout. Raises as `open_writer` and
        `set_up` do.
        """
        if self._connection is None:
            request = self._request
            opened = open_writer(request.warehouse, request.lock_timeout, reporter().say)
            self._connection = self._stack.enter_context(opened)
            set_up(self._connection)
        return self._connection

    def close(self) -> None:
        """Close the warehouse, where it is open."""
        self._connection = None
        self._stack.close()
