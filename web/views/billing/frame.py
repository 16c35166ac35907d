"""What the billing pages share: who may open them, and the tabs above them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.gateways.contract import NotConfigured
from billing.models import Subscription
from billing.subscriptions.rights import may_manage_billing
from tenants.models import Membership
from web.access import MemberRequest, member_who_runs


def reader(request: MemberRequest) -> Membership:
    """The member who asks; 403 for those who may not see what is paid."""
    return member_who_runs(request)


def payer(request: MemberRequest) -> Membership:
    """The member who asks, as doings want them; 403 for those who may not change what is paid."""
    if not may_manage_billing(request.membership):
        raise PermissionDenied
    membership = Membership.objects.select_related("organisation", "user").get(pk=request.membership.pk)
    membership.user = request.user
    return membership


def tabs(request: MemberRequest, here: str) -> list[tuple[str, str, bool]]:
    """Pages that are not for this reader have none."""
    pages = [
        ("billing", _("Overview")),
        ("plans", _("Plans")),
        ("invoices", _("Invoices")),
        ("payments", _("Payments")),
    ]
    if may_manage_billing(request.membership):
        pages.append(("billing_details", _("Billing details")))
    return [(reverse(f"web:{name}"), label, name == here) for name, label in pages]


def return_address(by: Membership) -> str:
    """Where the gateway's page leads back to."""
    return by.organisation.url(reverse("web:billing_return"))


def in_words(error: Exception) -> str:
    """Why it cannot be done, for the member."""
    if isinstance(error, NotConfigured):
        return _("Payments are not set up here yet. Ask whoever runs this platform.")
    return str(error)


def own_subscription(membership: Membership) -> Subscription:
    """The organisation's subscription with everything that pages tell of it."""
    found: Subscription = Subscription.objects.select_related(
        "plan", "price", "card", "next_plan", "next_price", "covered_by__organisation", "organisation"
    ).get(organisation_id=membership.organisation_id)
    return found
