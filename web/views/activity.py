"""What happened: in the organisation for who runs it, and one's own part for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from insights.models import ActivityLog
from insights.queries import activity_of_organisation, as_csv, older_than, own_activity
from tenants.models import Membership
from tenants.people.members import may_run
from web.access import MemberRequest, member_required
from web.forms.activity import ActivityForm

PAGE = 50


@require_safe
@member_required
def activity(request: MemberRequest) -> HttpResponse:
    """Of the whole organisation, for its owners and admins."""
    form, lines = _organisations(request)
    return _page(request, form, lines, export="web:activity_export", here="activity")


@require_safe
@member_required
def export(request: MemberRequest) -> HttpResponseBase:
    """The same as CSV, whole."""
    _form, lines = _organisations(request)
    return _csv(lines)


@require_safe
@member_required
def own(request: MemberRequest) -> HttpResponse:
    """What one did oneself."""
    form, lines = _own(request)
    return _page(request, form, lines, export="web:own_activity_export", here="profile")


@require_safe
@member_required
def export_own(request: MemberRequest) -> HttpResponseBase:
    _form, lines = _own(request)
    return _csv(lines)


def _organisations(request: MemberRequest) -> tuple[ActivityForm, QuerySet[ActivityLog]]:
    if not may_run(request.membership):
        raise PermissionDenied
    organisation_id = request.membership.organisation_id
    members = Membership.objects.filter(organisation_id=organisation_id).select_related("user")
    form = ActivityForm(request.GET or None, members=members.order_by("user__name"))
    return form, activity_of_organisation(organisation_id, form.wanted(_zone()))


def _own(request: MemberRequest) -> tuple[ActivityForm, QuerySet[ActivityLog]]:
    form = ActivityForm(request.GET or None)
    organisation_id = request.membership.organisation_id
    return form, own_activity(request.user.pk, organisation_id, form.wanted(_zone()))


def _zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())


def _page(
    request: MemberRequest, form: ActivityForm, lines: QuerySet[ActivityLog], *, export: str, here: str
) -> HttpResponse:
    query = request.GET.copy()
    query.pop("before", None)
    shown = list(older_than(lines, _line(lines, request.GET.get("before", "")))[: PAGE + 1])
    context: dict[str, Any] = {
        "here": here,
        "form": form,
        "lines": shown[:PAGE],
        "older": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "newest": "before" not in request.GET,
        "export": export,
        "query": query.urlencode(),
        "filtered": bool(query),
    }
    return render(request, "web/activity.html", context, status=422 if form.errors else 200)


def _line(lines: QuerySet[ActivityLog], mark: str) -> ActivityLog | None:
    """The line of these that an address names."""
    try:
        return lines.filter(pk=UUID(mark)).only("created_at").first()
    except ValueError:
        return None


def _csv(lines: QuerySet[ActivityLog]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return response
