"""The browsers of an owner, an admin and a member, and money that came from nowhere."""

from __future__ import annotations

import pytest

from tenants.accounts.models import User
from tenants.models import Organisation, Role
from tests.billing.subscriptions.conftest import customer
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory

__all__ = ["customer"]


@pytest.fixture
def owner_page(organisation: Organisation, owner: User) -> HostClient:
    """Ada's browser, who owns Acme."""
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def admin_page(organisation: Organisation) -> HostClient:
    """Amy's browser, an ADMIN."""
    admin = UserFactory(name="Amy Admin", email="amy@acme.example")
    MembershipFactory(organisation=organisation, user=admin, role=Role.ADMIN)
    return HostClient(organisation).sign_in(admin)
