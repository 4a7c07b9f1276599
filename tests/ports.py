"""Ports of this machine for tests."""

from __future__ import annotations

import random
import socket
from contextlib import suppress


def free_port() -> int:
    """Return the number of a port where nobody listens. It is below those that the system gives to
    a program that asks for any port: no other test is given it meanwhile.
    """
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
