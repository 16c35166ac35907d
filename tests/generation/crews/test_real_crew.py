"""A real crew, by crewai itself, on an emulated model: `./octavo test --crew`.

crewai and what it brings (some 800 MB) are in an environment of their own, made when it is asked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billing.models import LedgerEntry
from generation.models import BookJob, OwnProvider
from launcher.environment import find_uv
from launcher.places import ROOT, VAR
from tenants.context import Current
from tenants.sealing import seal
from tests.emulators.crewai import TOKEN
from tests.emulators.openai_stateful import OpenAIServer, Script
from tests.generation.conftest import Commission
from tests.generation.crews.conftest import as_written, texts
from tests.generation.driving import drive

SERVER = ROOT / "tests" / "emulators" / "crewai" / "real.py"
TITLES = ("Soil", "Seeds")


@pytest.fixture(scope="session")
def crew_python() -> Path:
    """The interpreter of the environment that crewai is in."""
    folder, lock = VAR / "crew", ROOT / "requirements" / "crew.txt"
    python, uv = folder / "bin" / "python", find_uv()
    if not python.exists():
        subprocess.run([uv, "venv", "--quiet", str(folder)], check=True)
    sync = [uv, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", str(lock)]
    subprocess.run(sync, check=True)
    return python


@pytest.fixture
def models() -> Iterator[OpenAIServer]:
    """A model that answers each of the crew's tasks."""
    outline = {"chapters": [{"title": one, "description": f"All about {one}."} for one in TITLES]}
    book = {"chapters": [{"title": one, "content": f"This is {one}, at length."} for one in TITLES]}
    with OpenAIServer() as server:
        server.script(
            Script(match="Edit the chapters", text=json.dumps(book), times=None),
            Script(match="Write every chapter", text=json.dumps(book), times=None),
            Script(match="Plan the book", text=json.dumps(outline), times=None),
        )
        yield server


@pytest.fixture
def real_crew(crew_python: Path, models: OpenAIServer, inside: Current, tmp_path: Path) -> Iterator[str]:
    """The address of the real crew's server, which writes Acme's text from now on."""
    quiet = {
        "CREWAI_DISABLE_TELEMETRY": "true",
        "OTEL_SDK_DISABLED": "true",
        "CREWAI_TRACING_ENABLED": "false",
    }
    process = subprocess.Popen(
        [str(crew_python), str(SERVER), TOKEN, models.base_url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **quiet},
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    OwnProvider.objects.create(purpose="text", service="crewai", address=address, sealed_key=seal(TOKEN))
    yield address
    process.terminate()
    process.wait(10)


@pytest.mark.timeout(600)
def test_real_crew_writes_a_book(real_crew: str, models: OpenAIServer, commission: Commission) -> None:
    book, job = commission(topic="Gardens", title="My Garden", goal="a first season")

    drive(lanes=("calls",), rounds=1_000, meanwhile=_wait_a_little)

    job.refresh_from_db()
    assert (job.error, job.finalized) == ("", True)
    assert texts(book) == as_written(*TITLES)
    assert [one.beats for one in book.chapters.all()] == [[f"All about {one}."] for one in TITLES]
    asked: list[Any] = models.asked("/chat/completions")
    assert any("Plan the book “My Garden” about Gardens" in str(call.body) for call in asked)
    (paid,) = LedgerEntry.objects.filter(job_id=job.pk, output_tokens__gt=0)
    assert (paid.provider, paid.amount_micros) == ("own:crewai", 0)
    assert BookJob.objects.get(pk=job.pk).external_job_id


def _wait_a_little() -> None:
    threading.Event().wait(0.05)
