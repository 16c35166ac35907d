"""Keys that expire soon: said once, to those whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Notification
from notifications.wording import words
from tenants.accounts.models import User
from tenants.api_keys import expiring
from tenants.models import Membership, Organisation, Role
from tests.factories.api_keys import make_key
from tests.factories.tenants import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def max_(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


def test_member_and_owners_are_told_once(organisation: Organisation, owner: User, max_: Membership) -> None:
    MembershipFactory(organisation=organisation, role=Role.ADMIN)
    make_key(max_, name="Shop", expires_at=timezone.now() + timedelta(days=6))
    assert [expiring.warn(), expiring.warn()] == [1, 0]
    told = Notification.objects.filter(kind="key.expiring")
    assert {one.user for one in told} == {owner, max_.user}
    said = words(kind="key.expiring", data=told[0].data)
    assert said.title == "The API key “Shop” expires soon"
    assert said.path.startswith("/organisation/keys/")


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": None},
        {"expires_at": timezone.now() + timedelta(days=8)},
        {"expires_at": timezone.now() - timedelta(days=1)},
        {"expires_at": timezone.now() + timedelta(days=6), "revoked_at": timezone.now()},
        {"expires_at": timezone.now() + timedelta(days=6), "retires_at": timezone.now()},
    ],
)
def test_not_of_others(max_: Membership, fields: dict[str, object]) -> None:
    make_key(max_, **fields)
    assert expiring.warn() == 0
