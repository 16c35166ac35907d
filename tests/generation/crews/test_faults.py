"""Everything that can go wrong with a crew, and what a member reads of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from generation.commission import retry_book
from generation.models import BookJob, CrewRun, OwnProvider
from jobs.models import ProviderBreaker, Step
from tenants.sealing import seal
from tests.emulators.crewai import CrewServer, Script
from tests.generation.conftest import Commission
from tests.generation.crews.conftest import as_written, texts, write

S = BookJob.Status
GARDEN = as_written("Gardens 1", "Gardens 2", "Gardens 3")


@pytest.fixture
def job(crew: CrewServer, own_crew: OwnProvider, commission: Commission) -> BookJob:
    _book, job = commission(topic="Gardens")
    return job


def failed(job: BookJob) -> tuple[str, str]:
    job = write(job)
    assert job.status == S.FAILED
    return job.error_code, job.error


def test_wrong_token_is_put_right_by_an_owner(job: BookJob, crew: CrewServer, own_crew: OwnProvider) -> None:
    right = own_crew.sealed_key
    own_crew.sealed_key = seal("wrong")
    own_crew.save()

    code, told = failed(job)
    assert code == "wrong_key"
    assert "under “AI services”" in told

    own_crew.sealed_key = right
    own_crew.save()
    retry_book(job=job)
    write(job)
    assert texts(job.book) == GARDEN


def test_removed_crew_stops_its_books(job: BookJob, own_crew: OwnProvider) -> None:
    own_crew.delete()

    assert failed(job)[0] == "own_provider_removed"


def test_inputs_that_a_book_does_not_have_are_named(job: BookJob, crew: CrewServer) -> None:
    crew.inputs = ("topic", "budget", "interests")

    code, told = failed(job)

    assert (code, crew.asked("/kickoff")) == ("crew_inputs", [])
    assert "budget, interests" in told


def test_inputs_that_the_crew_misses_are_named(job: BookJob, crew: CrewServer) -> None:
    details = {"missing_inputs": ["secret_sauce"]}
    crew.script(Script("/kickoff", status=422, body={"error": "Validation Error", "details": details}))

    code, told = failed(job)

    assert code == "crew_inputs"
    assert "secret_sauce" in told


def test_run_that_is_no_longer_known_is_begun_anew_when_tried_again(job: BookJob, crew: CrewServer) -> None:
    write(job, rounds=1)
    crew.runs.clear()
    assert failed(job)[0] == "crew_lost"

    retry_book(job=job)
    write(job)

    assert len(crew.asked("/kickoff")) == 2
    assert texts(job.book) == GARDEN


def test_crew_that_stops_while_it_writes_is_begun_anew_with_the_chapters(
    job: BookJob, crew: CrewServer
) -> None:
    crew.shape, crew.fails = "state", "Rate limit of the model"
    assert failed(job)[0] == "crew_failed"
    assert Step.objects.filter(job_id=job.pk, error_reason="Rate limit of the model").exists()

    crew.fails = ""
    retry_book(job=job)
    job = write(job)

    assert texts(job.book) == GARDEN
    assert job.external_job_id == list(crew.runs)[-1]


@pytest.mark.parametrize(
    ("shape", "result"),
    [
        ("status", "A travel itinerary."),
        ("state", {"chapters": []}),
        ("status", {"chapters": [{"title": "A"}]}),
        ("state", {"chapters": "many"}),
    ],
)
def test_answer_without_chapters_is_a_clear_failure(
    job: BookJob, crew: CrewServer, result: Any, shape: Any
) -> None:
    crew.shape, crew.result = shape, result

    code, told = failed(job)

    assert code == "crew_wrong_shape"
    assert "no chapters with a title and content" in told


def test_answer_that_is_no_json_is_asked_for_again(job: BookJob, crew: CrewServer) -> None:
    crew.script(Script("/status", raw=b"<html>Bad day</html>", times=3))

    write(job)

    assert texts(job.book) == GARDEN
    assert len(crew.asked("/kickoff")) == 1


@pytest.mark.parametrize("answer", [b"[]", b'{"status": "dreaming"}', b"\xff", b"[" * 5_000])
def test_answers_that_never_make_sense_end_the_tries(job: BookJob, crew: CrewServer, answer: bytes) -> None:
    write(job, rounds=1)
    crew.script(Script("/status", raw=answer, times=None))

    code, _told = failed(job)

    assert code == "unusable_answer"
    assert len(crew.asked("/status")) == 6
    assert len(crew.asked("/kickoff")) == 1


def test_answer_of_many_megabytes_is_not_read(job: BookJob, crew: CrewServer) -> None:
    write(job, rounds=1)
    crew.script(Script("/status", raw=json.dumps({"status": "x" * 17_000_000}).encode()))

    assert failed(job)[0] == "crew_too_much"


def test_503_waits_and_counts_against_this_crew_alone(job: BookJob, crew: CrewServer, own_crew: Any) -> None:
    crew.script(Script("/kickoff", status=503, times=2), Script("/status", status=500, times=2))

    write(job, rounds=3)
    breaker = ProviderBreaker.objects.get()
    assert breaker.provider == f"own:crewai:{own_crew.pk}"
    write(job)

    assert texts(job.book) == GARDEN
    assert len(crew.runs) == 1


def test_failures_between_looks_do_not_add_up(job: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    write(job, rounds=1)
    for _ in range(8):
        crew.script(Script("/status", status=502))
        write(job, rounds=2)
    crew.hangs = False

    write(job)

    assert texts(job.book) == GARDEN


def test_429_waits_as_told_and_uses_up_no_try(job: BookJob, crew: CrewServer) -> None:
    crew.script(Script("/kickoff", status=429, headers={"retry-after": "30"}, times=9))
    write(job, rounds=1)
    step = Step.objects.get(job_id=job.pk)
    assert timedelta(seconds=25) < step.next_run_at - timezone.now() < timedelta(seconds=35)

    write(job)

    assert texts(job.book) == GARDEN


def test_hung_crew_is_given_up_at_its_deadline_and_waited_for_again(job: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    write(job, rounds=5)
    CrewRun.objects.update(waiting_since=timezone.now() - timedelta(hours=3))
    assert failed(job)[0] == "crew_too_slow"

    crew.hangs = False
    retry_book(job=job)
    write(job)

    assert texts(job.book) == GARDEN
    assert len(crew.asked("/kickoff")) == 1


@pytest.mark.parametrize("path", ["/inputs", "/kickoff"])
@pytest.mark.parametrize(
    ("status", "code"), [(404, "crew_not_found"), (302, "crew_not_found"), (403, "wrong_key")]
)
def test_address_without_a_crew(job: BookJob, crew: CrewServer, path: str, status: int, code: str) -> None:
    crew.script(Script(path, status=status, headers={"location": "http://127.0.0.1:1/"}))

    assert failed(job)[0] == code


def test_private_address_is_never_asked(job: BookJob, crew: CrewServer, settings: Any) -> None:
    settings.OCTAVO_PRIVATE_ADDRESSES = False

    assert failed(job)[0] == "crew_not_found"
    assert crew.calls == []


def test_nobody_at_the_address_is_tried_again(job: BookJob, own_crew: OwnProvider) -> None:
    OwnProvider.objects.update(address="http://127.0.0.1:9")

    code, told = failed(job)

    assert code == "provider_unavailable"
    assert "could not be reached" in told


def test_pauses_grow_with_the_wait(job: BookJob, crew: CrewServer) -> None:
    crew.hangs = True
    pauses = []
    for minutes in (0, 2, 60):
        CrewRun.objects.update(waiting_since=timezone.now() - timedelta(minutes=minutes))
        write(job, rounds=1)
        pauses.append((Step.objects.get(job_id=job.pk).next_run_at - timezone.now()).total_seconds())

    assert 1 < pauses[0] < 3
    assert 13 < pauses[1] < 18
    assert 55 < pauses[2] < 67


HOSTILE = "a\\u0000b\\ud800c"  # a NUL, and half of a character


@pytest.mark.parametrize(
    "answer",
    [
        '{"status": "running", "current_task": "%s"}',
        '{"status": "error", "error": "%s"}',
        '{"status": "completed", "result": {"output": {"chapters": [{"title": "%s", "content": "%s"}]}}}',
        '{"state": "STARTED", "last_executed_task": {"name": "%s", "output": "%s"}}',
    ],
)
def test_characters_that_no_database_takes_are_left_out(job: BookJob, crew: CrewServer, answer: str) -> None:
    write(job, rounds=1)
    crew.script(Script("/status", raw=answer.replace("%s", HOSTILE).encode(), times=4))

    write(job, rounds=4)

    reasons = list(Step.objects.filter(job_id=job.pk).values_list("error_reason", flat=True))
    kept = f"{BookJob.objects.get(pk=job.pk).writing} {reasons} {texts(job.book)}"
    assert "ab?c" in kept


def test_inputs_with_such_names_are_told(job: BookJob, crew: CrewServer) -> None:
    crew.script(Script("/inputs", raw=b'{"inputs": ["a\\u0000b\\ud800"]}'))

    code, told = failed(job)

    assert (code, "ab?" in told) == ("crew_inputs", True)
