"""What one has been told."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from notifications.queries import mark_read, notifications_of
from notifications.wording import words
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
    unread = any(one.read_at is None for one, _words in rows)
    context = {"here": "notifications", "page": page, "rows": rows, "unread": unread}
    return render(request, "web/notifications.html", context)


@require_safe
@member_required
def follow(request: MemberRequest, notification_id: UUID) -> HttpResponse:
    """To what a notification is about; it counts as read from now on."""
    one = get_object_or_404(notifications_of(request.user), pk=notification_id)
    mark_read(request.user, notification_ids=[one.pk])
    path = words(kind=one.kind, data=one.data).path
    inside = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if inside else "web:notifications")
