"""A name server on loopback, over UDP and TCP, whose records a test writes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dnslib import CNAME, NS, QTYPE, RCODE, RR, TXT, A, DNSError, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

LARGEST = 512  # bytes of a datagram: what is longer is asked for again over TCP
KINDS = {"A": A, "CNAME": CNAME, "NS": NS}


@dataclass
class Zone(BaseResolver):
    """`records` of a name by their type. A name without any, and none below it, does not exist.

    Names in `silent` get no answer at all, those in `failing` an error, those in `garbled` no DNS.
    """

    port: int = 0
    records: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    failing: set[str] = field(default_factory=set)
    garbled: set[str] = field(default_factory=set)
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # protocol, type, name

    def says(self, name: str, *texts: str) -> None:
        """Its TXT records, in place of those before."""
        others = [one for one in self.records.get(name, []) if one[0] != "TXT"]
        self.records[name] = [*others, *(("TXT", text) for text in texts)]

    def has(self, name: str, kind: str, value: str) -> None:
        self.records.setdefault(name, []).append((kind, value))

    def clear(self) -> None:
        for known in (self.records, self.silent, self.failing, self.garbled, self.asked):
            known.clear()

    def resolve(self, request: DNSRecord, handler: Any) -> DNSRecord:
        name, kind = str(request.q.qname).rstrip("."), QTYPE[request.q.qtype]
        self.asked.append((handler.protocol, kind, name))
        if name in self.silent:
            raise DNSError("no answer")  # which the server keeps to itself
        reply = request.reply()
        if name in self.failing:
            reply.header.rcode = RCODE.SERVFAIL
        elif not any(known == name or known.endswith(f".{name}") for known in self.records):
            reply.header.rcode = RCODE.NXDOMAIN
        for of, value in self.records.get(name, []):
            if of in (kind, "CNAME"):
                reply.add_answer(RR(name, QTYPE.reverse[of], rdata=_data(of, value), ttl=60))
            if of == "CNAME" and kind != "CNAME":
                self._follow(value, kind, reply)
        return reply

    def _follow(self, alias: str, kind: str, reply: DNSRecord) -> None:
        """As a resolver does that asks on for whoever asks it."""
        for of, value in self.records.get(alias, []):
            if of == kind:
                reply.add_answer(RR(alias, QTYPE.reverse[of], rdata=_data(of, value), ttl=60))


def _data(kind: str, value: str) -> Any:
    if kind == "TXT":
        pieces = [value[start : start + 255].encode() for start in range(0, len(value), 255)]
        return TXT(pieces)
    return KINDS[kind](value)


class _Handler(DNSHandler):
    def get_reply(self, data: bytes) -> bytes:
        request = DNSRecord.parse(data)
        if str(request.q.qname).rstrip(".") in self.server.resolver.garbled:
            return data[:2] + b"\x84\x00\xff\xff\xff\xff" + b"\xc0" * 40
        found = bytes(super().get_reply(data))
        if self.protocol == "udp" and len(found) > LARGEST:
            cut = request.reply()  # the server's own way leaves the question out, which no client takes
            cut.header.tc = 1
            return bytes(cut.pack())
        return found


@contextmanager
def running_name_server() -> Iterator[Zone]:
    zone = Zone(port=_free_port())
    quiet = DNSLogger("error", logf=lambda line: None)
    servers = [
        DNSServer(zone, address="127.0.0.1", port=zone.port, tcp=tcp, logger=quiet, handler=_Handler)
        for tcp in (False, True)
    ]
    for server in servers:
        server.start_thread()
    try:
        yield zone
    finally:
        for server in servers:
            server.stop()
            server.server.server_close()


def _free_port() -> int:
    """One that is free for both."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        stream.bind(("127.0.0.1", 0))
        port = int(stream.getsockname()[1])
        datagrams.bind(("127.0.0.1", port))
    return port
