"""The people of an organisation: who is here, in which role, and who has been invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.models import Invitation, Membership, Organisation, Role
from tenants.people import invitations, members
from tenants.people.groups import groups_of
from tenants.people.roster import EVERYBODY, people_of
from tenants.people.tiers import tiers_in
from web.access import MemberRequest, member_required, member_who_runs, member_who_sees_people
from web.forms.groups import MemberTierForm
from web.forms.people import HeirForm, InviteForm, LinkForm, PeopleForm, RoleForm
from web.fragments import asks_for, page_or_part

PAGE = 50


@require_safe
@member_required
def people(request: MemberRequest) -> HttpResponse:
    if not asks_for(request, "people"):
        return _page(request)
    member_who_sees_people(request)
    return page_or_part(
        request, _list(request), page="web/people/people.html", part="web/people/_list.html", target="people"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def invite(request: MemberRequest) -> HttpResponse:
    """Invite by e-mail; every address or none."""
    by = _runner(request)
    form = InviteForm(request.POST or None, roles=_invitable(by))
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                emails=form.cleaned_data["emails"], role=Role(form.cleaned_data["role"]), by=by
            )
        except (invitations.CannotInvite, members.NotAllowed) as error:
            form.add_error("emails", str(error))
        else:
            messages.success(
                request,
                _("Invited: %(emails)s.") % {"emails": ", ".join(each.email for each in made)},
            )
            return redirect("web:people")
    return _page(request, status=422 if form.errors else 200, invite_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def make_link(request: MemberRequest) -> HttpResponse:
    """A link for whoever has it."""
    by = _runner(request)
    form = LinkForm(request.POST or None, roles=_invitable(by))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.make_link(
                role=Role(form.cleaned_data["role"]), by=by, uses=form.cleaned_data["uses"], valid=form.valid
            )
        except (invitations.CannotInvite, members.NotAllowed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is below: copy it and pass it on."))
            return redirect("web:people")
    return _page(request, status=422 if form.errors else 200, link_form=form)


@require_POST
@member_required
def revoke(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    by = _runner(request)
    get_object_or_404(Invitation, pk=invitation_id, organisation_id=by.organisation_id)
    try:
        invitations.revoke(invitation_id=invitation_id, by=by)
    except Invitation.DoesNotExist:
        messages.info(request, _("That invitation was no longer open."))
    else:
        messages.success(request, _("The invitation is taken back; its link no longer works."))
    return redirect("web:people")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """One member: their role, their tier and groups, and the way out."""
    by = _runner(request)
    one = get_object_or_404(_members(by), pk=membership_id)
    grantable = members.grantable_roles(by)
    form = RoleForm(request.POST or None, roles=grantable, initial={"role": one.role})
    if request.method == "POST" and form.is_valid():
        try:
            members.change_role(membership_id=one.pk, role=Role(form.cleaned_data["role"]), by=by)
        except (members.NotAllowed, members.LastOwner) as error:
            form.add_error("role", str(error))
        else:
            messages.success(request, _("The role is changed."))
            return redirect("web:people")
    context = {
        "here": "people",
        "one": one,
        "form": form,
        "reachable": Role(one.role) in grantable,
        "heir_form": HeirForm(leaving=one, initial={"heir": by.pk}),
        "may_own": by.role == Role.OWNER and one.pk != by.pk and one.role != Role.OWNER,
        "is_self": one.pk == by.pk,
        "groups": groups_of(by.organisation_id).filter(members__membership=one),
        "tier_form": MemberTierForm(tiers=tiers_in(by.organisation_id), initial={"tier": one.tier_id}),
    }
    return render(request, "web/people/member.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def remove(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    by = _runner(request)
    one = get_object_or_404(_members(by), pk=membership_id)
    form = HeirForm(request.POST, leaving=one)
    if not form.is_valid():
        messages.error(request, _("Choose a member who takes over their books."))
        return redirect("web:member", membership_id=one.pk)
    try:
        members.remove_member(membership_id=one.pk, by=by, heir=form.cleaned_data["heir"].user)
    except (members.NotAllowed, members.LastOwner) as error:
        messages.error(request, str(error))
        return redirect("web:member", membership_id=one.pk)
    messages.success(
        request,
        _("%(name)s is no longer a member. Their books belong to %(heir)s now.")
        % {"name": one.user.get_full_name(), "heir": form.cleaned_data["heir"].user.get_full_name()},
    )
    return redirect("web:people")


@require_POST
@member_required
def hand_over(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    by = _runner(request)
    if by.role != Role.OWNER:
        raise PermissionDenied
    one = get_object_or_404(_members(by), pk=membership_id)
    try:
        members.transfer_ownership(membership_id=one.pk, by=by)
    except (members.NotAllowed, members.LastOwner) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("%(name)s owns the organisation now, and you are an admin.")
            % {"name": one.user.get_full_name()},
        )
    return redirect("web:people")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request: MemberRequest) -> HttpResponse:
    """End one's own membership, after a page that says what follows."""
    if request.method == "POST":
        try:
            members.leave(membership=request.membership)
        except members.LastOwner as error:
            messages.error(request, str(error))
            return redirect("web:people")
        return render(
            request,
            "web/people/left.html",
            {"organisation_name": request.organisation.name, "platform_url": settings.PUBLIC_URL},
        )
    return render(request, "web/people/leave.html", {"here": "people"})


def _page(
    request: MemberRequest,
    *,
    status: int = 200,
    invite_form: InviteForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    membership = member_who_sees_people(request)
    runs = members.may_run(membership)
    roles = _invitable(membership)
    open_ = invitations.open_invitations(membership.organisation_id) if runs else Invitation.objects.none()
    waiting = Paginator(open_, PAGE).get_page(request.GET.get("invited"))
    context: dict[str, Any] = {
        "here": "people",
        "runs": runs,
        "waiting": waiting,
        "invitations": [(each, "" if each.email else invitations.link_of(each)) for each in waiting],
        "invite_form": invite_form or InviteForm(roles=roles),
        "link_form": link_form or LinkForm(roles=roles),
        "permissions": members.PERMISSIONS,
        "roles": list(Role),
        **_list(request),
    }
    return render(request, "web/people/people.html", context, status=status)


def _list(request: MemberRequest) -> dict[str, Any]:
    """Those who answer to the search, with their tiers."""
    organisation_id = request.membership.organisation_id
    by_rank = {tier.rank: tier for tier in tiers_in(organisation_id)}
    form = PeopleForm(request.GET, groups=groups_of(organisation_id), tiers=by_rank.values())
    wanted = form.wanted()
    page = Paginator(people_of(organisation_id, wanted), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "people": [(one, by_rank.get(one.held_rank)) for one in page],
        "search": form,
        "query": query.urlencode(),
        "filtered": wanted != EVERYBODY,
        "runs": members.may_run(request.membership),
    }


def _members(membership: Membership) -> Any:
    """Owners first, then by name."""
    rows = Membership.objects.filter(organisation_id=membership.organisation_id).select_related("user")
    return rows.order_by(members.BY_RANK, "user__name", "pk")


def _invitable(by: Membership) -> list[Role]:
    return [role for role in members.grantable_roles(by) if role != Role.OWNER]


def _runner(request: MemberRequest) -> Membership:
    """The member who asks, with the organisation and person that doings need; 403 for who may not."""
    membership = member_who_runs(request)
    membership.organisation = Organisation.objects.get(pk=membership.organisation_id)
    membership.user = request.user
    return membership
