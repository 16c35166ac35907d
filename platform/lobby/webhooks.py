"""Where gateways tell what happened: the raw body is checked, stored and answered; the work comes later."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing import events
from billing.gateways.contract import Forged, Gateway, NotConfigured
from billing.gateways.registry import gateway_named
from tenants.requests import address_of

MOST_BYTES = 1_000_000  # of a body; what says that it is longer is not read


@csrf_exempt
@require_POST
def paystack(request: HttpRequest) -> HttpResponse:
    """401 for what Paystack has not signed, which leaves no trace; 400 for what it cannot have meant."""
    if settings.PAYSTACK_ALLOWED_ADDRESSES and address_of(request) not in settings.PAYSTACK_ALLOWED_ADDRESSES:
        return HttpResponse(status=403)
    if not is_short(request):
        return HttpResponse(status=413)
    try:
        gateway = gateway_named("paystack")
    except NotConfigured:
        return HttpResponse(status=404)
    return HttpResponse(status=_take(gateway, request))


def _take(gateway: Gateway, request: HttpRequest) -> int:
    """The status to answer with."""
    try:
        read = gateway.read_event(body=request.body, headers=request.headers)
    except Forged:
        return 401
    except ValueError:
        return 400
    events.store(gateway=gateway, read=read, body=request.body)
    return 200


def is_short(request: HttpRequest) -> bool:
    """What does not say how long it is may be read; the gateway looks at its length again."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return bool(said.isdecimal()) and int(said) <= MOST_BYTES
