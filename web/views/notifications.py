"""What one has been told."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications import tickets
from notifications.notifying import user_topic
from notifications.queries import mark_read, notifications_of, unread_count
from notifications.tickets import Ticket
from notifications.wording import words
from tenants import context
from web.access import MemberRequest, member_required

PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def notifications(request: MemberRequest) -> HttpResponse:
    """All of them, newest first; sent by POST all are marked as read."""
    if request.method == "POST":
        mark_read(request.user)
        return redirect("web:notifications")
    page = Paginator(notifications_of(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [(one, words(kind=one.kind, data=one.data)) for one in page]
    fresh = any(one.read_at is None for one, _words in rows)
    shown = {"here": "notifications", "page": page, "rows": rows, "unread": fresh}
    return render(request, "web/notifications.html", shown)


@never_cache
@require_safe
@member_required
def unread(request: MemberRequest) -> HttpResponse:
    """How many are unread, as a bare number: what the bell asks for when something happened."""
    return HttpResponse(str(unread_count(request.user)), content_type="text/plain")


@never_cache
@require_safe
@member_required
def stream(request: MemberRequest) -> HttpResponse:
    """To one's own stream of news, by a ticket that is good for a minute."""
    ticket = Ticket(
        schema=context.current().schema,
        topic=user_topic(request.user),
        host=request.get_host(),
        member=str(request.membership.pk),
    )
    return HttpResponse(status=307, headers={"Location": f"/live/{tickets.issue(ticket)}"})


@require_safe
@member_required
def follow(request: MemberRequest, notification_id: UUID) -> HttpResponse:
    """To what a notification is about; it counts as read from now on."""
    one = get_object_or_404(notifications_of(request.user), pk=notification_id)
    mark_read(request.user, notification_ids=[one.pk])
    path = words(kind=one.kind, data=one.data).path
    inside = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if inside else "web:notifications")
