"""The stream of a job as programs hear it, with a key, from the platform's real server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generation import progress
from generation.commission import cancel_book, commission_book
from generation.models import BookJob
from launcher.places import ROOT
from live import streams
from tenants.api_keys import revoking
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.clients.serving import serving
from tests.factories.api_keys import issue_key

PAGE = (ROOT / "docs" / "integrators" / "streams.md").read_text()
PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SOON = 10  # seconds on a machine that is busy with other tests; a stream is open for 120


@pytest.fixture
def membership(transactional_db: None, organisation: Organisation, owner: Any) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(
        organisation=organisation, user=owner
    )


@pytest.fixture
def job(membership: Membership) -> BookJob:
    with entered(membership.organisation):
        return commission_book(membership=membership, topic="Bees", kind="guide", language="en")[1]


@pytest.fixture
def platform(settings: Any) -> Iterator[str]:
    streams.hub.cache_clear()  # another test's belongs to a loop that has ended
    with serving(settings) as address:
        yield address
    streams.hub.cache_clear()


class Listener:
    """An SSE client that reads in a thread, from when the stream is open until it ends."""

    def __init__(self, address: str, secret: str) -> None:
        self.events: list[dict[str, Any]] = []
        self.ended_at = 0.0
        self._address, self._headers = address, {"Authorization": f"Bearer {secret}"}
        self._opened, self._heard = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        assert self._opened.wait(SOON)

    def hears(self, publish: Callable[[], object]) -> dict[str, Any]:
        self._heard.clear()
        publish()
        assert self._heard.wait(SOON)
        return self.events[-1]

    def ends_after(self, act: Callable[[], object]) -> float:
        """The seconds that it took."""
        began = time.monotonic()
        act()
        self._thread.join(SOON)
        assert self.ended_at
        return self.ended_at - began

    def _listen(self) -> None:
        with (
            httpx.Client(follow_redirects=True, timeout=60) as client,
            client.stream("GET", self._address, headers=self._headers) as answer,
        ):
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            self._opened.set()
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    self.events.append(json.loads(line.removeprefix("data: ")))
                    self._heard.set()
        self.ended_at = time.monotonic()


def test_key_hears_of_its_job_until_it_is_revoked(
    platform: str, membership: Membership, job: BookJob
) -> None:
    address = f"{platform}/api/v1/jobs/{job.pk}/events/"
    issued, other = issue_key(membership, "jobs:read"), issue_key(membership, "jobs:read", name="Other")
    heard, stays = Listener(address, issued.secret), Listener(address, other.secret)

    def tell() -> None:
        with entered(membership.organisation):
            progress.tell(job.pk, status="WRITING_CHAPTERS", writing="The dark tower")

    assert heard.hears(tell)["writing"] == "The dark tower"
    assert heard.ends_after(lambda: revoking.revoke(key_id=issued.key.pk, by=membership)) < SOON
    assert stays.hears(tell)["writing"] == "The dark tower"
    assert stays.ended_at == 0.0
    for _ in range(40):  # the key is known in memory for up to a second
        if httpx.get(address, headers={"Authorization": f"Bearer {issued.secret}"}).status_code == 401:
            break
        threading.Event().wait(0.1)
    else:
        pytest.fail("a key that is revoked still gets tickets")
    revoking.revoke(key_id=other.key.pk, by=membership)


def test_stream_needs_the_scope_of_its_job(platform: str, membership: Membership, job: BookJob) -> None:
    address = f"{platform}/api/v1/jobs/{job.pk}/events/"
    secret = issue_key(membership, "books:read").secret
    refused = httpx.get(address, headers={"Authorization": f"Bearer {secret}"})
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (403, "missing-scope")


def test_program_of_the_page_follows_a_job_to_its_end(
    platform: str, membership: Membership, job: BookJob, tmp_path: Path
) -> None:
    (program,) = PROGRAM.findall(PAGE)
    (tmp_path / "follow.py").write_text(program)
    own = {"OCTAVO": platform, "OCTAVO_KEY": issue_key(membership, "jobs:read").secret}
    with entered(membership.organisation):
        progress.record(job)
        cancel_book(job=job, actor=membership.user)
    done = subprocess.run(
        [sys.executable, "-I", "follow.py"],
        cwd=tmp_path,
        env=os.environ | own | {"OCTAVO_JOB": str(job.pk)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("CANCELLED ")
