"""Who calls: Ada the owner, Ana an admin, Max a member, Gwen a guest, and Olga of another organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory

Errors = Callable[..., dict[str, str]]


@pytest.fixture
def owner_client(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def admin_client(organisation: Organisation) -> HostClient:
    admin = UserFactory(name="Ana Admin", email="ana@acme.example")
    MembershipFactory(organisation=organisation, user=admin, role=Role.ADMIN)
    return HostClient(organisation).sign_in(admin)


@pytest.fixture
def guest_client(organisation: Organisation) -> HostClient:
    guest = UserFactory(name="Gwen Guest", email="gwen@acme.example")
    MembershipFactory(organisation=organisation, user=guest, role=Role.GUEST)
    return HostClient(organisation).sign_in(guest)


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def plain(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.fixture
def stranger(other_member: User) -> Membership:
    return Membership.objects.get(user=other_member)


@pytest.fixture
def errors() -> Errors:
    """Reads a problem: what is wrong, by field."""

    def read(response: Any, status: int = 400) -> dict[str, str]:
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
        return {each["field"]: each["message"] for each in response.json().get("errors", ())}

    return read
