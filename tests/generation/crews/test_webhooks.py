"""A webhook is nobody's word: its address cannot be guessed, and it is believed once a look agrees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from generation import crew_webhooks
from generation.models import BookJob, CrewRun, OwnProvider
from jobs.models import Step
from tests.conftest import HostClient
from tests.emulators.crewai import CrewServer
from tests.generation.conftest import Commission
from tests.generation.crews.conftest import Telling, as_written, tell, texts, write

OUTLINE = {"chapters": [{"title": "Forged", "description": "Not the crew's."}]}


@pytest.fixture
def begun(crew: CrewServer, own_crew: OwnProvider, commission: Commission) -> BookJob:
    """A run that has begun, and that nobody has looked at yet."""
    _book, job = commission(topic="Gardens")
    return write(job, rounds=1)


def let_the_next_look_be_late(job: BookJob) -> None:
    """However long the test takes, it is not due by itself."""
    Step.objects.filter(job_id=job.pk).update(next_run_at=Now() + timedelta(hours=1))


def told(crew: CrewServer, **changes: object) -> dict[str, object]:
    return {"name": "outline_task", "output_json": OUTLINE, "kickoff_id": crew.run.id, **changes}


def test_outline_is_not_believed_before_the_run_is_that_far(begun: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    assert tell(crew.run.webhooks["taskWebhookUrl"], told(crew)) == 200

    job = write(begun, rounds=3)

    assert job.outline is None


def test_task_with_a_name_that_no_database_takes_is_heard(begun: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    assert tell(crew.run.webhooks["taskWebhookUrl"], told(crew, task_id="out\0line\ud800")) == 200


def test_end_is_not_believed_before_the_run_says_so(begun: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    forged = {"result_json": {"chapters": [{"title": "A", "content": "B"}]}, "kickoff_id": crew.run.id}
    assert tell(crew.run.webhooks["crewWebhookUrl"], forged) == 200

    job = write(begun, rounds=3)

    assert (job.outline, job.book.chapters.count()) == (None, 0)


def test_another_runs_webhook_is_about_nothing_here(begun: BookJob, crew: CrewServer) -> None:
    address = crew.run.webhooks["taskWebhookUrl"]

    assert tell(address, told(crew, kickoff_id="another")) == 404
    assert CrewRun.objects.get(pk=begun.pk).heard == {}


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "0" * 32 + token[32:], lambda _: "x"]
)
def test_address_that_was_never_given_out_answers_nothing(
    begun: BookJob, crew: CrewServer, change: object
) -> None:
    token = crew.run.webhooks["taskWebhookUrl"].split("/")[-3]
    address = crew.run.webhooks["taskWebhookUrl"].replace(token, change(token))  # type: ignore[operator]

    assert tell(address, told(crew)) == 404
    assert CrewRun.objects.get(pk=begun.pk).heard == {}


@pytest.mark.parametrize("body", ["", "[]", "no JSON", "1", '{"a":'])
def test_what_is_no_object_is_refused(begun: BookJob, crew: CrewServer, body: str) -> None:
    address = crew_webhooks.callbacks(begun.pk).task.split("localhost:8000")[-1]
    path = "/webhooks/" + address.split("/webhooks/")[1]

    assert HostClient().post(path, body, content_type="application/json").status_code == 400
    assert HostClient().get(path).status_code == 405


def test_body_of_megabytes_is_not_read(begun: BookJob, crew: CrewServer) -> None:
    assert tell(crew.run.webhooks["taskWebhookUrl"], told(crew, output="x" * 1_100_000)) == 413


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": -1, "completion_tokens": "many"},
        {"total_tokens": 10**30},
        {"prompt_tokens": True},
        [],
        "1",
    ],
)
def test_usage_that_makes_no_sense_is_none(begun: BookJob, crew: CrewServer, usage: object) -> None:
    tell(crew.run.webhooks["crewWebhookUrl"], {"kickoff_id": crew.run.id, "token_usage": usage})

    assert "usage" not in CrewRun.objects.get(pk=begun.pk).heard


def test_webhook_brings_the_next_look_forward(begun: BookJob, crew: CrewServer) -> None:
    let_the_next_look_be_late(begun)
    due = Step.objects.filter(job_id=begun.pk, next_run_at__lte=Now())
    assert not due.exists()

    tell(crew.run.webhooks["taskWebhookUrl"], {"name": "any", "kickoff_id": crew.run.id})

    assert due.count() == 1


def test_agents_thoughts_wake_nobody(begun: BookJob, crew: CrewServer) -> None:
    let_the_next_look_be_late(begun)
    assert tell(crew.run.webhooks["stepWebhookUrl"], {"thought": "?", "kickoff_id": crew.run.id}) == 200

    assert not Step.objects.filter(job_id=begun.pk, next_run_at__lte=Now()).exists()


def test_what_is_told_while_somebody_looks_has_them_look_again(
    crew: CrewServer, own_crew: OwnProvider, commission: Commission
) -> None:
    crew.hangs = True
    _book, job = commission(topic="Gardens")
    write(job, rounds=1)
    address = crew.run.webhooks["taskWebhookUrl"]

    write(
        job, rounds=1,
        meanwhile=lambda: tell(address, {"name": "any", "kickoff_id": crew.run.id}),
    )  # fmt: skip

    assert Step.objects.filter(job_id=job.pk, next_run_at__lte=Now()).count() == 1


def test_run_that_is_done_is_only_asked_again_for_what_it_used(begun: BookJob, crew: CrewServer) -> None:
    write(begun, rounds=4)
    assert CrewRun.objects.get(pk=begun.pk).finished_seen
    let_the_next_look_be_late(begun)
    due = Step.objects.filter(job_id=begun.pk, status="PENDING", next_run_at__lte=Now())

    tell(crew.run.webhooks["taskWebhookUrl"], {"name": "any", "kickoff_id": crew.run.id})
    assert not due.exists()

    used = {"kickoff_id": crew.run.id, "token_usage": {"prompt_tokens": 7}}
    tell(crew.run.webhooks["crewWebhookUrl"], used)
    assert due.exists()


def test_webhooks_of_a_book_that_is_over_are_about_nothing(
    begun: BookJob, crew: CrewServer, telling: Telling
) -> None:
    BookJob.objects.filter(pk=begun.pk).update(status=BookJob.Status.CANCELLED)

    assert tell(crew.run.webhooks["taskWebhookUrl"], told(crew)) == 404


def test_forged_outline_gives_way_to_the_crews_own(
    begun: BookJob, crew: CrewServer, telling: Telling
) -> None:
    tell(crew.run.webhooks["taskWebhookUrl"], told(crew))

    write(begun, telling)

    assert texts(begun.book) == as_written("Gardens 1", "Gardens 2", "Gardens 3")
