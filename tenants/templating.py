"""What every template knows about whose page it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject


def organisation(request: HttpRequest) -> dict[str, Any]:
    """`organisation` and `membership` of the request, None on the platform's host, and the way there."""
    here = getattr(request, "organisation", None)
    return {
        "organisation": here,
        "membership": getattr(request, "membership", None),
        "platform_sign_in": SimpleLazyObject(lambda: _platform_sign_in(request) if here else ""),
    }


def _platform_sign_in(request: Any) -> str:
    """Signing in on the platform's host, with what is only possible there, and on to this organisation."""
    urlconf = settings.PLATFORM_URLCONF
    onward = reverse("go_to_organisation", urlconf=urlconf, args=[request.organisation.slug])
    asked = request.GET.get("next", "/")
    after = urlencode({"next": f"{onward}?{urlencode({'next': asked})}"})
    return f"{settings.PUBLIC_URL}{reverse('account_login', urlconf=urlconf)}?{after}"
