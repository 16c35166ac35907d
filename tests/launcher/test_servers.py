"""Managed servers take the embedded ones' place, and are looked at first."""

import socket
from contextlib import closing

import pytest

from launcher.embedded.valkey import free_port
from launcher.processes import require_free
from launcher.refusals import Refusal
from launcher.servers import servers


@pytest.fixture
def closed_port():
    return free_port()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgresql://me:s3cret@127.0.0.1:{}/octavo"),
        ("REDIS_URL", "redis://:s3cret@127.0.0.1:{}/0"),
    ],
)
def test_managed_server_that_does_not_answer_is_one_sentence_without_the_password(
    monkeypatch, tmp_path, closed_port, name, url
):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv(name, url.format(closed_port))
    with pytest.raises(Refusal) as caught, servers(tmp_path / "data", port=8000):
        pass
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} is set, but 127.0.0.1 does not answer (")
    assert sentence.endswith("): correct it, or unset it.")
    assert "s3cret" not in sentence
    assert "\n" not in sentence


def test_managed_servers_are_used_and_nothing_else_is_started(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with servers(tmp_path / "managed", port=8000) as (_, managed):
        for name in ("DATABASE_URL", "REDIS_URL"):
            monkeypatch.setenv(name, managed[name])
        with servers(tmp_path / "data", port=8000) as (supervisor, environment):
            assert [child for stage in supervisor.stages for child in stage] == []
            assert environment["DATABASE_URL"] == managed["DATABASE_URL"]
            assert environment["REDIS_URL"] == managed["REDIS_URL"]
    assert not (tmp_path / "data" / "postgresql").exists()


def test_port_that_is_taken_is_one_sentence_with_another_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refusal) as caught:
            require_free(port)
    assert str(caught.value) == (
        f"Port {port} is taken by another program: stop that one, or choose another port, as in "
        f"OCTAVO_PORT={port + 1} ./octavo up."
    )
