"""Ends Prefect's temporary server with the command that started it, even where that was killed.

Prefect stops the server when the command exits; after `kill -9` it would run for ever. So a shell
waits on a pipe from this process: the pipe ends when the process does, however that is, and the
shell then ends the server.
"""

from __future__ import annotations

import subprocess
from typing import Any

GUARD = 'read -r _; kill "$1" 2>/dev/null'


def guard_process(process_id: int) -> subprocess.Popen[bytes]:
    """Start the shell that ends a process (SIGTERM) as soon as this one is gone."""
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "guard", str(process_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def guard_temporary_server() -> None:
    """Let every temporary server that this process starts be guarded. Call it before a flow runs
    where no server is configured.
    """
    from prefect.server.api.server import SubprocessASGIServer

    start: Any = SubprocessASGIServer._run_uvicorn_command
    if getattr(start, "is_guarded", False):
        return

    def guarded(server: SubprocessASGIServer) -> subprocess.Popen[Any]:
        process: subprocess.Popen[Any] = start(server)
        GUARDS.append(guard_process(process.pid))
        return process

    guarded.is_guarded = True  # type: ignore[attr-defined]
    setattr(SubprocessASGIServer, "_run_uvicorn_command", guarded)  # noqa: B010


GUARDS: list[subprocess.Popen[bytes]] = []
"""Kept, so that their pipes stay open as long as this process lives."""
