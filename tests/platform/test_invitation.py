"""Where an invitation's link leads, for who has an account and who has none."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.people import invitations
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


def path_of(invitation: Invitation) -> str:
    return f"/invitations/{invitations.token_of(invitation)}/"


@pytest.fixture
def addressed(owning: Membership) -> Invitation:
    return invitations.invite(emails=["nina@new.example"], role=Role.MEMBER, by=owning)[0]


def test_stranger_signs_up_and_joins_without_another_letter(addressed: Invitation) -> None:
    client = HostClient()
    page = client.get(path_of(addressed))
    assert b"Acme" in page.content
    signing_up = client.get("/accounts/signup/?email=nina@new.example")
    assert b"nina@new.example" in signing_up.content
    client.post(
        "/accounts/signup/",
        {"name": "Nina New", "email": "nina@new.example", "password1": "a long enough sentence"},
    )
    assert mail.outbox == []
    assert client.get("/enter/")["Location"] == path_of(addressed)
    joined = client.post(path_of(addressed))
    assert joined["Location"] == "/accounts/go/acme/"
    assert Membership.objects.get(organisation__slug="acme", user__email="nina@new.example").role == "MEMBER"


def test_other_address_still_has_to_be_confirmed(addressed: Invitation) -> None:
    client = HostClient()
    client.get(path_of(addressed))
    client.post(
        "/accounts/signup/",
        {"name": "Eve", "email": "eve@new.example", "password1": "a long enough sentence"},
    )
    assert len(mail.outbox) == 1
    assert [message.to for message in mail.outbox] == [["eve@new.example"]]
    assert not EmailAddress.objects.get(email="eve@new.example").verified
    assert not EmailAddress.objects.filter(email="nina@new.example").exists()


def test_who_has_an_account_joins_with_it(addressed: Invitation) -> None:
    nina = UserFactory(email="nina@new.example")
    client = HostClient().sign_in(nina)
    assert client.get(path_of(addressed)).status_code == 200
    client.post(path_of(addressed))
    assert Membership.objects.filter(user=nina, organisation__slug="acme").exists()


def test_unconfirmed_address_opens_nothing(addressed: Invitation) -> None:
    nina = UserFactory(email="nina@new.example")
    EmailAddress.objects.filter(user=nina).update(verified=False)
    assert HostClient().sign_in(nina).post(path_of(addressed)).status_code == 403
    assert not Membership.objects.filter(user=nina).exists()


def test_other_account_is_told_whose_it_is(addressed: Invitation) -> None:
    client = HostClient().sign_in(UserFactory(email="eve@new.example"))
    assert b"nina@new.example" in client.get(path_of(addressed)).content
    assert client.post(path_of(addressed)).status_code == 403


@pytest.mark.parametrize("token", ["x", "0" * 32, "a.b.c", "%C3%A9"])
def test_forged_link_says_that_it_is_over(token: str) -> None:
    assert HostClient().get(f"/invitations/{token}/").status_code == 404


def test_revoked_invitation_is_forgotten_on_the_way(addressed: Invitation, owning: Membership) -> None:
    client = HostClient()
    client.get(path_of(addressed))
    invitations.revoke(invitation_id=addressed.pk, by=owning)
    assert client.get(path_of(addressed)).status_code == 404
    client.sign_in(UserFactory(email="nina@new.example"))
    assert client.get("/enter/").status_code == 200
