"""Sessions of one account on several hosts: listed, seen, and ended."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.utils import timezone

from tenants.accounts.devices import device_of
from tenants.models import Membership
from tenants.people.handover import handover_url
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD
from tests.tenants.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Safari/537.36 Edg/140.0.0.0"
)


@pytest.fixture
def at_platform(ada):
    """Ada at her desk."""
    client = HostClient(headers={"user-agent": FIREFOX})
    sign_in(client, ada.email)
    return client


@pytest.fixture
def at_acme(organisation, ada):
    """Ada's telephone, handed over to Acme's host."""
    Membership.objects.create(organisation=organisation, user=ada, role="MEMBER")
    client = HostClient(organisation, headers={"user-agent": SAFARI}, REMOTE_ADDR="192.0.2.7")
    client.get(handover_url(user=ada, organisation=organisation).partition(organisation.host)[2])
    assert client.get("/").status_code == 200
    return client


def _listed(client):
    return client.get("/accounts/sessions/").context["sessions"]


def test_all_sessions_are_listed_whatever_their_host(at_platform, at_acme):
    found = {session.device: session for session in _listed(at_platform)}
    assert set(found) == {"Firefox, Linux", "Safari, iPhone"}
    assert (found["Safari, iPhone"].organisation, found["Safari, iPhone"].ip_address) == ("Acme", "192.0.2.7")
    assert (found["Firefox, Linux"].organisation, found["Firefox, Linux"].is_this) == ("", True)
    assert not found["Safari, iPhone"].is_this


def test_a_session_of_an_organisations_host_is_ended_from_the_platforms(at_platform, at_acme):
    there = next(session for session in _listed(at_platform) if not session.is_this)
    answer = at_platform.post(f"/accounts/sessions/{there.id}/end/")
    assert answer["Location"] == "/accounts/sessions/"
    assert at_acme.get("/")["Location"].startswith("/accounts/login/")
    assert [session.is_this for session in _listed(at_platform)] == [True]


def test_all_others_are_ended_at_once(at_platform, at_acme, ada):
    third = HostClient()
    sign_in(third, ada.email)
    assert third.get("/enter/").status_code == 302
    at_platform.post("/accounts/sessions/end/")
    assert third.get("/enter/")["Location"].startswith("/accounts/login/")
    assert at_acme.get("/").status_code == 302
    assert len(_listed(at_platform)) == 1


def test_nobody_ends_anothers_session(at_platform, organisation, member):
    others = HostClient(organisation).sign_in(member)
    assert others.get("/").status_code == 200
    row = UserSession.objects.get(user=member)
    assert at_platform.post(f"/accounts/sessions/{row.pk}/end/").status_code == 404
    at_platform.post("/accounts/sessions/end/")
    assert others.get("/").status_code == 200
    assert row.pk not in {session.id for session in _listed(at_platform)}


def test_a_new_password_ends_the_others(at_platform, at_acme):
    new = "quite another password"
    answer = at_platform.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert at_platform.get("/accounts/sessions/").status_code == 200
    assert at_acme.get("/")["Location"].startswith("/accounts/login/")
    assert len(_listed(at_platform)) == 1


def test_what_is_signed_out_is_not_listed(at_platform, at_acme):
    assert len(_listed(at_platform)) == 2
    at_acme.post("/accounts/logout/")
    assert len(_listed(at_platform)) == 1


def test_it_is_noted_now_and_then_when_a_session_was_last_seen(at_acme, ada):
    earlier = timezone.now() - timedelta(days=2)
    UserSession.objects.filter(user=ada).update(last_seen_at=earlier)
    at_acme.get("/")
    assert UserSession.objects.get(user=ada).last_seen_at == earlier
    caches["shared"].delete(f"tenants.accounts.noted.{at_acme.session.session_key}")
    at_acme.get("/")
    assert UserSession.objects.get(user=ada).last_seen_at > earlier


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_have_names(user_agent, device):
    assert device_of(user_agent) == device
