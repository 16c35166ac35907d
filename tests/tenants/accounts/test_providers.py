"""Signing in with accounts of other providers: the whole flow over HTTP, with a provider of our own."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from config import identity
from config.environment import BadSetting
from insights.actions import Action
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.accounts.conftest import sign_in
from tests.tenants.accounts.provider import begin, running_provider

pytestmark = pytest.mark.django_db
PLACES = ["google", "oidc/openid"]
NAMES = {"google": "Google", "oidc/openid": "Example"}
GRACE = {
    "email": "grace@people.example",
    "email_verified": True,
    "given_name": "Grace",
    "family_name": "Hopper",
}


@pytest.fixture(scope="module")
def provider():
    with running_provider() as provider:
        provider.knows("grace", **GRACE, name="Grace Hopper")
        provider.knows("unproven", **{**GRACE, "email_verified": False}, name="Grace Hopper")
        provider.knows("nameless", email="nameless@people.example", email_verified=True)
        yield provider


def arrive(client, provider, at, sub="grace", **asked):
    return client.get(provider.consent(begin(client, at, **asked), sub))


def is_in(client):
    return client.get("/enter/").status_code != 302 or "/login/" not in client.get("/enter/")["Location"]


@pytest.mark.parametrize("at", PLACES)
def test_a_new_person_gets_an_account_and_an_organisation(platform_client, provider, at):
    answer = arrive(platform_client, provider, at, next="/enter/?choose=1")
    assert answer["Location"] == "/enter/?choose=1"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == (GRACE["email"], "Grace Hopper", False)
    assert EmailAddress.objects.get(user=user).verified
    made = Organisation.objects.get(memberships__user=user)
    assert (made.name, made.personal) == ("Grace Hopper’s books", True)
    handed_over = platform_client.get(f"/accounts/go/{made.slug}/")["Location"]
    there = HostClient(made)
    there.get(handed_over.partition(made.host)[2])
    assert there.get("/").status_code == 200


@pytest.mark.parametrize("at", PLACES)
def test_whoever_comes_again_is_the_same(platform_client, provider, at):
    arrive(platform_client, provider, at)
    again = HostClient()
    assert arrive(again, provider, at)["Location"] == "/enter/"
    assert is_in(again)
    assert (User.objects.count(), Organisation.objects.count()) == (1, 1)


def test_somebody_without_a_name_there_has_one_here(platform_client, provider):
    arrive(platform_client, provider, "google", sub="nameless")
    assert Organisation.objects.get().name == "nameless’s books"


@pytest.mark.parametrize("at", PLACES)
def test_refused_consent_signs_nobody_in(platform_client, provider, at):
    answer = platform_client.get(provider.refuse(begin(platform_client, at)))
    if answer.status_code == 302:
        answer = platform_client.get(answer["Location"])
    assert b"nobody is signed in" in answer.content
    assert not is_in(platform_client) and not User.objects.exists()


@pytest.mark.parametrize("at", PLACES)
def test_a_state_that_is_not_ours_signs_nobody_in(platform_client, provider, at):
    back = provider.consent(begin(platform_client, at), "grace")
    elsewhere = HostClient()
    for client, path in (
        (platform_client, re.sub(r"state=[^&]+", "state=forged", back)),
        (platform_client, re.sub(r"&?state=[^&]+", "", back)),
        (elsewhere, back),  # somebody lured into another's sign-in
    ):
        assert b"did not vouch" in client.get(path).content
        assert not is_in(client)
    assert not User.objects.exists()


@pytest.mark.parametrize("at", PLACES)
def test_a_code_is_good_once(platform_client, provider, at):
    back = provider.consent(begin(platform_client, at), "grace")
    assert platform_client.get(back).status_code == 302
    thief = HostClient()
    state = parse_qs(urlsplit(begin(thief, at)).query)["state"][0]
    for client, path in ((thief, back), (thief, re.sub(r"state=[^&]+", f"state={state}", back))):
        assert b"did not vouch" in client.get(path).content
        assert not is_in(client)


@pytest.mark.parametrize("at", PLACES)
def test_an_account_with_a_password_is_not_taken_over(platform_client, provider, at):
    owner = UserFactory(email=GRACE["email"])
    answer = arrive(platform_client, provider, at)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2F3rdparty%2F"
    assert not is_in(platform_client) and not SocialAccount.objects.exists()
    page = platform_client.get(answer["Location"]).content.decode()
    assert "grace@people.example has an account here already" in page
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD) and User.objects.count() == 1


@pytest.mark.parametrize("at", PLACES)
def test_its_owner_signs_in_and_connects(platform_client, provider, at):
    owner = UserFactory(email=GRACE["email"])
    sign_in(platform_client, owner.email)
    asked = arrive(platform_client, provider, at, process="connect")
    assert asked["Location"] == "/accounts/reauthenticate/"
    assert not SocialAccount.objects.exists()
    done = platform_client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert done["Location"] == "/accounts/3rdparty/"
    assert SocialAccount.objects.get().user == owner
    again = HostClient()
    arrive(again, provider, at)
    assert is_in(again) and User.objects.count() == 1
    page = platform_client.get("/accounts/3rdparty/").content.decode()
    assert "Disconnect" in page
    platform_client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    for action in (Action.PROVIDER_CONNECTED, Action.PROVIDER_DISCONNECTED):
        line = ActivityLog.objects.get(action=action)
        assert (line.actor_id, line.details["provider"]) == (owner.pk, NAMES[at])


def test_without_an_address_one_is_asked_for(platform_client, provider):
    provider.knows("silent", name="Grace Hopper", given_name="Grace", family_name="Hopper")
    asked = arrive(platform_client, provider, "google", sub="silent")
    assert asked["Location"] == "/accounts/3rdparty/signup/"
    assert b"Google did not tell us" in platform_client.get(asked["Location"]).content
    done = platform_client.post(asked["Location"], {"email": GRACE["email"]})
    assert done["Location"] == "/accounts/confirm-email/"
    assert User.objects.get().name == "Grace Hopper"
    assert Organisation.objects.get().personal
    assert not is_in(platform_client)


def test_the_last_way_in_is_not_disconnected(platform_client, provider):
    arrive(platform_client, provider, "google")
    row = SocialAccount.objects.get()
    assert platform_client.post("/accounts/3rdparty/", {"account": row.pk}).status_code == 200
    assert SocialAccount.objects.get() == row


def test_nobody_disconnects_anothers(platform_client, provider, member):
    arrive(platform_client, provider, "google")
    max_ = HostClient().sign_in(member)
    max_.post("/accounts/reauthenticate/", {"password": PASSWORD})
    max_.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize("at", PLACES)
def test_an_address_that_is_not_proven_is_answered_alike(platform_client, provider, at):
    UserFactory(email=GRACE["email"])
    known = arrive(platform_client, provider, at, sub="unproven")
    assert [message.to for message in mail.outbox] == [[GRACE["email"]]]
    User.objects.all().delete()
    other = HostClient()
    new = arrive(other, provider, at, sub="unproven")
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert known["Location"] == "/accounts/confirm-email/"
    assert not is_in(platform_client) and not is_in(other)
    assert not EmailAddress.objects.get().verified


def test_a_second_factor_is_asked_for_here_too(at_platform, app, ada, provider):
    provider.knows("ada", email=ada.email, email_verified=True)
    arrive(at_platform, provider, "google", sub="ada", process="connect")
    assert SocialAccount.objects.get().user == ada
    elsewhere = HostClient()
    assert arrive(elsewhere, provider, "google", sub="ada")["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(elsewhere)


def test_the_way_to_apple_is_apples(platform_client):
    asked = urlsplit(begin(platform_client, "apple"))
    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == "https://appleid.apple.com/auth/authorize"
    assert query["client_id"] == "test-APPLE_CLIENT_ID"
    assert query["response_mode"] == "form_post"
    assert query["redirect_uri"] == "http://localhost:8000/accounts/apple/login/callback/"


def test_on_an_organisations_host_the_way_leads_by_the_platforms(organisation, client):
    for name in ("google_login", "apple_login"):
        path = reverse(name, urlconf="config.urls")
        assert client.get(path)["Location"] == f"http://localhost:8000{path}"
        assert client.post(path).status_code == 405
    page = client.get("/accounts/login/").content.decode()
    assert page.count("Continue with") == 3
    assert 'action="/accounts/google' not in page


def test_buttons_show_for_what_is_configured(platform_client, settings):
    for path in ("/accounts/login/", "/accounts/signup/"):
        page = platform_client.get(path).content.decode()
        assert re.findall(r"Continue with (\w+)", page) == ["Apple", "Example", "Google"]
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Continue with" not in platform_client.get("/accounts/login/").content.decode()


def test_what_is_configured_by_half_stops_the_process():
    with pytest.raises(BadSetting, match="GOOGLE_CLIENT_SECRET must be set where GOOGLE_CLIENT_ID is"):
        identity.providers({"GOOGLE_CLIENT_ID": "x"}.get)
    assert identity.providers({}.get) == {}


def test_forms_may_lead_to_the_providers():
    made = identity.providers(
        dict.fromkeys((*identity.GOOGLE, *identity.OPENID), "https://id.example/realm").get
    )
    assert identity.origins(made) == ["https://accounts.google.com", "https://id.example"]
