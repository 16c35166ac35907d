"""Codes of an app and recovery codes, on the platform's host and on an organisation's."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import override_settings
from django.urls import get_resolver

from tenants.accounts.second_factor import MFAAdapter, has_second_factor
from tenants.context import entered
from tenants.models import Membership
from tenants.people.handover import on_platform
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD
from tests.tenants.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>(\d{8})</code>")


@pytest.fixture
def at_acme(organisation, ada):
    Membership.objects.create(organisation=organisation, user=ada, role="MEMBER")
    return HostClient(organisation)


def test_an_app_is_asked_for_after_the_password(ada, app):
    assert has_second_factor(ada)
    elsewhere = HostClient()
    assert sign_in(elsewhere, ada.email)["Location"] == "/accounts/2fa/authenticate/"
    assert elsewhere.get("/enter/").status_code == 302
    assert elsewhere.post("/accounts/2fa/authenticate/", {"code": app.code()})["Location"] == "/enter/"
    assert elsewhere.get("/enter/").status_code == 200


def test_it_is_asked_for_on_the_host_of_an_organisation(at_acme, ada, app):
    assert sign_in(at_acme, ada.email)["Location"] == "/accounts/2fa/authenticate/"
    assert at_acme.get("/accounts/2fa/authenticate/").status_code == 200
    assert at_acme.get("/").status_code == 302
    assert at_acme.post("/accounts/2fa/authenticate/", {"code": app.code()})["Location"] == "/"
    assert at_acme.get("/").status_code == 200


def test_a_code_is_good_once_whatever_the_host(at_acme, ada, app):
    elsewhere, code = HostClient(), app.code()
    for client in (elsewhere, at_acme):
        sign_in(client, ada.email)
    assert elsewhere.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    refused = at_acme.post("/accounts/2fa/authenticate/", {"code": code})
    assert (refused.status_code, refused.context["form"].errors["code"]) == (200, ["Incorrect code."])


@pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (1, 302), (2, 200)])
def test_a_code_is_good_a_step_before_and_after_its_own(ada, app, monkeypatch, steps, status):
    client, now = HostClient(), time.time() // 30 * 30 + 15
    monkeypatch.setattr("tests.tenants.accounts.conftest.time.time", lambda: now)
    code = app.code()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now + 30 * steps)
    sign_in(client, ada.email)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == status


def test_a_code_is_good_once_in_all_its_steps(ada, app):
    code = app.code()
    for typed, expected in ((code, 302), (code, 200), (f"{code[:3]} {code[3:]}", 200)):
        client = HostClient()
        sign_in(client, ada.email)
        assert client.post("/accounts/2fa/authenticate/", {"code": typed}).status_code == expected
        cache.delete(f"allauth.mfa.totp.used?user={ada.pk}&code={code}")  # as after 30 seconds
    used = cache.make_key(f"second_factor.used:{Authenticator.objects.get(type='totp').pk}:{code}")
    assert 60 < cache._cache.get_client().ttl(used) <= 90


def test_a_wrong_code_does_not_let_in(ada, app):
    elsewhere = HostClient()
    sign_in(elsewhere, ada.email)
    wrong = f"{(int(app.code()) + 1) % 1_000_000:06}"
    assert elsewhere.post("/accounts/2fa/authenticate/", {"code": wrong}).status_code == 200
    assert elsewhere.get("/enter/").status_code == 302


def test_a_recovery_code_lets_in_once(at_platform, ada, app):
    codes = CODE.findall(at_platform.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    for used, status in ((codes[0], 302), (codes[0], 200), (codes[1], 302)):
        elsewhere = HostClient()
        sign_in(elsewhere, ada.email)
        answer = elsewhere.post("/accounts/2fa/authenticate/", {"code": used})
        assert answer.status_code == status
    left = CODE.findall(at_platform.get("/accounts/2fa/recovery-codes/").content.decode())
    assert left == codes[2:]


def test_new_recovery_codes_end_the_old_ones(at_platform, ada, app):
    old = CODE.findall(at_platform.get("/accounts/2fa/recovery-codes/").content.decode())
    at_platform.post("/accounts/2fa/recovery-codes/generate/")
    new = CODE.findall(at_platform.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(new) == 10 and not set(old) & set(new)


def test_the_owner_of_the_account_is_told(at_platform, ada, app):
    assert [message.to for message in mail.outbox] == [[ada.email]] * len(mail.outbox)
    mail.outbox.clear()
    at_platform.post("/accounts/2fa/totp/deactivate/")
    assert not has_second_factor(ada)
    assert mail.outbox


@pytest.mark.parametrize(
    "path", ["totp/activate/", "webauthn/add/", "recovery-codes/generate/", "totp/deactivate/"]
)
def test_changes_ask_who_it_is_some_time_after_signing_in(at_platform, ada, app, settings, path):
    if path == "totp/activate/":
        at_platform.post("/accounts/2fa/totp/deactivate/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    for ask in (at_platform.get, at_platform.post):
        answer = ask(f"/accounts/2fa/{path}")
        assert answer["Location"].startswith("/accounts/reauthenticate/?next=")
    assert has_second_factor(ada) == (path != "totp/activate/")


def test_who_it_is_is_shown_by_the_password_or_a_code(at_platform, ada, app, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    asked = at_platform.get("/accounts/2fa/recovery-codes/")["Location"]
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    assert "/accounts/2fa/reauthenticate/" in at_platform.get(asked).content.decode()
    assert at_platform.post(asked, {"password": "wrong"}).status_code == 200
    answer = at_platform.post("/accounts/2fa/reauthenticate/", {"code": app.code()})
    assert answer.status_code == 302
    assert at_platform.post(asked, {"password": PASSWORD})["Location"] == "/accounts/2fa/recovery-codes/"


def test_secrets_are_not_kept_as_they_are(ada, app):
    kept = [str(row.data) for row in Authenticator.objects.filter(user=ada)]
    assert len(kept) == 2 and not any(app.secret in data for data in kept)


def test_secrets_outlive_a_change_of_the_installations_key():
    kept = MFAAdapter().encrypt("seed")
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]), pytest.raises(Exception):  # noqa: B017
        MFAAdapter().decrypt(kept)
    from django.conf import settings

    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert MFAAdapter().decrypt(kept) == "seed"


def test_nobody_touches_anothers_passkeys(at_platform, member):
    key = Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={"name": "Max’s"})
    for path in ("edit", "remove"):
        for ask in (at_platform.get, at_platform.post):
            assert ask(f"/accounts/2fa/webauthn/keys/{key.pk}/{path}/", {"name": "mine"}).status_code == 404
    key.refresh_from_db()
    assert key.data == {"name": "Max’s"}


@pytest.mark.parametrize("credential", ["", "{}", "nonsense", '{"id": "x", "response": {}}'])
def test_a_passkey_that_is_none_does_not_let_in(platform_client, ada, credential):
    answer = platform_client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert platform_client.get("/enter/").status_code == 302


def test_passkeys_are_good_for_the_platforms_host(at_platform):
    page = at_platform.get("/accounts/2fa/webauthn/add/")
    entity = page.context["js_data"]["creation_options"]["publicKey"]["rp"]
    assert dict(entity) == {"id": "localhost", "name": "Octavo"}


def test_on_an_organisations_host_the_pages_of_the_account_lead_to_the_platforms(organisation, member_client):
    answer = member_client.get("/accounts/2fa/totp/activate/")
    assert answer["Location"] == "http://localhost:8000/accounts/2fa/totp/activate/"
    assert member_client.post("/accounts/2fa/totp/activate/").status_code == 405
    found = get_resolver("config.urls").resolve("/accounts/2fa/webauthn/keys/1/remove/")
    assert found.func is on_platform


def test_a_way_to_a_passkey_leads_back_to_where_one_was_going(organisation, client):
    page = client.get("/accounts/login/?next=/books/new/").content.decode()
    onward = "/accounts/go/acme/%3Fnext%3D%252Fbooks%252Fnew%252F"
    assert f'href="http://localhost:8000/accounts/login/?next={onward.replace("/", "%2F")}"' in page


def test_attempts_are_counted_over_all_hosts(organisation, other_organisation):
    with entered(organisation):
        cache.set("allauth:rl:allauth.account:login", [1])
    with entered(other_organisation):
        assert cache.get("allauth:rl:allauth.account:login") == [1]


def test_the_console_reminds_of_a_second_factor(platform_client, super_admin, settings):
    platform_client.sign_in(super_admin)
    assert b"password alone" in platform_client.get("/console/").content
    settings.OCTAVO_CONSOLE_SECOND_FACTOR = True
    assert platform_client.get("/console/")["Location"] == "/accounts/2fa/"
    Authenticator.objects.create(user=super_admin, type=Authenticator.Type.TOTP, data={})
    assert b"password alone" not in platform_client.get("/console/").content
