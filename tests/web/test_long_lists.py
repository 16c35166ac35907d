"""A page asks the database the same number of questions for 3 rows and for 300."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from insights.actions import Action
from insights.models import ActivityLog
from notifications.models import Notification
from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation
from tests.conftest import HostClient
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

PAGES = (
    "/people/",
    "/people/?invited=2",
    "/activity/",
    "/activity/?subject=member",
    "/profile/activity/",
    "/notifications/",
)


def test_long_lists_take_no_more_queries(organisation: Organisation, owner: User) -> None:
    page = HostClient(organisation).sign_in(owner)
    add(organisation, owner, 3)
    few = {address: queries_of(page, address) for address in PAGES}
    add(organisation, owner, 297)
    assert {address: queries_of(page, address) for address in PAGES} == few


def add(organisation: Organisation, owner: User, many: int) -> None:
    """So many members, invitations, notifications of the owner, and lines of everybody in the log."""
    users = User.objects.bulk_create(
        User(email=f"{many}-{n}@acme.example", name=f"P {n}") for n in range(many)
    )
    Membership.objects.bulk_create(Membership(organisation=organisation, user=user) for user in users)
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.bulk_create(
        Invitation(
            organisation=organisation,
            email=f"i{many}-{n}@acme.example" if n % 2 else "",
            invited_by=users[n],
            expires_at=later,
        )
        for n in range(many)
    )
    Notification.objects.bulk_create(
        Notification(user=owner, organisation=organisation, kind="book.finished", data={"title": "A"})
        for _n in range(many)
    )
    ActivityLog.objects.bulk_create(
        ActivityLog(
            organisation_id=organisation.pk,
            actor_id=user.pk if n % 2 else owner.pk,
            actor_name=user.name,
            action=Action.MEMBER_JOINED,
            resource_type="tenants.membership",
            resource_id=str(user.pk),
        )
        for n, user in enumerate(users)
    )
