"""From the platform's host to an organisation's: a signed link opens a session there, once, for a minute."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from tenants.accounts.models import User
from tenants.models import Membership, Organisation
from tenants.single_sign_on import enforcing

SECONDS = 60
VOUCHED = "octavo_vouched_for"  # session key on an organisation's host: its own provider has, where required
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
_signer = TimestampSigner(salt="tenants.people.handover")


class BadHandover(ValueError):
    """The link is forged, too old, already used or for another organisation."""


def handover_url(
    *, user: User, organisation: Organisation, path: str = "/", vouched_for: bool = False
) -> str:
    """A link to `path` on the organisation's host which signs `user` in there; good once, for 60 seconds.

    `vouched_for`: by the organisation's own provider, where it is required (`tenants.single_sign_on`).
    """
    token = _signer.sign_object(
        [str(user.pk), str(organisation.id), secrets.token_urlsafe(12), int(vouched_for)]
    )
    return organisation.url(f"/accounts/handover/?{urlencode({'token': token, 'next': path})}")


def to_new_host(request: Any, *, organisation: Organisation, path: str) -> str:
    """A link from one host of an organisation to the one it has now, for whoever is signed in there."""
    vouched_for = request.session.get(VOUCHED, False)
    return handover_url(user=request.user, organisation=organisation, path=path, vouched_for=vouched_for)


def redeem(*, token: str, organisation_id: UUID) -> tuple[UUID, bool]:
    """The id of the user whom the link names, and whether they are vouched for; uses it up.

    Raises `BadHandover`.
    """
    try:
        user_id, for_organisation, nonce, vouched_for = _signer.unsign_object(token, max_age=SECONDS)
    except (BadSignature, ValueError, TypeError) as error:
        raise BadHandover("forged or too old") from error
    if for_organisation != str(organisation_id):
        raise BadHandover("for another organisation")
    if not caches["shared"].add(f"tenants.people.handover.{nonce}", 1, timeout=SECONDS + 5):
        raise BadHandover("already used")
    return UUID(user_id), bool(vouched_for)


@never_cache
@require_safe
@login_required
def leave_for_organisation(request: Any, slug: str) -> HttpResponse:
    """On the platform's host: take a member on to one of their organisations."""
    organisation = get_object_or_404(Organisation, slug=slug, memberships__user=request.user)
    path = _own_path(request.GET.get("next", "/"))
    asking = {"user": request.user, "organisation_id": organisation.pk}
    if not enforcing.may_enter(request, **asking):
        return HttpResponseRedirect(enforcing.sign_on_url(organisation, path=path))
    vouched_for = enforcing.is_vouched_for(request, **asking)
    return _onward(
        request,
        organisation,
        handover_url(user=request.user, organisation=organisation, path=path, vouched_for=vouched_for),
    )


def _onward(request: Any, organisation: Organisation, there: str) -> HttpResponse:
    """To a host of the organisation's own by a page: what the policy of the sign-in form says of where forms
    lead (form-action, CSP level 3) covers redirects too, and it names no such host."""
    if not organisation.own_host:
        return HttpResponseRedirect(there)
    return render(request, "tenants/onward.html", {"onward": organisation, "there": there})


@never_cache
@require_GET
def accept_handover(request: Any) -> HttpResponse:
    """On an organisation's host: open the session that the link grants."""
    path = _own_path(request.GET.get("next", "/"))
    try:
        user_id, vouched_for = redeem(
            token=request.GET.get("token", ""), organisation_id=request.organisation.id
        )
    except BadHandover:
        return redirect(path)  # which asks to sign in where nobody is
    member = (
        Membership.objects.select_related("user")
        .filter(organisation_id=request.organisation.id, user_id=user_id, user__is_active=True)
        .first()
    )
    if member is None:
        raise Http404
    login(request, member.user, backend=BACKEND)
    request.session[VOUCHED] = vouched_for
    return redirect(path)


@require_safe
def on_platform(request: Any) -> HttpResponse:
    """On an organisation's host: to the same page of the platform's, which asks to sign in there."""
    return HttpResponseRedirect(f"{settings.PUBLIC_URL}{request.path}")


def _own_path(path: str) -> str:
    """The path if it stays on the host where it is used, else the beginning."""
    stays = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if stays else "/"
