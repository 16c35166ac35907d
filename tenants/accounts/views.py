"""Pages of one's own account that allauth has not, on the platform's host."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tenants.accounts import sessions


@never_cache
@require_safe
@login_required
def open_sessions(request: Any) -> HttpResponse:
    found = sessions.open_sessions(request.user, this=request.session.session_key)
    others = any(not session.is_this for session in found)
    return render(request, "usersessions/usersession_list.html", {"sessions": found, "others": others})


@require_POST
@login_required
def end_session(request: Any, session_id: int) -> HttpResponse:
    try:
        sessions.end(request.user, session_id=session_id)
    except UserSession.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@require_POST
@login_required
def end_other_sessions(request: Any) -> HttpResponse:
    sessions.end_others(request.user, this=request.session.session_key)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("usersessions_list")
