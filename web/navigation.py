"""What frames every members' page: unread news, what is used of the plan, other organisations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from billing import limits
from billing.models import Metric
from billing.notices import notice_for
from notifications.queries import unread_count
from tenants.accounts.avatars import versions_of_members
from tenants.models import Membership, Organisation, OrganisationStatus, Role
from tenants.people.members import may_run, may_see_people

MOST_SHOWN = 5  # organisations in the switcher; the rest is found at "Where to?"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Asked of the database only by templates that show it."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "portraits": SimpleLazyObject(lambda: _portraits(request)),
    }


def _portraits(request: Any) -> dict[UUID, str]:
    """Which members have a picture, by version: one query for a page, however many it shows."""
    membership = getattr(request, "membership", None)
    return versions_of_members(membership.organisation_id) if membership else {}


def _navigation(request: Any) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    elsewhere, runs = _elsewhere(membership), may_run(membership)
    return {
        "sees_people": may_see_people(membership),
        "runs": runs,
        "notice": notice_for(membership.organisation_id) if runs else None,
        "owns": membership.role == Role.OWNER,
        "providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "unread": unread_count(request.user),
        "usage": limits.allowance(membership.organisation_id, Metric.BOOKS_CREATED),
        "elsewhere": [(one, _way_to(one.organisation)) for one in elsewhere[:MOST_SHOWN]],
        "more_elsewhere": len(elsewhere) > MOST_SHOWN,
        "switch_url": f"{settings.PUBLIC_URL}/enter/?choose=1",
        "new_url": _on_platform("lobby:new_organisation"),
        "export_account_url": _on_platform("lobby:export_account"),
        "delete_account_url": _on_platform("lobby:delete_account"),
    }


def _elsewhere(membership: Membership) -> list[Membership]:
    """The other organisations one belongs to, one more than are shown."""
    others = Membership.objects.filter(
        user_id=membership.user_id, organisation__status=OrganisationStatus.ACTIVE
    ).exclude(pk=membership.pk)
    ordered = (
        others.select_related("organisation__logo")
        .defer("organisation__logo__data")
        .order_by("-organisation__personal", "organisation__name")
    )
    return list(ordered[: MOST_SHOWN + 1])


def _way_to(organisation: Organisation) -> str:
    """By the platform's host, which hands one's session over."""
    return _on_platform("go_to_organisation", organisation.slug)


def _on_platform(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, urlconf=settings.PLATFORM_URLCONF, args=args)}"
