"""What pages show beside a book and a job, over REST: steps, outline, history, costs and the like."""

from __future__ import annotations

from typing import Any

import pytest

from books.models import Book
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from generation import progress
from generation.commission import commission_book
from generation.models import BookJob
from insights.actions import Action
from insights.recording import record
from jobs.models import Step
from jobs.states import StepStatus
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.api.conftest import Errors
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

BOOKS = "/api/v1/books/"
JOBS = "/api/v1/jobs/"
JSON = "application/json"


@pytest.fixture
def book(organisation: Organisation, plain: Membership) -> Book:
    """Max's, with one chapter that was written twice."""
    with entered(organisation):
        made = Book.objects.create(
            kind="guide", language="en", topic="Bees", title="Bees", status="READY", author=plain.user
        )
        made.characters.create(name="Ada", role="a bee")
        made.facts.create(statement="Bees sleep in winter.")
        chapter = made.chapters.create(number=1, title="One")
        for text in ("One.\n\nTwo.", "One.\n\nThree and four."):
            write_chapter(chapter_id=chapter.pk, text=text, origin=Revision.Origin.AI)
    return made


@pytest.fixture
def job(organisation: Organisation, plain: Membership) -> Any:
    with entered(organisation):
        _book, made = commission_book(membership=plain, topic="Bees", kind="guide", language="en")
    return made


def test_steps_say_why_they_stopped(member_client: HostClient, job: Any) -> None:
    Step.objects.filter(job_id=job.pk).update(
        status=StepStatus.FAILED, error_kind="exhausted", error_code="timeout", attempts=3
    )
    (step,) = member_client.get(f"{JOBS}{job.pk}/steps/").json()["results"]
    assert (step["kind"], step["status"], step["attempts"]) == ("generation.outline", "FAILED", 3)
    assert (step["error_code"], step["error"].endswith(".")) == ("timeout", True)
    refused = member_client.post(f"{JOBS}{job.pk}/steps/{step['id']}/skip/")
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "A book cannot go on without its outline.",
    )


def test_stopped_step_is_skipped(member_client: HostClient, job: Any) -> None:
    (step,) = Step.objects.filter(job_id=job.pk)
    Step.objects.filter(pk=step.pk).update(kind="generation.announcing", status=StepStatus.FAILED)
    answer = member_client.post(f"{JOBS}{job.pk}/steps/{step.pk}/skip/")
    assert (answer.status_code, answer.json()["id"]) == (200, str(job.pk))
    assert Step.objects.get(pk=step.pk).status == StepStatus.SKIPPED
    assert member_client.post(f"{JOBS}{job.pk}/steps/{step.pk}/skip/").status_code == 409


def test_outline_is_looked_over(member_client: HostClient, job: Any, organisation: Organisation) -> None:
    address = f"{JOBS}{job.pk}/outline/"
    assert member_client.get(address).json() == {"title": "", "premise": "", "chapters": []}
    chapters = [{"title": "One", "beats": ["Wake"]}, {"title": "Two", "beats": []}]
    with entered(organisation):
        type(job).objects.filter(pk=job.pk).update(
            outline={"title": "Bees", "premise": "P", "chapters": chapters}
        )
    assert member_client.get(address).json()["chapters"] == [
        {"title": "One", "beats": ["Wake"], "number": 1},
        {"title": "Two", "beats": [], "number": 2},
    ]


def test_revisions_are_read_and_compared(member_client: HostClient, book: Book) -> None:
    address = f"{BOOKS}{book.pk}/chapters/1/revisions/1/"
    assert member_client.get(address).json()["text"] == "One.\n\nTwo."
    told = member_client.get(f"{address}comparison/").json()
    assert (told["from_revision"], told["to_revision"], told["words_added"]) == (1, 2, 2)
    assert told["diff"].splitlines()[-2:] == ["-Two.", "+Three and four."]
    assert member_client.get(f"{address}comparison/?to=1").json()["diff"] == ""
    assert member_client.get(f"{address}comparison/?to=9").status_code == 404


def test_bible_costs_and_activity(member_client: HostClient, guest_client: HostClient, book: Book) -> None:
    bible = member_client.get(f"{BOOKS}{book.pk}/bible/").json()
    assert (bible["characters"][0]["name"], bible["facts"]) == ("Ada", ["Bees sleep in winter."])
    assert member_client.get(f"{BOOKS}{book.pk}/costs/").json()["cost_micros"] == 0
    assert guest_client.get(f"{BOOKS}{book.pk}/costs/").status_code == 404
    changed = member_client.patch(f"{BOOKS}{book.pk}/metadata/", {"publisher": "A"}, content_type=JSON)
    assert changed.status_code == 200
    (line,) = member_client.get(f"{BOOKS}{book.pk}/activity/").json()["results"]
    assert line["resource_name"] == "Bees"
    assert member_client.get(f"{BOOKS}subjects/?q=bees").json() == []


def test_what_a_book_costs_is_told_to_those_who_may_see_it(
    member_client: HostClient, admin_client: HostClient, organisation: Organisation, job: BookJob
) -> None:
    with entered(organisation):
        BookJob.objects.update(cost_micros=4_321)
        record(
            Action.BOOK_FINISHED, actor=None, resource=job.book, details={"words": 5, "cost_micros": 4_321}
        )
    other = UserFactory(email="moe@acme.example")
    MembershipFactory(organisation=organisation, user=other)  # who reads the book, and did not commission it
    seen = {}
    for client in (member_client, admin_client, HostClient(organisation).sign_in(other)):
        (listed,) = client.get(JOBS).json()["results"]
        assert client.get(f"{JOBS}{job.pk}/").json() == listed
        lines = client.get(f"{BOOKS}{job.book_id}/activity/").json()["results"]
        seen[client] = (
            listed["cost_micros"],
            *(line["details"] for line in lines if "words" in line["details"]),
        )
    knows, does_not = (4_321, {"words": 5, "cost_micros": 4_321}), (None, {"words": 5})
    assert [*seen.values()] == [knows, knows, does_not]


def test_from_where_a_book_was_changed_is_told_to_those_who_run_the_organisation(
    member_client: HostClient, admin_client: HostClient, organisation: Organisation, book: Book
) -> None:
    other = UserFactory(email="moe@acme.example")
    MembershipFactory(organisation=organisation, user=other)
    member_client.patch(f"{BOOKS}{book.pk}/metadata/", {"publisher": "A"}, content_type=JSON)
    told = []
    for client in (member_client, admin_client, HostClient(organisation).sign_in(other)):
        (line,) = client.get(f"{BOOKS}{book.pk}/activity/").json()["results"]
        told.append(line["ip_address"])
    assert told == ["127.0.0.1", "127.0.0.1", None]


def test_stream_tells_no_costs_for_everybody_who_sees_the_book_hears_it(job: BookJob) -> None:
    assert "cost_micros" not in progress.snapshot(job)


def test_streams_are_on_the_host_that_was_asked(member_client: HostClient, job: Any) -> None:
    for address in (f"{JOBS}{job.pk}/events/", "/api/v1/notifications/events/"):
        answer = member_client.get(address)
        assert (answer.status_code, answer["Location"].startswith("/live/")) == (307, True)


def test_look_and_pictures(owner_client: HostClient, on_enterprise: Organisation, errors: Errors) -> None:
    address = "/api/v1/organisation/look/"
    assert owner_client.put(address, {"accent": "#1D4ED8"}, content_type=JSON).status_code == 200
    assert owner_client.get(address).json() == {"accent": "#1d4ed8"}
    assert list(errors(owner_client.put(address, {"accent": "ÿ"}, content_type=JSON))) == ["accent"]
    for nothing in ("organisation/logo/", "profile/picture/"):
        assert owner_client.get(f"/api/v1/{nothing}").status_code == 404


def test_single_sign_on_is_told_without_its_secret(
    owner_client: HostClient, on_enterprise: Organisation, errors: Errors
) -> None:
    address = "/api/v1/organisation/single-sign-on/"
    assert owner_client.get(address).status_code == 404
    assert owner_client.put(f"{address}requirement/").status_code == 404
    wanted = {"name": "Acme ID", "issuer": "http://localhost:1", "client_id": "1", "client_secret": "2"}
    assert list(errors(owner_client.put(address, wanted, content_type=JSON))) == ["issuer"]


def test_lists_cost_the_same_for_many(
    admin_client: HostClient, job: Any, organisation: Organisation, plain: Membership, book: Book
) -> None:
    addresses = (f"{JOBS}{job.pk}/steps/", "/api/v1/usage/members/", f"{BOOKS}{book.pk}/activity/")
    few = [queries_of(admin_client, address) for address in addresses]
    (step,) = Step.objects.filter(job_id=job.pk)
    for number in range(1, 5):
        step.pk, step.number = None, number
        step.id = Step._meta.pk.get_default()
        step.save(force_insert=True)
    assert [queries_of(admin_client, address) for address in addresses] == few
