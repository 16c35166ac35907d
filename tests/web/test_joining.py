"""Somebody who is signed in on an organisation's host, and no member, is asked to join where they may."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.web.conftest import text_of


@pytest.fixture
def open_(organisation: Organisation) -> ClaimedDomain:
    return ClaimedDomain.objects.create(
        organisation=organisation,
        name="acme.example",
        purpose=Purpose.EMAIL,
        token="t",
        joins_as=Role.GUEST,
        verified_at=timezone.now(),
    )


@pytest.fixture
def newcomer(organisation: Organisation) -> HostClient:
    return HostClient(organisation).sign_in(UserFactory(name="Nora New", email="nora@acme.example"))


def test_one_click_joins(newcomer: HostClient, open_: ClaimedDomain) -> None:
    assert newcomer.get("/people/")["Location"] == "/join/"
    page = text_of(newcomer.get("/join/"))
    assert "Join Acme" in page
    assert "Your role will be: Guest." in page
    assert newcomer.post("/join/")["Location"] == "/"
    assert Membership.objects.get(user__email="nora@acme.example").role == Role.GUEST
    assert newcomer.get("/").status_code == 200
    assert newcomer.get("/join/")["Location"] == "/"


def test_who_may_not_finds_nothing(organisation: Organisation, open_: ClaimedDomain) -> None:
    stranger = HostClient(organisation).sign_in(UserFactory(email="eve@elsewhere.example"))
    for answer in (stranger.get("/"), stranger.get("/join/"), stranger.post("/join/")):
        assert answer.status_code == 404
    assert not Membership.objects.exists()


def test_without_a_domain_that_lets_in_it_stays_hidden(newcomer: HostClient) -> None:
    for answer in (newcomer.get("/"), newcomer.get("/join/"), newcomer.post("/join/")):
        assert answer.status_code == 404


def test_forms_and_calls_are_not_led_astray(newcomer: HostClient, open_: ClaimedDomain) -> None:
    assert newcomer.get("/api/v1/books/").status_code == 404
    assert newcomer.post("/people/leave/").status_code == 404


def test_strangers_sign_in_first(organisation: Organisation, open_: ClaimedDomain) -> None:
    assert HostClient(organisation).get("/join/")["Location"] == "/accounts/login/?next=/join/"


def test_joining_elsewhere_is_not_joining_here(
    newcomer: HostClient, open_: ClaimedDomain, other_organisation: Organisation, other_member: User
) -> None:
    there = HostClient(other_organisation).sign_in(User.objects.get(email="nora@acme.example"))
    assert there.post("/join/").status_code == 404
