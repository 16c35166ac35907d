"""Groups and tiers over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.models import Group, GroupMember, Membership, Organisation, Tier
from tenants.people import groups, tiers
from tenants.people.groups import Particulars
from tests.api.described import faults_of_answer
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of

JSON = "application/json"
GROUPS = "/api/v1/groups/"
TIERS = "/api/v1/tiers/"


@pytest.fixture
def group(owning: Membership) -> Group:
    return groups.make_group(by=owning, particulars=Particulars("Class 4b", "Foxes"))


@pytest.fixture
def tier(owning: Membership) -> Tier:
    return tiers.make_tier(by=owning, name="Gold")


def test_group_is_made_changed_and_deleted(admin_client: HostClient, tier: Tier) -> None:
    made = admin_client.post(GROUPS, {"name": " Class  4b ", "tier": str(tier.pk)}, content_type=JSON)
    assert (made.status_code, made["Location"]) == (201, made.json()["url"])
    address = f"{GROUPS}{made.json()['id']}/"
    told = admin_client.get(address).json()
    assert (told["name"], told["description"], told["tier"], told["size"]) == (
        "Class 4b",
        "",
        str(tier.pk),
        0,
    )
    after = admin_client.patch(address, {"description": "Foxes"}, content_type=JSON).json()
    assert after == {**told, "description": "Foxes"}
    assert admin_client.patch(address, {"tier": None}, content_type=JSON).json()["tier"] is None
    assert admin_client.delete(address).status_code == 204
    assert admin_client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "class 4B"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "\u0000"}, "name"),
        ({"name": "New", "description": "x" * 301}, "description"),
        ({"name": "New", "tier": "gold"}, "tier"),
        ({"name": "New", "tier": "0189c3f0-0000-7000-8000-000000000000"}, "tier"),
        ({}, "name"),
    ],
)
def test_odd_groups_name_their_field(
    admin_client: HostClient, group: Group, errors: Any, given: dict[str, Any], field: str
) -> None:
    assert list(errors(admin_client.post(GROUPS, given, content_type=JSON))) == [field]
    assert Group.objects.count() == 1


def test_members_are_put_in_and_taken_out(
    admin_client: HostClient, group: Group, owning: Membership, plain: Membership
) -> None:
    address = f"{GROUPS}{group.pk}/members/"
    both = [str(owning.pk), str(plain.pk)]
    assert admin_client.post(address, {"members": both}, content_type=JSON).json() == {"members": both}
    assert admin_client.post(address, {"members": both}, content_type=JSON).json() == {"members": []}
    assert sorted(one["name"] for one in admin_client.get(address).json()["results"]) == [
        "Ada Owner",
        "Max Member",
    ]
    assert admin_client.delete(f"{address}{plain.pk}/").status_code == 204
    assert admin_client.delete(f"{address}{plain.pk}/").status_code == 404
    removed = admin_client.post(f"{address}remove/", {"members": both}, content_type=JSON)
    assert removed.json() == {"members": [str(owning.pk)]}
    assert not GroupMember.objects.exists()


def test_answers_that_name_nobody_are_described(
    admin_client: HostClient, group: Group, plain: Membership, owning: Membership
) -> None:
    address, chosen = f"{GROUPS}{group.pk}/members/", {"members": [str(plain.pk)]}
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk], by=owning)
    nobody_added = admin_client.post(address, chosen, content_type=JSON)
    assert nobody_added.json() == {"members": []}
    assert faults_of_answer("groups_members_create", nobody_added) == []
    groups.remove_members(group_id=group.pk, membership_ids=[plain.pk], by=owning)
    nobody_removed = admin_client.post(f"{address}remove/", chosen, content_type=JSON)
    assert nobody_removed.json() == {"members": []}
    assert faults_of_answer("groups_members_remove", nobody_removed) == []


def test_strangers_are_not_put_in(
    owner_client: HostClient, group: Group, plain: Membership, stranger: Membership, errors: Any
) -> None:
    address = f"{GROUPS}{group.pk}/members/"
    for given in ([str(plain.pk), str(stranger.pk)], [], ["nobody"], [str(plain.pk)] * 201):
        response = owner_client.post(address, {"members": given}, content_type=JSON)
        assert next(iter(errors(response))).startswith("members")
    assert not GroupMember.objects.exists()


def test_groups_of_others_are_not_found(owner_client: HostClient, stranger: Membership) -> None:
    theirs = Group.objects.create(organisation=stranger.organisation, name="Theirs")
    GroupMember.objects.create(group=theirs, membership=stranger)
    address = f"{GROUPS}{theirs.pk}/"
    for ask in (
        owner_client.get(address),
        owner_client.patch(address, {"name": "Mine"}, content_type=JSON),
        owner_client.delete(address),
        owner_client.get(f"{address}members/"),
        owner_client.post(f"{address}members/remove/", {"members": [str(stranger.pk)]}, content_type=JSON),
        owner_client.delete(f"{address}members/{stranger.pk}/"),
    ):
        assert ask.status_code == 404
    assert list(theirs.members.values_list("membership", flat=True)) == [stranger.pk]


def test_members_look_and_guests_do_not(
    member_client: HostClient, guest_client: HostClient, group: Group, tier: Tier
) -> None:
    for address in (GROUPS, f"{GROUPS}{group.pk}/", f"{GROUPS}{group.pk}/members/", TIERS):
        assert member_client.get(address).status_code == 200
        assert guest_client.get(address).status_code == 403
    for client in (member_client, guest_client):
        assert client.post(GROUPS, {"name": "Mine"}, content_type=JSON).status_code == 403
        assert client.post(TIERS, {"name": "Mine"}, content_type=JSON).status_code == 403
        assert client.delete(f"{TIERS}{tier.pk}/").status_code == 403


def test_tiers_are_made_ordered_renamed_and_deleted(
    admin_client: HostClient, tier: Tier, plain: Membership, owning: Membership, errors: Any
) -> None:
    made = admin_client.post(TIERS, {"name": "Silver"}, content_type=JSON)
    assert (made.status_code, made.json()["rank"], made["Location"]) == (201, 2, made.json()["url"])
    silver = f"{TIERS}{made.json()['id']}/"
    order = [str(tier.pk), made.json()["id"]]
    tiers.give_tier(membership_id=plain.pk, tier_id=tier.pk, by=owning)
    told = admin_client.put(f"{TIERS}order/", {"tiers": order}, content_type=JSON).json()
    assert [(one["name"], one["rank"], one["size"]) for one in told] == [("Gold", 2, 1), ("Silver", 1, 0)]
    assert admin_client.get(TIERS).json() == told
    for given in ([], order[:1], [order[0]] * 2):
        response = admin_client.put(f"{TIERS}order/", {"tiers": given}, content_type=JSON)
        assert list(errors(response)) == ["tiers"]
    for name in ("GOLD", "", "x" * 61):
        assert list(errors(admin_client.patch(silver, {"name": name}, content_type=JSON))) == ["name"]
    assert admin_client.patch(silver, {"name": "Basic"}, content_type=JSON).json()["name"] == "Basic"
    assert admin_client.delete(silver).status_code == 204
    assert [one["name"] for one in admin_client.get(TIERS).json()] == ["Gold"]


def test_lists_cost_the_same_for_many(
    admin_client: HostClient, organisation: Organisation, owning: Membership, group: Group
) -> None:
    addresses = (GROUPS, TIERS, f"{GROUPS}{group.pk}/members/")

    def grow(number: int) -> None:
        fresh = tiers.make_tier(by=owning, name=f"Tier {number}")
        more = groups.make_group(by=owning, particulars=Particulars(f"Group {number}", tier_id=fresh.pk))
        one = MembershipFactory(organisation=organisation, user=UserFactory())
        for each in (group, more):
            groups.add_members(group_id=each.pk, membership_ids=[one.pk], by=owning)

    grow(0)
    few = [queries_of(admin_client, address) for address in addresses]
    for number in range(1, 6):
        grow(number)
    assert [queries_of(admin_client, address) for address in addresses] == few
