"""Requests to addresses that members have typed: short, small, and never to this machine or its network.

A name is resolved once, by the connection itself: every address it has must be public, and the connection
goes to one of those. Redirects are not followed, proxies of the environment are not asked.
"""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TIMEOUT = (5, 5)  # seconds: to connect, and between two pieces of an answer
DEADLINE = 10  # seconds for the whole of an answer's body
MOST_BYTES = 512 * 1024
_TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind a translator (RFC 6052)


class Unreachable(Exception):
    """Nothing came back, or the address is none that may be asked. It does not tell which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is the JSON object that came; empty where something else did."""

    status: int
    data: dict[str, Any]


def fetch(method: str, url: str, **asked: Any) -> Answer:
    """Ask, with what `requests` calls `headers`, `data` and `auth`. Raises `Unreachable`."""
    if not may_ask(url):
        raise Unreachable(url)
    try:
        with (
            _session() as session,
            session.request(
                method, url, timeout=TIMEOUT, stream=True, allow_redirects=False, **asked
            ) as response,
        ):
            return Answer(response.status_code, _object(_body(response)))
    except (requests.RequestException, OSError, ValueError) as error:
        raise Unreachable(url) from error


def may_ask(url: str) -> bool:
    """Whether the form of an address allows it to be asked: https, without a name and a password in it."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return False
    schemes = ("https", "http") if settings.OCTAVO_PRIVATE_PROVIDERS else ("https",)
    return parts.scheme in schemes and bool(parts.hostname) and parts.username is None


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, whatever way it is written."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour or found.teredo or found in _TRANSLATED:
            return False
    return found.is_global and not found.is_multicast


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _Guarded())
    session.mount("http://", _Guarded())
    return session


def _public_address(host: str, port: int) -> str:
    """One of the addresses of a host. Raises OSError where it has none, or one that is not public."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.OCTAVO_PRIVATE_PROVIDERS and not all(is_public(address) for address in found):
        raise OSError("not a public address")
    return found[0]


class _ToPublicAddress:
    """A connection that looks its host up itself; names in certificates are compared as ever."""

    def _new_conn(self: Any) -> socket.socket:
        return socket.create_connection(
            (_public_address(self.host, self.port), self.port), self.timeout, self.source_address
        )


class _HTTPConnection(_ToPublicAddress, HTTPConnection):
    pass


class _HTTPSConnection(_ToPublicAddress, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _Guarded(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


def _body(response: requests.Response) -> bytes:
    """Raises `ValueError` where it is too large or takes too long."""
    body, until = bytearray(), time.monotonic() + DEADLINE
    while piece := response.raw.read1(64 * 1024, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise ValueError("too much, or too slow")
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
