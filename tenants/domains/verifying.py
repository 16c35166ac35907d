"""Looking at the DNS: domains become an organisation's own by their record, and cease to be without it.

A look takes seconds and holds no transaction; what it found is settled under the organisation's lock. Name
servers that do not answer prove nothing, neither way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.domains import hosts
from tenants.domains.records import PASSING, Problem, leads_here, look_for_record
from tenants.models import ClaimedDomain, OrganisationStatus, Purpose
from tenants.organisations import features
from tenants.people import members
from tenants.signals import domain_failing, domain_lost, domain_verified
from tenants.threads import Threads

LOOKED_FOR: Final = timedelta(days=7)  # in which a record may appear by itself; after that one has to ask
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=12)
EACH: Final = timedelta(days=1)  # between looks at a proven domain
TOLD_AFTER: Final = timedelta(days=3)  # of a missing record
LOST_AFTER: Final = timedelta(days=14)
AT_ONCE: Final = 200  # domains in one run
SIDE_BY_SIDE: Final = 20

logger = logging.getLogger(__name__)


class State(models.TextChoices):
    """How it stands with a domain, for who looks after it."""

    PROVEN = "PROVEN", _("Proven")
    FAILING = "FAILING", _("Its record is missing")  # proven for as long as LOST_AFTER
    WAITING = "WAITING", _("Waiting for its record")
    STOPPED = "STOPPED", _("Not proven")  # nobody looks any more, unless asked


def state_of(domain: ClaimedDomain) -> State:
    if domain.verified_at:
        return State.FAILING if domain.failing_since else State.PROVEN
    return State.WAITING if next_look(domain) else State.STOPPED


def check(*, domain_id: UUID, actor: User | None = None) -> ClaimedDomain:
    """Look at a domain now, and settle what was found. Raises `ClaimedDomain.DoesNotExist`."""
    domain = ClaimedDomain.objects.get(pk=domain_id)
    return _settle(domain, _look(domain), actor)


def check_due() -> int:
    """Look at every domain whose time it is; how many were settled. One that fails is logged."""
    settled = 0
    with Threads(SIDE_BY_SIDE) as pool:
        looks = [(domain, pool.submit(_look, domain)) for domain in _due(timezone.now())]
        for domain, look in looks:
            try:
                _settle(domain, look.result(), None)
                settled += 1
            except ObjectDoesNotExist:
                pass  # removed meanwhile
            except Exception:
                logger.exception("domain not checked", extra={"domain": domain.name})
    return settled


def next_look(domain: ClaimedDomain) -> datetime | None:
    """When it is looked at by itself again: daily once it is proven, before that ever more rarely for a week.

    None where somebody has to ask.
    """
    seen = domain.checked_at or domain.created_at
    if domain.verified_at:
        return seen + EACH
    if timezone.now() - domain.created_at > LOOKED_FOR:
        return None
    return seen + min(max((seen - domain.created_at) / 4, FIRST_WAIT), LONGEST_WAIT)


def _due(now: datetime) -> Iterator[ClaimedDomain]:
    found = ClaimedDomain.objects.filter(organisation__status=OrganisationStatus.ACTIVE)
    proven = found.filter(verified_at__isnull=False, checked_at__lte=now - EACH)
    waiting = found.filter(verified_at=None, created_at__gt=now - LOOKED_FOR)
    yield from proven.order_by("checked_at")[:AT_ONCE]
    longest_ago = models.F("checked_at").asc(nulls_first=True)
    due = (one for one in waiting.order_by(longest_ago) if (next_look(one) or now) <= now)
    yield from (one for _number, one in zip(range(AT_ONCE), due, strict=False))


def _look(domain: ClaimedDomain) -> Problem | None:
    problem = look_for_record(domain=domain.name, token=domain.token)
    if problem is None and domain.purpose == Purpose.HOST and not leads_here(domain.name):
        return Problem.ELSEWHERE
    return problem


def _settle(domain: ClaimedDomain, problem: Problem | None, actor: User | None) -> ClaimedDomain:
    with members.alone(domain.organisation_id):
        domain = ClaimedDomain.objects.select_related("organisation").get(pk=domain.pk)
        seen_before = domain.checked_at
        domain.checked_at, domain.problem = timezone.now(), problem or ""
        if problem in (None, Problem.ELSEWHERE):
            _has_record(domain, actor)
        elif problem not in PASSING and domain.verified_at:
            _has_lost_record(domain, seen_before)
        domain.save(update_fields=["checked_at", "problem", "verified_at", "failing_since"])
    return domain


def _has_record(domain: ClaimedDomain, actor: User | None) -> None:
    domain.failing_since = None
    if domain.verified_at:
        return
    if domain.purpose == Purpose.HOST and not features.brings(domain.organisation_id, features.ADVANCED):
        domain.problem = Problem.NOT_IN_PLAN  # it has ended since the domain was claimed
        return
    domain.verified_at = domain.checked_at
    try:
        with transaction.atomic():
            domain.save(update_fields=["verified_at"])
            if domain.purpose == Purpose.HOST:
                hosts.open_host(domain)
    except IntegrityError:  # another organisation was first
        domain.verified_at, domain.problem = None, Problem.TAKEN
    else:
        domain_verified.send(ClaimedDomain, organisation=domain.organisation, actor=actor, domain=domain)


def _has_lost_record(domain: ClaimedDomain, seen_before: datetime | None) -> None:
    now = domain.checked_at or timezone.now()
    domain.failing_since = domain.failing_since or now
    if now - domain.failing_since >= LOST_AFTER:
        _end(domain)
    elif _passed(domain.failing_since + TOLD_AFTER, seen_before, now):
        domain_failing.send(ClaimedDomain, organisation=domain.organisation, actor=None, domain=domain)


def _passed(moment: datetime, before: datetime | None, now: datetime) -> bool:
    """Whether it was between the look before and this one, so that it is told of once."""
    return moment <= now and (before is None or before < moment)


def _end(domain: ClaimedDomain) -> None:
    domain.verified_at = domain.failing_since = None
    if domain.purpose == Purpose.HOST:
        hosts.close_host(domain)
    domain_lost.send(ClaimedDomain, organisation=domain.organisation, actor=None, domain=domain)
