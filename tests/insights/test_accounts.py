"""What the log tells of an account: its owner sees it, and no organisation does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from insights.actions import Action
from insights.models import ActivityLog
from tenants.models import Membership, Organisation, Role
from tenants.people import departure
from tenants.people.handover import handover_url
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD
from tests.tenants.accounts.conftest import ada, app, at_platform, sign_in  # noqa: F401
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db

NEW = "another garden without a gate"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def at_acme(organisation: Organisation, ada: Any) -> HostClient:  # noqa: F811
    """Ada, on the host of an organisation that she owns."""
    Membership.objects.create(organisation=organisation, user=ada, role=Role.OWNER)
    client = HostClient(organisation, headers={"user-agent": FIREFOX})
    sign_in(client, ada.email)
    return client


def told(action: Action) -> ActivityLog:
    return ActivityLog.objects.get(action=action)


def test_signing_out_is_told_where_it_was(at_acme: HostClient, organisation: Organisation) -> None:
    at_acme.post("/accounts/logout/")
    line = told(Action.SIGNED_OUT)
    assert (line.organisation_id, line.device) == (organisation.pk, "Firefox, Linux")


def test_password_is_the_accounts_own_on_whatever_host(at_acme: HostClient) -> None:
    body = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert at_acme.post("/accounts/password/change/", body).status_code == 302
    assert told(Action.PASSWORD_CHANGED).organisation_id is None
    sign_in(at_acme, "ada@people.example", NEW)
    assert "Changed the password" in text_of(at_acme.get("/profile/activity/"))
    assert "Changed the password" not in text_of(at_acme.get("/activity/"))
    assert "Firefox, Linux" in text_of(at_acme.get("/activity/"))


def test_password_set_by_e_mail(platform_client: HostClient, ada: Any) -> None:  # noqa: F811
    platform_client.post("/accounts/password/reset/", {"email": ada.email})
    (link,) = re.findall(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    form = platform_client.get(link)["Location"]
    platform_client.post(form, {"password1": NEW, "password2": NEW})
    assert told(Action.PASSWORD_RESET).actor_id == ada.pk


def test_addresses(at_platform: HostClient, ada: Any) -> None:  # noqa: F811
    at_platform.post("/accounts/email/", {"action_add": "", "email": "new@people.example"})
    assert told(Action.EMAIL_ADDED).details == {"email": "new@people.example"}
    (link,) = re.findall(r"http://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    at_platform.post(link)
    assert told(Action.EMAIL_CONFIRMED).details == {"email": "new@people.example"}
    at_platform.post("/accounts/email/", {"action_primary": "", "email": "new@people.example"})
    assert told(Action.EMAIL_CHANGED).details == {"email": "new@people.example"}
    at_platform.post("/accounts/email/", {"action_remove": "", "email": "ada@people.example"})
    assert told(Action.EMAIL_REMOVED).details == {"email": "ada@people.example"}
    ada.refresh_from_db()
    departure.delete_account(user=ada)
    assert not ActivityLog.objects.filter(details__has_key="email").exists()


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the transaction
def test_second_factor(at_platform: HostClient, app: Any) -> None:  # noqa: F811
    assert told(Action.FACTOR_ADDED).organisation_id is None
    assert told(Action.RECOVERY_CODES_MADE)
    at_platform.post("/accounts/2fa/totp/deactivate/")
    assert told(Action.FACTOR_REMOVED)


def test_sessions_ended_elsewhere(at_platform: HostClient, at_acme: HostClient) -> None:  # noqa: F811
    at_acme.get("/")
    at_platform.post("/accounts/sessions/end/")
    line = told(Action.SESSION_ENDED)
    assert (line.details, line.organisation_id) == ({"device": "Firefox, Linux", "count": 1}, None)
    at_platform.post("/accounts/sessions/end/")
    assert told(Action.SESSION_ENDED)


def test_export_of_the_account(at_platform: HostClient) -> None:  # noqa: F811
    at_platform.get("/account/export/")
    assert not ActivityLog.objects.filter(action=Action.ACCOUNT_EXPORTED).exists()
    b"".join(at_platform.post("/account/export/").streaming_content)
    assert told(Action.ACCOUNT_EXPORTED).actor_name == "Ada"


def test_handed_over_sign_in_is_told(organisation: Organisation, ada: Any) -> None:  # noqa: F811
    Membership.objects.create(organisation=organisation, user=ada, role=Role.MEMBER)
    client = HostClient(organisation)
    client.get(handover_url(user=ada, organisation=organisation).partition(organisation.host)[2])
    assert told(Action.SIGNED_IN).organisation_id == organisation.pk
