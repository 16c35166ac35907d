"""One's name, language, look and wishes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.accounts.models import User
from web.access import MemberRequest, member_required
from web.forms.profile import PreferencesForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    data: Any = request.POST if request.method == "POST" else None
    # A copy: what does not validate must not show in the page's frame.
    form = ProfileForm(data, instance=User.objects.get(pk=request.user.pk))
    preferences = PreferencesForm(data, user=request.user)
    if data is not None and form.is_valid() and preferences.is_valid():
        user = form.save()
        preferences.save(user)
        with translation.override(user.language or translation.get_language()):
            messages.success(request, _("Saved."))
        return redirect("web:profile")
    context = {"here": "profile", "form": form, "preferences": preferences}
    return render(
        request, "web/profile.html", context, status=422 if form.errors or preferences.errors else 200
    )
