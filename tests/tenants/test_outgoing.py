"""Addresses that customers name: only those of the internet are connected to."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tenants import outgoing
from tenants.outgoing import NotPublic, async_client, client, is_public, may_ask
from tests.emulators.name_server import Zone
from tests.tenants.private_addresses import FORMS, Canary, asking, canary, write_records


@pytest.fixture
def strict(settings):
    settings.OCTAVO_PRIVATE_ADDRESSES = False


@pytest.fixture
def bird() -> Iterator[Canary]:
    with canary() as found:
        yield found


@pytest.fixture
def resolver(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> Zone:
    """The machine asks the tests' name server."""
    write_records(zone)
    monkeypatch.setattr(socket, "getaddrinfo", asking(zone))
    return zone


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:53aa:64c:0:fbff:f5ff:fffe", "ff02::1",
        "::7f00:1", "192.88.99.1", "3fff::1", "5f00::1", "fec0::1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::5e", "::ffff:1.1.1.1"]
)
def test_public_ones_too(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example/", "file:///etc/passwd", "ftp://id.example/", "//id.example", "id.example",
        "https://user:secret@id.example/", "https://@id.example/", "https://", "https://id.example:x/",
        "https://id.example:0/", "gopher://id.example/", "", "https://[::1/", "https://a\nb.example/",
    ],
)  # fmt: skip
def test_only_https_is_asked(strict, url):
    assert not may_ask(url)


def test_a_hundred_forms_make_no_connection(strict, resolver, bird):
    assert len(FORMS) >= 100 and len(set(FORMS)) == len(FORMS)
    with client() as asked:
        for form in FORMS:
            with pytest.raises((httpx.ConnectError, httpx.InvalidURL)):
                asked.get(f"https://{form}:{bird.port}/")
    assert bird.heard == []


async def test_nor_do_they_from_coroutines(strict, resolver, bird):
    async with async_client() as asked:
        for form in FORMS:
            with pytest.raises((httpx.ConnectError, httpx.InvalidURL)):
                await asked.get(f"https://{form}:{bird.port}/")
    assert bird.heard == []


def test_the_canary_hears_who_comes(resolver, bird):
    """Else the tests above would show nothing."""
    with client() as asked:
        for host in ("127.0.0.1", "localhost", "2130706433", "loopback.example", "mixed-too.example"):
            with pytest.raises(httpx.TransportError):
                asked.get(f"http://{host}:{bird.port}/")
    assert len(bird.heard) == 5


def test_the_second_answer_of_a_name_server_counts_for_nothing(strict, resolver, bird, monkeypatch):
    """The address that was checked is connected to, and no other look-up is made for it (rebinding)."""
    resolver.has("rebinding.example", "A", "93.184.215.14")
    tried: list[Any] = []

    def connect(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        tried.append(address)
        resolver.records["rebinding.example"] = [("A", "127.0.0.1")]
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    with client() as asked, pytest.raises(httpx.ConnectError):
        asked.get(f"https://rebinding.example:{bird.port}/")
    assert tried == [("93.184.215.14", bird.port)]
    assert [name for _protocol, _kind, name in resolver.asked] == ["rebinding.example"]
    with client() as asked, pytest.raises(NotPublic):
        asked.get(f"https://rebinding.example:{bird.port}/")
    assert bird.heard == []


@contextmanager
def serving(answer: Any, *, certificate: Path | None = None) -> Iterator[tuple[int, list[str]]]:
    """A server whose handler does `answer`; its port, and what it was asked: hosts of requests and of TLS."""
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(self.headers["Host"])
            answer(self)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.sni_callback = lambda _socket, name, _context: told.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_address[1], told
    finally:
        server.shutdown()
        server.server_close()


def _say(body: bytes, **headers: str) -> Any:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302 if "Location" in headers else 200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_redirects_are_not_followed(bird):
    with serving(_say(b"", Location=f"http://127.0.0.1:{bird.port}/")) as (port, _told), client() as asked:
        assert asked.get(f"http://127.0.0.1:{port}/").status_code == 302
    assert bird.heard == []


async def test_nor_by_coroutines(bird):
    with serving(_say(b"", Location=f"http://127.0.0.1:{bird.port}/")) as (port, _told):
        async with async_client() as asked:
            assert (await asked.get(f"http://127.0.0.1:{port}/")).status_code == 302
    assert bird.heard == []


def test_large_answers_are_not_taken():
    with serving(_say(b"x" * 200_000)) as (port, _told):
        with client(most_bytes=100_000) as asked, pytest.raises(httpx.ReadError):
            asked.get(f"http://127.0.0.1:{port}/")
        with client() as asked:
            assert len(asked.get(f"http://127.0.0.1:{port}/").content) == 200_000


def test_nor_small_ones_that_grow():
    packed = _say(gzip.compress(b"x" * 10_000_000), Content_Encoding="gzip")
    with serving(packed) as (port, _told), client() as asked, pytest.raises(httpx.RemoteProtocolError):
        asked.get(f"http://127.0.0.1:{port}/")


def _drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte of the headers now and then, for as long as somebody listens."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    handler.connection.settimeout(0.05)
    while True:
        try:
            handler.connection.recv(1)
            return
        except TimeoutError:
            handler.wfile.write(b"x")


def test_slow_answers_are_not_waited_for():
    with (
        serving(_drip) as (port, _told),
        client(seconds=0.4) as asked,
        pytest.raises(httpx.TimeoutException),
    ):
        asked.get(f"http://127.0.0.1:{port}/")


async def test_nor_are_they_by_coroutines():
    with serving(_drip) as (port, _told):
        async with async_client(seconds=0.4) as asked:
            with pytest.raises(httpx.TimeoutException):
                await asked.get(f"http://127.0.0.1:{port}/")


def test_proxies_of_the_environment_are_not_asked(bird, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{bird.port}")
    monkeypatch.setenv("NO_PROXY", "")
    with serving(_say(b"here")) as (port, _told), client() as asked:
        assert asked.get(f"http://127.0.0.1:{port}/").text == "here"
    assert bird.heard == []


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """One for hooks.example, which this machine trusts."""
    path = _certificate_for("hooks.example", tmp_path / "hooks.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    outgoing._trust.cache_clear()
    yield path
    outgoing._trust.cache_clear()


def _certificate_for(name: str, path: Path) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    building = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    building = building.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    building = building.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(building.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
    return path


def test_certificates_are_compared_with_the_name(resolver, certificate):
    """Though the connection goes to an address."""
    for name in ("hooks.example", "others.example"):
        resolver.has(name, "A", "127.0.0.1")
    with serving(_say(b"here"), certificate=certificate) as (port, told), client() as asked:
        assert asked.get(f"https://hooks.example:{port}/").text == "here"
        assert told == ["hooks.example", f"hooks.example:{port}"]
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE"):
            asked.get(f"https://others.example:{port}/")


async def test_by_coroutines_too(resolver, certificate):
    resolver.has("hooks.example", "A", "127.0.0.1")
    with serving(_say(b"here"), certificate=certificate) as (port, told):
        async with async_client() as asked:
            assert (await asked.get(f"https://hooks.example:{port}/")).text == "here"
    assert told == ["hooks.example", f"hooks.example:{port}"]
