"""The console's page of an organisation's API keys: how each stands, and ending one, with the reason."""

from __future__ import annotations

from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from console.access import may_change, staff_only, super_admin_only
from console.organisations import organisation_or_404, tabs_of
from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey, State
from tenants.api_keys.queries import keys_of
from tenants.api_keys.revoking import revoke_for_platform
from tenants.api_keys.scopes import SCOPES
from tenants.models import Organisation

PAGE_SIZE: Final = 25
TONES: Final = {State.ACTIVE: "good", State.ENDING: "busy", State.EXPIRED: "", State.REVOKED: "bad"}


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("The organisation reads it in its activity log."),
    )


@require_GET
@staff_only
def organisation_keys(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """All that there ever were, the newest first; their secrets are known to nobody."""
    organisation = organisation_or_404(organisation_id)
    page = Paginator(keys_of(organisation.pk), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_frame(organisation),
        "page": page,
        "rows": [(one, TONES[one.state], _scopes(one)) for one in page],
        "may_change": may_change(request.user),
    }
    return render(request, "console/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@super_admin_only
def revoke_key(request: HttpRequest, organisation_id: UUID, key_id: UUID) -> HttpResponse:
    """End a key, after a page that says what follows and asks why."""
    organisation = organisation_or_404(organisation_id)
    key = get_object_or_404(keys_of(organisation.pk), pk=key_id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor, reason = cast(User, request.user), form.cleaned_data["reason"]
        revoke_for_platform(key_id=key.pk, organisation=organisation, by=actor, reason=reason)
        messages.success(request, _("“%(name)s” is revoked.") % {"name": key.name})
        return redirect("console:organisation_keys", organisation_id=organisation.pk)
    context = {**_frame(organisation), "one": key, "form": form}
    return render(request, "console/revoke_key.html", context, status=422 if form.errors else 200)


def _frame(organisation: Organisation) -> dict[str, Any]:
    tabs = tabs_of(organisation, "organisation_keys")
    return {"here": "organisations", "organisation": organisation, "tabs": tabs}


def _scopes(key: ApiKey) -> str:
    return _("everything") if set(SCOPES) <= set(key.scopes) else ", ".join(sorted(key.scopes))
