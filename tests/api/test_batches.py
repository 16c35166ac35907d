"""Batches over REST."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from books.models import Book
from generation.batches.models import Batch, BatchRow
from notifications.webhooks.models import Event
from tenants.context import Current
from tenants.models import Organisation
from tests.api.conftest import Errors
from tests.conftest import HostClient
from tests.factories.billing import put_on
from tests.generation.batches.working import turn, work
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/batches/"
ASKED = {"name": "Class 3b", "topic": "{name} and the kite", "chapters": 8}
NOOR, WRONG = {"name": "Noor", "age": 7, "glasses": True}, {"name": "Max", "hair": "purple"}


@pytest.fixture(autouse=True)
def pro(organisation: Organisation, inside: Current) -> Organisation:
    return put_on(organisation, "PRO")


@pytest.fixture
def caller(client: HostClient, member: Any) -> HostClient:
    return client.sign_in(member)


def post(caller: HostClient, path: str = "", body: Any = None) -> Any:
    return caller.post(URL + path, json.dumps(body or {}), content_type="application/json")


def file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("heroes.csv", data, "text/csv")


def test_heroes_become_books(caller: HostClient) -> None:
    response = post(caller, body={**ASKED, "heroes": [NOOR, {"name": "Max"}]})

    assert response.status_code == 202
    told = response.json()
    assert response["Location"] == told["url"]
    assert (told["status"], told["counts"]["books"], told["counts"]["waiting"]) == ("RUNNING", 2, 2)
    batch = Batch.objects.get(pk=told["id"])
    work(batch)
    told = caller.get(response["Location"]).json()
    assert (told["status"], told["counts"]["done"], told["template"]["chapters"]) == ("COMPLETED", 2, 8)
    rows = caller.get(told["rows_url"]).json()["results"]
    assert [(row["number"], row["status"], row["hero"]["glasses"]) for row in rows] == [
        (1, "DONE", True),
        (2, "DONE", False),
    ]
    assert caller.get(rows[0]["book_url"]).json()["id"] == rows[0]["book"]


def test_file_becomes_books(caller: HostClient) -> None:
    response = caller.post(URL, {**ASKED, "file": file("Prénom;Réf\r\nZoé;A-1\r\n".encode())})

    assert response.status_code == 202
    assert BatchRow.objects.values_list("reference", "hero__name").get() == ("A-1", "Zoé")


def test_wrong_rows_are_named_and_nothing_is_made(caller: HostClient, errors: Errors) -> None:
    told = errors(post(caller, body={**ASKED, "heroes": [NOOR, WRONG, {"age": "x"}]}))
    assert list(told) == ["heroes[1].hair", "heroes[2].name", "heroes[2].age"]
    assert told["heroes[1].hair"].startswith("“purple” is not among: short,")

    told = errors(caller.post(URL, {**ASKED, "file": file(b"Name,Hair\nNoor,\nMax,purple\n")}))
    assert told["file"].startswith("Row 3, Hair: “purple” is not among: short,")
    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "heroes"),
        ({"heroes": []}, "heroes"),
        ({"heroes": [NOOR] * 501}, "heroes"),
        ({"heroes": [NOOR], "topic": "{nobody}"}, "topic"),
        ({"heroes": [NOOR], "name": ""}, "name"),
        ({"heroes": [NOOR], "chapters": 2}, "chapters"),
        ({"heroes": [NOOR], "language": "de"}, "language"),
    ],
)
def test_bad_bodies_say_what_is_wrong(
    caller: HostClient, errors: Errors, given: dict[str, Any], field: str
) -> None:
    assert field in errors(post(caller, body={**ASKED, **given}))


def test_dry_run_keeps_nothing(caller: HostClient) -> None:
    told = post(caller, "?dry_run=true", {**ASKED, "heroes": [NOOR, WRONG, NOOR]}).json()

    assert (told["rows"], told["books"], told["doubles"], told["left"]) == (3, 2, [3], None)
    assert [wrong["number"] for wrong in told["wrong"]] == [2]
    assert told["cost_micros"] == 0
    assert Batch.objects.count() == 0


def test_others_are_made_where_the_wrong_are_left_out(caller: HostClient) -> None:
    told = post(caller, body={**ASKED, "heroes": [NOOR, WRONG], "leave_out_wrong": True}).json()

    assert (told["counts"]["wrong"], told["counts"]["waiting"]) == (1, 1)


def test_draft_is_put_right_row_by_row_and_begun(caller: HostClient, errors: Errors) -> None:
    response = post(caller, body={**ASKED, "heroes": [NOOR, WRONG, NOOR], "begin": False})
    assert (response.status_code, response.json()["status"]) == (201, "DRAFT")
    path = response.json()["id"] + "/"

    row = f"{URL}{path}rows/2/"
    changed = caller.patch(row, json.dumps({"name": "Max", "hair": "curly"}), content_type="application/json")
    assert (changed.json()["status"], changed.json()["errors"]) == ("WAITING", {})
    left = caller.patch(row, json.dumps({"left_out": True}), content_type="application/json").json()
    assert left["status"] == "LEFT_OUT"
    back = caller.patch(row, json.dumps({"left_out": False}), content_type="application/json").json()
    assert (back["status"], back["given"]) == ("WAITING", {"name": "Max", "hair": "curly"})
    assert post(caller, path + "leave-out-doubles/").json() == {"rows": 1}
    renamed = caller.patch(URL + path, json.dumps({"name": "4a"}), content_type="application/json").json()
    assert (renamed["name"], renamed["template"]["topic"]) == ("4a", ASKED["topic"])
    assert post(caller, path + "begin/").status_code == 202
    assert post(caller, path + "begin/").status_code == 409
    left = caller.get(f"{URL}{path}rows/?status=LEFT_OUT").json()
    assert [row["number"] for row in left["results"]] == [3]


def test_batch_is_cancelled_and_forgotten(caller: HostClient) -> None:
    told = post(caller, body={**ASKED, "heroes": [NOOR]}).json()
    path, batch = told["id"] + "/", Batch.objects.get()
    turn(batch)

    assert caller.delete(URL + path).status_code == 409
    assert post(caller, path + "cancel/", {"stop_making": True}).json()["status"] == "CANCELLED"
    assert post(caller, path + "resume/").status_code == 409
    assert post(caller, path + "retry/").status_code == 409
    assert caller.delete(URL + path).status_code == 204
    assert (Batch.objects.count(), Book.objects.count()) == (0, 1)


def test_end_is_told_to_webhooks(caller: HostClient, organisation: Organisation) -> None:
    from notifications.webhooks.models import Endpoint

    Endpoint.objects.create(
        organisation=organisation, url="https://hooks.example/", events=["batch.completed"]
    )
    post(caller, body={**ASKED, "heroes": [NOOR]})
    batch = Batch.objects.get()
    work(batch)

    told = Event.objects.get(type="batch.completed").data
    assert (told["id"], told["done"], told["failed"], told["total"]) == (str(batch.pk), 1, 0, 1)


def test_results_files_and_events_are_given(caller: HostClient) -> None:
    path = URL + post(caller, body={**ASKED, "heroes": [NOOR], "begin": False}).json()["id"] + "/"

    table = caller.get(path + "results/").content.decode().splitlines()
    assert table[1].startswith("1,Noor,7,yes,Waiting")
    archive = b"".join(caller.get(path + "files/?type=epub").streaming_content)
    assert archive.startswith(b"PK")
    assert caller.get(path + "files/?type=exe").status_code == 400
    assert caller.get(path + "events/").status_code == 307
    assert "Prénom" in caller.get(URL + "example/?language=fr").content.decode()


def test_list_asks_as_much_for_many_as_for_one(caller: HostClient) -> None:
    post(caller, body={**ASKED, "heroes": [NOOR], "begin": False})
    before = queries_of(caller, URL)
    for _ in range(3):
        post(caller, body={**ASKED, "heroes": [NOOR, WRONG], "begin": False})

    assert queries_of(caller, URL) == before
    counts = [row["counts"] for row in caller.get(URL).json()["results"]]
    assert [(row["rows"], row["wrong"]) for row in counts] == [(2, 1)] * 3 + [(1, 0)]


def test_five_hundred_heroes_are_taken_at_once(caller: HostClient) -> None:
    heroes = [{"name": f"Hero {number}"} for number in range(500)]
    assert post(caller, body={**ASKED, "heroes": heroes}).json()["counts"]["waiting"] == 500


def test_plan_without_batches_takes_none(caller: HostClient, organisation: Organisation) -> None:
    put_on(organisation, "FREE")
    response = post(caller, body={**ASKED, "heroes": [NOOR]})
    assert (response.status_code, response.json()["type"].rpartition("#")[2]) == (402, "not-in-plan")


def test_guests_and_strangers_see_none(
    caller: HostClient, guest_client: HostClient, other_organisation: Organisation, other_member: Any
) -> None:
    path = post(caller, body={**ASKED, "heroes": [NOOR], "begin": False}).json()["id"] + "/"
    stranger = HostClient(other_organisation).sign_in(other_member)

    assert guest_client.get(URL).status_code == 403
    assert guest_client.get(URL + path).status_code == 403
    assert stranger.get(URL + path).status_code == 404
