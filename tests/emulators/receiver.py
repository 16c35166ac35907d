"""A receiver of webhooks on loopback, which answers as a test says and checks signatures as anybody does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Received:
    """One request; `headers` by names in small letters."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def webhook_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def verified_by(self, secret: str) -> dict[str, Any]:
        """As a receiver reads it. Raises `WebhookVerificationError`."""
        found: dict[str, Any] = Webhook(secret).verify(self.body, self.headers)
        return found


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Receiver:
    """`answer` says what comes back; by default a success without words."""

    url: str
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Answer] = lambda received: (204, {}, b"")
    lock: Lock = field(default_factory=Lock)

    def answers(self, status: int, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda received: (status, named, body)

    @property
    def ids(self) -> list[str]:
        return [one.webhook_id for one in self.received]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone before the answer."""


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", 0), _handler(lambda: receiver))
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hooks")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def _handler(of: Callable[[], Receiver]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received, receiver = Received(self.path, headers, body), of()
            status, more, told = receiver.answer(received)
            with receiver.lock:
                receiver.received.append(received)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(told)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
