"""What room the organisation's files take, for those who run it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing import limits
from billing.models import Metric
from generation import holdings
from web.access import MemberRequest, member_required, member_who_runs
from web.views.usage.frame import tabs


@require_safe
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    membership = member_who_runs(request)
    context = {
        "here": "usage",
        "tabs": tabs(request, "holdings"),
        "storage": limits.allowance(membership.organisation_id, Metric.STORAGE_USED),
        "holdings": holdings.holdings(),
    }
    return render(request, "web/usage/holdings.html", context)
