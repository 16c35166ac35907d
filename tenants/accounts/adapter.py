"""How allauth behaves here: where people go once they are signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from tenants.models import Membership, OrganisationStatus


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request: Any) -> str:
        """On the platform's host: on to the organisation joined first, by way of a hand-over link."""
        if request.organisation is not None:
            return "/"
        slug = first_organisation_slug(request.user)
        if slug is None:
            return "/console/" if request.user.is_platform_staff else "/"
        return reverse("go_to_organisation", args=[slug], urlconf=settings.PLATFORM_URLCONF)

    def get_signup_redirect_url(self, request: Any) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        if self.request.user.is_authenticated:
            return self.get_login_redirect_url(self.request)
        return reverse("account_login")


def first_organisation_slug(user: Any) -> str | None:
    """The address of the active organisation that somebody joined first."""
    return (
        Membership.objects.filter(user=user, organisation__status=OrganisationStatus.ACTIVE)
        .order_by("created_at")
        .values_list("organisation__slug", flat=True)
        .first()
    )
