"""What a role may do to another, and what one organisation's change does to others."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Role
from tests.conftest import HostClient
from tests.isolation.audiences import ADMIN, MEMBER, OWNER
from tests.isolation.matrix import Matrix


def admins_do_not_reach_owners(matrix: Matrix) -> Iterator[str]:
    """Nor make somebody one, by a form that never offers it."""
    owner, admin, member = (str(_membership(matrix, name).pk) for name in (OWNER, ADMIN, MEMBER))
    browser = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[ADMIN])
    browser.post(f"/people/{owner}/", {"role": Role.GUEST})
    browser.post(f"/people/{owner}/remove/", {"heir": admin})
    browser.post(f"/people/{member}/", {"role": Role.OWNER})
    if _membership(matrix, OWNER).role != Role.OWNER:
        yield "the owner's role is changed"
    if _membership(matrix, MEMBER).role != Role.MEMBER:
        yield "a member becomes an owner"


def the_last_owner_stays(matrix: Matrix) -> Iterator[str]:
    """However many owners other organisations have, and here such as can no longer sign in."""
    owners = Membership.objects.filter(organisation=matrix.cast.organisation, role=Role.OWNER)
    owners.exclude(user=matrix.cast.people[OWNER]).delete()
    _memberships(matrix, MEMBER).update(role=Role.OWNER)
    User.objects.filter(pk=matrix.cast.people[MEMBER].pk).update(is_active=False)
    browser = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[OWNER])
    browser.post(f"/people/{_membership(matrix, OWNER).pk}/", {"role": Role.ADMIN})
    if _membership(matrix, OWNER).role != Role.OWNER:
        yield "the last owner is an owner no more"
    browser.post("/people/leave/")
    if not _memberships(matrix, OWNER).exists():
        yield "nobody owns the organisation any more"


def closed_doors_are_ones_own(matrix: Matrix) -> Iterator[str]:
    """When somebody no longer runs an organisation, its open links close, and nobody else's."""
    admin = _membership(matrix, ADMIN)
    browser = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[OWNER])
    browser.post(f"/people/{admin.pk}/", {"role": Role.GUEST})
    closed = Invitation.objects.filter(revoked_at__isnull=False)
    if not closed.filter(organisation=matrix.cast.organisation).exists():
        yield "their own stay open"
    if closed.filter(organisation=matrix.other.organisation).exists():
        yield "another organisation's are closed"


def _memberships(matrix: Matrix, name: str) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=matrix.cast.organisation, user=matrix.cast.people[name])


def _membership(matrix: Matrix, name: str) -> Membership:
    return _memberships(matrix, name).get()
