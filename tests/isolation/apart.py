"""What an organisation has and does counts in it alone: nothing of another's is added, refused or changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from billing.models import Limit
from tenants.models import Group, Invitation, Membership, Organisation, Role, Tier
from tenants.people import groups, invitations, tiers
from tenants.people.members import who_runs
from tenants.people.tiers import tier_of
from tests.conftest import HostClient
from tests.isolation.audiences import ADMIN, AUTHOR, MEMBER, OWNER
from tests.isolation.matrix import Matrix

HERE = {"metric": "API_CALLS", "window": "DAY", "amount": "7"}


def as_many_as_one_may_have_are_ones_own(matrix: Matrix) -> Iterator[str]:
    """Another organisation that has as many groups and tiers as there may be keeps none from having one."""
    there = matrix.other.organisation
    Group.objects.bulk_create(Group(organisation=there, name=f"G {n}") for n in range(groups.MOST))
    _give_tiers(there, tiers.MOST - 1)
    owner = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[OWNER])
    for what in ("groups", "tiers"):
        if (status := owner.post(f"/people/{what}/", {"name": "One more"}).status_code) != 302:
            yield f"one of the {what} is answered with {status}"
    ranks = Tier.objects.filter(organisation=matrix.cast.organisation).order_by("rank")
    if list(ranks.values_list("rank", flat=True)) != [1, 2]:
        yield "the ranks go on from another organisation's"


def holders_are_ones_own(matrix: Matrix) -> Iterator[str]:
    """How many have a tier does not tell how many have another organisation's."""
    before = tiers.holders(matrix.cast.organisation.pk)
    Membership.objects.filter(organisation=matrix.other.organisation).update(
        tier=Tier.objects.get(organisation=matrix.other.organisation)
    )
    if tiers.holders(matrix.cast.organisation.pk) != before:
        yield "another organisation's are counted"


def tiers_are_ones_own(matrix: Matrix) -> Iterator[str]:
    """Somebody's tier is found among their organisation's, whatever ranks others have."""
    for one, another in ((matrix.cast, matrix.other), (matrix.other, matrix.cast)):
        member = Membership.objects.get(organisation=one.organisation, user=one.people[MEMBER])
        tier = tier_of(member)
        if tier is None or tier.organisation_id != one.organisation.pk:
            yield f"{one.surname} has a tier of {another.surname}"


def whoever_runs_it_runs_it_here(matrix: Matrix) -> Iterator[str]:
    """Those who are told of money, domains and people."""
    told = {one.organisation_id for one in who_runs(matrix.cast.organisation.pk)}
    if told != {matrix.cast.organisation.pk}:
        yield f"those of {len(told)} organisations are told"


def people_from_elsewhere_can_be_invited_and_join(matrix: Matrix) -> Iterator[str]:
    """To have been invited by, or to belong to, another organisation is not told, and keeps nobody out."""
    stranger = matrix.other.people[AUTHOR]
    Invitation.objects.create(
        organisation=matrix.other.organisation,
        email=stranger.email,
        role=Role.GUEST,
        expires_at=timezone.now() + timedelta(days=1),
    )
    admin = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[ADMIN])
    answer = admin.post("/people/invite/", {"emails": stranger.email, "role": Role.GUEST})
    made = Invitation.objects.filter(organisation=matrix.cast.organisation, email=stranger.email).first()
    if made is None:
        yield f"inviting is answered with {answer.status_code}"
        return
    invitations.accept(invitation=made, user=stranger, addresses=[stranger.email])
    if not Membership.objects.filter(organisation=matrix.cast.organisation, user=stranger).exists():
        yield "whoever is a member elsewhere does not join"


def invitations_elsewhere_stay_as_they_are(matrix: Matrix) -> Iterator[str]:
    """Inviting closes what has run out here alone."""
    over = Invitation.objects.get(pk=matrix.other.values["invitation_id"])
    Invitation.objects.filter(pk=over.pk).update(expires_at=timezone.now() - timedelta(days=1))
    admin = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[ADMIN])
    admin.post("/people/invite/", {"emails": "new@people.example", "role": Role.GUEST})
    over.refresh_from_db()
    if over.revoked_at is not None:
        yield "another organisation's is closed"


def limits_are_for_members_here(matrix: Matrix) -> Iterator[str]:
    """An address elsewhere is answered like one that nobody has; one's own names its member."""
    owner = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[OWNER])
    for address in (matrix.other.people[MEMBER].email, "nobody@people.example"):
        sent = {**HERE, "scope": "member", "email": address}
        if (status := owner.post("/usage/limits/", sent).status_code) != 422:
            yield f"{address} is answered with {status}"
    chosen = matrix.cast.people[MEMBER]
    owner.post("/usage/limits/", {**HERE, "scope": "member", "email": chosen.email})
    if not Limit.objects.filter(membership__user=chosen, amount=7).exists():
        yield "another member is limited"


def _give_tiers(organisation: Organisation, number: int) -> None:
    first = Tier.objects.filter(organisation=organisation).count() + 1
    Tier.objects.bulk_create(
        Tier(organisation=organisation, name=f"T {rank}", rank=rank) for rank in range(first, first + number)
    )
