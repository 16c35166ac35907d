"""A whole book by a real worker: its own threads and event loop, tables that commit, live events."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
import redis
from django.conf import settings as django_settings

from generation import progress
from generation.commission import commission_book
from generation.models import BookJob
from jobs.kinds import LANES
from jobs.limits import Limits
from jobs.runner import Runner
from notifications import stream
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.emulators.openai_stateful import OpenAIServer

LIMITS = Limits(
    lease=15.0,
    calls_in_flight=50,
    builds_in_flight=2,
    organisation_calls=25,
    organisation_builds=2,
    look_round=0.2,
    grace=0.5,
)
DEADLINE = 60.0  # seconds


def wait_until_over(job: BookJob) -> None:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if job.is_over:
            return
        pause.wait(0.05)
    pytest.fail(f"still {job.status}, {job.stage}")


@pytest.fixture
def worker(transactional_db: None) -> Any:
    runner = Runner(LANES, settings=LIMITS)
    runner.start()
    yield runner
    runner.stop()


def test_book_is_made_and_told_live(
    worker: Runner, organisation: Organisation, member: Any, ai: OpenAIServer, settings: Any
) -> None:
    settings.OPENAI_DELIVERY = "background"
    with entered(organisation):
        membership = Membership.objects.get(organisation=organisation, user=member)
        book, job = commission_book(membership=membership, topic="A garden", chapters=6)

        wait_until_over(job)

        assert (job.status, job.error) == (BookJob.Status.COMPLETED, "")
        assert book.formats.filter(status="READY").count() == 5
        assert len(ai.asked("/responses")) == 7
        events = live_events(job)
    kinds = [event.get("status") for event in events]
    assert kinds[0] == "PENDING"
    assert kinds[-1] == "COMPLETED"
    ready = [event["chapter"]["number"] for event in events if "chapter" in event]
    assert sorted(ready) == [1, 2, 3, 4, 5, 6]
    assert {event["format"]["format"] for event in events if "format" in event} == {
        "PDF", "EPUB", "DOCX", "HTML", "MARKDOWN",
    }  # fmt: skip
    counts = [event["done"] for event in events if event.get("stage") == "chapters" and "done" in event]
    assert counts == sorted(counts)


def live_events(job: BookJob) -> list[dict[str, Any]]:
    client = redis.Redis.from_url(django_settings.REDIS_URL, decode_responses=True)
    return [json.loads(entry["d"]) for _id, entry in client.xrange(stream.channel(progress.topic(job.pk)))]
