"""What follows from each outcome of a fetch, read from `outcomes.toml`; which outcome each status
code and fault of the network is.
"""

from __future__ import annotations

import logging
import socket
import ssl
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from schemas.fetch_outcomes import FetchOutcome as Outcome

WELL = (Outcome.OK, Outcome.UNCHANGED)
"""The outcomes of an address that gave what was wanted."""

BY_STATUS = {
    401: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    410: Outcome.GONE,
    429: Outcome.TOO_MANY_REQUESTS,
    451: Outcome.FORBIDDEN,
}


class FetchError(Exception):
    """A fetch ended otherwise than with its page; the message says how, in words without secrets.

    `transferred` counts the bytes of the body that had come by then.
    """

    def __init__(self, outcome: Outcome, detail: str, transferred: int = 0) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.transferred = transferred


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from an outcome; `outcomes.toml` explains the fields."""

    tried_again: bool = False
    host_fault: bool = False
    again: float = 0
    give_up: int = 0
    is_lasting: bool = False


def _read() -> dict[Outcome, Consequence]:
    entries = tomllib.loads(
        files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8")
    )
    return {Outcome(word): Consequence(**entry) for word, entry in entries.items()}


CONSEQUENCES = _read() | dict.fromkeys(WELL, Consequence())


def of_status(status: int) -> Outcome:
    """Return the outcome of a response that is neither a page, a redirect, nor a 304 that was asked
    for.
    """
    if found := BY_STATUS.get(status):
        return found
    if 400 <= status < 500:
        return Outcome.OTHER_4XX
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.ODD_STATUS


def of_fault(fault: Exception) -> tuple[Outcome, str]:
    """Return the outcome of what a request raised, and what to say of it. What is no fault of the
    network is one of our own: it costs the address alone, and its traceback is in the log.
    """
    import httpx

    from flows.acquire.web.addresses import NameNotFoundError, PrivateAddressError

    chain = list(_causes(fault))
    for cause in chain:
        match cause:
            case FetchError():
                return cause.outcome, str(cause)
            case PrivateAddressError():
                return Outcome.PRIVATE_ADDRESS, str(cause)
            case NameNotFoundError() | socket.gaierror():
                return Outcome.DNS, f"the host's name cannot be resolved: {cause}"
            case ssl.SSLError():
                return (
                    Outcome.TLS,
                    f"TLS: {getattr(cause, 'verify_message', '') or cause.reason or cause}",
                )
            case ConnectionRefusedError():
                return Outcome.REFUSED, "the connection was refused"
    match fault:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return Outcome.TIMEOUT_CONNECT, "no connection in time"
        case httpx.TimeoutException():
            return Outcome.TIMEOUT_READ, "the server fell silent"
        case TimeoutError():
            return Outcome.TIMEOUT_PAGE, "the whole response took too long"
        case httpx.TransportError():
            return Outcome.CONNECTION, f"the connection broke: {fault or type(fault).__name__}"
    logging.getLogger(__name__).error("an unexpected fault while fetching", exc_info=fault)
    return Outcome.UNEXPECTED, f"{type(fault).__name__}: {fault}"[:500]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it came from, through groups too."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _causes(part)
        error = error.__cause__ or error.__context__
