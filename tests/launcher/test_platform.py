"""The whole platform by its command: it comes up, is found by others, makes a book, and goes away.

One start serves the file, since it takes seconds; the tests that stop it are the last.
"""

import json
import os
import re
import signal
import subprocess
import sys

import httpx
import pytest

from launcher.embedded.valkey import free_port
from launcher.places import ROOT

COMMAND = (sys.executable, str(ROOT / "launcher"))
# What tells the tests' own processes where they are must not tell the platform.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "DJANGO_", "EMAIL_URL", "OPENAI_", "OCTAVO_", "PAYSTACK_", "PYTEST_")
STORY = {
    "topic": "A lantern that is afraid of the dark",
    "kind": "story",
    "language": "en",
    "hero": {"name": "Maya", "age": 6, "pronoun": "she"},
}


class Installation:
    """A first start on this machine: no data yet, and this Python's packages."""

    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        self.environment = kept | {
            "OCTAVO_PYTHON": sys.executable,
            "OCTAVO_DATA": str(data),
            "OCTAVO_PORT": str(self.port),
        }

    def run(self, *words, **more):
        return self.python(*COMMAND[1:], *words, **more)

    def python(self, *words, **more):
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def access(self):
        return json.loads((self.data / "secrets" / "demo.json").read_text())

    def make_book(self, commission, out, *, password=None):
        task = {
            "commission": commission,
            "out": str(out),
            "port": self.port,
            "host": f"demo.localhost:{self.port}",
            "email": self.access()["member"],
            "password": password or self.access()["member_password"],
            "logs": "the logs",
        }
        return self.python("-m", "launcher.bookmaking", OCTAVO_TASK=json.dumps(task))


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    return Installation(tmp_path_factory.mktemp("platform") / "data")


@pytest.fixture(scope="module")
def up(installation):
    """The running command; `told` is what it said until it was ready."""
    with subprocess.Popen(
        [*COMMAND, "up"], env=installation.environment, stderr=subprocess.PIPE, text=True
    ) as process:
        told = []
        for line in process.stderr:
            told.append(line)
            if line.lstrip().startswith("Logs"):
                break
        process.told = "".join(told)
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def test_up_tells_where_and_how_to_sign_in(up, installation):
    assert f"Octavo is ready: http://localhost:{installation.port} (Ctrl-C stops it)" in up.told
    assert f"http://demo.localhost:{installation.port}" in up.told
    passwords = re.findall(r"password (\S+)", up.told)
    assert len(set(passwords)) == 2
    assert min(len(password) for password in passwords) >= 16
    assert httpx.get(f"{installation.address}/healthz").text == "ok"


def test_manage_uses_what_is_running(up, installation):
    query = "from django.db import connection as c; print(c.cursor().execute('SELECT 6 * 7').fetchone()[0])"
    done = installation.run("manage", "shell", "--verbosity", "0", "-c", query)
    assert done.stdout == "42\n", done.stderr


def test_second_up_on_the_same_data_or_port_is_one_sentence(up, installation, tmp_path):
    same_data = installation.run("up", OCTAVO_PORT=str(free_port()))
    same_port = installation.run("up", OCTAVO_DATA=str(tmp_path))
    assert (same_data.returncode, same_port.returncode) == (1, 1)
    assert same_data.stderr.startswith("octavo: Octavo is already running on ")
    assert same_port.stderr.startswith(f"octavo: Port {installation.port} is taken by another program: ")
    assert (same_data.stderr.count("\n"), same_port.stderr.count("\n")) == (1, 1)


def test_book_is_made_as_a_member_would(up, installation, tmp_path):
    done = installation.make_book(STORY, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].startswith("Finished, ")
    begins = {path.name: path.read_bytes()[:4] for path in tmp_path.iterdir()}
    assert begins.pop("book.html").lower() == b"<!do"
    assert "Maya" in (tmp_path / "book.md").read_text()
    del begins["book.md"]
    zipped = b"PK\3\4"
    assert begins == {
        "book.pdf": b"%PDF",
        "book.epub": zipped,
        "book.docx": zipped,
        "book-markdown.zip": zipped,
        "cover.png": b"\x89PNG",
    }


def test_what_cannot_be_made_is_one_sentence(up, installation, tmp_path):
    stranger = installation.make_book(STORY, tmp_path, password="wrong")
    assert (stranger.returncode, stranger.stderr) == (
        1,
        "octavo: Signing in did not work (status 200): see the logs.\n",
    )
    refused = installation.make_book(STORY | {"kind": "opera"}, tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.startswith("octavo: The platform does not take this book: kind: ")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_stops_everything(up, installation):
    up.send_signal(signal.SIGINT)
    assert up.wait(20) == 0
    assert up.stderr.read().strip() == "Stopping ..."
    with pytest.raises(httpx.ConnectError):
        httpx.get(installation.address)
    assert not (installation.data / "run.json").exists()


def test_next_command_finds_everything_as_it_was(up, installation):
    before = installation.access()
    done = installation.run("manage", "shell", "--verbosity", "0", "-c", "print('started')")
    assert done.stdout == "started\n", done.stderr
    assert installation.access() == before
