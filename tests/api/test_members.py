"""Members and invitations over REST."""

from __future__ import annotations

from typing import Any

import pytest

from api.faults import FAULTS
from books.models import Book
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.people import groups, invitations, tiers
from tenants.people.groups import Particulars
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of

JSON = "application/json"
MEMBERS = "/api/v1/members/"
INVITATIONS = "/api/v1/invitations/"


def names(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return sorted(one["name"] for one in response.json()["results"])


def test_member_is_told_whole(member_client: HostClient, owning: Membership, plain: Membership) -> None:
    silver, gold = (tiers.make_tier(by=owning, name=name) for name in ("Silver", "Gold"))
    group = groups.make_group(by=owning, particulars=Particulars("Class 4b", tier_id=gold.pk))
    groups.add_members(group_id=group.pk, membership_ids=[plain.pk], by=owning)
    tiers.give_tier(membership_id=plain.pk, tier_id=silver.pk, by=owning)
    told = member_client.get(f"{MEMBERS}{plain.pk}/").json()
    assert told.pop("joined_at")
    assert told == {
        "id": str(plain.pk),
        "url": f"http://{plain.organisation.host}{MEMBERS}{plain.pk}/",
        "user": str(plain.user_id),
        "name": "Max Member",
        "email": "max@acme.example",
        "role": "MEMBER",
        "tier": {"id": str(gold.pk), "name": "Gold"},
        "own_tier": {"id": str(silver.pk), "name": "Silver"},
        "groups": [{"id": str(group.pk), "name": "Class 4b"}],
    }


def test_members_are_searched(
    member_client: HostClient, owning: Membership, plain: Membership, stranger: Membership, errors: Any
) -> None:
    tier = tiers.make_tier(by=owning, name="Gold")
    group = groups.make_group(by=owning, particulars=Particulars("Class 4b"))
    groups.add_members(group_id=group.pk, membership_ids=[owning.pk], by=owning)
    tiers.give_tier(membership_id=plain.pk, tier_id=tier.pk, by=owning)
    everybody = ["Ada Owner", "Max Member"]
    cases: dict[str, list[str]] = {
        "": everybody,
        "?q=MAX": ["Max Member"],
        "?q=acme.example": everybody,
        "?role=OWNER": ["Ada Owner"],
        f"?group={group.pk}": ["Ada Owner"],
        f"?tier={tier.pk}": ["Max Member"],
        f"?tier={group.pk}": [],
    }
    for query, found in cases.items():
        assert names(member_client.get(f"{MEMBERS}{query}")) == found
    for query, field in (("?role=KING", "role"), ("?group=1", "group"), ("?q=" + "x" * 101, "q")):
        assert list(errors(member_client.get(f"{MEMBERS}{query}"))) == [field]


def test_list_comes_in_pages_and_costs_the_same_for_many(
    member_client: HostClient, organisation: Organisation, owning: Membership
) -> None:
    def grow(number: int) -> None:
        tier = tiers.make_tier(by=owning, name=f"Tier {number}")
        group = groups.make_group(by=owning, particulars=Particulars(f"Group {number}", tier_id=tier.pk))
        one = MembershipFactory(organisation=organisation, user=UserFactory())
        groups.add_members(group_id=group.pk, membership_ids=[one.pk, owning.pk], by=owning)

    grow(0)
    few = queries_of(member_client, MEMBERS)
    for number in range(1, 7):
        grow(number)
    assert queries_of(member_client, MEMBERS) == few
    page = member_client.get(f"{MEMBERS}?limit=5").json()
    onwards = member_client.get(page["next"].removeprefix(f"http://{organisation.host}")).json()
    assert len({one["id"] for one in page["results"] + onwards["results"]}) == 9


def test_guests_see_themselves_alone(guest_client: HostClient, plain: Membership) -> None:
    for address in (MEMBERS, f"{MEMBERS}{plain.pk}/"):
        assert guest_client.get(address).status_code == 403
    assert guest_client.get(f"{MEMBERS}me/").json()["name"] == "Gwen Guest"


def test_role_and_tier_are_changed_together(
    admin_client: HostClient, owning: Membership, plain: Membership, stranger: Membership, errors: Any
) -> None:
    tier, address = tiers.make_tier(by=owning, name="Gold"), f"{MEMBERS}{plain.pk}/"
    told = admin_client.patch(address, {"role": "GUEST", "own_tier": str(tier.pk)}, content_type=JSON).json()
    assert (told["role"], told["own_tier"]["name"], told["tier"]["name"]) == ("GUEST", "Gold", "Gold")
    assert admin_client.patch(address, {"own_tier": None}, content_type=JSON).json()["tier"] is None
    for change, field in (
        ({"role": "KING"}, "role"),
        ({"own_tier": str(owning.pk)}, "own_tier"),
        ({"own_tier": 7}, "own_tier"),
    ):
        assert list(errors(admin_client.patch(address, change, content_type=JSON))) == [field]
    refused = admin_client.patch(
        address, {"own_tier": str(tier.pk), "role": "OWNER"}, content_type=JSON, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert refused.json() == {
        "type": FAULTS["forbidden"].type,
        "title": "Not allowed",
        "status": 403,
        "detail": "Only an owner can do this.",
        "instance": address,
        "request_id": refused["X-Request-Id"],
    }
    plain.refresh_from_db()
    assert (plain.role, plain.tier) == ("GUEST", None)  # both, or neither


def test_others_of_other_organisations_are_not_found(owner_client: HostClient, stranger: Membership) -> None:
    for ask in (
        owner_client.get(f"{MEMBERS}{stranger.pk}/"),
        owner_client.patch(f"{MEMBERS}{stranger.pk}/", {"role": "GUEST"}, content_type=JSON),
        owner_client.delete(f"{MEMBERS}{stranger.pk}/"),
        owner_client.post(f"{MEMBERS}{stranger.pk}/transfer-ownership/"),
    ):
        assert ask.status_code == 404
    stranger.refresh_from_db()
    assert stranger.role == Role.MEMBER


def test_removed_member_leaves_books_to_the_heir(
    owner_client: HostClient,
    organisation: Organisation,
    owning: Membership,
    plain: Membership,
    stranger: Membership,
    errors: Any,
) -> None:
    heir = MembershipFactory(organisation=organisation, user=UserFactory())
    guest = MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.GUEST)
    with entered(organisation):
        book = Book.objects.create(kind="guide", language="en", topic="Bees", author=plain.user)
    address = f"{MEMBERS}{plain.pk}/"
    for wrong in (guest.pk, stranger.pk, plain.pk, "nonsense"):
        assert list(errors(owner_client.delete(f"{address}?heir={wrong}"))) == ["heir"]
    assert owner_client.delete(f"{address}?heir={heir.pk}").status_code == 204
    with entered(organisation):
        book.refresh_from_db()
    assert book.author_id == heir.user_id
    assert owner_client.delete(f"{MEMBERS}{guest.pk}/").status_code == 204


def test_ownership_is_handed_over(
    owner_client: HostClient, admin_client: HostClient, owning: Membership, plain: Membership
) -> None:
    assert admin_client.post(f"{MEMBERS}{plain.pk}/transfer-ownership/").status_code == 403
    told = owner_client.post(f"{MEMBERS}{plain.pk}/transfer-ownership/").json()
    owning.refresh_from_db()
    assert (told["role"], owning.role) == ("OWNER", "ADMIN")


def test_one_leaves_unless_one_is_the_last_owner(
    owner_client: HostClient, member_client: HostClient, owning: Membership, plain: Membership
) -> None:
    assert member_client.delete(f"{MEMBERS}me/").status_code == 204
    refused = owner_client.delete(f"{MEMBERS}me/")
    assert (refused.status_code, refused.json()["type"]) == (409, FAULTS["last-owner"].type)
    assert list(Membership.objects.filter(organisation=owning.organisation)) == [owning]


def test_members_do_not_run_the_organisation(member_client: HostClient, owning: Membership) -> None:
    for ask in (
        member_client.patch(f"{MEMBERS}{owning.pk}/", {"role": "GUEST"}, content_type=JSON),
        member_client.delete(f"{MEMBERS}{owning.pk}/"),
        member_client.get(INVITATIONS),
        member_client.post(INVITATIONS, {"emails": ["x@x.example"]}, content_type=JSON),
        member_client.post(f"{INVITATIONS}links/", {}, content_type=JSON),
    ):
        assert ask.status_code == 403
    assert not Invitation.objects.exists()


def test_people_are_invited_by_e_mail_and_by_link(
    admin_client: HostClient, organisation: Organisation
) -> None:
    given = {"emails": ["a@x.example", "B@x.example"], "role": "GUEST"}
    made = admin_client.post(INVITATIONS, given, content_type=JSON)
    assert made.status_code == 201
    assert [(one["email"], one["role"], one["link"]) for one in made.json()["results"]] == [
        ("a@x.example", "GUEST", None),
        ("b@x.example", "GUEST", None),
    ]
    link = admin_client.post(f"{INVITATIONS}links/", {"uses": 3, "days": 2}, content_type=JSON).json()
    assert (link["email"], link["role"], link["uses_left"], link["invited_by"]) == (
        "",
        "MEMBER",
        3,
        "Ana Admin",
    )
    assert invitations.read(link["link"].rstrip("/").rpartition("/")[2]).pk.hex == link["id"].replace("-", "")
    assert len(admin_client.get(INVITATIONS).json()["results"]) == 3
    assert admin_client.delete(f"{INVITATIONS}{link['id']}/").status_code == 204
    assert admin_client.delete(f"{INVITATIONS}{link['id']}/").status_code == 404
    assert len(admin_client.get(INVITATIONS).json()["results"]) == 2


@pytest.mark.parametrize(
    ("address", "given", "field"),
    [
        (INVITATIONS, {"emails": []}, "emails"),
        (INVITATIONS, {"emails": ["nobody"]}, "emails"),
        (INVITATIONS, {"emails": ["ana@acme.example"]}, "emails"),
        (INVITATIONS, {"emails": ["max@acme.example"]}, "emails"),
        (INVITATIONS, {"emails": [f"p{n}@x.example" for n in range(51)]}, "emails"),
        (INVITATIONS, {"emails": ["a@x.example"], "role": "OWNER"}, "role"),
        (f"{INVITATIONS}links/", {"role": "OWNER"}, "role"),
        (f"{INVITATIONS}links/", {"uses": 201}, "uses"),
        (f"{INVITATIONS}links/", {"days": 0}, "days"),
    ],
)
def test_odd_invitations_name_their_field(
    admin_client: HostClient, member: User, errors: Any, address: str, given: dict[str, Any], field: str
) -> None:
    assert list(errors(admin_client.post(address, given, content_type=JSON))) == [field]
    assert not Invitation.objects.exists()


def test_invitations_cost_the_same_for_many(admin_client: HostClient, owning: Membership) -> None:
    invitations.make_link(role=Role.GUEST, by=owning)
    few = queries_of(admin_client, INVITATIONS)
    invitations.invite(emails=[f"p{n}@x.example" for n in range(8)], role=Role.GUEST, by=owning)
    assert queries_of(admin_client, INVITATIONS) == few


def test_problems_are_told_in_the_asked_language(
    owner_client: HostClient, owner: User, owning: Membership
) -> None:
    User.objects.filter(pk=owner.pk).update(language="fr")
    detail = owner_client.delete(f"{MEMBERS}me/").json()["detail"]
    assert detail.startswith("Une organisation")
