"""What somebody sees before they are in an organisation: what this is, what it costs, where to go in."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insights import record
from insights.actions import Action
from lobby.exporting import export
from lobby.forms import DeleteAccountForm, NewOrganisationForm
from lobby.prices import WANTED
from tenants.accounts.models import User
from tenants.domains import joining
from tenants.models import Invitation, Membership, Organisation, OrganisationStatus
from tenants.organisations import deletion
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.founding import TooManyOrganisations, found_organisation
from tenants.organisations.slugs import another_slug
from tenants.people import departure, invitations

PENDING = "octavo_invitation"  # session key: the token of an invitation that waits for its reader to sign in


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("lobby:enter")
    return render(request, "lobby/landing.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link opens: who invites where, and the way in, with or without an account."""
    try:
        found = invitations.read(token)
    except invitations.InvitationOver:
        request.session.pop(PENDING, None)
        return render(request, "lobby/invitation_over.html", status=404)
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request, found, token)
    user = request.user
    context = {"invitation": found, "token": token, "mismatch": False}
    if request.method == "POST":
        try:
            invitations.accept(invitation=found, user=user, addresses=_verified(user))
        except invitations.NotForYou:
            return render(request, "lobby/invitation.html", {**context, "mismatch": True}, status=403)
        except invitations.InvitationOver:
            return render(request, "lobby/invitation_over.html", status=404)
        request.session.pop(PENDING, None)
        return redirect("go_to_organisation", slug=found.organisation.slug)
    context["mismatch"] = bool(found.email) and found.email not in _verified(user)
    return render(request, "lobby/invitation.html", context)


def _ask_to_sign_in(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Remember the invitation beyond signing up; whoever has the e-mail's link has proven the address."""
    request.session[PENDING] = token
    known = bool(found.email) and User.objects.filter(email=found.email).exists()
    if found.email and not known:
        get_adapter(request).stash_verified_email(request, found.email)
    after = {"next": request.path, **({"email": found.email} if found.email else {})}
    context = {"invitation": found, "token": token, "known": known, "after": urlencode(after)}
    return render(request, "lobby/invitation.html", context)


def _verified(user: User) -> list[str]:
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return [address.lower() for address in addresses]


@login_required
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """To the invitation that one came with, into one's only organisation, or to a choice among them and those
    that one may join."""
    if pending := request.session.pop(PENDING, None):
        return redirect("lobby:invitation", token=pending)
    if wanted := request.session.pop(WANTED, None):
        return redirect("lobby:buy", price_id=wanted)
    memberships = list(
        Membership.objects.filter(
            user=cast(User, request.user),
            organisation__status__in=[OrganisationStatus.ACTIVE, OrganisationStatus.DELETING],
        )
        .select_related("organisation__logo")
        .defer("organisation__logo__data")
        .order_by("-organisation__personal", "organisation__name")
    )
    offers = joining.organisations_to_join(cast(User, request.user))
    only = memberships[0].organisation if len(memberships) == 1 and not offers else None
    if only and only.status == OrganisationStatus.ACTIVE and "choose" not in request.GET:
        return redirect("go_to_organisation", slug=only.slug)
    return render(request, "lobby/enter.html", {"memberships": memberships, "offers": offers})


@login_required
@require_POST
def join(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Into an organisation whose domain one's confirmed address is at."""
    try:
        joining.join(user=cast(User, request.user), organisation_id=organisation_id)
    except joining.CannotJoin:
        raise Http404 from None
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    return redirect("go_to_organisation", slug=organisation.slug)


@login_required
@require_POST
def keep_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Take back an organisation that was to be deleted."""
    try:
        kept = deletion.keep(organisation_id=organisation_id, by=cast(User, request.user))
    except deletion.CannotKeep:
        raise Http404 from None
    messages.success(request, _("%(name)s stays. Everything is as it was.") % {"name": kept.name})
    return redirect(f"{reverse('lobby:enter')}?choose=1")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_account(request: HttpRequest) -> HttpResponseBase:
    """All that is known of whoever asks, to be saved; after a page, since only what is sent is counted."""
    if request.method != "POST":
        return render(request, "lobby/export_account.html")
    user = cast(User, request.user)
    if refusal := ratelimit.consume_or_429(request, action="export_account", user=user):
        return cast(HttpResponse, refusal)
    record(Action.ACCOUNT_EXPORTED, actor=user, resource=user)
    response = StreamingHttpResponse(export(user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="octavo-{timezone.localdate()}.zip"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """End one's account, after a page that says what follows and asks for proof."""
    user = cast(User, request.user)
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, user=user)
    if refusal := ratelimit.consume_or_429(request, action="reauthenticate", user=user):
        return cast(HttpResponse, refusal)
    if form.is_valid():
        try:
            departure.delete_account(user=user)
        except departure.CannotGo as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            return render(request, "lobby/account_deleted.html")
    context = {"form": form, "consequences": departure.consequences_for(user), "days": deletion.WAIT.days}
    return render(request, "lobby/delete_account.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """A further organisation for somebody who has an account, and on into it."""
    form = NewOrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = found_organisation(founder=cast(User, request.user), **form.cleaned_data)
        except AddressTaken:
            free = another_slug(form.cleaned_data["slug"])
            form.add_error(
                "slug", _("This address is taken. Free is, for example: %(slug)s.") % {"slug": free}
            )
        except TooManyOrganisations as error:
            form.add_error(None, str(error))
        else:
            return redirect("go_to_organisation", slug=made.slug)
    return render(request, "lobby/new_organisation.html", {"form": form}, status=422 if form.errors else 200)
