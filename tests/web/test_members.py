"""The page of an organisation's people, and what is done on it."""

from __future__ import annotations

import pytest

from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.people import invitations
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


@pytest.fixture
def owners_page(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def part_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_members_see_who_is_here_but_no_tools(page: HostClient, owner: User) -> None:
    response = page.get("/people/")
    assert "Ada Owner" in text_of(response)
    assert not tree(response).xpath("//form[contains(@action, '/people/')]")


def test_guests_do_not_see_the_people(guest_page: HostClient) -> None:
    assert guest_page.get("/people/").status_code == 403
    assert not tree(guest_page.get("/")).xpath("//a[@href='/people/']")


def test_list_costs_the_same_for_many(owners_page: HostClient, organisation: Organisation) -> None:
    invitations.make_link(role=Role.GUEST, by=organisation.memberships.get(role=Role.OWNER))
    few = queries_of(owners_page, "/people/")
    for number in range(30):
        MembershipFactory(organisation=organisation, user=UserFactory())
        invitations.invite(
            emails=[f"guest{number}@acme.example"],
            role=Role.GUEST,
            by=organisation.memberships.get(role=Role.OWNER),
        )
    assert queries_of(owners_page, "/people/") == few


def test_people_are_invited_together(owners_page: HostClient) -> None:
    owners_page.post("/people/invite/", {"emails": "a@x.example, b@x.example\nc@x.example", "role": "GUEST"})
    open_ = Invitation.objects.order_by("email").values_list("email", "role")
    assert list(open_) == [("a@x.example", "GUEST"), ("b@x.example", "GUEST"), ("c@x.example", "GUEST")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"emails": "", "role": "MEMBER"}, "This field is required."),
        ({"emails": "nobody", "role": "MEMBER"}, "“nobody” is not an e-mail address."),
        ({"emails": "ada@acme.example", "role": "MEMBER"}, "You are here already."),
        ({"emails": "new@x.example", "role": "OWNER"}, "Select a valid choice."),
    ],
)
def test_odd_invitations_are_explained_and_kept(
    owners_page: HostClient, given: dict[str, str], told: str
) -> None:
    response = owners_page.post("/people/invite/", given)
    assert response.status_code == 422
    assert told in text_of(response)
    assert tree(response).xpath("//textarea[@name='emails']")[0].text_content().strip() == given["emails"]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("given", [{"uses": 0}, {"uses": 999}, {"days": 5}, {"role": "OWNER"}, {"uses": "x"}])
def test_odd_links_are_refused(owners_page: HostClient, given: dict[str, object]) -> None:
    response = owners_page.post("/people/link/", {"role": "MEMBER", "uses": 5, "days": 7, **given})
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_link_is_shown_and_taken_back(owners_page: HostClient) -> None:
    owners_page.post("/people/link/", {"role": "MEMBER", "uses": 5, "days": 7})
    link = Invitation.objects.get()
    shown = tree(owners_page.get("/people/")).xpath("//input[@readonly]/@value")
    assert shown == [invitations.link_of(link)]
    owners_page.post(f"/people/invitations/{link.pk}/revoke/")
    assert not tree(owners_page.get("/people/")).xpath("//input[@readonly]")


def test_links_of_addressed_invitations_are_shown_to_nobody(owners_page: HostClient) -> None:
    owners_page.post("/people/invite/", {"emails": "a@x.example", "role": "GUEST"})
    token = invitations.token_of(Invitation.objects.get())
    assert token not in owners_page.get("/people/").content.decode()


def test_role_is_changed(owners_page: HostClient, member: User) -> None:
    owners_page.post(f"/people/{part_of(member).pk}/", {"role": "ADMIN"})
    assert part_of(member).role == Role.ADMIN


def test_last_owner_is_told_why(owners_page: HostClient, owner: User) -> None:
    response = owners_page.post(f"/people/{part_of(owner).pk}/", {"role": "ADMIN"})
    assert response.status_code == 422
    assert "needs an owner" in text_of(response)


def test_admin_cannot_touch_the_owner(organisation: Organisation, owner: User) -> None:
    admin = UserFactory()
    MembershipFactory(organisation=organisation, user=admin, role=Role.ADMIN)
    client = HostClient(organisation).sign_in(admin)
    assert client.post(f"/people/{part_of(owner).pk}/", {"role": "GUEST"}).status_code == 422
    client.post(f"/people/{part_of(owner).pk}/remove/", {"heir": part_of(admin).pk})
    assert part_of(owner).role == Role.OWNER


def test_member_is_removed_and_loses_the_way_in(
    owners_page: HostClient, page: HostClient, owner: User, member: User
) -> None:
    assert page.get("/").status_code == 200
    owners_page.post(f"/people/{part_of(member).pk}/remove/", {"heir": part_of(owner).pk})
    assert page.get("/").status_code == 404


@pytest.mark.parametrize("heir", ["", "nonsense", "themselves"])
def test_removal_needs_an_heir(owners_page: HostClient, member: User, heir: str) -> None:
    chosen = part_of(member).pk if heir == "themselves" else heir
    owners_page.post(f"/people/{part_of(member).pk}/remove/", {"heir": chosen})
    assert Membership.objects.filter(user=member).exists()


def test_organisation_is_handed_over(owners_page: HostClient, owner: User, member: User) -> None:
    owners_page.post(f"/people/{part_of(member).pk}/hand-over/")
    assert (part_of(owner).role, part_of(member).role) == (Role.ADMIN, Role.OWNER)


def test_member_leaves(page: HostClient, owner: User, member: User) -> None:
    assert "need a new invitation" in text_of(page.get("/people/leave/"))
    assert page.post("/people/leave/").status_code == 200
    assert not Membership.objects.filter(user=member).exists()


def test_last_owner_stays(owners_page: HostClient, owner: User) -> None:
    assert owners_page.post("/people/leave/").status_code == 302
    assert Membership.objects.filter(user=owner).exists()
