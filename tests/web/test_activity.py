"""The activity log as people see it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from insights.actions import Action
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def line(organisation: Organisation | None, **values: object) -> ActivityLog:
    known = {
        "action": Action.BOOK_COMMISSIONED,
        "resource_type": "books.book",
        "resource_id": "1",
        "resource_name": "The Kite",
        **values,
    }
    return ActivityLog.objects.create(organisation_id=organisation.pk if organisation else None, **known)


def shown(page: HostClient, address: str = "/activity/") -> list[str]:
    return [
        " ".join(row.text_content().split())
        for row in tree(page.get(address)).xpath("//li[contains(@class, 'logged')]")
    ]


def test_owner_sees_who_did_what(owners_page: HostClient, organisation: Organisation, member: User) -> None:
    line(organisation, actor_id=member.pk, actor_name="Max Member", ip_address="203.0.113.9")
    (first, *_rest) = shown(owners_page)
    for words in ("Commissioned a book", "The Kite", "Max Member", "203.0.113.9"):
        assert words in first


def test_members_see_their_own_part_alone(
    page: HostClient, organisation: Organisation, member: User, owner: User
) -> None:
    line(organisation, actor_id=owner.pk, resource_name="Owner’s book")
    line(organisation, actor_id=member.pk, resource_name="Max’s book")
    assert page.get("/activity/").status_code == 403
    assert page.get("/activity/export/").status_code == 403
    told = " ".join(shown(page, "/profile/activity/"))
    assert "Max’s book" in told
    assert "Owner’s book" not in told


def test_other_organisations_stay_out(
    owners_page: HostClient, owner: User, other_organisation: Organisation
) -> None:
    line(other_organisation, actor_id=owner.pk, resource_name="Elsewhere")
    for address in ("/activity/", "/profile/activity/"):
        assert "Elsewhere" not in text_of(owners_page.get(address))


def test_lines_are_filtered(owners_page: HostClient, organisation: Organisation, member: User) -> None:
    line(organisation, actor_id=member.pk, resource_name="Kite")
    line(organisation, action=Action.FORMAT_BUILT, resource_name="Paper")
    line(organisation, resource_name="Old", created_at=datetime.now(UTC) - timedelta(days=40))
    part = organisation.memberships.get(user=member)
    since = (datetime.now(UTC) - timedelta(days=2)).date()
    assert ["Kite" in row for row in shown(owners_page, f"/activity/?subject=book&since={since}")] == [True]
    assert ["Kite" in row for row in shown(owners_page, f"/activity/?who={part.pk}")][-1]
    assert ["Paper" in row for row in shown(owners_page, "/activity/?subject=format")] == [True]
    assert ["Old" in row for row in shown(owners_page, f"/activity/?subject=book&until={since}")] == [True]


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=0001-01-01", "until=9999-12-31", "who=x", "subject=x"]
)
def test_odd_filters_are_explained(owners_page: HostClient, query: str) -> None:
    response = owners_page.get(f"/activity/?{query}")
    assert response.status_code == 422
    assert tree(response).xpath("//*[contains(@class, 'field-error')]")


@pytest.mark.parametrize("before", ["x", "00000000-0000-4000-8000-000000000000", ""])
def test_odd_places_begin_at_the_newest(owners_page: HostClient, before: str) -> None:
    assert owners_page.get(f"/activity/?before={before}").status_code == 200


def test_whole_log_is_walked_through(owners_page: HostClient, organisation: Organisation) -> None:
    for number in range(120):
        line(organisation, resource_name=f"Book {number:03}")
    seen, address = [], "/activity/?subject=book"
    while address:
        response = owners_page.get(address)
        rows = tree(response).xpath("//li[contains(@class, 'logged')]/p")
        seen += [row.text_content().split("·")[1].strip() for row in rows]
        (address,) = tree(response).xpath("//a[@rel='next']/@href") or [""]
        address = address and f"/activity/{address}"
    assert seen == [f"Book {number:03}" for number in reversed(range(120))]


def test_page_costs_the_same_for_a_long_log(owners_page: HostClient, organisation: Organisation) -> None:
    for _one in range(3):
        line(organisation)
    few = queries_of(owners_page, "/activity/")
    for _one in range(300):
        line(organisation)
    assert queries_of(owners_page, "/activity/") == few


def test_export_goes_on_where_a_chunk_ended(
    owners_page: HostClient, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insights.queries._CHUNK", 7)
    moment = datetime.now(UTC)
    for number in range(30):  # all at one moment: only the id tells them apart
        line(organisation, resource_name=f"Book {number:02}", created_at=moment)
    text = b"".join(owners_page.get("/activity/export/?subject=book").streaming_content).decode("utf-8-sig")
    names = [row[3] for row in csv.reader(io.StringIO(text))][1:]
    assert names == [f"Book {number:02}" for number in reversed(range(30))]


def test_export_is_whole_and_harmless(owners_page: HostClient, organisation: Organisation) -> None:
    for number in range(60):
        line(organisation, resource_name=f"Book {number}")
    line(organisation, resource_name="=HYPERLINK(1)", actor_name="+Max")
    response = owners_page.get("/activity/export/?subject=book")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 62
    assert rows[1][1] == "'+Max"
    assert rows[1][3] == "'=HYPERLINK(1)"
    assert response["Content-Disposition"] == 'attachment; filename="activity.csv"'
