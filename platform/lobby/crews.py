"""Where crews tell how far they are. Nothing is believed here: it is kept aside, and the run is looked at."""

from __future__ import annotations

import json
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from generation import crew_webhooks
from lobby.webhooks import is_short


@csrf_exempt
@require_POST
def crew(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """404 for an address that was never given out, and for what is about no run that is awaited."""
    job_id = crew_webhooks.job_of(token)
    if job_id is None or kind not in get_args(crew_webhooks.Kind):
        return HttpResponse(status=404)
    if not is_short(request):
        return HttpResponse(status=413)
    told = _object(request.body)
    if told is None:
        return HttpResponse(status=400)
    heard = crew_webhooks.hear(job_id=job_id, kind=kind, told=told)  # type: ignore[arg-type]
    return HttpResponse(status=200 if heard else 404)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
