"""The owner of an organisation is anybody, and their provider says what they like."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.accounts.conftest import sign_in
from tests.tenants.single_sign_on.conftest import (
    GRACE,
    arrive,
    become,
    begin,
    is_in,
    own_domain,
    page_of,
    single_sign_on_for,
    token_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def victim(other_organisation):
    """Of another organisation, with a domain of its own."""
    own_domain(other_organisation, "globex.example")
    return UserFactory(email="victim@globex.example")


ADDRESSES = [
    "victim@globex.example",
    "VICTIM@GLOBEX.EXAMPLE",
    "victim@globex.example.",
    "victim@sub.acme.example",
    "victim@notacme.example",
    "victim@acme.example.evil.example",
    "victim@аcme.example",  # with a Cyrillic letter
]


@pytest.mark.parametrize("email", ADDRESSES)
def test_it_cannot_name_somebody_elsewhere(
    platform_client, provider, organisation, single_sign_on, victim, email
):
    provider.lies["/oauth2/token"] = token_with(email=email)
    before = list(User.objects.values())
    assert arrive(platform_client, organisation, provider).status_code == 401
    assert not is_in(platform_client) and not SocialAccount.objects.exists()
    assert list(User.objects.values()) == before


def test_nor_by_an_address_of_its_own_that_another_account_holds_beside(
    platform_client, provider, organisation, single_sign_on, victim
):
    """A main address elsewhere, no member here: a side door into another's account."""
    EmailAddress.objects.create(user=victim, email=GRACE["email"], verified=True)
    answer = arrive(platform_client, organisation, provider)
    assert answer.status_code == 401 and b"belongs to an account" in answer.content
    assert not is_in(platform_client) and not SocialAccount.objects.exists()


def test_members_with_two_addresses_come_by_the_one_here(
    platform_client, provider, organisation, single_sign_on, victim
):
    EmailAddress.objects.create(user=victim, email=GRACE["email"], verified=True)
    become(organisation, victim, Role.MEMBER)
    arrive(platform_client, organisation, provider)
    assert is_in(platform_client) and SocialAccount.objects.get().user == victim


def test_nor_by_an_identity_that_was_connected_once(
    platform_client, provider, organisation, single_sign_on, victim
):
    """Who came by it, and has given the address up since, is out of its reach; so are contractors."""
    arrive(platform_client, organisation, provider)
    grace = User.objects.get(email=GRACE["email"])
    EmailAddress.objects.filter(user=grace).update(email="grace@home.example")
    User.objects.filter(pk=grace.pk).update(email="grace@home.example")
    again = HostClient()
    assert b"belongs to an account" in arrive(again, organisation, provider).content
    assert not is_in(again)
    EmailAddress.objects.filter(user=grace).update(verified=False, email=GRACE["email"])
    assert b"belongs to an account" in arrive(again, organisation, provider).content


def test_nor_once_its_domain_is_lost(platform_client, provider, organisation, single_sign_on):
    arrive(platform_client, organisation, provider)
    ClaimedDomain.objects.update(verified_at=None)
    again = HostClient()
    assert arrive(again, organisation, provider).status_code == 401 and not is_in(again)


def test_nor_by_anothers_identities(platform_client, provider, organisation, single_sign_on, victim):
    """One `sub` at two providers is two people: Globex's come by Globex's alone."""
    globex = Organisation.objects.get(slug="globex")
    single_sign_on_for(globex, provider)
    provider.knows("grace", email="victim@globex.example", email_verified=True)
    arrive(platform_client, globex, provider)
    assert SocialAccount.objects.get().user == victim
    elsewhere = HostClient()
    assert arrive(elsewhere, organisation, provider).status_code == 401
    provider.lies["/oauth2/token"] = token_with(email=GRACE["email"])
    arrive(elsewhere, organisation, provider)
    assert SocialAccount.objects.get(provider=str(organisation.pk)).user != victim


def test_nor_by_an_address_that_its_owner_has_not_proven(
    platform_client, provider, organisation, single_sign_on
):
    """An account made with another's address is no trap: what it was made with counts for nothing."""
    squatted = UserFactory(email=GRACE["email"], confirmed=False)
    EmailAddress.objects.create(user=squatted, email=GRACE["email"], verified=False, primary=True)
    EmailAddress.objects.create(user=squatted, email="squatter@evil.example", verified=False)
    SocialAccount.objects.create(user=squatted, provider="google", uid="squatter")
    arrive(platform_client, organisation, provider)
    assert is_in(platform_client)
    squatted.refresh_from_db()
    assert not squatted.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(GRACE["email"], True)]
    assert list(SocialAccount.objects.values_list("provider", flat=True)) == [str(organisation.pk)]


def test_who_is_shut_out_stays_out(platform_client, provider, organisation, single_sign_on):
    UserFactory(email=GRACE["email"], is_active=False)
    assert arrive(platform_client, organisation, provider).status_code == 401
    assert not is_in(platform_client)


def test_a_session_of_somebody_else_ends_on_the_way(platform_client, provider, organisation, single_sign_on):
    ada = UserFactory(email="ada@people.example")
    sign_in(platform_client, ada.email)
    arrive(platform_client, organisation, provider)
    assert int(Membership.objects.filter(organisation=organisation).count()) == 1
    assert platform_client.session["_auth_user_id"] == str(User.objects.get(email=GRACE["email"]).pk)


def test_one_is_not_signed_in_by_anothers_page(organisation, single_sign_on):
    """To press the button takes a token of our own page."""
    strict = HostClient(enforce_csrf_checks=True)
    assert strict.post(page_of(organisation)).status_code == 403


def test_it_does_not_lead_to_other_sites(platform_client, provider, organisation, single_sign_on):
    for path in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        page = platform_client.get(page_of(organisation), {"next": path}).content.decode()
        assert 'name="next" value="/accounts/go/acme/"' in page
        back = provider.consent(begin(HostClient(), organisation, next=path), "grace")
        assert "evil" not in back


@pytest.mark.parametrize("column", ["email", "given_name"])
def test_what_it_says_beside_is_only_text(platform_client, provider, organisation, single_sign_on, column):
    provider.lies["/oauth2/token"] = token_with(**{"name": "<b>" * 100, column: {"nested": ["x"]}})
    assert arrive(platform_client, organisation, provider).status_code in (302, 401)


def test_sessions_are_those_of_people_alone(platform_client, provider, organisation, single_sign_on):
    arrive(platform_client, organisation, provider)
    assert UserSession.objects.count() <= 1
    assert User.objects.get().check_password(PASSWORD) is False
