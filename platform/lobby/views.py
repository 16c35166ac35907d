"""What somebody sees before they are in an organisation: what this is, what it costs, where to go in."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from billing.models import Plan
from tenants.accounts.models import User
from tenants.models import Organisation, OrganisationStatus


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("lobby:enter")
    return render(request, "lobby/landing.html")


@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    return render(request, "lobby/prices.html", {"plans": Plan.objects.filter(offered=True)})


@login_required
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Into the only organisation one belongs to, or a choice among them."""
    organisations = list(
        Organisation.objects.filter(
            memberships__user=cast(User, request.user), status=OrganisationStatus.ACTIVE
        ).order_by("-personal", "name")
    )
    if len(organisations) == 1 and "choose" not in request.GET:
        return redirect("go_to_organisation", slug=organisations[0].slug)
    return render(request, "lobby/enter.html", {"organisations": organisations})
