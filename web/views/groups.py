"""Groups of members: the list, a group, who is put in it and taken out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.models import Group, Membership
from tenants.people import groups, members, tiers
from tenants.people.roster import Wanted, people_of
from web.access import MemberRequest, member_required, member_who_runs, member_who_sees_people
from web.forms.groups import AddMembersForm, GroupForm, RemoveMembersForm

PAGE = 50
CHOICES = 30  # people to choose from, before the search has to be narrowed


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    """The list; sent by POST another one is made."""
    by = member_who_runs(request) if request.method == "POST" else member_who_sees_people(request)
    form = GroupForm(request.POST or None, tiers=tiers.tiers_in(by.organisation_id))
    if request.method == "POST" and form.is_valid():
        try:
            group = groups.make_group(by=by, particulars=form.particulars())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("web:group", group_id=group.pk)
    context = {
        "here": "people",
        "page": Paginator(groups.groups_of(by.organisation_id), PAGE).get_page(request.GET.get("page")),
        "runs": members.may_run(by),
        "form": form,
    }
    return render(request, "web/groups/groups.html", context, status=422 if form.errors else 200)


@require_safe
@member_required
def group(request: MemberRequest, group_id: UUID) -> HttpResponse:
    """Who is in it."""
    membership = member_who_sees_people(request)
    one = _group(membership, group_id)
    context = {
        "here": "people",
        "group": one,
        "page": Paginator(groups.members_of(one), PAGE).get_page(request.GET.get("page")),
        "runs": members.may_run(membership),
    }
    return render(request, "web/groups/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def edit(request: MemberRequest, group_id: UUID) -> HttpResponse:
    """Its name, what it is for, its tier."""
    by = member_who_runs(request)
    one = _group(by, group_id)
    initial = {"name": one.name, "description": one.description, "tier": one.tier_id}
    form = GroupForm(request.POST or None, tiers=tiers.tiers_in(by.organisation_id), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            groups.change_group(group_id=one.pk, by=by, particulars=form.particulars())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("web:group", group_id=one.pk)
    context = {"here": "people", "group": one, "form": form}
    return render(request, "web/groups/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def add(request: MemberRequest, group_id: UUID) -> HttpResponse:
    """Choose among those who are not in it yet. A search keeps who is ticked already."""
    by = member_who_runs(request)
    one = _group(by, group_id)
    adds = request.method == "POST" and "find" not in request.POST
    outside = Membership.objects.filter(organisation_id=by.organisation_id).exclude(groups__group=one)
    form = AddMembersForm(request.POST or request.GET, outside=outside.select_related("user"))
    if adds and form.is_valid():
        try:
            added = groups.add_members(
                group_id=one.pk, membership_ids=[each.pk for each in form.ticked()], by=by
            )
        except ValidationError as error:
            form.add_error("member", error)
        except Membership.DoesNotExist:
            form.add_error("member", _("Somebody you chose has just left. Choose again."))
        else:
            _say_added(request, len(added))
            return redirect("web:group", group_id=one.pk)
    status = 422 if adds else 200
    return render(request, "web/groups/add.html", _choices(form, one, shows_errors=adds), status=status)


@require_POST
@member_required
def remove(request: MemberRequest, group_id: UUID) -> HttpResponse:
    """Take one member out, or several."""
    by = member_who_runs(request)
    one = _group(by, group_id)
    form = RemoveMembersForm(request.POST, inside=groups.members_of(one))
    chosen = form.cleaned_data["member"] if form.is_valid() else []
    removed = groups.remove_members(group_id=one.pk, membership_ids=[each.pk for each in chosen], by=by)
    for each in removed:
        messages.success(
            request, _("%(name)s is no longer in this group.") % {"name": each.user.get_full_name()}
        )
    return redirect("web:group", group_id=one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: MemberRequest, group_id: UUID) -> HttpResponse:
    by = member_who_runs(request)
    one = _group(by, group_id)
    if request.method == "POST":
        groups.delete_group(group_id=one.pk, by=by)
        messages.success(request, _("The group “%(name)s” is deleted.") % {"name": one.name})
        return redirect("web:groups")
    return render(request, "web/groups/delete.html", {"here": "people", "group": one})


def _group(membership: Membership, group_id: UUID) -> Group:
    return get_object_or_404(groups.groups_of(membership.organisation_id), pk=group_id)


def _choices(form: AddMembersForm, group: Group, *, shows_errors: bool) -> dict[str, Any]:
    """Whoever is ticked, then those who answer to the search."""
    ticked, words = form.ticked(), form.words()
    outside = people_of(group.organisation_id, Wanted(text=words)).exclude(groups__group=group)
    found = list(outside.exclude(pk__in=[each.pk for each in ticked])[: CHOICES + 1])
    return {
        "here": "people",
        "group": group,
        "ticked": ticked,
        "found": found[:CHOICES],
        "more": len(found) > CHOICES,
        "words": words,
        "errors": [*form["member"].errors, *form.non_field_errors()] if shows_errors else [],
    }


def _say_added(request: MemberRequest, number: int) -> None:
    told = ngettext(
        "%(number)d person was put in this group.", "%(number)d people were put in this group.", number
    )
    messages.success(request, told % {"number": number})
