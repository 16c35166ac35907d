"""People join by the domain of their confirmed address."""

from __future__ import annotations

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import ActivityLog
from notifications.models import Notification
from tenants.accounts.models import User
from tenants.domains import claiming
from tenants.domains.joining import CannotJoin, join, organisations_to_join
from tenants.keys import uuid7
from tenants.models import Membership, Organisation, OrganisationStatus, Purpose, Removal, Role
from tenants.people import departure, invitations, members
from tests.factories.tenants import UserFactory
from tests.tenants.domains.conftest import Prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_(owning: Membership, prove: Prove) -> Organisation:
    """Acme, which people with an address at acme.example join as members."""
    prove(owning, joins_as=Role.MEMBER)
    return owning.organisation


@pytest.fixture
def nora() -> User:
    return UserFactory(name="Nora New", email="nora@acme.example")


def offered(user: User) -> list[Organisation]:
    return [domain.organisation for domain in organisations_to_join(user)]


def test_a_confirmed_address_lets_in(open_: Organisation, nora: User, owner: User) -> None:
    assert offered(nora) == [open_]
    membership = join(user=nora, organisation_id=open_.pk)
    assert (membership.role, membership.organisation) == (Role.MEMBER, open_)
    assert offered(nora) == []
    line = ActivityLog.objects.get(action="member.joined")
    assert (line.actor_id, line.details) == (nora.pk, {"role": "MEMBER", "domain": "acme.example"})


def test_who_runs_the_organisation_is_told(
    open_: Organisation, nora: User, owner: User, member: User
) -> None:
    Notification.objects.all().delete()
    join(user=nora, organisation_id=open_.pk)
    (told,) = Notification.objects.filter(kind="member.joined")
    assert told.user == owner
    assert (told.words.title, told.words.path) == ("Nora New joined", "/people/")
    assert "acme.example" in told.words.body


def test_joining_twice_is_joining_once(open_: Organisation, nora: User) -> None:
    first = join(user=nora, organisation_id=open_.pk)
    members.change_role(
        membership_id=first.pk,
        role=Role.ADMIN,
        by=Membership.objects.get(organisation=open_, role=Role.OWNER),
    )
    again = join(user=nora, organisation_id=open_.pk)
    assert (again.pk, again.role) == (first.pk, Role.ADMIN)


@pytest.mark.django_db(transaction=True)
def test_joining_from_two_windows_at_once_is_joining_once(open_: Organisation, nora: User) -> None:
    together = threading.Barrier(2)
    joined: list[object] = []

    def press() -> None:
        together.wait()
        try:
            joined.append(join(user=nora, organisation_id=open_.pk).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(joined) == 2
    assert len(set(joined)) == 1


@pytest.mark.parametrize(
    "email", ["nora@below.acme.example", "nora@notacme.example", "acme.example@globex.example"]
)
def test_other_domains_do_not(open_: Organisation, email: str) -> None:
    somebody = UserFactory(email=email)
    assert offered(somebody) == []
    with pytest.raises(CannotJoin):
        join(user=somebody, organisation_id=open_.pk)


def test_an_unconfirmed_address_does_not(open_: Organisation) -> None:
    somebody = UserFactory(email="eve@elsewhere.example")
    EmailAddress.objects.create(user=somebody, email="eve@acme.example", verified=False)
    assert offered(somebody) == []
    with pytest.raises(CannotJoin):
        join(user=somebody, organisation_id=open_.pk)
    EmailAddress.objects.filter(email="eve@acme.example").update(verified=True)
    assert offered(somebody) == [open_]


def test_a_domain_that_lets_nobody_in_does_not(owning: Membership, prove: Prove, nora: User) -> None:
    prove(owning)
    assert offered(nora) == []
    with pytest.raises(CannotJoin):
        join(user=nora, organisation_id=owning.organisation_id)


def test_a_claim_without_proof_does_not(owning: Membership, nora: User) -> None:
    claiming.claim(typed="acme.example", purpose=Purpose.EMAIL, joins_as=Role.MEMBER, by=owning)
    assert offered(nora) == []


@pytest.mark.parametrize("status", [OrganisationStatus.SUSPENDED, OrganisationStatus.DELETING])
def test_a_closed_organisation_does_not(open_: Organisation, nora: User, status: str) -> None:
    Organisation.objects.filter(pk=open_.pk).update(status=status)
    assert offered(nora) == []
    with pytest.raises(CannotJoin):
        join(user=nora, organisation_id=open_.pk)


def test_an_organisation_that_is_not_there_does_not(nora: User) -> None:
    with pytest.raises(CannotJoin):
        join(user=nora, organisation_id=uuid7())


def test_an_address_in_unicode_is_known(owning: Membership, prove: Prove) -> None:
    prove(owning, "münchen.example", joins_as=Role.GUEST)
    assert offered(UserFactory(email="ada@münchen.example")) == [owning.organisation]


def test_of_two_domains_the_greater_role_counts(
    open_: Organisation, owning: Membership, prove: Prove
) -> None:
    prove(owning, "school.example", joins_as=Role.GUEST)
    somebody = UserFactory(email="zoe@school.example")
    EmailAddress.objects.create(user=somebody, email="zoe@acme.example", verified=True)
    assert offered(somebody) == [open_]
    assert join(user=somebody, organisation_id=open_.pk).role == Role.MEMBER


def test_who_was_removed_does_not_come_back_by_the_domain(
    open_: Organisation, owning: Membership, nora: User
) -> None:
    members.remove_member(membership_id=join(user=nora, organisation_id=open_.pk).pk, by=owning)
    assert offered(nora) == []
    with pytest.raises(CannotJoin):
        join(user=nora, organisation_id=open_.pk)


def test_nor_with_another_address_or_another_account(
    open_: Organisation, owning: Membership, nora: User
) -> None:
    members.remove_member(membership_id=join(user=nora, organisation_id=open_.pk).pk, by=owning)
    EmailAddress.objects.filter(user=nora).delete()
    EmailAddress.objects.create(user=nora, email="another@acme.example", verified=True)
    User.objects.filter(pk=nora.pk).update(email="another@acme.example")
    nora.refresh_from_db()
    assert offered(nora) == []
    departure.delete_account(user=nora)
    assert offered(UserFactory(email="Nora@acme.example".lower())) == []
    assert offered(UserFactory(email="somebody@acme.example")) == [open_]


def test_nothing_readable_is_kept_of_who_was_removed(
    open_: Organisation, owning: Membership, nora: User
) -> None:
    members.remove_member(membership_id=join(user=nora, organisation_id=open_.pk).pk, by=owning)
    departure.delete_account(user=nora)
    (kept,) = Removal.objects.values()
    assert kept["user_id"] is None
    assert "nora" not in str(kept)


def test_an_invitation_lets_in_again_and_the_domain_afterwards(
    open_: Organisation, owning: Membership, nora: User
) -> None:
    members.remove_member(membership_id=join(user=nora, organisation_id=open_.pk).pk, by=owning)
    (invitation,) = invitations.invite(emails=["nora@acme.example"], role=Role.GUEST, by=owning)
    back = invitations.accept(invitation=invitation, user=nora, addresses=["nora@acme.example"])
    assert back.role == Role.GUEST
    members.leave(membership=back)
    assert offered(nora) == [open_]


def test_who_left_may_come_back(open_: Organisation, nora: User) -> None:
    members.leave(membership=join(user=nora, organisation_id=open_.pk))
    assert offered(nora) == [open_]


def test_removal_elsewhere_does_not_count(
    open_: Organisation, other_organisation: Organisation, other_member: User, nora: User
) -> None:
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    there = Membership.objects.create(organisation=other_organisation, user=nora)
    members.remove_member(membership_id=there.pk, by=Membership.objects.get(user=other_member))
    assert offered(nora) == [open_]


def test_offers_take_the_same_queries_however_many(
    open_: Organisation,
    owning: Membership,
    other_organisation: Organisation,
    other_member: User,
    prove: Prove,
) -> None:
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    somebody = UserFactory(email="zoe@acme.example")
    with CaptureQueriesContext(connection) as one:
        assert len(organisations_to_join(somebody)) == 1
    prove(Membership.objects.get(user=other_member), "globex.example", joins_as=Role.MEMBER)
    EmailAddress.objects.create(user=somebody, email="zoe@globex.example", verified=True)
    with CaptureQueriesContext(connection) as two:
        assert len(organisations_to_join(somebody)) == 2
    assert len(one) == len(two)
