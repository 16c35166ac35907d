"""To an organisation's own provider and back, over HTTP."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core import mail

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import ClaimedDomain, Membership, Organisation, Role
from tenants.people import invitations, members
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.accounts.conftest import sign_in
from tests.tenants.single_sign_on.conftest import (
    GRACE,
    arrive,
    become,
    begin,
    enter,
    is_in,
    own_domain,
    page_of,
    single_sign_on_for,
    token_with,
    with_state,
)

pytestmark = pytest.mark.django_db


def test_a_new_person_joins_with_the_role(platform_client, provider, organisation, single_sign_on):
    single_sign_on.joins_as = Role.GUEST
    single_sign_on.save()
    answer = arrive(platform_client, organisation, provider, next="/accounts/go/acme/?next=/profile/")
    assert answer["Location"] == "/accounts/go/acme/?next=/profile/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == (GRACE["email"], "Grace Hopper", False)
    assert EmailAddress.objects.get(user=user).verified
    assert list(user.memberships.values_list("organisation", "role")) == [(organisation.pk, Role.GUEST)]
    assert enter(platform_client, organisation).get("/").status_code == 200
    assert ActivityLog.objects.filter(action="member.joined", actor_id=user.pk).count() == 1
    single_sign_on.refresh_from_db()
    assert single_sign_on.worked_at


def test_whoever_comes_again_is_the_same(platform_client, provider, organisation, single_sign_on):
    arrive(platform_client, organisation, provider)
    again = HostClient()
    assert arrive(again, organisation, provider).status_code == 302
    assert is_in(again)
    assert (User.objects.count(), Membership.objects.count(), Organisation.objects.count()) == (1, 1, 1)


def test_an_account_with_the_address_is_connected(platform_client, provider, organisation, single_sign_on):
    grace = UserFactory(email=GRACE["email"])
    arrive(platform_client, organisation, provider)
    assert is_in(platform_client)
    assert SocialAccount.objects.get().user == grace
    assert Membership.objects.get(user=grace).role == Role.MEMBER
    assert [message.to for message in mail.outbox] == [[GRACE["email"]]]  # and its owner is told
    grace.refresh_from_db()
    assert grace.check_password(PASSWORD)


def test_a_second_factor_is_asked_for_here_too(at_platform, app, ada, provider, organisation, single_sign_on):
    EmailAddress.objects.filter(user=ada).update(email="ada@acme.example")
    User.objects.filter(pk=ada.pk).update(email="ada@acme.example")
    provider.knows("ada", email="ada@acme.example", email_verified=True)
    elsewhere = HostClient()
    answer = arrive(elsewhere, organisation, provider, "ada")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(elsewhere) and not Membership.objects.filter(user=ada).exists()
    elsewhere.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert is_in(elsewhere)
    assert Membership.objects.get(user=ada).organisation_id == organisation.pk


def test_an_invitation_gives_its_role(platform_client, provider, organisation, single_sign_on, owner):
    single_sign_on.joins_as = ""
    single_sign_on.save()
    by = Membership.objects.get(user=owner)
    invitations.invite(emails=[GRACE["email"]], role=Role.ADMIN, by=by)
    arrive(platform_client, organisation, provider)
    assert Membership.objects.get(user__email=GRACE["email"]).role == Role.ADMIN
    assert not invitations.open_invitations(organisation.pk).exists()


def test_where_nobody_joins_strangers_stay_outside(platform_client, provider, organisation, single_sign_on):
    single_sign_on.joins_as = ""
    single_sign_on.save()
    answer = arrive(platform_client, organisation, provider)
    assert answer.status_code == 401 and b"Ask to be invited" in answer.content
    assert not is_in(platform_client) and not User.objects.exists()


def test_who_was_removed_comes_back_by_invitation_alone(
    platform_client, provider, organisation, single_sign_on, owner
):
    arrive(platform_client, organisation, provider)
    by, grace = (Membership.objects.get(user__email=email) for email in (owner.email, GRACE["email"]))
    members.remove_member(membership_id=grace.pk, by=by)
    assert b"Ask to be invited" in arrive(HostClient(), organisation, provider).content
    grace.user.delete()  # nor by a new account
    assert b"Ask to be invited" in arrive(HostClient(), organisation, provider).content
    assert not User.objects.filter(email=GRACE["email"]).exists()
    invitations.invite(emails=[GRACE["email"]], role=Role.MEMBER, by=by)
    arrive(platform_client, organisation, provider)
    assert Membership.objects.filter(user__email=GRACE["email"]).exists()


def test_refused_consent_signs_nobody_in(platform_client, provider, organisation, single_sign_on):
    answer = platform_client.get(provider.refuse(begin(platform_client, organisation)))
    assert answer.status_code == 401 and b"You changed your mind on the way" in answer.content
    assert page_of(organisation).encode() in answer.content
    assert not is_in(platform_client) and not User.objects.exists()


def test_a_state_that_is_not_ours_signs_nobody_in(
    platform_client, provider, organisation, single_sign_on, monkeypatch
):
    back = provider.consent(begin(platform_client, organisation), "grace")
    elsewhere = HostClient()
    for client, path in (
        (platform_client, with_state(back, "forged")),
        (platform_client, re.sub(r"&?state=[^&]+", "", back)),
        (elsewhere, back),
    ):
        assert b"opened in another browser" in client.get(path).content
        assert not is_in(client)
    late = provider.consent(begin(platform_client, organisation), "grace")
    monkeypatch.setattr(statekit, "STATE_TTL", -1)
    assert b"open for too long" in platform_client.get(late).content
    assert not is_in(platform_client) and not User.objects.exists()


def test_a_state_is_good_for_its_organisation_alone(
    platform_client, provider, organisation, other_organisation, single_sign_on
):
    """One provider for two organisations: what was begun for one does not end in the other."""
    own_domain(other_organisation, "globex.example")
    single_sign_on_for(other_organisation, provider)
    back = provider.consent(begin(platform_client, organisation), "grace")
    astray = back.replace(str(organisation.pk), str(other_organisation.pk))
    assert b"opened in another browser" in platform_client.get(astray).content
    assert not is_in(platform_client)


def test_a_code_is_good_once(platform_client, provider, organisation, single_sign_on):
    back = provider.consent(begin(platform_client, organisation), "grace")
    assert platform_client.get(back).status_code == 302
    thief = HostClient()
    state = parse_qs(urlsplit(begin(thief, organisation)).query)["state"][0]
    answer = thief.get(with_state(back, state))
    assert answer.status_code == 401 and not is_in(thief)
    unused = provider.consent(begin(platform_client, organisation), "grace")
    state = parse_qs(urlsplit(begin(thief, organisation)).query)["state"][0]
    assert thief.get(with_state(unused, state)).status_code == 401  # nor in another's browser
    assert not is_in(thief)


ANSWERS = [
    ("/oauth2/token", lambda said: (503, "busy"), "gave an answer"),
    ("/oauth2/token", lambda said: (401, {"error": "invalid_client"}), "does not accept the client ID"),
    ("/oauth2/token", lambda said: (400, {"error": "invalid_grant"}), "gave an answer"),
    ("/oauth2/token", lambda said: {**said, "id_token": "nonsense"}, "gave an answer"),
    ("/oauth2/token", lambda said: {**said, "id_token": None}, "gave an answer"),
    ("/oauth2/token", lambda said: {**said, "access_token": ["x"]}, "gave an answer"),
    ("/oauth2/token", token_with(iss="https://else.example"), "gave an answer"),
    ("/oauth2/token", token_with(aud="another client"), "gave an answer"),
    ("/oauth2/token", token_with(exp=1), "gave an answer"),
    ("/oauth2/token", token_with(exp=None), "gave an answer"),
    ("/oauth2/token", token_with(nonce="another"), "gave an answer"),
    ("/oauth2/token", token_with(sub="x" * 192), "gave an answer"),
    ("/oauth2/token", token_with(sub=None), "gave an answer"),
    ("/oauth2/token", token_with(email_verified=False), "does not say that grace@acme.example is verified"),
    ("/oauth2/token", token_with(email_verified="no"), "does not say that"),
    ("/oauth2/token", token_with(email="grace"), "did not tell your e-mail address"),
    ("/oauth2/token", token_with(email=["grace@acme.example"]), "did not tell your e-mail address"),
    ("/oauth2/token", token_with(email="grace@else.example"), "is under none of the domains"),
]


@pytest.mark.parametrize(("path", "lie", "words"), ANSWERS)
def test_what_cannot_be_trusted_signs_nobody_in(
    platform_client, provider, organisation, single_sign_on, path, lie, words
):
    provider.lies[path] = lie
    answer = arrive(platform_client, organisation, provider)
    assert answer.status_code == 401 and words in answer.content.decode()
    assert not is_in(platform_client) and not User.objects.exists()
    single_sign_on.refresh_from_db()
    assert single_sign_on.worked_at is None


def test_the_user_info_endpoint_is_asked_where_the_token_says_too_little(
    platform_client, provider, organisation, single_sign_on
):
    provider.lies["/oauth2/token"] = token_with(email=None, email_verified=None)
    arrive(platform_client, organisation, provider)
    assert User.objects.get().email == GRACE["email"]
    provider.lies["/userinfo"] = lambda said: {**said, "sub": "somebody else"}
    assert b"gave an answer" in arrive(HostClient(), organisation, provider).content


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (lambda said: {**said, "issuer": "https://else.example"}, "calls itself by another issuer"),
        (lambda said: {"issuer": said["issuer"]}, "no description of an OpenID Connect provider"),
        (lambda said: {**said, "token_endpoint": "file:///etc/passwd"}, "no description"),
        (lambda said: (404, "not here"), "no description"),
        (lambda said: "[1, 2]", "no description"),
        (lambda said: "x" * 600_000, "cannot be reached"),
    ],
)
def test_a_description_that_is_none_is_told(
    platform_client, provider, organisation, single_sign_on, lie, words
):
    provider.lies["/.well-known/openid-configuration"] = lie
    answer = platform_client.post(page_of(organisation))
    assert answer.status_code == 401 and words in answer.content.decode()


def test_a_provider_that_is_away_is_told(platform_client, organisation, provider, single_sign_on, free_port):
    single_sign_on.issuer = f"http://localhost:{free_port}"
    single_sign_on.save()
    answer = platform_client.post(page_of(organisation))
    assert answer.status_code == 401 and b"Example ID cannot be reached" in answer.content


def test_its_token_endpoint_may_be_away(platform_client, provider, organisation, single_sign_on, free_port):
    away = f"http://localhost:{free_port}/token"
    provider.lies["/.well-known/openid-configuration"] = lambda said: {**said, "token_endpoint": away}
    assert b"cannot be reached" in arrive(platform_client, organisation, provider).content


def test_a_provider_is_not_asked_without_end(
    platform_client, organisation, provider, single_sign_on, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"single_sign_on": "2/m/ip"}
    provider.lies["/.well-known/openid-configuration"] = lambda said: (500, "")  # which nobody remembers
    answers = [platform_client.post(page_of(organisation)).status_code for _time in range(3)]
    assert answers == [401, 401, 429] and len(provider.asked) == 2


def test_a_secret_that_cannot_be_opened_is_no_crash(platform_client, provider, organisation, single_sign_on):
    single_sign_on.sealed_secret = "sealed under another key"
    single_sign_on.save()
    provider.lies["/oauth2/token"] = lambda said: (401, {"error": "invalid_client"})
    assert b"does not accept" in arrive(platform_client, organisation, provider).content
    stale = platform_client.get(f"{page_of(organisation)}callback/")
    assert stale.status_code == 401


def test_the_way_there_asks_for_what_is_needed(platform_client, provider, organisation, single_sign_on):
    asked = parse_qs(urlsplit(begin(platform_client, organisation)).query)
    assert asked["redirect_uri"] == [f"http://localhost:8000/accounts/oidc/{organisation.pk}/login/callback/"]
    assert asked["code_challenge_method"] == ["S256"] and asked["client_id"] == ["octavo"]
    assert "a secret" not in str(asked)


def test_a_button_is_pressed_first(platform_client, provider, organisation, single_sign_on):
    page = platform_client.get(page_of(organisation))
    assert b"Your organisation signs you in through Example ID." in page.content
    assert "form-action 'self' https:" in page["Content-Security-Policy"]
    assert provider.asked == []


def test_others_pages_know_nothing_of_it(platform_client, other_organisation, single_sign_on):
    assert not SocialApp.objects.exists()
    for asked in (platform_client, HostClient(other_organisation)):
        page = asked.get("/accounts/login/").content.decode()
        assert "Continue with Example ID" not in page


def test_one_is_found_by_ones_address(platform_client, organisation, single_sign_on):
    found = platform_client.post("/accounts/organisation/", {"email": "Anybody@ACME.example"})
    assert page_of(organisation) in found["Location"]
    for email in ("anybody@else.example", "anybody@sub.acme.example"):
        answer = platform_client.post("/accounts/organisation/", {"email": email})
        assert answer.status_code == 422 and b"No organisation signs people" in answer.content
    assert platform_client.post("/accounts/organisation/", {"email": "x"}).status_code == 422


@pytest.mark.parametrize("status", ["SUSPENDED", "DELETING"])
def test_a_closed_organisation_signs_nobody_in(platform_client, organisation, single_sign_on, status):
    Organisation.objects.filter(pk=organisation.pk).update(status=status)
    assert platform_client.get(page_of(organisation)).status_code == 404
    assert platform_client.post(page_of(organisation)).status_code == 404


def test_an_organisation_without_a_provider_has_no_page(platform_client, organisation):
    assert platform_client.get(page_of(organisation)).status_code == 404


def test_what_is_connected_is_listed_and_may_go(platform_client, provider, organisation, single_sign_on):
    arrive(platform_client, organisation, provider)
    assert b"Example ID" in platform_client.get("/accounts/3rdparty/").content


def test_it_signs_in_and_never_connects(platform_client, provider, organisation, single_sign_on):
    contractor = UserFactory(email="carl@else.example")
    become(organisation, contractor, Role.MEMBER)
    sign_in(platform_client, contractor.email)
    begun = platform_client.post(f"{page_of(organisation)}?process=connect")["Location"]
    assert platform_client.get(provider.consent(begun, "grace")).status_code == 401
    assert not SocialAccount.objects.exists()


def test_domains_that_are_not_proven_count_for_nothing(
    platform_client, provider, organisation, single_sign_on
):
    ClaimedDomain.objects.update(verified_at=None)
    assert b"is under none of the domains" in arrive(platform_client, organisation, provider).content


def test_signing_in_is_logged(platform_client, provider, organisation, single_sign_on):
    arrive(platform_client, organisation, provider)
    there = enter(platform_client, organisation)
    assert there.get("/").status_code == 200
    with entered(organisation):
        assert ActivityLog.objects.filter(action="user.signed_in", organisation_id=organisation.pk).exists()
