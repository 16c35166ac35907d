# ruff: noqa: ASYNC109 - httpcore hands its timeouts on
"""Requests to addresses that customers name: short, small, and never to this machine or its network.

A name is resolved once, by the connection itself: every address that it has must be one of the internet, and
the connection goes to one of those, while Host and the name in the certificate stay what they were. No
redirect is followed, no proxy of the environment is asked, and each request has a connection of its own, of
which size and time are limited. Answers are taken uncompressed, so that small ones stay small.

`client` and `async_client` give clients of httpx that keep to this; so do `Transport` and `AsyncTransport`
where something else brings the client. Whoever passes a transport on has to leave `follow_redirects` off.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

from tenants.threads import Threads

TIMEOUT: Final = 5.0  # seconds: to connect, and between two pieces of an answer
DEADLINE: Final = 10.0  # seconds for a whole exchange, from looking the name up to the answer's end
MOST_BYTES: Final = 512 * 1024  # of an answer with its headers
MOST_ADDRESSES: Final = 4  # of one name, that are tried one after another

# What Python calls global, or has not heard of yet, and what leads into networks all the same: addresses of
# IPv4 behind relays and translators (RFC 3068, 3056, 4380, 6052, 8215), for protocols (RFC 6890) and for
# documents (RFC 9637).
_NOT_PUBLIC: Final = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
# Name servers may be somebody's who answers nobody: threads enough that others need not wait for those.
_LOOKING_UP: Final = Threads(128, thread_name_prefix="looking-up")
_PUBLIC_IPV6: Final = ip_network("2000::/3")  # all that is handed out


class NotPublic(httpx.ConnectError):
    """The address is none that may be asked. It does not tell why."""


def client(
    *, most_bytes: int = MOST_BYTES, seconds: float = DEADLINE, patience: float = TIMEOUT, **options: Any
) -> httpx.Client:
    """One for an exchange of `seconds` with silences of `patience`; `options` are those of `httpx.Client`."""
    transport = Transport(most_bytes=most_bytes, seconds=seconds)
    return httpx.Client(transport=transport, trust_env=False, timeout=patience, **options)


def async_client(
    *, most_bytes: int = MOST_BYTES, seconds: float = DEADLINE, patience: float = TIMEOUT, **options: Any
) -> httpx.AsyncClient:
    """As `client`, for coroutines."""
    transport = AsyncTransport(most_bytes=most_bytes, seconds=seconds)
    return httpx.AsyncClient(transport=transport, trust_env=False, timeout=patience, **options)


def may_ask(url: str) -> bool:
    """Whether the form of an address allows it to be asked: https, without a name and a password in it.

    Where it leads is seen when it is asked. With `OCTAVO_PRIVATE_ADDRESSES` http is allowed too.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        return False
    private = settings.OCTAVO_PRIVATE_ADDRESSES
    if not private and _is_private_number(parts.hostname or ""):
        return False
    schemes = ("https", "http") if private else ("https",)
    return parts.scheme in schemes and bool(parts.hostname) and "@" not in parts.netloc and port != 0


def _is_private_number(host: str) -> bool:
    """Whether that can be seen without asking anybody."""
    try:
        return not is_public(host)
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, whatever way it is written."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found not in _PUBLIC_IPV6:
            return False
    if found.is_multicast or found.is_reserved or not found.is_global:
        return False
    return not any(found in network for network in _NOT_PUBLIC)


class Transport(httpx.HTTPTransport):
    """For `httpx.Client`."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, seconds: float = DEADLINE) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        backend = _Network(most_bytes=most_bytes, seconds=seconds)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), max_keepalive_connections=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        _check(request)
        response = super().handle_request(request)
        if _is_packed(response):
            response.close()
            raise httpx.RemoteProtocolError("a compressed answer", request=request)
        return response


class AsyncTransport(httpx.AsyncHTTPTransport):
    """For `httpx.AsyncClient`; any number of requests at once."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, seconds: float = DEADLINE) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        backend = _AsyncNetwork(most_bytes=most_bytes, seconds=seconds)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trust(), max_keepalive_connections=0, max_connections=None, network_backend=backend
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _check(request)
        response = await super().handle_async_request(request)
        if _is_packed(response):
            await response.aclose()
            raise httpx.RemoteProtocolError("a compressed answer", request=request)
        return response


def _check(request: httpx.Request) -> None:
    if not may_ask(str(request.url)):
        raise NotPublic("not a public address", request=request)
    request.headers["Accept-Encoding"] = "identity"


def _is_packed(response: httpx.Response) -> bool:
    return response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")


@cache
def _trust() -> ssl.SSLContext:
    """Certificates as ever, or those that SSL_CERT_FILE names. Reading them takes a while."""
    return httpx.create_ssl_context()


@dataclass(slots=True)
class _Allowance:
    """What one connection may still take."""

    room: int  # bytes
    until: float  # monotonic seconds

    def timeout(self, wanted: float | None) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("too slow")
        return left if wanted is None else min(wanted, left)

    def take(self, data: bytes) -> bytes:
        self.room -= len(data)
        if self.room < 0:
            raise httpcore.ReadError("too much")
        return data


class _Network(httpcore.NetworkBackend):
    """Connects to addresses that it has looked up and checked."""

    def __init__(self, *, most_bytes: int, seconds: float) -> None:
        self._most_bytes, self._seconds = most_bytes, seconds
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.NetworkStream:
        allowance = _Allowance(self._most_bytes, time.monotonic() + self._seconds)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NotPublic("no public address") from error
        failure: Exception = NotPublic("no public address")
        for address in _checked(found):
            try:
                wait = allowance.timeout(timeout)
                stream = self._network.connect_tcp(address, port, wait, *args, **options)
                return _Stream(stream, allowance)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _AsyncNetwork(httpcore.AsyncNetworkBackend):
    def __init__(self, *, most_bytes: int, seconds: float) -> None:
        self._most_bytes, self._seconds = most_bytes, seconds
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **options: Any
    ) -> httpcore.AsyncNetworkStream:
        allowance = _Allowance(self._most_bytes, time.monotonic() + self._seconds)
        try:
            loop = asyncio.get_running_loop()
            async with asyncio.timeout(allowance.timeout(timeout)):
                looking = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
                found = await loop.run_in_executor(_LOOKING_UP, looking)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("no answer about the name") from error
        except (OSError, UnicodeError) as error:
            raise NotPublic("no public address") from error
        failure: Exception = NotPublic("no public address")
        for address in _checked(found):
            try:
                wait = allowance.timeout(timeout)
                stream = await self._network.connect_tcp(address, port, wait, *args, **options)
                return _AsyncStream(stream, allowance)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def _checked(found: Iterable[tuple[Any, ...]]) -> list[str]:
    """The addresses of a name, as few as are tried. Raises `NotPublic` where only one of them is not."""
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.OCTAVO_PRIVATE_ADDRESSES and not all(is_public(address) for address in addresses):
        raise NotPublic("no public address")
    return addresses[:MOST_ADDRESSES]


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, allowance: _Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._allowance.take(self._stream.read(max_bytes, self._allowance.timeout(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._allowance.timeout(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = self._allowance.timeout(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, wait), self._allowance)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, allowance: _Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._allowance.take(await self._stream.read(max_bytes, self._allowance.timeout(timeout)))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, self._allowance.timeout(timeout))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        wait = self._allowance.timeout(timeout)
        return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, wait), self._allowance)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
