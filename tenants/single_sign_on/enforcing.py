"""Where an organisation has it so, people with an address of its domains sign in through its provider alone.

Two gates: signing in (`led_round`, by the address that one signs in with), and entering the organisation
(`may_enter`, by any proven address of the account). An owner with a second factor has a way back, should the
provider fail: see `may_recover`.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tenants.accounts.models import User
from tenants.accounts.second_factor import has_second_factor
from tenants.domains.names import in_ascii
from tenants.domains.queries import organisation_of_email_domain, verified_email_domains
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role, SingleSignOn
from tenants.single_sign_on.provider import single_sign_on_of


def covering(email: str) -> SingleSignOn | None:
    """What signs people with this address in, required or not; the same whether or not anybody has it."""
    try:
        validate_email(email.strip())
    except ValidationError:
        return None
    owner = organisation_of_email_domain(domain_of(email))
    return single_sign_on_of(owner) if owner else None


def required_for(email: str) -> SingleSignOn | None:
    """What people with this address have to sign in through; the same whether or not anybody has it."""
    found = covering(email)
    return found if found and found.enforced else None


def led_round(request: Any, email: str) -> HttpResponse | None:
    """The answer to whoever would sign in with this address otherwise than they have to; None: let them."""
    found = required_for(email)
    if found is None:
        return None
    asked = request.POST.get("next") or request.GET.get("next", "")
    wanted = {"path": asked or "/"} if request.organisation else {"onward": asked}
    return HttpResponseRedirect(sign_on_url(found.organisation, **wanted))


def refusal_to_sign_in(request: Any, user: User) -> HttpResponse | None:
    """At the last moment before somebody is signed in, by whatever way they came."""
    found = required_for(user.email)
    if found is None or getattr(request, "is_recovery", False):
        return None
    if _came_through(request, user, found.organisation_id):
        return None
    return HttpResponseRedirect(sign_on_url(found.organisation))


def may_enter(request: Any, *, user: User, organisation_id: UUID) -> bool:
    """Whether somebody signed in on the platform's host may go on to the organisation by this session."""
    found = single_sign_on_of(organisation_id)
    if found is None or not found.enforced or not is_covered(user, organisation_id):
        return True
    return is_vouched_for(request, user=user, organisation_id=organisation_id)


def is_vouched_for(request: Any, *, user: User, organisation_id: UUID) -> bool:
    """Whether the session of the platform's host was opened by the organisation's provider, or by an owner
    who took the way back."""
    return _came_through(request, user, organisation_id) or (
        _was_thorough(request, user) and _owns(user, organisation_id)
    )


def is_covered(user: User, organisation_id: UUID) -> bool:
    """Whether a proven address of the account is under a domain that the organisation has verified."""
    domains = set(verified_email_domains(organisation_id))
    proven = EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True)
    return any(domain_of(email) in domains for email in proven)


def may_recover(user: User) -> bool:
    """Whether somebody may sign in by password and second factor although their organisation requires its
    provider: an owner of it, so that a provider that is gone does not lock the organisation up for good."""
    found = required_for(user.email)
    return found is not None and _owns(user, found.organisation_id) and has_second_factor(user)


def end_sessions(*, domains: Collection[str], but: str | None = None) -> int:
    """Sign everybody out who has a proven address under one of the domains, wherever they are.

    `but` is the key of a session that stays. How many were ended.
    """
    if not domains:
        return 0
    under = reduce(or_, (Q(email__iendswith=f"@{domain}") for domain in domains))
    people = EmailAddress.objects.filter(under, verified=True).values("user")
    rows = list(UserSession.objects.filter(user__in=people).exclude(session_key=but))
    for row in rows:
        row.end()
    return len(rows)


def end_sessions_of(*, domain: ClaimedDomain, **signal: Any) -> None:
    """Receiver of `domain_verified`: from now on its people sign in through the provider as well."""
    found = single_sign_on_of(domain.organisation_id)
    if domain.purpose == Purpose.EMAIL and found and found.enforced:
        end_sessions(domains=[domain.name])


def sign_on_url(organisation: Organisation, *, path: str = "/", onward: str = "") -> str:
    """The page that leads to the organisation's provider, and from there to `path` on the organisation's
    host, or to `onward` on the platform's."""
    urlconf = settings.PLATFORM_URLCONF
    go = reverse("go_to_organisation", urlconf=urlconf, args=[organisation.slug])
    page = reverse("organisation_login", urlconf=urlconf, args=[organisation.pk])
    after = urlencode({"next": onward or f"{go}?{urlencode({'next': path})}"})
    return f"{settings.PUBLIC_URL}{page}?{after}"


def domain_of(email: str) -> str:
    """What stands behind the last @, as domains are stored."""
    return in_ascii(email.rpartition("@")[2])


def _came_through(request: Any, user: User, organisation_id: UUID) -> bool:
    records = get_authentication_records(request, user)
    return any(record.get("provider") == str(organisation_id) for record in records)


def _was_thorough(request: Any, user: User) -> bool:
    """By password and a second factor."""
    records = get_authentication_records(request, user)
    return {"password", "mfa"} <= {record["method"] for record in records}


def _owns(user: User, organisation_id: UUID) -> bool:
    rows = Membership.objects.filter(organisation_id=organisation_id, user=user, role=Role.OWNER)
    return bool(rows.exists())
