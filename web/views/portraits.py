"""People's pictures: for those who are in an organisation with them, and one's own to choose."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from storage import pictures
from tenants.accounts import avatars
from tenants.pictures import version_of
from web.access import MemberRequest, member_required
from web.forms.branding import PortraitForm, ready_or_error
from web.views.branding import shown


@require_safe
@member_required
def portrait(request: MemberRequest, user_id: UUID) -> HttpResponse:
    """The picture of somebody who is a member here."""
    found = avatars.avatar_of(user_id=user_id, organisation_id=request.organisation.id)
    if found is None:
        raise Http404
    return shown(request, bytes(found.data), found.content_type, version_of(found.changed_at), "private")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def own(request: MemberRequest) -> HttpResponse:
    """Another picture of oneself, or none (`remove`)."""
    form = PortraitForm()
    if request.method == "POST":
        if "remove" in request.POST:
            avatars.remove_avatar(user=request.user)
            messages.success(request, _("Your picture is removed."))
            return redirect("web:own_portrait")
        form = PortraitForm(request.POST, request.FILES)
        if form.is_valid():
            position = form.cleaned_data["position"] or "middle"
            ready = ready_or_error(form, partial(pictures.portrait, position=position))
            if ready is not None:
                avatars.set_avatar(user=request.user, data=ready.data, content_type=ready.media_type)
                messages.success(request, _("This is your picture now."))
                return redirect("web:own_portrait")
    context = {"here": "profile", "form": form}
    return render(request, "web/portrait.html", context, status=422 if form.errors else 200)
