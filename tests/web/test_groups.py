"""Groups and tiers on the pages of who is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tenants.accounts.models import User
from tenants.models import Group, Membership, Organisation, Tier
from tenants.people import groups, tiers
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def group(organisation: Organisation) -> Group:
    return Group.objects.create(organisation=organisation, name="Class 4b", description="The foxes")


@pytest.fixture
def tier(organisation: Organisation) -> Tier:
    return Tier.objects.create(organisation=organisation, name="Gold")


@pytest.fixture
def plain(member: User) -> Membership:
    return Membership.objects.get(user=member)


def names_in(group: Group) -> list[str]:
    return [one.user.get_full_name() for one in groups.members_of(group)]


def test_group_is_made_and_opened(owners_page: HostClient, tier: Tier) -> None:
    given = {"name": " Class  4b", "description": "The foxes", "tier": tier.pk}
    response = owners_page.post("/people/groups/", given, follow=True)
    made = Group.objects.get()
    assert response.redirect_chain == [(f"/people/groups/{made.pk}/", 302)]
    assert (made.name, made.description, made.tier) == ("Class 4b", "The foxes", tier)
    assert "Nobody is in this group yet." in text_of(response)


@contextmanager
def deleted_meanwhile(row: Group | Tier) -> Iterator[None]:
    """By somebody else, after the page has found it and before what is asked for is done."""

    def deletes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "FOR UPDATE" in sql and "tenants_organisation" in sql:
            type(row).objects.filter(pk=row.pk).delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(deletes):
        yield


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "CLASS 4B"}, "“CLASS 4B” is taken: choose another name."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "New", "description": "x" * 301}, "at most 300 characters"),
        ({"name": "New", "tier": "nonsense"}, "is not a valid UUID"),
    ],
)
def test_odd_groups_are_explained_and_kept(
    owners_page: HostClient, group: Group, tier: Tier, given: dict[str, str], told: str
) -> None:
    response = owners_page.post("/people/groups/", given)
    assert response.status_code == 422
    assert told in text_of(response)
    assert tree(response).xpath("//input[@name='name']/@value") == ([given["name"]] if given["name"] else [])
    assert Group.objects.count() == 1


def test_members_look_and_guests_do_not(page: HostClient, guest_page: HostClient, group: Group) -> None:
    for address in ("/people/groups/", f"/people/groups/{group.pk}/", "/people/tiers/"):
        shown = page.get(address)
        assert shown.status_code == 200
        assert not tree(shown).xpath("//main//form | //main//a[contains(@class, 'btn')]")
        assert guest_page.get(address).status_code == 403
    assert "Class 4b The foxes" in text_of(page.get("/people/groups/"))


def test_people_are_ticked_and_added(
    owners_page: HostClient, group: Group, plain: Membership, owner: User
) -> None:
    mine = Membership.objects.get(user=owner)
    response = owners_page.post(
        f"/people/groups/{group.pk}/add/", {"q": "", "member": [plain.pk, mine.pk]}, follow=True
    )
    assert "2 people were put in this group." in tree(response).text_content()
    assert names_in(group) == ["Ada Owner", "Max Member"]


def test_search_keeps_who_is_ticked(
    owners_page: HostClient, organisation: Organisation, group: Group, plain: Membership
) -> None:
    MembershipFactory(organisation=organisation, user=UserFactory(name="Zoe Last"))
    address = f"/people/groups/{group.pk}/add/"
    for shown in (
        owners_page.post(address, {"q": "zoe", "find": "1", "member": [plain.pk]}),
        owners_page.get(address, {"q": "ZOE", "member": [plain.pk]}),
    ):
        assert shown.status_code == 200
        boxes = tree(shown).xpath("//input[@name='member']")
        assert [box.get("checked") for box in boxes] == ["checked", None]
        assert "Zoe Last" in text_of(shown)
        assert "Ada Owner" not in text_of(shown)
    assert names_in(group) == []


def test_long_choice_asks_to_be_narrowed(
    owners_page: HostClient, organisation: Organisation, group: Group
) -> None:
    for _person in range(31):
        MembershipFactory(organisation=organisation, user=UserFactory())
    shown = owners_page.get(f"/people/groups/{group.pk}/add/")
    assert len(tree(shown).xpath("//input[@name='member']")) == 30
    assert "There are more: search to find them." in text_of(shown)


def test_nobody_and_strangers_are_not_added(
    owners_page: HostClient, group: Group, other_member: User
) -> None:
    theirs = Membership.objects.get(user=other_member)
    address = f"/people/groups/{group.pk}/add/"
    for given, told in (
        ({}, "Choose somebody first."),
        ({"member": [theirs.pk]}, "Select a valid choice."),
        ({"member": ["nonsense"]}, "is not a valid UUID"),
    ):
        response = owners_page.post(address, given)
        assert response.status_code == 422
        assert told in text_of(response)
    assert names_in(group) == []


def test_somebody_is_taken_out(owners_page: HostClient, group: Group, plain: Membership, owner: User) -> None:
    by = Membership.objects.get(user=owner)
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk, by.pk], by=by)
    for member in (plain.pk, "nonsense", ""):
        owners_page.post(f"/people/groups/{group.pk}/remove/", {"member": member})
    assert names_in(group) == ["Ada Owner"]


def test_group_is_changed_and_deleted(owners_page: HostClient, group: Group, tier: Tier) -> None:
    address = f"/people/groups/{group.pk}/"
    assert owners_page.post(f"{address}edit/", {"name": ""}).status_code == 422
    owners_page.post(f"{address}edit/", {"name": "Class 5b", "description": "", "tier": tier.pk})
    group.refresh_from_db()
    assert (group.name, group.description, group.tier) == ("Class 5b", "", tier)
    assert "Delete this group?" in text_of(owners_page.get(f"{address}delete/"))
    assert owners_page.post(f"{address}delete/")["Location"] == "/people/groups/"
    assert not Group.objects.exists()


def test_tiers_are_made_moved_renamed_and_deleted(
    owners_page: HostClient, organisation: Organisation
) -> None:
    def shown() -> list[str]:
        return [tier.name for tier in tiers.tiers_in(organisation.pk)]

    for name in ("Silver", "Gold"):
        owners_page.post("/people/tiers/", {"name": name})
    assert shown() == ["Gold", "Silver"]
    silver = Tier.objects.get(name="Silver")
    owners_page.post(f"/people/tiers/{silver.pk}/move/", {"to": "up"})
    assert shown() == ["Silver", "Gold"]
    assert owners_page.post(f"/people/tiers/{silver.pk}/", {"name": "gold"}).status_code == 422
    owners_page.post(f"/people/tiers/{silver.pk}/", {"name": "Platinum"})
    assert shown() == ["Platinum", "Gold"]
    assert "Nobody" not in text_of(owners_page.get(f"/people/tiers/{silver.pk}/delete/"))
    owners_page.post(f"/people/tiers/{silver.pk}/delete/")
    assert shown() == ["Gold"]


@pytest.mark.parametrize("name", ["", "gold", "x" * 61])
def test_odd_tiers_are_refused(owners_page: HostClient, tier: Tier, name: str) -> None:
    assert owners_page.post("/people/tiers/", {"name": name}).status_code == 422
    assert Tier.objects.count() == 1


def test_member_is_given_a_tier(owners_page: HostClient, tier: Tier, plain: Membership) -> None:
    address = f"/people/{plain.pk}/"
    for given, has in ((str(tier.pk), tier), ("nonsense", tier), ("", None)):
        owners_page.post(f"{address}tier/", {"tier": given})
        plain.refresh_from_db()
        assert plain.tier == has
    assert tree(owners_page.get(address)).xpath("//select[@name='tier']/option/text()") == [
        "No tier of their own",
        "Gold",
    ]


def test_people_are_searched_and_sorted_out(
    owners_page: HostClient, group: Group, tier: Tier, plain: Membership, owner: User
) -> None:
    by = Membership.objects.get(user=owner)
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk], by=by)
    tiers.give_tier(membership_id=plain.pk, tier_id=tier.pk, by=by)

    def found(**query: Any) -> list[str]:
        rows = tree(owners_page.get("/people/", query)).xpath("//li[contains(@class, 'person')]")
        return [" ".join(row.text_content().split()) for row in rows]

    assert len(found()) == 2
    wanted: list[dict[str, Any]] = [
        {"q": "max"},
        {"role": "MEMBER"},
        {"group": group.pk},
        {"tier": tier.pk},
        {"q": "@acme.example", "tier": tier.pk, "page": "1"},
    ]
    for query in wanted:
        (row,) = found(**query)
        assert "Max Member" in row
        assert "Class 4b" in row
        assert "Member · Gold" in row
    assert found(q="nobody") == []
    assert len(found(role="KING", group="nonsense", tier=group.pk)) == 2


def test_list_is_answered_in_part(owners_page: HostClient, member: User) -> None:
    part = owners_page.get("/people/", {"q": "max"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="div#people")
    assert "<html" not in part.content.decode()
    assert tree(part).xpath("//li//p[contains(@class, 'font-semibold')]/text()")[0].strip() == "Max Member"


def test_pages_keep_the_search(owners_page: HostClient, organisation: Organisation) -> None:
    for _person in range(51):
        MembershipFactory(organisation=organisation, user=UserFactory())
    (onwards,) = tree(owners_page.get("/people/?q=person")).xpath("//a[@rel='next']/@href")
    assert onwards == "?q=person&page=2"
    assert len(tree(owners_page.get(f"/people/{onwards}")).xpath("//li[contains(@class, 'person')]")) == 1


def test_pages_cost_the_same_for_many(
    owners_page: HostClient, organisation: Organisation, group: Group, tier: Tier, owner: User
) -> None:
    by = Membership.objects.get(user=owner)
    addresses = (
        "/people/",
        "/people/groups/",
        f"/people/groups/{group.pk}/",
        f"/people/groups/{group.pk}/add/?q=person",
        "/people/tiers/",
    )

    def grow(number: int) -> None:
        fresh = tiers.make_tier(by=by, name=f"Tier {number}")
        more = groups.make_group(by=by, particulars=groups.Particulars(f"Group {number}", tier_id=fresh.pk))
        outside, inside = (MembershipFactory(organisation=organisation, user=UserFactory()) for _ in "ab")
        for one in (group, more):
            groups.add_members(group_id=one.pk, membership_ids=[inside.pk], by=by)
        tiers.give_tier(membership_id=outside.pk, tier_id=fresh.pk, by=by)

    grow(0)
    few = [queries_of(owners_page, address) for address in addresses]
    for number in range(1, 8):
        grow(number)
    assert [queries_of(owners_page, address) for address in addresses] == few


@pytest.mark.parametrize("doing", ["edit", "add", "remove", "delete"])
def test_group_that_goes_meanwhile_is_not_found(
    owners_page: HostClient, group: Group, plain: Membership, doing: str
) -> None:
    with deleted_meanwhile(group):
        response = owners_page.post(f"/people/groups/{group.pk}/{doing}/", {"name": "5b", "member": plain.pk})
    assert response.status_code == 404


@pytest.mark.parametrize("doing", ["", "move/", "delete/"])
def test_tier_that_goes_meanwhile_is_not_found(owners_page: HostClient, tier: Tier, doing: str) -> None:
    with deleted_meanwhile(tier):
        response = owners_page.post(f"/people/tiers/{tier.pk}/{doing}", {"name": "Silver", "to": "up"})
    assert response.status_code == 404


def test_tier_that_goes_meanwhile_is_not_given(
    owners_page: HostClient, tier: Tier, plain: Membership
) -> None:
    with deleted_meanwhile(tier):
        response = owners_page.post(f"/people/{plain.pk}/tier/", {"tier": tier.pk})
    assert response.status_code == 404
