"""How much each member may use: limits of tiers, groups and single people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.limits import setting
from tenants.organisations.features import NotInPlan
from web.access import MemberRequest, member_required, member_who_runs
from web.forms.limits import LimitForm
from web.views.usage.frame import tabs


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def limits(request: MemberRequest) -> HttpResponse:
    """The list; sent by POST another one is set."""
    by = member_who_runs(request)
    form = LimitForm(request.POST or None, organisation_id=by.organisation_id)
    if request.method == "POST" and form.is_valid():
        try:
            setting.set_limit(by=by, scope=form.whom(), given=form.given())
        except NotInPlan as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The limit counts from now on."))
            return redirect("web:limits")
    context = {
        "here": "usage",
        "tabs": tabs(request, "limits"),
        "limits": setting.limits_for_members(by.organisation_id),
        "missing": setting.missing(by.organisation_id),
        "form": form,
    }
    return render(request, "web/usage/limits.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def remove(request: MemberRequest, limit_id: UUID) -> HttpResponse:
    by = member_who_runs(request)
    limit = get_object_or_404(setting.limits_for_members(by.organisation_id), pk=limit_id)
    setting.remove_limit(by=by, limit=limit)
    messages.success(request, _("The limit is gone."))
    return redirect("web:limits")
