"""What frames every members' page: unread news, what is used of the plan, other organisations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from billing import limits
from billing.models import Metric
from notifications.queries import unread_count
from tenants.models import Membership


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Asked of the database only by templates that show it."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request))}


def _navigation(request: Any) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    return {
        "unread": unread_count(request.user),
        "usage": limits.allowance(membership.organisation_id, Metric.BOOKS_CREATED),
        "elsewhere": Membership.objects.filter(user_id=membership.user_id).count() > 1,
        "switch_url": f"{settings.PUBLIC_URL}/enter/?choose=1",
    }
