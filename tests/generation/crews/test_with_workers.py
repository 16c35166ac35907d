"""A crew's book by a real worker: webhooks come in over HTTP while it looks, waits and looks again."""

from __future__ import annotations

import threading
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings as django_settings

from billing.models import LedgerEntry
from generation.commission import commission_book
from generation.models import BookJob, OwnProvider
from jobs.runner import Runner
from tenants.context import entered
from tenants.models import Membership, Organisation
from tenants.sealing import seal
from tests.emulators.crewai import TOKEN, CrewServer, Sent
from tests.generation.crews.conftest import as_written, texts
from tests.generation.test_with_workers import LIMITS

DEADLINE = 30.0  # seconds


@pytest.fixture
def worker(transactional_db: None) -> Any:
    runner = Runner(["calls"], settings=LIMITS)
    runner.start()
    yield runner
    runner.stop()


def test_worker_writes_the_book_while_webhooks_come_in(
    worker: Runner, live_server: Any, organisation: Organisation, member: Any, crew: CrewServer
) -> None:
    answers: list[int] = []

    def deliver(sent: Sent) -> None:
        threading.Timer(0.1, lambda: answers.append(_post(live_server.url, sent))).start()

    crew.send = deliver
    with entered(organisation):
        OwnProvider.objects.create(purpose="text", service="crewai", address=crew.url, sealed_key=seal(TOKEN))
        membership = Membership.objects.get(organisation=organisation, user=member)
        book, job = commission_book(membership=membership, topic="Gardens", kind="guide")
        _wait_until_finalized(job)

        assert texts(book) == as_written("Gardens 1", "Gardens 2", "Gardens 3")
        assert job.external_job_id == crew.run.id
    assert set(answers) == {200}
    assert LedgerEntry.objects.filter(job_id=job.pk, output_tokens=2_000).count() == 1


def _post(address: str, sent: Sent) -> int:
    headers = {"Host": django_settings.PUBLIC_HOST}
    return httpx.post(address + urlsplit(sent.url).path, json=sent.body, headers=headers).status_code


def _wait_until_finalized(job: BookJob) -> None:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if job.finalized:
            return
        pause.wait(0.05)
    pytest.fail(f"still {job.status}, {job.stage}, {job.error}")
