"""The quick start, word for word: its blocks are taken from the page and run against the platform."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from launcher.places import ROOT
from notifications.webhooks import dispatching
from notifications.webhooks.models import Endpoint
from tenants.sealing import unseal
from tests.clients.serving import Served

PAGE = (ROOT / "docs" / "integrators" / "quick-start.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [(language, code) for language, code in BLOCK.findall(PAGE)]
SHELL = [code for language, code in BLOCKS if language == "sh"]
PYTHON = [code for language, code in BLOCKS if language == "python"]
# As who reads it would: the address and key of their own in the first block, the rest as it stands.
OWN = re.compile(r"^export (OCTAVO\w*)=.*$", re.MULTILINE)


@pytest.fixture
def tools(tmp_path: Path) -> str:
    """A PATH that has curl: the machine's own, or else the stand-in."""
    if shutil.which("curl"):
        return os.environ["PATH"]
    program = tmp_path / "bin" / "curl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).parent / "curl.py"}" "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}{os.pathsep}{os.environ['PATH']}"


def test_page_has_nothing_but_what_is_run() -> None:
    assert {language for language, _code in BLOCKS} == {"sh", "python"}
    assert PAGE.count("```") == 2 * len(BLOCKS)
    assert OWN.findall(SHELL[0]) == ["OCTAVO", "OCTAVO_KEY", "OCTAVO_HOOK"]


def test_every_block_does_what_the_page_says(
    served: Served, tools: str, server: Receiver, tmp_path: Path
) -> None:
    own = {"OCTAVO": served.address, "OCTAVO_KEY": served.key, "OCTAVO_HOOK": server.address}
    shell = OWN.sub(lambda line: f"export {line[1]}={own[line[1]]}", SHELL[0]) + "\n".join(SHELL[1:])
    greeted = run(["sh", "-eu", "-c", shell], folder=tmp_path, PATH=tools)
    assert json.loads(greeted).keys() >= {"results", "next"}

    (tmp_path / "start.py").write_text("\n".join(PYTHON))
    told = run([sys.executable, "-I", "start.py"], folder=tmp_path, **own)
    assert "is in the making: http://localhost:" in told
    assert "COMPLETED" in told
    assert "412 " in told
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")

    dispatching.dispatch()  # as the scheduler does every few seconds
    secret = unseal(Endpoint.objects.get().secret)
    ((headers, body),) = server.heard
    assert json.loads(body)["type"] == "webhook.test"
    assert page_check()(headers, body, secret)
    assert not page_check()(headers, body + b" ", secret)


@dataclass
class Receiver:
    """The integrator's own server."""

    address: str
    heard: list[tuple[dict[str, str], bytes]]


@pytest.fixture
def server() -> Iterator[Receiver]:
    heard: list[tuple[dict[str, str], bytes]] = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Listening) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield Receiver(f"http://127.0.0.1:{listening.server_port}/octavo", heard)
        listening.shutdown()
        thread.join(5)


def page_check() -> Callable[..., bool]:
    """The page's own function that checks signatures."""
    names: dict[str, Any] = {}
    exec("import time\n" + PYTHON[-1], names)
    found: Callable[..., bool] = names["is_from_octavo"]
    return found


def run(command: list[str], *, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_check_of_signatures_agrees_with_the_standards_own_library() -> None:
    secret, body, now = (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        b'{"type":"book.completed"}',
        datetime.now(UTC),
    )

    def heard(sent_at: datetime, signed: bytes = body) -> bool:
        signature = Webhook(secret).sign("msg_1", sent_at, signed.decode())
        headers = {
            "webhook-id": "msg_1",
            "webhook-timestamp": str(int(sent_at.timestamp())),
            "webhook-signature": f"v1,c29tZXRoaW5nIGVsc2U= {signature}",
        }
        return page_check()(headers, body, secret)

    assert heard(now)
    assert not heard(now, signed=b"{}")
    assert not heard(now - timedelta(minutes=6))
