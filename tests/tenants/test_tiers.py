"""Tiers: their order, and which of them a member has."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role, Tier
from tenants.people import groups, tiers
from tenants.people.groups import Particulars
from tenants.people.members import NotAllowed
from tenants.people.roster import EVERYBODY, Wanted, people_of
from tests.factories.tenants import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def plain(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.fixture
def levels(owning: Membership) -> dict[str, Tier]:
    return {name: tiers.make_tier(by=owning, name=name) for name in ("Bronze", "Silver", "Gold")}


def names(organisation: Organisation) -> list[str]:
    """From the highest to the lowest; their ranks have no gaps."""
    found = list(tiers.tiers_in(organisation.pk))
    assert [tier.rank for tier in found] == list(range(len(found), 0, -1))
    return [tier.name for tier in found]


def in_group(by: Membership, who: Membership, tier: Tier | None, name: str) -> None:
    particulars = Particulars(name, tier_id=tier.pk if tier else None)
    group = groups.make_group(by=by, particulars=particulars)
    groups.add_members(group_id=group.pk, membership_ids=[who.pk], by=by)


def test_highest_of_own_and_groups_counts(
    owning: Membership, plain: Membership, levels: dict[str, Tier]
) -> None:
    assert tiers.tier_of(plain) is None
    in_group(owning, plain, None, "No tier")
    in_group(owning, plain, levels["Bronze"], "Low")
    assert tiers.tier_of(plain) == levels["Bronze"]
    tiers.give_tier(membership_id=plain.pk, tier_id=levels["Silver"].pk, by=owning)
    assert tiers.tier_of(plain) == levels["Silver"]
    in_group(owning, plain, levels["Gold"], "High")
    assert tiers.tier_of(plain) == levels["Gold"]
    assert tiers.tiers_of([owning, plain]) == {plain.pk: levels["Gold"]}
    assert tiers.holders(plain.organisation_id) == {3: 1}


def test_tiers_of_many_cost_as_much_as_of_one(
    organisation: Organisation, owning: Membership, plain: Membership, levels: dict[str, Tier]
) -> None:
    with CaptureQueriesContext(connection) as one:
        tiers.tier_of(plain)
    assert len(one) == 1
    for number in range(5):
        who = MembershipFactory(organisation=organisation, user=UserFactory())
        in_group(owning, who, levels["Gold"], f"Group {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(tiers.tiers_of(Membership.objects.filter(organisation=organisation))) == 5
    assert len(many) == 3  # with that of the members


def test_tiers_change_places(organisation: Organisation, owning: Membership, levels: dict[str, Tier]) -> None:
    assert names(organisation) == ["Gold", "Silver", "Bronze"]
    tiers.move_tier(tier_id=levels["Bronze"].pk, by=owning, up=True)
    assert names(organisation) == ["Gold", "Bronze", "Silver"]
    tiers.move_tier(tier_id=levels["Gold"].pk, by=owning, up=True)
    tiers.move_tier(tier_id=levels["Silver"].pk, by=owning, up=False)
    assert names(organisation) == ["Gold", "Bronze", "Silver"]
    tiers.order_tiers(tier_ids=[levels[name].pk for name in ("Silver", "Bronze", "Gold")], by=owning)
    assert names(organisation) == ["Silver", "Bronze", "Gold"]
    orders = ActivityLog.objects.filter(action="tier.ordered").values_list("details", flat=True)
    assert list(orders.order_by("created_at", "id"))[-1] == {"order": ["Silver", "Bronze", "Gold"]}


def test_order_names_each_tier_once(
    organisation: Organisation, owning: Membership, levels: dict[str, Tier]
) -> None:
    gold, silver = levels["Gold"].pk, levels["Silver"].pk
    for order in ([], [gold, silver], [gold, silver, gold], [gold, silver, owning.pk]):
        with pytest.raises(ValidationError, match="each tier of the organisation once"):
            tiers.order_tiers(tier_ids=order, by=owning)
    assert names(organisation) == ["Gold", "Silver", "Bronze"]


def test_deleted_tier_leaves_its_holders_and_no_gap(
    organisation: Organisation, owning: Membership, plain: Membership, levels: dict[str, Tier]
) -> None:
    tiers.give_tier(membership_id=plain.pk, tier_id=levels["Silver"].pk, by=owning)
    in_group(owning, plain, levels["Bronze"], "Low")
    tiers.delete_tier(tier_id=levels["Silver"].pk, by=owning)
    assert names(organisation) == ["Gold", "Bronze"]
    assert tiers.tier_of(plain) == levels["Bronze"]
    assert tiers.make_tier(by=owning, name="Silver").rank == 3


@pytest.mark.parametrize(
    ("name", "why"), [("gold", "is taken"), (" ", "cannot be blank"), ("x" * 61, "at most 60 characters")]
)
def test_names_that_do_not_fit_are_refused(
    organisation: Organisation, owning: Membership, levels: dict[str, Tier], name: str, why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        tiers.make_tier(by=owning, name=name)
    with pytest.raises(ValidationError, match=why):
        tiers.rename_tier(tier_id=levels["Bronze"].pk, by=owning, name=name)
    assert names(organisation) == ["Gold", "Silver", "Bronze"]


def test_there_is_room_for_so_many(
    owning: Membership, levels: dict[str, Tier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "MOST", 3)
    with pytest.raises(ValidationError, match="at most 3 tiers"):
        tiers.make_tier(by=owning, name="Platinum")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GUEST])
def test_only_who_runs_the_organisation_gives_tiers(
    organisation: Organisation, levels: dict[str, Tier], role: Role
) -> None:
    by = MembershipFactory(organisation=organisation, user=UserFactory(), role=role)
    gold = levels["Gold"].pk
    for doing in (
        lambda: tiers.make_tier(by=by, name="Mine"),
        lambda: tiers.rename_tier(tier_id=gold, by=by, name="Mine"),
        lambda: tiers.move_tier(tier_id=gold, by=by, up=False),
        lambda: tiers.order_tiers(tier_ids=[], by=by),
        lambda: tiers.delete_tier(tier_id=gold, by=by),
        lambda: tiers.give_tier(membership_id=by.pk, tier_id=gold, by=by),
    ):
        with pytest.raises(NotAllowed):
            doing()
    assert names(organisation) == ["Gold", "Silver", "Bronze"]


def test_other_organisations_are_out_of_reach(
    owning: Membership, plain: Membership, levels: dict[str, Tier], other_member: User
) -> None:
    theirs = Membership.objects.get(user=other_member)
    Membership.objects.filter(pk=theirs.pk).update(role=Role.OWNER)
    with pytest.raises(Membership.DoesNotExist):
        tiers.give_tier(membership_id=plain.pk, tier_id=None, by=theirs)
    with pytest.raises(Tier.DoesNotExist):
        tiers.give_tier(membership_id=theirs.pk, tier_id=levels["Gold"].pk, by=theirs)
    with pytest.raises(Tier.DoesNotExist):
        tiers.delete_tier(tier_id=levels["Gold"].pk, by=theirs)


def test_giving_a_tier_is_told_once(
    organisation: Organisation, owning: Membership, plain: Membership, levels: dict[str, Tier]
) -> None:
    for tier in (levels["Gold"].pk, levels["Gold"].pk, None):
        tiers.give_tier(membership_id=plain.pk, tier_id=tier, by=owning)
    lines = ActivityLog.objects.filter(action="member.tier_changed").order_by("created_at", "id")
    assert [(line.details["before"], line.details["tier"], line.details["email"]) for line in lines] == [
        ("", "Gold", plain.user.email),
        ("Gold", "", plain.user.email),
    ]


def test_people_are_found_by_name_address_role_group_and_tier(
    organisation: Organisation, owning: Membership, plain: Membership, levels: dict[str, Tier]
) -> None:
    in_group(owning, plain, levels["Silver"], "Class")
    group = groups.groups_of(organisation.pk).get()

    def found(wanted: Wanted) -> list[Membership]:
        return list(people_of(organisation.pk, wanted))

    assert found(EVERYBODY) == [owning, plain]
    assert found(Wanted(text=" MAX ")) == found(Wanted(text="max@acme")) == [plain]
    assert found(Wanted(text="100%_\0")) == []
    assert found(Wanted(role=Role.OWNER)) == [owning]
    assert found(Wanted(group_id=group.pk)) == [plain]
    assert found(Wanted(tier_id=levels["Silver"].pk)) == [plain]
    assert found(Wanted(tier_id=levels["Bronze"].pk)) == []
    assert [row.group.name for row in found(Wanted(group_id=group.pk))[0].groups.all()] == ["Class"]
