"""Signing up, confirming, signing in, and being handed over to one's organisation; over HTTP."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.signing import TimestampSigner

from config import settings as real_settings
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Membership, Organisation, Role
from tenants.people import handover
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.library.models import Shelf

pytestmark = [pytest.mark.urls("tests.tenants.urls"), pytest.mark.django_db]
ADA = {"name": "Ada Byron", "email": "Ada@People.example", "password1": "long enough to keep"}


@pytest.fixture(autouse=True)
def platform_pages(settings):
    settings.PLATFORM_URLCONF = "tests.tenants.platform_urls"


def link_in(message):
    return urlsplit(re.search(r"https?://\S+", message.body)[0]).path


def test_signing_up_makes_an_organisation_of_ones_own(platform_client):
    answer = platform_client.post("/accounts/signup/", ADA)
    assert answer.status_code == 302
    user = User.objects.get(email="ada@people.example")
    made = Organisation.objects.get(memberships__user=user)
    assert (made.name, made.slug, made.personal) == ("Ada Byron’s books", "ada-byron", True)
    assert Membership.objects.get(user=user).role == Role.OWNER
    assert made.subscription.plan.code == "FREE"
    with entered(made):
        assert Shelf.objects.count() == 0


def test_nobody_is_in_before_the_address_is_confirmed(platform_client):
    platform_client.post("/accounts/signup/", ADA)
    assert platform_client.get("/whoami/").json()["user"] is None
    platform_client.post("/accounts/login/", {"login": ADA["email"], "password": ADA["password1"]})
    assert platform_client.get("/whoami/").json()["user"] is None


def test_from_sign_up_to_ones_own_host(platform_client):
    platform_client.post("/accounts/signup/", ADA)
    (message,) = mail.outbox
    assert message.to == ["ada@people.example"]
    confirmed = platform_client.post(link_in(message))
    assert (confirmed.status_code, confirmed["Location"]) == (302, "/enter/")
    going = platform_client.get("/accounts/go/ada-byron/?next=/whoami/")
    assert going["Location"].startswith("http://ada-byron.localhost:8000/accounts/handover/?token=")
    parts = urlsplit(going["Location"])
    there = HostClient(Organisation.objects.get())
    arrived = there.get(f"{parts.path}?{parts.query}")
    assert (arrived.status_code, arrived["Location"]) == (302, "/whoami/")
    assert there.get("/whoami/").json()["role"] == "OWNER"


def test_a_french_browser_makes_a_french_organisation(platform_client):
    platform_client.post("/accounts/signup/", ADA, headers={"accept-language": "fr"})
    assert User.objects.get().language == "fr"
    assert Organisation.objects.get().language == "fr"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Ada Byron", "ada-byron"), ("Zoé Œuvrard", "zoe-uvrard"), ("Admin", "my-admin-"), ("李小龍", "org-")],
)
def test_an_address_is_found_for_every_name(platform_client, name, slug):
    platform_client.post("/accounts/signup/", {**ADA, "name": name})
    assert Organisation.objects.get().slug.startswith(slug)


def test_a_taken_address_gets_some_letters_more(platform_client):
    platform_client.post("/accounts/signup/", ADA)
    HostClient().post("/accounts/signup/", {**ADA, "email": "other@people.example"})
    first, second = Organisation.objects.order_by("created_at")
    assert (first.slug, second.slug[:10]) == ("ada-byron", "ada-byron-")


def test_an_address_in_use_is_answered_like_a_new_one(platform_client):
    UserFactory(email="ada@people.example")
    known = platform_client.post("/accounts/signup/", ADA)
    new = HostClient().post("/accounts/signup/", {**ADA, "email": "new@people.example"})
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert User.objects.count() == 2
    assert [message.to for message in mail.outbox] == [["ada@people.example"], ["new@people.example"]]


def test_a_reset_is_answered_alike_for_all(platform_client):
    UserFactory(email="ada@people.example")
    answers = [
        platform_client.post("/accounts/password/reset/", {"email": email})["Location"]
        for email in ("ada@people.example", "nobody@people.example")
    ]
    assert answers[0] == answers[1]


def test_a_forgotten_password_is_replaced(platform_client):
    UserFactory(email="ada@people.example")
    platform_client.post("/accounts/password/reset/", {"email": "ADA@people.example"})
    form = platform_client.get(link_in(mail.outbox[0]))
    platform_client.post(
        form["Location"], {"password1": "quite another one", "password2": "quite another one"}
    )
    signed_in = platform_client.post(
        "/accounts/login/", {"login": "ada@people.example", "password": "quite another one"}
    )
    assert signed_in["Location"] == "/enter/"


@pytest.mark.parametrize("password", ["short", "password12", "1234567890123", "ada@people.example"])
def test_a_weak_password_is_refused(platform_client, password):
    assert platform_client.post("/accounts/signup/", {**ADA, "password1": password}).status_code == 200
    assert not User.objects.exists()


def test_signing_up_is_done_on_the_platforms_host(client):
    client.post("/accounts/signup/", ADA)
    assert not User.objects.filter(email="ada@people.example").exists()


def test_a_sign_up_that_fails_leaves_nobody(platform_client, monkeypatch):
    def fail(**fields):
        raise RuntimeError("no room")

    monkeypatch.setattr("tenants.accounts.forms.create_personal_organisation", fail)
    with pytest.raises(RuntimeError, match="no room"):
        platform_client.post("/accounts/signup/", ADA)
    assert not User.objects.exists()


def test_members_sign_in_on_their_organisations_host(client, member):
    answer = client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/whoami/").json()["user"] == "Max Member"


def test_guessing_passwords_is_slowed_down(client, member, settings):
    settings.ACCOUNT_RATE_LIMITS = real_settings.ACCOUNT_RATE_LIMITS
    for guess in range(5):
        client.post("/accounts/login/", {"login": member.email, "password": f"guess {guess}"})
    answer = client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert client.get("/whoami/").json()["user"] is None


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = real_settings.PASSWORD_HASHERS
    user = User(email="ada@people.example")
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")


# --- Handing over ------------------------------------------------------------------------------------------


def token_of(url):
    return re.search(r"token=([^&]+)", url)[1].replace("%3A", ":")


def arrive(organisation, token):
    visitor = HostClient(organisation)
    visitor.get("/accounts/handover/", {"token": token, "next": "/whoami/"})
    return visitor.get("/whoami/").json()["user"]


def test_a_link_is_good_once(organisation, member):
    token = token_of(handover.handover_url(user=member, organisation=organisation))
    assert arrive(organisation, token) == "Max Member"
    assert arrive(organisation, token) is None


def test_a_link_is_good_for_its_organisation_alone(organisation, other_organisation, member):
    Membership.objects.create(organisation=other_organisation, user=member)
    token = token_of(handover.handover_url(user=member, organisation=organisation))
    assert arrive(other_organisation, token) is None
    assert arrive(organisation, token) == "Max Member"


def test_a_link_is_good_for_a_minute(organisation, member, monkeypatch):
    import time

    token = token_of(handover.handover_url(user=member, organisation=organisation))
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 61)
    assert arrive(organisation, token) is None


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é", "W10:1sABCD:zzzz", "\x00"])
def test_a_forged_link_signs_nobody_in(organisation, token):
    assert arrive(organisation, token) is None


def test_a_token_signed_for_something_else_signs_nobody_in(organisation, member):
    token = TimestampSigner(salt="elsewhere").sign_object([str(member.pk), str(organisation.id), "n"])
    assert arrive(organisation, token) is None


def test_without_the_memory_of_used_links_none_is_good(organisation, member, settings):
    token = token_of(handover.handover_url(user=member, organisation=organisation))
    away = {**settings.CACHES["shared"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "shared": away}
    assert arrive(organisation, token) is None


def test_one_is_not_handed_over_to_other_peoples_organisations(other_organisation, member):
    visitor = HostClient().sign_in(member)
    assert visitor.get("/accounts/go/globex/").status_code == 404


def test_who_has_left_is_not_signed_in_by_an_old_link(organisation, member):
    token = token_of(handover.handover_url(user=member, organisation=organisation))
    Membership.objects.filter(user=member).delete()
    assert arrive(organisation, token) is None


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_one_arrives_on_the_host_itself_whatever_is_asked(organisation, member, path):
    token = token_of(handover.handover_url(user=member, organisation=organisation))
    arrived = HostClient(organisation).get("/accounts/handover/", {"token": token, "next": path})
    assert arrived["Location"] == "/"
