"""Tiers: the list from the highest to the lowest, and who is given which."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.models import Membership, Tier
from tenants.people import members, tiers
from web.access import MemberRequest, member_required, member_who_runs, member_who_sees_people
from web.forms.groups import MemberTierForm, TierForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    """The list; sent by POST another one is made, above the others."""
    by = member_who_runs(request) if request.method == "POST" else member_who_sees_people(request)
    form = TierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tiers.make_tier(by=by, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("web:tiers")
    holders = tiers.holders(by.organisation_id)
    context = {
        "here": "people",
        "rows": [(tier, holders.get(tier.rank, 0)) for tier in _tiers(by)],
        "runs": members.may_run(by),
        "form": form,
    }
    return render(request, "web/tiers/tiers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def rename(request: MemberRequest, tier_id: UUID) -> HttpResponse:
    by = member_who_runs(request)
    tier = get_object_or_404(_tiers(by), pk=tier_id)
    form = TierForm(request.POST or None, initial={"name": tier.name})
    if request.method == "POST" and form.is_valid():
        try:
            tiers.rename_tier(tier_id=tier.pk, by=by, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("web:tiers")
    context = {"here": "people", "tier": tier, "form": form}
    return render(request, "web/tiers/rename.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def move(request: MemberRequest, tier_id: UUID) -> HttpResponse:
    """One place up or down."""
    by = member_who_runs(request)
    tier = get_object_or_404(_tiers(by), pk=tier_id)
    tiers.move_tier(tier_id=tier.pk, by=by, up=request.POST.get("to") == "up")
    return redirect("web:tiers")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: MemberRequest, tier_id: UUID) -> HttpResponse:
    by = member_who_runs(request)
    tier = get_object_or_404(_tiers(by), pk=tier_id)
    if request.method == "POST":
        tiers.delete_tier(tier_id=tier.pk, by=by)
        messages.success(request, _("The tier “%(name)s” is deleted.") % {"name": tier.name})
        return redirect("web:tiers")
    holders = tiers.holders(by.organisation_id).get(tier.rank, 0)
    return render(request, "web/tiers/delete.html", {"here": "people", "tier": tier, "holders": holders})


@require_POST
@member_required
def give(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """A member's own tier."""
    by = member_who_runs(request)
    one = get_object_or_404(Membership, organisation_id=by.organisation_id, pk=membership_id)
    form = MemberTierForm(request.POST, tiers=_tiers(by))
    if form.is_valid():
        tier = form.cleaned_data["tier"]
        tiers.give_tier(membership_id=one.pk, tier_id=tier.pk if tier else None, by=by)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of the tiers."))
    return redirect("web:member", membership_id=one.pk)


def _tiers(by: Membership) -> QuerySet[Tier]:
    """Each with how many groups give it."""
    return tiers.tiers_in(by.organisation_id).annotate(group_count=Count("groups"))
