"""Domains become an organisation's own by their record, and cease to be without it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from insights.models import ActivityLog
from notifications.emails import message
from notifications.models import Notification
from tenants.accounts.models import User
from tenants.domains.claiming import claim
from tenants.domains.queries import organisation_of_email_domain, verified_email_domains
from tenants.domains.records import record_name, record_value
from tenants.domains.verifying import LOST_AFTER, check, check_due, next_look
from tenants.models import ClaimedDomain, Domain, Membership, Organisation, OrganisationStatus, Purpose, Role
from tests.emulators.name_server import Zone
from tests.factories.billing import put_on
from tests.tenants.domains.conftest import Prove

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOMENTS = ("created_at", "verified_at", "checked_at", "failing_since")


def passes(time: timedelta) -> None:
    """All that has been noted of domains is that much older."""
    for domain in ClaimedDomain.objects.all():
        moments = {name: getattr(domain, name) for name in MOMENTS}
        ClaimedDomain.objects.filter(pk=domain.pk).update(
            **{name: moment and moment - time for name, moment in moments.items()}
        )


def told(user: User) -> list[str]:
    return list(
        Notification.objects.filter(user=user).order_by("created_at", "pk").values_list("kind", flat=True)
    )


def test_a_record_proves_the_domain(owning: Membership, prove: Prove, organisation: Organisation) -> None:
    domain = prove(owning)
    assert domain.verified_at is not None
    assert (domain.problem, domain.failing_since) == ("", None)
    assert verified_email_domains(organisation.pk) == ["acme.example"]
    assert organisation_of_email_domain("ACME.example") == organisation.pk
    assert organisation_of_email_domain("below.acme.example") is None


def test_a_claim_alone_proves_nothing(owning: Membership, zone: Zone, organisation: Organisation) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    assert check(domain_id=domain.pk).problem == "no_domain"
    assert verified_email_domains(organisation.pk) == []
    assert organisation_of_email_domain("acme.example") is None


def test_a_host_proves_no_addresses(owning: Membership, prove: Prove, organisation: Organisation) -> None:
    prove(owning, purpose=Purpose.HOST)
    assert verified_email_domains(organisation.pk) == []


def test_a_proven_host_answers_though_the_name_leads_elsewhere(
    owning: Membership, prove: Prove, organisation: Organisation
) -> None:
    domain = prove(owning, "books.acme.example", Purpose.HOST)
    assert domain.verified_at is not None
    assert domain.problem == "elsewhere"
    assert Domain.objects.get().tenant_id == organisation.pk


def test_a_host_is_not_proven_once_the_plan_has_ended(
    owning: Membership, zone: Zone, organisation: Organisation
) -> None:
    domain = claim(typed="books.acme.example", purpose=Purpose.HOST, by=owning)
    zone.says(record_name(domain.name), record_value(domain.token))
    put_on(organisation, "FREE")
    seen = check(domain_id=domain.pk)
    assert (seen.verified_at, seen.problem) == (None, "not_in_plan")
    assert not Domain.objects.exists()
    put_on(organisation, "PRO")
    assert check(domain_id=domain.pk).verified_at is not None


def test_a_proven_host_outlives_its_plan(
    owning: Membership, prove: Prove, organisation: Organisation
) -> None:
    domain = prove(owning, "books.acme.example", Purpose.HOST)
    put_on(organisation, "FREE")
    assert check(domain_id=domain.pk).verified_at is not None
    assert Domain.objects.get().tenant_id == organisation.pk


def test_a_proven_host_that_leads_here_has_no_problem(owning: Membership, prove: Prove, zone: Zone) -> None:
    zone.has("books.acme.example", "CNAME", "localhost")
    assert prove(owning, "books.acme.example", Purpose.HOST).problem == ""


def test_the_first_to_prove_it_has_it(
    owning: Membership, prove: Prove, zone: Zone, other_organisation: Organisation, other_member: User
) -> None:
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    theirs = claim(typed="acme.example", purpose=Purpose.EMAIL, by=Membership.objects.get(user=other_member))
    ours = prove(owning)
    zone.says("_octavo.acme.example", record_value(ours.token), record_value(theirs.token))
    late = check(domain_id=theirs.pk)
    assert (late.verified_at, late.problem) == (None, "taken")
    assert organisation_of_email_domain("acme.example") == owning.organisation_id


def test_who_comes_later_gets_it_once_the_first_has_lost_it(
    owning: Membership, prove: Prove, zone: Zone, other_organisation: Organisation, other_member: User
) -> None:
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    ours = prove(owning)
    theirs = claim(typed="acme.example", purpose=Purpose.EMAIL, by=Membership.objects.get(user=other_member))
    zone.says("_octavo.acme.example", record_value(theirs.token))
    for _day in range(16):
        passes(DAY)
        check_due()
    assert ClaimedDomain.objects.get(pk=ours.pk).verified_at is None
    assert check(domain_id=theirs.pk).verified_at is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("purpose", [Purpose.EMAIL, Purpose.HOST])
def test_of_two_at_once_one_has_it(
    owning: Membership, zone: Zone, other_organisation: Organisation, other_member: User, purpose: Purpose
) -> None:
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    claims = [
        claim(typed="acme.example", purpose=purpose, by=by)
        for by in (owning, Membership.objects.get(user=other_member))
    ]
    zone.says("_octavo.acme.example", *(record_value(one.token) for one in claims))
    found: list[tuple[bool, str]] = []
    together = threading.Barrier(2)

    def look(domain: ClaimedDomain) -> None:
        together.wait()
        try:
            checked = check(domain_id=domain.pk)
            found.append((checked.verified_at is not None, checked.problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=[one]) for one in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = "elsewhere" if purpose == Purpose.HOST else ""
    assert sorted(found) == [(False, "taken"), (True, first)]
    assert ClaimedDomain.objects.filter(verified_at__isnull=False).count() == 1
    assert Domain.objects.count() == (purpose == Purpose.HOST)


def test_what_waits_is_looked_at_ever_more_rarely_for_a_week(owning: Membership) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    waits = []
    while True:
        due = next_look(domain)
        if due is None:
            break
        waits.append(due - (domain.checked_at or domain.created_at))
        passed = due - timezone.now()
        domain.created_at, domain.checked_at = domain.created_at - passed, timezone.now()
    assert waits[0] == timedelta(minutes=5)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=12)
    assert 20 < len(waits) < 60


def test_the_scheduler_finds_a_record_that_has_come(owning: Membership, zone: Zone, owner: User) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    assert check_due() == 0
    passes(timedelta(minutes=6))
    assert check_due() == 1
    assert check_due() == 0
    zone.says(record_name("acme.example"), record_value(domain.token))
    passes(timedelta(minutes=6))
    assert check_due() == 1
    domain.refresh_from_db()
    assert domain.verified_at is not None
    assert told(owner) == ["domain.verified"]


def test_what_nobody_has_looked_at_comes_before_what_was_looked_at(
    owning: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else many that stay without their record would keep new ones waiting."""
    monkeypatch.setattr("tenants.domains.verifying.AT_ONCE", 1)
    claim(typed="old.example", purpose=Purpose.EMAIL, by=owning)
    passes(timedelta(minutes=6))
    assert check_due() == 1
    claim(typed="new.example", purpose=Purpose.EMAIL, by=owning)
    passes(timedelta(hours=1))
    assert check_due() == 1
    assert ClaimedDomain.objects.get(name="new.example").checked_at is not None


def test_who_asks_themself_is_not_told_what_they_see(owning: Membership, zone: Zone, owner: User) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    zone.says(record_name("acme.example"), record_value(domain.token))
    check(domain_id=domain.pk, actor=owner)
    assert told(owner) == []
    assert ActivityLog.objects.get(action="domain.verified").actor_id == owner.pk


def test_after_a_week_one_has_to_ask(owning: Membership, zone: Zone) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    passes(8 * DAY)
    assert check_due() == 0
    zone.says(record_name("acme.example"), record_value(domain.token))
    assert check(domain_id=domain.pk).verified_at is not None


def test_a_missing_record_is_told_once_and_ends_it_after_two_weeks(
    owning: Membership, prove: Prove, zone: Zone, owner: User, member: User
) -> None:
    domain = prove(owning, "books.acme.example", Purpose.HOST)
    Notification.objects.all().delete()
    zone.clear()
    history = []
    for _day in range(17):
        passes(DAY)
        check_due()
        domain.refresh_from_db()
        history.append((domain.verified_at is not None, len(told(owner)), Domain.objects.count()))
    assert history[:3] == [(True, 0, 1)] * 3
    assert history[3:14] == [(True, 1, 1)] * 11
    assert history[14:] == [(False, 2, 0)] * 3
    assert told(owner) == ["domain.failing", "domain.lost"]
    assert told(member) == []
    assert ActivityLog.objects.filter(action__in=["domain.failing", "domain.lost"]).count() == 2


def test_a_record_that_comes_back_makes_all_well(owning: Membership, prove: Prove, zone: Zone) -> None:
    domain = prove(owning)
    zone.clear()
    passes(DAY)
    check_due()
    domain.refresh_from_db()
    assert domain.failing_since is not None
    zone.says(record_name("acme.example"), record_value(domain.token))
    passes(DAY)
    check_due()
    domain.refresh_from_db()
    assert (domain.failing_since, domain.problem) == (None, "")


@pytest.mark.parametrize("trouble", ["silent", "failing", "garbled"])
def test_servers_in_trouble_prove_nothing(owning: Membership, prove: Prove, zone: Zone, trouble: str) -> None:
    domain = prove(owning)
    getattr(zone, trouble).add("_octavo.acme.example")
    passes(30 * DAY)
    check_due()
    domain.refresh_from_db()
    assert domain.verified_at is not None
    assert domain.failing_since is None
    assert domain.problem in ("timeout", "failure")


def test_a_closed_organisation_is_left_alone(owning: Membership, prove: Prove, zone: Zone) -> None:
    prove(owning)
    Organisation.objects.update(status=OrganisationStatus.SUSPENDED)
    passes(2 * DAY)
    assert check_due() == 0


def test_many_that_do_not_answer_are_waited_for_together(owning: Membership, zone: Zone) -> None:
    for number in range(8):
        claim(typed=f"slow{number}.example", purpose=Purpose.EMAIL, by=owning)
        zone.silent.add(f"_octavo.slow{number}.example")
    passes(timedelta(minutes=6))
    began = timezone.now()
    assert check_due() == 8
    assert timezone.now() - began < timedelta(seconds=2)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_letter_names_the_record_and_the_day(
    owning: Membership, prove: Prove, zone: Zone, owner: User, language: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    domain = prove(owning, "münchen.example")
    zone.clear()
    for _day in range(4):
        passes(DAY)
        check_due()
    domain.refresh_from_db()
    letter = message(Notification.objects.select_related("user", "organisation").get(kind="domain.failing"))
    assert domain.failing_since
    with override(language):
        day = date_format(domain.failing_since + LOST_AFTER, "DATE_FORMAT")
    for expected in (record_name(domain.name), record_value(domain.token), "münchen.example", day):
        assert expected in letter.body, expected
    assert f"/organisation/domains/{domain.pk}/" in letter.body
