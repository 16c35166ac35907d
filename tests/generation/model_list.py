"""A server that lists its models (GET /models), and does nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-of-the-list"


@contextmanager
def listing(models: list[str]) -> Iterator[tuple[str, str]]:
    """Its base address, and its key."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["Authorization"] == f"Bearer {KEY}"
            found = known and self.path == "/v1/models"
            self.send_response(200 if found else 404 if known else 401)
            body = json.dumps({"data": [{"id": model} for model in models]} if found else {}).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", KEY
    finally:
        server.shutdown()
        server.server_close()
