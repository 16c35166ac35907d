"""“Where to?” offers the organisations that one may join by one's address."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def opened(organisation: Organisation, name: str = "acme.example") -> ClaimedDomain:
    return ClaimedDomain.objects.create(
        organisation=organisation,
        name=name,
        purpose=Purpose.EMAIL,
        token="t",
        joins_as=Role.MEMBER,
        verified_at=timezone.now(),
    )


@pytest.fixture
def nora(organisation: Organisation, other_organisation: Organisation) -> User:
    """At home in Globex, with an address at acme.example."""
    somebody: User = UserFactory(name="Nora New", email="nora@acme.example")
    Membership.objects.create(organisation=other_organisation, user=somebody, role=Role.OWNER)
    return somebody


def offers(response: Any) -> list[str]:
    page = html.fromstring(response.content.decode())
    return [" ".join(one.text_content().split()) for one in page.xpath("//section//form/button")]


def test_it_is_offered_before_ones_only_organisation(nora: User, organisation: Organisation) -> None:
    lobby = HostClient().sign_in(nora)
    assert lobby.get("/enter/").status_code == 302
    opened(organisation)
    assert offers(lobby.get("/enter/")) == ["Join Acme"]
    joined = lobby.post(f"/organisations/{organisation.pk}/join/")
    assert joined["Location"] == "/accounts/go/acme/"
    assert Membership.objects.get(user=nora, organisation=organisation).role == Role.MEMBER
    assert offers(lobby.get("/enter/")) == []
    assert lobby.post(f"/organisations/{organisation.pk}/join/").status_code == 302  # once more is no harm


def test_who_signs_up_is_offered_it(organisation: Organisation) -> None:
    opened(organisation)
    lobby = HostClient()
    lobby.post(
        "/accounts/signup/", {"name": "Nora New", "email": "nora@acme.example", "password1": "correct horse"}
    )
    user = User.objects.get(email="nora@acme.example")
    assert not Membership.objects.filter(user=user, organisation=organisation).exists()
    signed_in = HostClient().sign_in(user)
    assert signed_in.get("/enter/").status_code == 302  # the address is not confirmed yet
    user.emailaddress_set.update(verified=True)
    assert offers(signed_in.get("/enter/")) == ["Join Acme"]


@pytest.mark.parametrize("email", ["nora@elsewhere.example", "nora@sub.acme.example"])
def test_others_may_not(organisation: Organisation, email: str) -> None:
    opened(organisation)
    lobby = HostClient().sign_in(UserFactory(email=email))
    assert offers(lobby.get("/enter/")) == []
    assert lobby.post(f"/organisations/{organisation.pk}/join/").status_code == 404
    assert not Membership.objects.exists()


def test_joining_is_no_link(nora: User, organisation: Organisation) -> None:
    opened(organisation)
    lobby = HostClient().sign_in(nora)
    assert lobby.get(f"/organisations/{organisation.pk}/join/").status_code == 405
    assert HostClient().post(f"/organisations/{organisation.pk}/join/").status_code == 302
    assert not Membership.objects.filter(organisation=organisation).exists()


def test_the_choice_takes_the_same_queries_however_many_there_are(
    nora: User, organisation: Organisation
) -> None:
    opened(organisation)
    lobby = HostClient().sign_in(nora)
    few = queries_of(lobby, "/enter/")
    opened(organisation, "acme.test.example")
    assert queries_of(lobby, "/enter/") == few
