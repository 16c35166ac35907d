"""A hundred ways to write an address of this machine or its network, and a canary that hears who comes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import dns.resolver
from dns.nameserver import Do53Nameserver

from tests.emulators.name_server import Zone

NUMBERS = [  # loopback, in every notation that C libraries, browsers or proxies have taken
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.1.", "2130706433", "0x7f000001", "0x7F000001",
    "017700000001", "0177.0.0.1", "0177.0.0.01", "0x7f.0.0.1", "0x7f.1", "0x7f.0x0.0x0.0x1", "0177.1",
    "127.0.0.2", "127.127.127.127", "127.255.255.254", "0x7f.0.1", "00000177.0.0.1", "127.0x1",
    "0.0.0.0", "0", "0.0", "0.0.0", "0x0", "00", "0x00000000", "0.0.0.1",
]  # fmt: skip
NETWORKS = [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.255",
    "169.254.169.254", "169.254.0.1", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1",
    "100.100.100.200", "100.127.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "167772161", "0xc0a80001",
]  # fmt: skip
SIXES = [
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]",
    "[::ffff:0.0.0.0]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:a9fe:a9fe::]",
    "[2001:0:53aa:64c:0:fbff:80ff:fffe]", "[2001::1]", "[2001:db8::1]", "[3fff::1]", "[fe80::1]",
    "[fec0::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]", "[5f00::1]",
]  # fmt: skip
NAMES = [
    "localhost", "LOCALHOST", "localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "ⓛocalhost",
    "１２７.0.0.1", "0x7f.⓪.⓪.①", "localhost%00.example", "127.0.0.1%2f.example",
]  # fmt: skip
# Names that a name server of the outside gives such addresses; two of them among public ones.
RECORDS = {
    "loopback.example": ["127.0.0.1"],
    "private.example": ["10.0.0.5"],
    "metadata.example": ["169.254.169.254"],
    "mixed.example": ["93.184.215.14", "127.0.0.1"],
    "mixed-too.example": ["127.0.0.1", "93.184.215.14"],
    "zero.example": ["0.0.0.0"],
}
FORMS = [*NUMBERS, *NETWORKS, *SIXES, *NAMES, *RECORDS]


@dataclass
class Canary:
    """Listens on all addresses of this machine; `heard` are those who came."""

    port: int
    heard: list[Any] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """One that listens on IPv6 and IPv4 alike."""
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=256) as server:
        found = Canary(server.getsockname()[1])
        listener = Thread(target=_listen, args=(server, found), daemon=True)
        listener.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
        listener.join(timeout=5)


def _listen(server: socket.socket, found: Canary) -> None:
    with suppress(OSError):
        while True:
            came, address = server.accept()
            found.heard.append(address)
            came.close()


def write_records(zone: Zone) -> None:
    for name, addresses in RECORDS.items():
        for address in addresses:
            zone.has(name, "A", address)


def asking(zone: Zone) -> Callable[..., Any]:
    """`socket.getaddrinfo` of a machine whose name server is the zone's for all that ends in `.example`."""
    real = socket.getaddrinfo
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [Do53Nameserver("127.0.0.1", zone.port)]

    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> list[tuple[Any, ...]]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if not name.endswith(".example"):
            return real(host, port, *args, **options)
        try:
            answer = resolver.resolve(f"{name}.", "A")
        except dns.exception.DNSException as error:
            raise socket.gaierror(socket.EAI_NONAME, "no such name") from error
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (str(one.address), port)) for one in answer]

    return getaddrinfo
