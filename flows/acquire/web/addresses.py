"""Resolves a host's name, checks its addresses, and connects to a checked address only.

So no redirect and no name that resolves differently the second time (DNS rebinding) can lead into
the network that newsduck runs in.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

import anyio
import httpcore

MAX_ADDRESSES = 4
"""Addresses of one name that are tried in turn before the connection counts as failed."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]


class PrivateAddressError(Exception):
    """A host's addresses are all of networks that are not public."""


class NameNotFoundError(Exception):
    """A host's name has no address."""


def is_public(address: str) -> bool:
    """Whether an IP address is of the public network: not private, shared, loopback, link-local,
    multicast or reserved, nor an IPv6 address that stands for such an IPv4 one. What is no address
    is not public.
    """
    try:
        found = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    return all(_is_global(a) for a in _meant(found))


def _is_global(address: Address) -> bool:
    """Whether one address is global; Python counts multicast and the old site-local networks of
    IPv6 among those.
    """
    is_site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or is_site_local
    )


def _meant(address: Address) -> list[Address]:
    """Return the addresses that reaching `address` may mean: an IPv4 address alone where IPv6 only
    wraps it.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inner: list[Address] = [address]
    if address.sixtofour:
        inner.append(address.sixtofour)
    if address.teredo:
        inner += address.teredo
    if address in NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return inner


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for httpcore, to public addresses only unless `allow_private`."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve `host`, and connect to the first of its allowed addresses that answers.

        Raises NameNotFoundError, PrivateAddressError, and httpcore's errors for the last address
        tried.
        """
        deadline = anyio.current_time() + (timeout if timeout is not None else float("inf"))
        addresses = await self._resolve(host, port, timeout)
        for place, address in enumerate(addresses, 1):
            left = max(deadline - anyio.current_time(), 0.001)
            share = left / (len(addresses) - place + 1)
            try:
                return await self._inner.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise NameNotFoundError(f"{host} has no address")

    async def _resolve(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            with anyio.fail_after(seconds):
                found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not resolved in time") from error
        except (socket.gaierror, UnicodeError) as error:
            raise NameNotFoundError(f"{host}: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        allowed = (
            addresses
            if self._allow_private
            else [address for address in addresses if is_public(address)]
        )
        if addresses and not allowed:
            raise PrivateAddressError(
                f"{host} resolves to {addresses[0]}, which is not a public address "
                "(fetch.allow_private allows it)"
            )
        return allowed[:MAX_ADDRESSES]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: pages are not fetched from sockets of this machine."""
        raise PrivateAddressError(f"{path} is no address of the web")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)
