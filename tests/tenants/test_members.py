"""Roles, leaving, removal and handing over, against a real database."""

from __future__ import annotations

import pytest

from books.models import Book
from insights.models import ActivityLog
from notifications.models import Notification
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Membership, Organisation, Role
from tenants.people import departure, members
from tests.factories.tenants import UserFactory

pytestmark = pytest.mark.django_db


def part(organisation: Organisation, role: Role, name: str = "Somebody Else") -> Membership:
    user = UserFactory(name=name)
    return Membership.objects.create(organisation=organisation, user=user, role=role)


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def plain(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.mark.parametrize(
    ("by", "of", "to", "allowed"),
    [
        (Role.OWNER, Role.MEMBER, Role.OWNER, True),
        (Role.OWNER, Role.OWNER, Role.GUEST, True),
        (Role.ADMIN, Role.MEMBER, Role.ADMIN, True),
        (Role.ADMIN, Role.ADMIN, Role.GUEST, True),
        (Role.ADMIN, Role.MEMBER, Role.OWNER, False),
        (Role.ADMIN, Role.OWNER, Role.MEMBER, False),
        (Role.MEMBER, Role.GUEST, Role.MEMBER, False),
        (Role.GUEST, Role.MEMBER, Role.GUEST, False),
    ],
)
def test_roles_are_given_as_far_as_ones_own_reaches(
    organisation: Organisation, owning: Membership, by: Role, of: Role, to: Role, allowed: bool
) -> None:
    who, whom = part(organisation, by), part(organisation, of)
    if allowed:
        members.change_role(membership_id=whom.pk, role=to, by=who)
    else:
        with pytest.raises(members.NotAllowed):
            members.change_role(membership_id=whom.pk, role=to, by=who)
    whom.refresh_from_db()
    assert whom.role == (to if allowed else of)


def test_last_owner_stays_an_owner(owning: Membership) -> None:
    with pytest.raises(members.LastOwner):
        members.change_role(membership_id=owning.pk, role=Role.ADMIN, by=owning)
    with pytest.raises(members.LastOwner):
        members.leave(membership=owning)
    owning.refresh_from_db()
    assert owning.role == Role.OWNER


def test_owner_who_cannot_sign_in_is_no_other_owner(organisation: Organisation, owning: Membership) -> None:
    shut = part(organisation, Role.OWNER)
    User.objects.filter(pk=shut.user_id).update(is_active=False)
    with pytest.raises(members.LastOwner):
        members.change_role(membership_id=owning.pk, role=Role.ADMIN, by=owning)
    with pytest.raises(members.LastOwner):
        members.leave(membership=owning)
    with pytest.raises(members.LastOwner):
        members.transfer_ownership(membership_id=shut.pk, by=owning)
    assert departure.consequences_for(owning.user).needs_owner == [organisation]
    owning.refresh_from_db()
    assert owning.role == Role.OWNER


def test_member_of_another_organisation_is_out_of_reach(
    owning: Membership, other_organisation: Organisation, other_member: User
) -> None:
    theirs = Membership.objects.get(user=other_member)
    for doing in (
        lambda: members.change_role(membership_id=theirs.pk, role=Role.GUEST, by=owning),
        lambda: members.remove_member(membership_id=theirs.pk, by=owning),
        lambda: members.transfer_ownership(membership_id=theirs.pk, by=owning),
    ):
        with pytest.raises(Membership.DoesNotExist):
            doing()
    theirs.refresh_from_db()
    assert theirs.role == Role.MEMBER


def test_stale_role_gives_no_right(organisation: Organisation, owning: Membership) -> None:
    admin, guest = part(organisation, Role.ADMIN), part(organisation, Role.GUEST)
    Membership.objects.filter(pk=admin.pk).update(role=Role.MEMBER)
    with pytest.raises(members.NotAllowed):
        members.change_role(membership_id=guest.pk, role=Role.MEMBER, by=admin)


def test_books_of_the_removed_go_to_the_heir(
    organisation: Organisation, owning: Membership, plain: Membership
) -> None:
    heir = part(organisation, Role.MEMBER, "Hanna Heir")
    with entered(organisation):
        book = Book.objects.create(kind="guide", language="en", topic="Bees", author=plain.user)
    members.remove_member(membership_id=plain.pk, by=owning, heir=heir.user)
    assert not Membership.objects.filter(pk=plain.pk).exists()
    with entered(organisation):
        book.refresh_from_db()
    assert book.author_id == heir.user_id


def test_books_are_not_handed_to_strangers(
    organisation: Organisation, owning: Membership, plain: Membership, other_member: User
) -> None:
    for heir in (other_member, plain.user):
        with pytest.raises(members.NotAllowed):
            members.remove_member(membership_id=plain.pk, by=owning, heir=heir)
    assert Membership.objects.filter(pk=plain.pk).exists()


def test_books_of_who_leaves_go_to_the_owner(
    organisation: Organisation, owning: Membership, plain: Membership
) -> None:
    with entered(organisation):
        book = Book.objects.create(kind="guide", language="en", topic="Bees", author=plain.user)
    members.leave(membership=plain)
    with entered(organisation):
        book.refresh_from_db()
    assert book.author_id == owning.user_id


def test_ownership_moves_and_its_giver_stays_an_admin(owning: Membership, plain: Membership) -> None:
    members.transfer_ownership(membership_id=plain.pk, by=owning)
    owning.refresh_from_db()
    plain.refresh_from_db()
    assert (owning.role, plain.role) == (Role.ADMIN, Role.OWNER)
    with pytest.raises(members.NotAllowed):
        members.transfer_ownership(membership_id=plain.pk, by=owning)


def test_log_tells_who_did_what_to_whom(
    organisation: Organisation, owning: Membership, plain: Membership
) -> None:
    members.change_role(membership_id=plain.pk, role=Role.ADMIN, by=owning)
    members.remove_member(membership_id=plain.pk, by=owning)
    lines = ActivityLog.objects.filter(organisation_id=organisation.pk).order_by("created_at", "id")
    told = [(line.action, line.actor_id, line.details.get("email")) for line in lines]
    assert told[-2:] == [
        ("member.role_changed", owning.user_id, plain.user.email),
        ("member.removed", owning.user_id, plain.user.email),
    ]


def test_people_hear_of_what_is_done_to_them(owning: Membership, plain: Membership) -> None:
    members.change_role(membership_id=plain.pk, role=Role.GUEST, by=owning)
    members.remove_member(membership_id=plain.pk, by=owning)
    kinds = Notification.objects.filter(user=plain.user).order_by("created_at").values_list("kind", flat=True)
    assert list(kinds) == ["member.role_changed", "member.removed"]


def test_own_doings_are_no_news(owning: Membership, plain: Membership) -> None:
    members.leave(membership=plain)
    assert not Notification.objects.filter(user=plain.user).exists()
