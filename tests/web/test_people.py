"""Notifications and settings of the person who is signed in."""

from __future__ import annotations

from typing import Any

import pytest

from notifications import notify, stream
from notifications.models import Kind, Notification, Preference
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

SETTINGS = {"name": "Max Member", "language": "", "theme": "system", "time_zone": "Europe/Paris"}


def news(user: User, organisation: Organisation, **data: Any) -> Notification:
    return Notification.objects.create(
        user=user,
        organisation=organisation,
        kind=Kind.BOOK_FINISHED,
        data={"title": "The Kite", "path": "/books/new/", **data},
    )


def test_no_news_has_a_picture_and_an_action(page: HostClient) -> None:
    empty = tree(page.get("/notifications/")).xpath("//div[@class='empty']")[0]
    assert empty.xpath(".//img")
    assert empty.xpath(".//a/@href") == ["/"]


def test_bell_counts_what_is_unread(page: HostClient, member: User, organisation: Organisation) -> None:
    news(member, organisation)
    news(member, organisation)
    assert tree(page.get("/")).xpath("//header//span[@class='nav-count']/text()") == ["2"]


def test_bell_is_told_the_number(page: HostClient, member: User, organisation: Organisation) -> None:
    assert page.get("/notifications/unread/").content == b"0"
    news(member, organisation)
    assert page.get("/notifications/unread/").content == b"1"


def test_bell_hears_of_news_and_of_reading(
    page: HostClient, member: User, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    with entered(organisation):
        key = stream.channel(f"user:{member.pk}")
        with django_capture_on_commit_callbacks(execute=True):
            notify(member, Kind.BOOK_FINISHED, {"title": "The Kite", "path": "/"})
    with django_capture_on_commit_callbacks(execute=True):
        page.post("/notifications/")
    assert stream._redis().xlen(key) == 2


def test_bell_hears_of_what_is_told_in_no_organisation(
    page: HostClient, member: User, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify(member, Kind.MEMBERSHIP_ENDED, {"organisation": "Elsewhere", "path": "/"})
    with entered(organisation):
        assert stream._redis().xlen(stream.channel(f"user:{member.pk}")) == 1
    assert page.get("/notifications/unread/").content == b"1"


def test_following_news_marks_it_read(page: HostClient, member: User, organisation: Organisation) -> None:
    one = news(member, organisation)
    assert page.get(f"/notifications/{one.pk}/")["Location"] == "/books/new/"
    one.refresh_from_db()
    assert one.read_at is not None


def test_news_never_leads_elsewhere(page: HostClient, member: User, organisation: Organisation) -> None:
    one = news(member, organisation, path="//evil.example/")
    assert page.get(f"/notifications/{one.pk}/")["Location"] == "/notifications/"


def test_all_news_are_marked_read_at_once(page: HostClient, member: User, organisation: Organisation) -> None:
    news(member, organisation)
    page.post("/notifications/")
    assert not Notification.objects.filter(read_at=None).exists()


def test_others_news_are_not_found(page: HostClient, owner: User, organisation: Organisation) -> None:
    one = news(owner, organisation)
    assert page.get(f"/notifications/{one.pk}/").status_code == 404
    assert "The Kite" not in text_of(page.get("/notifications/"))


def test_queries_do_not_grow_with_the_news(
    page: HostClient, member: User, organisation: Organisation
) -> None:
    def count(more: int) -> int:
        for _ in range(more):
            news(member, organisation)
        return queries_of(page, "/notifications/")

    assert count(1) == count(6)


def test_settings_are_saved(page: HostClient, member: User) -> None:
    response = page.post(
        "/profile/",
        {**SETTINGS, "name": "Maxime", "language": "fr", "theme": "dark", "book.finished:in_app": "on"},
        follow=True,
    )
    member.refresh_from_db()
    assert (member.name, member.language, member.theme) == ("Maxime", "fr", "dark")
    root = tree(response)
    assert (root.get("lang"), root.get("data-theme")) == ("fr", "ink")
    wish = Preference.objects.get(user=member, kind=Kind.BOOK_FINISHED)
    assert (wish.in_app, wish.by_email) == (True, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 121), ("language", "xx"), ("theme", "neon"), ("time_zone", "Mars/Olympus")],
)
def test_faults_stand_beside_their_fields(page: HostClient, member: User, field: str, value: str) -> None:
    response = page.post("/profile/", {**SETTINGS, field: value})
    assert response.status_code == 422
    assert tree(response).xpath(f"//*[@id='id_{field}_error']")
    member.refresh_from_db()
    assert member.name == "Max Member"


@pytest.mark.parametrize(("theme", "attribute"), [("system", None), ("light", "paper"), ("dark", "ink")])
def test_theme_is_the_profiles(page: HostClient, member: User, theme: str, attribute: str | None) -> None:
    User.objects.filter(pk=member.pk).update(theme=theme)
    assert tree(page.get("/")).get("data-theme") == attribute
