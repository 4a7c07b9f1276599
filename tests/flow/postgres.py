"""A PostgreSQL server of the tests' own, from the system's packages."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

OWNER = "nobody"
"""Who runs the server where the tests run as root: PostgreSQL refuses to."""

SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=50"
"""No network, and nothing that only matters where the machine itself fails."""


@dataclass(frozen=True)
class Postgres:
    """A running server, reached by its socket."""

    folder: Path
    names: Iterator[int]

    def database(self) -> str:
        """Make a database, and return the connection string of it."""
        return self._string(self._made())

    def url(self) -> str:
        """Make a database, and return its address for SQLAlchemy with asyncpg."""
        return f"postgresql+asyncpg://newsduck@/{self._made()}?host={self.folder}"

    def _made(self) -> str:
        import psycopg  # takes long to import

        name = f"news{next(self.names)}"
        with psycopg.connect(self._string("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def _string(self, database: str) -> str:
        return f"dbname={database} host={self.folder} user=newsduck"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).resolve().parent if program else None


@contextmanager
def started() -> Iterator[Postgres]:
    """Run a server until the end of the body, in a folder whose name is short enough for its
    socket. Skips the test where there is no PostgreSQL.
    """
    place = programs()
    if place is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="newsduck-pg-"))
    user = []
    if getpass.getuser() == "root":
        shutil.chown(folder, OWNER)
        user = ["runuser", "-u", OWNER, "--"]
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [*user, str(place / program), "-D", str(data), *words],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    run("initdb", "--auth=trust", "--username=newsduck", "--no-sync")
    options = f"-k {folder} {SETTINGS}"
    run("pg_ctl", "-w", "-t", "300", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield Postgres(folder, count(1))
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
