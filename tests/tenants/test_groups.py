"""Groups of members: who may make them, what they may be called, who may be in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Group, GroupMember, Membership, Organisation, Role
from tenants.organisations import deletion
from tenants.people import groups, members, tiers
from tenants.people.groups import Particulars
from tenants.people.members import NotAllowed
from tests.factories.tenants import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


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
def group(owning: Membership) -> Group:
    return groups.make_group(by=owning, particulars=Particulars("Class 4b"))


def told(organisation: Organisation) -> list[tuple[str, str, str]]:
    lines = ActivityLog.objects.filter(organisation_id=organisation.pk).order_by("created_at", "id")
    return [(line.action, line.resource_name, line.details.get("email", "")) for line in lines]


def test_group_is_made_filled_and_emptied(
    organisation: Organisation, owning: Membership, plain: Membership
) -> None:
    made = groups.make_group(by=owning, particulars=Particulars("  Class\t4b ", " The\nfoxes"))
    assert (made.name, made.description) == ("Class 4b", "The foxes")
    assert groups.add_members(group_id=made.pk, membership_ids=[plain.pk, owning.pk], by=owning) == [
        owning,
        plain,
    ]
    assert groups.add_members(group_id=made.pk, membership_ids=[plain.pk], by=owning) == []
    assert [one.size for one in groups.groups_of(organisation.pk)] == [2]
    assert groups.remove_members(group_id=made.pk, membership_ids=[plain.pk], by=owning) == [plain]
    assert list(groups.members_of(made)) == [owning]
    assert told(organisation) == [
        ("group.created", "Class 4b", ""),
        ("group.member_added", "Class 4b", "ada@acme.example"),
        ("group.member_added", "Class 4b", "max@acme.example"),
        ("group.member_removed", "Class 4b", "max@acme.example"),
    ]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
def test_only_who_runs_the_organisation_sorts_people(
    organisation: Organisation, group: Group, role: Role
) -> None:
    by = MembershipFactory(organisation=organisation, user=UserFactory(), role=role)
    doings: list[Callable[[], Any]] = [
        lambda: groups.make_group(by=by, particulars=Particulars("Mine")),
        lambda: groups.change_group(group_id=group.pk, by=by, particulars=Particulars("Mine")),
        lambda: groups.add_members(group_id=group.pk, membership_ids=[by.pk], by=by),
        lambda: groups.remove_members(group_id=group.pk, membership_ids=[by.pk], by=by),
        lambda: groups.delete_group(group_id=group.pk, by=by),
    ]
    for doing in doings:
        with pytest.raises(NotAllowed):
            doing()
    assert list(Group.objects.values_list("name", "members")) == [("Class 4b", None)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("class 4B", "is taken"),
        ("CLASS  4b", "is taken"),
        ("", "cannot be blank"),
        (" \t\0", "cannot be blank"),
        ("x" * 81, "at most 80 characters"),
    ],
)
def test_names_that_do_not_fit_are_refused(owning: Membership, group: Group, name: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as caught:
        groups.make_group(by=owning, particulars=Particulars(name))
    assert list(caught.value.message_dict) == ["name"]
    assert Group.objects.count() == 1


def test_same_name_in_other_letters_is_taken(owning: Membership) -> None:
    groups.make_group(by=owning, particulars=Particulars("É"))
    for name in ("é", "e\N{COMBINING ACUTE ACCENT}"):
        with pytest.raises(ValidationError, match="is taken"):
            groups.make_group(by=owning, particulars=Particulars(name))


def test_another_organisation_has_names_of_its_own(group: Group, stranger: Membership) -> None:
    Membership.objects.filter(pk=stranger.pk).update(role=Role.OWNER)
    made = groups.make_group(by=stranger, particulars=Particulars(group.name))
    assert made.organisation_id == stranger.organisation_id


def test_group_keeps_its_own_name_in_another_case(owning: Membership, group: Group) -> None:
    groups.change_group(group_id=group.pk, by=owning, particulars=Particulars("CLASS 4B", "Foxes"))
    group.refresh_from_db()
    assert (group.name, group.description) == ("CLASS 4B", "Foxes")


def test_change_that_changes_nothing_is_not_told(
    organisation: Organisation, owning: Membership, group: Group
) -> None:
    groups.change_group(group_id=group.pk, by=owning, particulars=Particulars(group.name))
    assert [action for action, *_ in told(organisation)] == ["group.created"]


def test_there_is_room_for_so_many(owning: Membership, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST", 1)
    with pytest.raises(ValidationError, match="at most 1 groups"):
        groups.make_group(by=owning, particulars=Particulars("One too many"))
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 1)
    with pytest.raises(ValidationError, match="at most 1 people"):
        groups.add_members(group_id=group.pk, membership_ids=[owning.pk, uuid4()], by=owning)


def test_members_of_other_organisations_stay_out(
    owning: Membership, plain: Membership, group: Group, stranger: Membership
) -> None:
    with pytest.raises(Membership.DoesNotExist):
        groups.add_members(group_id=group.pk, membership_ids=[plain.pk, stranger.pk], by=owning)
    assert not GroupMember.objects.exists()


def test_groups_of_other_organisations_are_out_of_reach(group: Group, stranger: Membership) -> None:
    Membership.objects.filter(pk=stranger.pk).update(role=Role.OWNER)
    for doing in (
        lambda: groups.change_group(group_id=group.pk, by=stranger, particulars=Particulars("Mine")),
        lambda: groups.add_members(group_id=group.pk, membership_ids=[stranger.pk], by=stranger),
        lambda: groups.remove_members(group_id=group.pk, membership_ids=[stranger.pk], by=stranger),
        lambda: groups.delete_group(group_id=group.pk, by=stranger),
    ):
        with pytest.raises(Group.DoesNotExist):
            doing()
    assert Group.objects.get().name == "Class 4b"


def test_tier_of_another_organisation_is_refused(
    owning: Membership, group: Group, stranger: Membership
) -> None:
    Membership.objects.filter(pk=stranger.pk).update(role=Role.OWNER)
    theirs = tiers.make_tier(by=stranger, name="Gold")
    with pytest.raises(ValidationError, match="a tier of this organisation"):
        groups.change_group(
            group_id=group.pk, by=owning, particulars=Particulars("Class 4b", tier_id=theirs.pk)
        )


def test_database_itself_keeps_organisations_apart(
    owning: Membership, group: Group, stranger: Membership
) -> None:
    Membership.objects.filter(pk=stranger.pk).update(role=Role.OWNER)
    theirs = tiers.make_tier(by=stranger, name="Gold")
    attempts: list[Callable[[], Any]] = [
        lambda: GroupMember.objects.create(group=group, membership=stranger),
        lambda: Group.objects.filter(pk=group.pk).update(tier=theirs),
        lambda: Membership.objects.filter(pk=owning.pk).update(tier=theirs),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="another organisation"), transaction.atomic():
            attempt()


def test_deleting_a_group_leaves_its_members(
    organisation: Organisation, owning: Membership, plain: Membership, group: Group
) -> None:
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk], by=owning)
    groups.delete_group(group_id=group.pk, by=owning)
    assert Membership.objects.filter(pk=plain.pk).exists()
    assert told(organisation)[-1][:2] == ("group.deleted", "Class 4b")


def test_who_goes_leaves_the_groups(owning: Membership, plain: Membership, group: Group) -> None:
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk, owning.pk], by=owning)
    members.remove_member(membership_id=plain.pk, by=owning)
    assert list(groups.members_of(group)) == [owning]


def test_organisation_takes_its_groups_along(
    organisation: Organisation, owning: Membership, plain: Membership, group: Group
) -> None:
    tier = tiers.make_tier(by=owning, name="Gold")
    groups.change_group(group_id=group.pk, by=owning, particulars=Particulars("4b", tier_id=tier.pk))
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk], by=owning)
    deletion.ask_for_deletion(by=owning, name=organisation.name)
    Organisation.objects.filter(pk=organisation.pk).update(delete_at="2020-01-01T00:00Z")
    assert deletion.erase(organisation_id=organisation.pk)
    assert not Group.objects.exists()
