"""Invitations by e-mail and by link, against a real database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from insights.models import ActivityLog
from notifications.emails import send_invitation, send_waiting_emails
from notifications.models import Notification
from tenants.accounts.models import User
from tenants.models import Invitation, Membership, Organisation, Role
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.changing import Particulars, change_organisation
from tenants.people import invitations, members
from tests.factories.tenants import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


def invited(owning: Membership, email: str = "new@acme.example", role: Role = Role.MEMBER) -> Invitation:
    (invitation,) = invitations.invite(emails=[email], role=role, by=owning)
    return invitation


def test_invited_person_joins_in_the_role_they_were_given(owning: Membership) -> None:
    invitation = invited(owning, "Nina@Acme.example ", Role.GUEST)
    nina = UserFactory(email="nina@acme.example")
    found = invitations.read(invitations.token_of(invitation))
    membership = invitations.accept(invitation=found, user=nina, addresses=["nina@acme.example"])
    assert (membership.user, membership.role) == (nina, Role.GUEST)
    with pytest.raises(invitations.InvitationOver):
        invitations.read(invitations.token_of(invitation))


def test_invitation_is_for_one_address(owning: Membership) -> None:
    stranger = UserFactory(email="stranger@acme.example")
    with pytest.raises(invitations.NotForYou):
        invitations.accept(invitation=invited(owning), user=stranger, addresses=["stranger@acme.example"])
    assert not Membership.objects.filter(user=stranger).exists()


def test_link_lets_in_as_many_as_it_says(owning: Membership) -> None:
    link = invitations.make_link(role=Role.MEMBER, by=owning, uses=2)
    for _one in range(2):
        invitations.accept(invitation=link, user=UserFactory(), addresses=[])
    with pytest.raises(invitations.InvitationOver):
        invitations.accept(invitation=link, user=UserFactory(), addresses=[])


def test_member_who_comes_again_uses_nothing_up(owning: Membership) -> None:
    link = invitations.make_link(role=Role.GUEST, by=owning, uses=1)
    assert invitations.accept(invitation=link, user=owning.user, addresses=[]).role == Role.OWNER
    link.refresh_from_db()
    assert link.uses_left == 1


@pytest.mark.parametrize("change", ["revoked_at", "expires_at"])
def test_closed_invitations_open_nothing(owning: Membership, change: str) -> None:
    invitation = invited(owning)
    Invitation.objects.filter(pk=invitation.pk).update(**{change: timezone.now()})
    with pytest.raises(invitations.InvitationOver):
        invitations.read(invitations.token_of(invitation))
    with pytest.raises(invitations.InvitationOver):
        invitations.accept(invitation=invitation, user=UserFactory(), addresses=["new@acme.example"])


@pytest.mark.parametrize("token", ["", "x", "0" * 32, f"{'0' * 32}.forged", "é" * 50, "." * 300])
def test_forged_tokens_open_nothing(token: str) -> None:
    with pytest.raises(invitations.InvitationOver):
        invitations.read(token)


@pytest.mark.parametrize(
    "odd", ["not an address", "a@b", "ada@acme.example", "max@acme.example", "twice@acme.example"]
)
def test_one_odd_address_invites_nobody(owning: Membership, member: User, odd: str) -> None:
    invited(owning, "twice@acme.example")
    with pytest.raises(invitations.CannotInvite) as caught:
        invitations.invite(emails=["fine@acme.example", odd], role=Role.MEMBER, by=owning)
    assert caught.value.email == odd
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("emails", [[], [" "]])
def test_no_address_invites_nobody(owning: Membership, emails: list[str]) -> None:
    with pytest.raises(invitations.CannotInvite):
        invitations.invite(emails=emails, role=Role.MEMBER, by=owning)


def test_at_most_fifty_are_invited_at_once(owning: Membership) -> None:
    with pytest.raises(invitations.CannotInvite):
        invitations.invite(emails=[f"p{n}@acme.example" for n in range(51)], role=Role.MEMBER, by=owning)


def test_address_can_be_invited_again_once_its_time_is_over(owning: Membership) -> None:
    first = invited(owning)
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(days=1))
    assert invited(owning).pk != first.pk


def test_nobody_is_invited_to_own(owning: Membership) -> None:
    with pytest.raises(invitations.CannotInvite):
        invited(owning, role=Role.OWNER)


def test_members_invite_nobody(organisation: Organisation, member: User) -> None:
    by = Membership.objects.get(user=member)
    with pytest.raises(members.NotAllowed):
        invited(by)
    with pytest.raises(members.NotAllowed):
        invitations.make_link(role=Role.GUEST, by=by)


@pytest.mark.parametrize(
    "figures", [{"uses": 0}, {"uses": 201}, {"valid": timedelta(days=91)}, {"valid": timedelta(0)}]
)
def test_links_have_bounds(owning: Membership, figures: dict[str, object]) -> None:
    with pytest.raises(invitations.CannotInvite):
        invitations.make_link(role=Role.MEMBER, by=owning, **figures)


def test_invitation_of_a_suspended_organisation_is_closed(owning: Membership) -> None:
    token = invitations.token_of(invited(owning))
    Organisation.objects.filter(pk=owning.organisation_id).update(status="SUSPENDED")
    with pytest.raises(invitations.InvitationOver):
        invitations.read(token)


def test_email_leaves_once_with_the_link(owning: Membership) -> None:
    invitation = invited(owning)
    assert send_invitation(invitation_id=invitation.pk)
    assert not send_invitation(invitation_id=invitation.pk)
    (message,) = mail.outbox
    assert message.to == ["new@acme.example"]
    assert invitations.link_of(invitation) in message.body
    assert invitations.link_of(invitation) in message.alternatives[0][0]
    assert "Ada Owner" in message.subject


def test_email_speaks_the_readers_language(owning: Membership) -> None:
    UserFactory(email="fr@acme.example", language="fr")
    send_invitation(invitation_id=invited(owning, "fr@acme.example").pk)
    assert "vous invite" in mail.outbox[0].body


def test_revoked_invitation_is_not_sent(owning: Membership) -> None:
    invitation = invited(owning)
    invitations.revoke(invitation_id=invitation.pk, by=owning)
    assert not send_invitation(invitation_id=invitation.pk)
    assert mail.outbox == []


def test_lost_ring_is_made_good(owning: Membership) -> None:
    invitation = invited(owning)
    Invitation.objects.filter(pk=invitation.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert send_waiting_emails() == 1
    assert [message.to for message in mail.outbox] == [["new@acme.example"]]


def test_inviter_hears_of_who_joined(owning: Membership, organisation: Organisation) -> None:
    nina = UserFactory(email="new@acme.example", name="Nina New")
    invitations.accept(invitation=invited(owning), user=nina, addresses=["new@acme.example"])
    told = Notification.objects.get(user=owning.user)
    assert (told.kind, told.organisation_id) == ("member.joined", organisation.pk)
    assert told.words.title == "Nina New joined"
    log = ActivityLog.objects.filter(organisation_id=organisation.pk).values_list("action", flat=True)
    assert {"member.invited", "member.joined"} <= set(log)


def run(organisation: Organisation, role: Role) -> Membership:
    return Membership.objects.create(organisation=organisation, user=UserFactory(), role=role)


@pytest.mark.parametrize("way", ["removed", "demoted", "left"])
def test_who_ran_the_place_finds_no_door_open(
    owning: Membership, organisation: Organisation, way: str
) -> None:
    admin = run(organisation, Role.ADMIN)
    somebodys_link = invitations.make_link(role=Role.ADMIN, by=owning)
    to_themself = invited(admin, "second-self@acme.example", Role.ADMIN)
    from_the_owner = invited(owning, "nina@acme.example")
    if way == "removed":
        members.remove_member(membership_id=admin.pk, by=owning)
    elif way == "demoted":
        members.change_role(membership_id=admin.pk, role=Role.MEMBER, by=owning)
    else:
        members.leave(membership=admin)
    for shut in (somebodys_link, to_themself):
        with pytest.raises(invitations.InvitationOver):
            invitations.read(invitations.token_of(shut))
    assert invitations.read(invitations.token_of(from_the_owner)) == from_the_owner


def test_going_of_a_member_shuts_no_door(owning: Membership, organisation: Organisation) -> None:
    link = invitations.make_link(role=Role.MEMBER, by=owning)
    members.remove_member(membership_id=run(organisation, Role.MEMBER).pk, by=owning)
    assert invitations.read(invitations.token_of(link)) == link


def test_stale_role_invites_nobody(owning: Membership, organisation: Organisation) -> None:
    admin = run(organisation, Role.ADMIN)
    Membership.objects.filter(pk=admin.pk).update(role=Role.MEMBER)
    with pytest.raises(members.NotAllowed):
        invited(admin)
    with pytest.raises(members.NotAllowed):
        invitations.make_link(role=Role.GUEST, by=admin)


def at_once(*doings: Callable[[], object]) -> list[object]:
    """What each gave, or the error that it raised, done in threads of their own at one moment."""
    ready = threading.Barrier(len(doings))

    def one(do: Callable[[], object]) -> object:
        try:
            ready.wait()
            return do()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


@pytest.mark.django_db(transaction=True)
def test_one_person_who_clicks_twice_takes_one_place() -> None:
    organisation = Organisation.objects.create(name="Acme", slug="acme")
    nina, others = UserFactory(), [UserFactory() for _ in range(3)]
    link = invitations.make_link(role=Role.MEMBER, by=run(organisation, Role.OWNER), uses=3)

    def join(user: User) -> Callable[[], object]:
        return lambda: invitations.accept(invitation=link, user=user, addresses=[])

    at_once(*[join(nina)] * 4)
    link.refresh_from_db()
    assert link.uses_left == 2
    told = at_once(*map(join, others))
    assert sum(isinstance(one, invitations.InvitationOver) for one in told) == 1
    assert organisation.memberships.filter(role=Role.MEMBER).count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_last_owners_one_stays() -> None:
    organisation = Organisation.objects.create(name="Acme", slug="acme")
    owners = [run(organisation, Role.OWNER) for _ in range(2)]
    steps_down = partial(members.change_role, role=Role.ADMIN)
    told = at_once(*(partial(steps_down, membership_id=one.pk, by=one) for one in owners))
    assert [type(one) for one in told if isinstance(one, Exception)] == [members.LastOwner]
    assert organisation.memberships.filter(role=Role.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_left_address_and_new_comer_do_not_cross() -> None:
    """While one leaves an address, nobody gets it; two who want one address do not both have it."""
    moving, wanting = (Organisation.objects.create(name=slug, slug=slug) for slug in ("acme", "globex"))

    def move(organisation: Organisation, slug: str) -> Callable[[], object]:
        by = run(organisation, Role.OWNER)
        here = Particulars(name=organisation.name, slug=slug, language="en", time_zone="UTC")
        return lambda: change_organisation(by=by, particulars=here)

    at_once(move(moving, "acme-books"), move(wanting, "acme"))
    wanting.refresh_from_db()
    assert wanting.slug == "globex"
    told = at_once(move(moving, "fresh"), move(wanting, "fresh"))
    assert [type(one) for one in told if isinstance(one, Exception)] == [AddressTaken]
