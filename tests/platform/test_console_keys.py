"""The console's page of an organisation's API keys."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, make_key
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_keys_are_listed_without_their_secrets(operator: HostClient, owning: Membership) -> None:
    address = f"/console/organisations/{owning.organisation_id}/keys/"
    assert "It has made no API key yet." in text(operator.get(address))
    used = {"last_used_at": timezone.now(), "last_used_address": "203.0.113.7"}
    issued = make_key(owning, "books:read", "jobs:read", name="Warehouse", **used)
    page = text(operator.get(address))
    for told in (
        "Warehouse",
        issued.key.prefix,
        "books:read, jobs:read",
        "203.0.113.7",
        "Ada Owner",
        "In use",
    ):
        assert told in page
    assert issued.secret not in page and issued.key.digest not in page


def test_revoking_asks_why_and_tells_the_organisation(
    operator: HostClient, owning: Membership, super_admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    issued = make_key(owning)
    program = KeyClient(issued.secret)
    assert program.get("/api/v1/profile/").status_code == 200
    address = f"/console/organisations/{owning.organisation_id}/keys/{issued.key.pk}/revoke/"
    assert "Robot" in text(operator.get(address))
    assert operator.post(address, {"reason": " "}).status_code == 422
    assert program.get("/api/v1/profile/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert "is revoked" in text(operator.post(address, {"reason": "Found in a repository"}, follow=True))
    assert program.get("/api/v1/profile/").status_code == 401
    line = ActivityLog.objects.get(action="api_key.revoked")
    assert (line.organisation_id, line.actor_id) == (owning.organisation_id, super_admin.pk)
    assert line.details == {"prefix": issued.key.prefix, "reason": "Found in a repository"}


def test_keys_of_another_organisation_are_not_found(
    operator: HostClient, owning: Membership, other_organisation: Organisation
) -> None:
    key = make_key(owning).key
    address = f"/console/organisations/{other_organisation.pk}/keys/{key.pk}/revoke/"
    assert operator.post(address, {"reason": "No"}).status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None


def test_many_keys_cost_no_more_queries_than_few(operator: HostClient, owning: Membership) -> None:
    address = f"/console/organisations/{owning.organisation_id}/keys/"
    make_key(owning)
    few = queries_of(operator, address)
    for _ in range(6):
        make_key(owning)
    assert queries_of(operator, address) == few
