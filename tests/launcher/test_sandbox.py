"""The stand-in for payments beside the platform: when it runs, and that it keeps what it knows."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from launcher.embedded.valkey import free_port
from launcher.places import ROOT
from launcher.processes import answers
from launcher.sandbox import sandbox_process, sandbox_settings

HERE = {"OCTAVO_PUBLIC_HOST": "localhost:8000"}


@pytest.fixture(autouse=True)
def no_account(monkeypatch):
    for name in ("PAYSTACK_SECRET_KEY", "PAYSTACK_SANDBOX"):
        monkeypatch.delenv(name, raising=False)


def test_whoever_has_no_account_gets_a_sandbox_with_a_key_of_its_own(tmp_path):
    port = free_port()
    settings = sandbox_settings(tmp_path, HERE, port=port)
    assert settings["PAYSTACK_SANDBOX_URL"].startswith("http://localhost:")
    key = settings["PAYSTACK_SANDBOX_KEY"]
    assert key.startswith("sk_test_") and len(key) > 40
    assert sandbox_settings(tmp_path, HERE, port=port)["PAYSTACK_SANDBOX_KEY"] == key
    (process,) = sandbox_process(tmp_path, HERE | settings)
    assert "http://localhost:8000/webhooks/paystack/" in process.words
    assert key not in process.words


@pytest.mark.parametrize(
    ("name", "value"), [("PAYSTACK_SECRET_KEY", "sk_live_1"), ("PAYSTACK_SANDBOX", "no")]
)
def test_none_where_there_is_a_key_or_nobody_wants_it(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert sandbox_settings(tmp_path, HERE, port=8000) == {}
    assert sandbox_process(tmp_path, HERE) == []


def test_none_where_others_can_come(tmp_path):
    assert sandbox_settings(tmp_path, {"OCTAVO_PUBLIC_HOST": "octavo.example"}, port=8000) == {}


class Merchant(HTTPServer):
    """Takes webhooks, and says which."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taker)
        self.taken = []
        self.came = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.taken.append(json.loads(self.rfile.read(int(self.headers["content-length"])))["event"])
        self.send_response(200)
        self.end_headers()
        self.server.came.set()

    def log_message(self, *_):
        pass


@pytest.fixture
def merchant():
    server = Merchant()
    yield server
    server.shutdown()
    server.server_close()


class Sandbox:
    def __init__(self, folder, merchant):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        webhook = f"http://127.0.0.1:{merchant.server_port}/"
        words = ("--port", str(self.port), "--url", self.url, "--webhook", webhook)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.paystack", *words, "--file", str(folder / "paystack.json")],
            cwd=ROOT,
            env={"PAYSTACK_SANDBOX_KEY": "sk_test_1", "PATH": "/usr/bin:/bin"},
        )

    def __enter__(self):
        waiting = threading.Event()
        while not answers(self.port):
            assert self.process.poll() is None
            waiting.wait(0.05)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(20) == 0

    def ask(self, method, path, **body):
        headers = {"Authorization": "Bearer sk_test_1"}
        answer = httpx.request(method, self.url + path, json=body or None, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


def test_the_process_tells_by_webhooks_and_keeps_what_it_knows(tmp_path, merchant):
    with Sandbox(tmp_path, merchant) as first:
        begun = {"email": "ada@acme.example", "amount": 1900, "currency": "USD", "reference": "oct-1"}
        page = first.ask("POST", "/transaction/initialize", **begun)["authorization_url"]
        paid = httpx.post(page, data={"card": "4084084084084081"}, headers={"accept-language": "fr"})
        assert "Merci, c’est payé." in paid.text
        assert merchant.came.wait(10)
    assert merchant.taken == ["charge.success"]
    with Sandbox(tmp_path, merchant) as second:
        assert second.ask("GET", "/transaction/verify/oct-1")["status"] == "success"
    assert merchant.taken == ["charge.success"]
