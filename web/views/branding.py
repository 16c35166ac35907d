"""An organisation's logo and colour: for everybody who comes to its host, and for an owner to choose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from storage import pictures
from tenants.organisations import branding, features
from tenants.organisations.features import NotInPlan
from tenants.pictures import version_of
from web.access import MemberRequest, member_required, member_who_owns
from web.forms.branding import AccentForm, LogoForm, ready_or_error

A_YEAR = 365 * 24 * 3600  # seconds


@require_safe
def stylesheet(request: Any) -> HttpResponse:
    """The shades of the organisation's colour, over the tokens of the built style sheet."""
    if not request.organisation.accent:
        raise Http404
    response = HttpResponse(branding.stylesheet(request.organisation.accent), content_type="text/css")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def logo(request: Any) -> HttpResponse:
    found = branding.logo_of(request.organisation.id)
    if found is None:
        raise Http404
    return shown(request, bytes(found.data), found.content_type, version_of(found.changed_at), "public")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def look(request: MemberRequest) -> HttpResponse:
    """The colour, for an owner to choose."""
    by = member_who_owns(request)
    form = AccentForm(request.POST if request.method == "POST" else None, accent=by.organisation.accent)
    if form.is_valid():
        try:
            branding.set_accent(by=by, accent=form.chosen)
        except NotInPlan as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("web:look")
    return _page(request, accent_form=form)


@require_POST
@member_required
def set_logo(request: MemberRequest) -> HttpResponse:
    """Show another logo, or none (`remove`)."""
    by = member_who_owns(request)
    if "remove" in request.POST:
        branding.remove_logo(by=by)
        messages.success(request, _("The logo is removed."))
        return redirect("web:look")
    form = LogoForm(request.POST, request.FILES)
    ready = ready_or_error(form, pictures.logo) if form.is_valid() else None
    if ready is None:
        return _page(request, logo_form=form)
    try:
        branding.set_logo(
            by=by, data=ready.data, content_type=ready.media_type, width=ready.width, height=ready.height
        )
    except NotInPlan as error:
        form.add_error(None, str(error))
        return _page(request, logo_form=form)
    messages.success(request, _("This is your logo now."))
    return redirect("web:look")


def shown(request: HttpRequest, data: bytes, content_type: str, version: str, cached: str) -> HttpResponse:
    """A small picture, to be kept by browsers for as long as its version is asked for."""
    tag = f'"{version}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(data, content_type=content_type)
    response["ETag"] = tag
    stays = A_YEAR if request.GET.get("v") == version else 0
    response["Cache-Control"] = f"{cached}, max-age={stays}"
    return response


def _page(
    request: MemberRequest, *, accent_form: AccentForm | None = None, logo_form: LogoForm | None = None
) -> HttpResponse:
    context = {
        "here": "organisation",
        "accent_form": accent_form or AccentForm(accent=request.organisation.accent),
        "logo_form": logo_form or LogoForm(),
        "missing": features.missing_from(request.organisation.id, features.ADVANCED),
    }
    wrong = any(form is not None and form.errors for form in (accent_form, logo_form))
    return render(request, "web/look.html", context, status=422 if wrong else 200)
