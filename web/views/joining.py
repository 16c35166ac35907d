"""Joining an organisation on its own host, for who is signed in there and no member yet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenants.domains import joining


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join(request: Any) -> HttpResponse:
    """By the domain of one's address; who may not sees nothing, who is a member already goes on."""
    if request.membership is not None:
        return redirect("web:shelf")
    if request.method == "POST":
        try:
            joining.join(user=request.user, organisation_id=request.organisation.id)
        except joining.CannotJoin:
            raise Http404 from None
        return redirect("web:shelf")
    offer = joining.may_join(request.user, request.organisation.id)
    if offer is None:
        raise Http404
    return render(request, "web/join.html", {"offer": offer})
