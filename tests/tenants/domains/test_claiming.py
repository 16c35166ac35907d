"""Saying that a domain is one's own, and giving it up."""

from __future__ import annotations

import pytest

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.domains import claiming, hosts
from tenants.domains.claiming import CannotClaim, change_role, claim, remove
from tenants.domains.names import BadDomain
from tenants.models import ClaimedDomain, Domain, Membership, Organisation, Purpose, Role
from tenants.people.members import NotAllowed
from tests.tenants.domains.conftest import Prove

pytestmark = pytest.mark.django_db


def actions(organisation: Organisation) -> list[str]:
    lines = ActivityLog.objects.filter(organisation_id=organisation.pk, action__startswith="domain.")
    return list(lines.order_by("created_at", "pk").values_list("action", flat=True))


def test_a_claimed_domain_waits_for_its_record(owning: Membership) -> None:
    domain = claim(typed="https://Acme.example/", purpose=Purpose.EMAIL, joins_as=Role.MEMBER, by=owning)
    assert (domain.name, domain.verified_at, domain.joins_as) == ("acme.example", None, Role.MEMBER)
    assert len(domain.token) > 30
    assert actions(owning.organisation) == ["domain.claimed"]


def test_one_record_proves_a_domain_for_both_purposes(owning: Membership, other_member: User) -> None:
    for_email = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    assert claim(typed="acme.example", purpose=Purpose.HOST, by=owning).token == for_email.token
    assert claim(typed="shop.acme.example", purpose=Purpose.HOST, by=owning).token != for_email.token


def test_two_organisations_may_claim_the_same(
    owning: Membership, other_organisation: Organisation, other_member: User
) -> None:
    ours = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    theirs = Membership.objects.get(user=other_member)
    Membership.objects.filter(pk=theirs.pk).update(role=Role.OWNER)
    assert claim(typed="acme.example", purpose=Purpose.EMAIL, by=theirs).token != ours.token


def test_the_same_is_claimed_once(owning: Membership) -> None:
    claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    with pytest.raises(CannotClaim, match="already"):
        claim(typed="ACME.example.", purpose=Purpose.EMAIL, by=owning)


def test_there_is_a_most(owning: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "MOST", 2)
    for name in ("one.example", "two.example"):
        claim(typed=name, purpose=Purpose.EMAIL, by=owning)
    with pytest.raises(CannotClaim, match="Remove one first"):
        claim(typed="three.example", purpose=Purpose.EMAIL, by=owning)


def test_a_name_that_is_none_claims_nothing(owning: Membership) -> None:
    with pytest.raises(BadDomain):
        claim(typed="gmail.com", purpose=Purpose.EMAIL, by=owning)
    assert not ClaimedDomain.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners_do_any_of_it(owning: Membership, member: User, role: Role) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    Membership.objects.filter(user=member).update(role=role)
    by = Membership.objects.get(user=member)
    for doing in (
        lambda: claim(typed="other.example", purpose=Purpose.EMAIL, by=by),
        lambda: change_role(domain_id=domain.pk, joins_as=Role.MEMBER, by=by),
        lambda: remove(domain_id=domain.pk, by=by),
        lambda: hosts.choose_host(host="", by=by),
    ):
        with pytest.raises(NotAllowed):
            doing()
    assert list(ClaimedDomain.objects.values_list("name", "joins_as")) == [("acme.example", "")]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, "ANYBODY"])
def test_an_address_brings_no_power(owning: Membership, role: str) -> None:
    with pytest.raises(NotAllowed):
        claim(typed="acme.example", purpose=Purpose.EMAIL, joins_as=role, by=owning)
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    with pytest.raises(NotAllowed):
        change_role(domain_id=domain.pk, joins_as=role, by=owning)


def test_the_role_is_changed_and_taken_back(owning: Membership) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    assert change_role(domain_id=domain.pk, joins_as=Role.GUEST, by=owning).joins_as == Role.GUEST
    assert change_role(domain_id=domain.pk, joins_as="", by=owning).joins_as == ""
    lines = ActivityLog.objects.filter(action="domain.role_changed").order_by("created_at", "pk")
    assert [line.details for line in lines] == [
        {"purpose": "EMAIL", "before": "", "role": "GUEST"},
        {"purpose": "EMAIL", "before": "GUEST", "role": ""},
    ]


def test_anothers_domain_is_not_there(
    owning: Membership, other_organisation: Organisation, other_member: User
) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    theirs = Membership.objects.get(user=other_member)
    Membership.objects.filter(pk=theirs.pk).update(role=Role.OWNER)
    for doing in (change_role, remove):
        with pytest.raises(ClaimedDomain.DoesNotExist):
            doing(domain_id=domain.pk, by=theirs, **({"joins_as": ""} if doing is change_role else {}))
    assert ClaimedDomain.objects.filter(pk=domain.pk).exists()


def test_a_removed_host_answers_no_longer(owning: Membership, prove: Prove) -> None:
    domain = prove(owning, "books.acme.example", Purpose.HOST)
    hosts.choose_host(host="books.acme.example", by=owning)
    remove(domain_id=domain.pk, by=owning)
    assert not Domain.objects.exists()
    owning.organisation.refresh_from_db()
    assert owning.organisation.host == "acme.localhost:8000"
    assert actions(owning.organisation) == ["domain.claimed", "domain.verified", "domain.removed"]
