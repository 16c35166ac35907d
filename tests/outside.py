"""Nobody outside of this machine is asked: what a test wants there is refused, and fails the test."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

# Names that no resolver is asked about (RFC 6761) or that lead here in every one.
_HERE = ("localhost", "ip6-localhost", "")


class Outside(OSError):
    """Says whom the test's process wanted to ask. Not told apart from a machine without a network."""


class Gate:
    """Between this process and all other machines, once it is closed."""

    def __init__(self) -> None:
        self._refused: list[str] = []
        self._servers: frozenset[str] = frozenset()

    def close(self, *, but_for: frozenset[str]) -> None:
        """Replaces what Python's libraries connect and look names up by; C libraries have their own.

        `but_for` are the hosts of the tests' own servers, which may be others.
        """
        self._servers = but_for
        for way in ("connect", "connect_ex"):
            setattr(socket.socket, way, self._guarded_connect(getattr(socket.socket, way)))
        socket.getaddrinfo = self._guarded_look_up(socket.getaddrinfo)

    def refused(self) -> list[str]:
        """What was since the last time that somebody wanted to know."""
        told, self._refused = self._refused, []
        return told

    def _guarded_connect(self, real: Any) -> Any:
        def connect(itself: socket.socket, address: Any) -> Any:
            if itself.family in {socket.AF_INET, socket.AF_INET6} and not self._is_near(str(address[0])):
                raise self._refusal(f"connect to {address[0]}:{address[1]}")
            return real(itself, address)

        return connect

    def _guarded_look_up(self, real: Any) -> Any:
        def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else str(host or "")
            if _is_nobodys(name):
                raise socket.gaierror(socket.EAI_NONAME, "no such name")
            if _number(name) is None and not self._is_near(name):
                raise self._refusal(f"look up {name}")
            return real(host, *args, **options)

        return getaddrinfo

    def _is_near(self, name: str) -> bool:
        return is_here(name) or name in self._servers

    def _refusal(self, what: str) -> Outside:
        self._refused.append(what)
        if what.startswith("look up"):
            return _NoName(socket.EAI_NONAME, f"a test wanted to {what}")
        return Outside(f"a test wanted to {what}")


class _NoName(Outside, socket.gaierror):
    pass


def is_here(name: str) -> bool:
    """Whether a name or an address is this machine's."""
    bare = name.rstrip(".").lower()
    if address := _number(bare):
        return address.is_loopback or address.is_unspecified
    return bare in _HERE or bare.endswith(".localhost")


def _is_nobodys(name: str) -> bool:
    """Whether a name is nobody's anywhere (RFC 6761, 6.4), or none at all: a test may look it up."""
    return name.rstrip(".").endswith(".invalid") or ("%" in name and _number(name) is None)


def _number(name: str) -> IPv4Address | IPv6Address | None:
    """An address in any notation that C libraries take, such as 127.1, without asking anybody."""
    for read in (ip_address, lambda text: IPv4Address(socket.inet_aton(text))):
        with suppress(ValueError, OSError):
            return read(name.split("%", maxsplit=1)[0])
    return None


gate = Gate()
