"""The console's page of one organisation: whether it is open, and what it may use beside its plan."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from billing import limits
from billing.limits import setting
from console.access import may_change, staff_only, super_admin_only
from console.exception_forms import ExceptionForm
from console.organisations import organisation_or_404, tabs_of
from insights import record
from insights.actions import Action
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation, OrganisationStatus
from tenants.organisations import suspension


@require_GET
@staff_only
def exceptions(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    return _page(request, organisation_or_404(organisation_id), ExceptionForm())


@require_POST
@super_admin_only
def set_exception(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    organisation = organisation_or_404(organisation_id)
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form)
    setting.set_exception(by=cast(User, request.user), organisation=organisation, **form.given())
    messages.success(request, _("The exception counts from now on."))
    return redirect("console:exceptions", organisation_id=organisation.pk)


@require_POST
@super_admin_only
def remove_exception(request: HttpRequest, organisation_id: UUID, limit_id: UUID) -> HttpResponse:
    organisation = organisation_or_404(organisation_id)
    limit = get_object_or_404(setting.exceptions_for(organisation), pk=limit_id)
    setting.remove_exception(by=cast(User, request.user), limit=limit)
    messages.success(request, _("From now on the plan alone counts."))
    return redirect("console:exceptions", organisation_id=organisation.pk)


@require_POST
@super_admin_only
def suspend(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Close it, or open it again where it is closed."""
    organisation = organisation_or_404(organisation_id)
    closes = organisation.status == OrganisationStatus.ACTIVE
    with transaction.atomic():
        moved = (suspension.suspend if closes else suspension.resume)(organisation_id=organisation.pk)
        if moved:
            action = Action.ORGANISATION_SUSPENDED if closes else Action.ORGANISATION_RESUMED
            with entered(organisation):
                record(action, actor=cast(User, request.user), resource=organisation)
    if moved:
        messages.success(request, _("It is suspended.") if closes else _("It is open again."))
    return redirect("console:exceptions", organisation_id=organisation.pk)


def _page(request: HttpRequest, organisation: Organisation, form: ExceptionForm) -> HttpResponse:
    standings = [
        standing
        for metric in setting.FOR_ORGANISATIONS
        for standing in limits.standings(organisation.pk, metric)
    ]
    context = {
        "here": "organisations",
        "organisation": organisation,
        "tabs": tabs_of(organisation, "exceptions"),
        "standings": standings,
        "exceptions": setting.exceptions_for(organisation),
        "form": form,
        "may_change": may_change(request.user),
    }
    return render(request, "console/exceptions.html", context, status=422 if form.errors else 200)
