"""The console's part in erasures: their certificates, and finishing those that were broken off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from console import engine
from console.access import staff_only, super_admin_only
from tenants.doorbell import enqueue
from tenants.portable.erasing import certificate_of


@require_GET
@staff_only
def certificate(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """What was removed, what stays and why, as `erase_organisation` gives it but for the name."""
    erasure = get_object_or_404(engine.erased(), pk=erasure_id)
    told = JsonResponse(certificate_of(erasure).as_json(), json_dumps_params={"indent": 1})
    told["Content-Disposition"] = f'attachment; filename="erasure-{erasure.erased_id}.json"'
    return told


@require_POST
@super_admin_only
def finish_erasures(request: HttpRequest) -> HttpResponse:
    """Now, instead of within the quarter of an hour in which the scheduler does it."""
    enqueue("tenants.erase_due")
    messages.success(request, _("The workers finish what can be finished."))
    return redirect("console:servers")
