"""What an organisation pays, and what the platform's people see of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from billing.models import (
    BillingProfile,
    EventStatus,
    GatewayEvent,
    Interval,
    LedgerEntry,
    LedgerState,
    PlanPrice,
    Seller,
    Subscription,
    TaxRate,
)
from tenants.accounts.models import User
from tenants.keys import uuid7
from tenants.models import Membership, Organisation, Role
from tests.factories.billing import make_invoice
from tests.factories.tenants import OrganisationFactory


def paying(organisation: Organisation, owner: User, secret: str) -> dict[str, Any]:
    """It is on the largest plan, which covers a second organisation of its owner; and names for addresses."""
    BillingProfile.objects.create(organisation=organisation, name=secret, address=secret)
    invoice = make_invoice(organisation, reference=f"oct-{secret}")
    payment = invoice.payments.get()
    offered = PlanPrice.objects.filter(interval=Interval.MONTH, currency="USD", offered=True)
    price = offered.get(plan__code="ENTERPRISE")
    now = timezone.now()
    Subscription.objects.filter(organisation=organisation).update(
        plan=price.plan, price=price, period_start=now, period_end=now + timedelta(days=30)
    )
    subscription = Subscription.objects.get(organisation=organisation)
    second = _second(organisation, owner, secret)
    Subscription.objects.filter(organisation=second).update(plan=price.plan, covered_by=subscription)
    seller = Seller.objects.get(current=True)
    rate, _made = TaxRate.objects.get_or_create(
        seller=seller,
        country="FR",
        basis_points=2000,
        name="TVA",
        valid_from=(now + timedelta(days=40)).date(),
    )
    event = GatewayEvent.objects.create(
        gateway="paystack", digest=secret, name="charge.success", body=secret, status=EventStatus.FAILED
    )
    lost = LedgerEntry.objects.create(
        organisation=organisation,
        step_id=uuid7(),
        fence=1,
        job_id=uuid7(),
        kind="generation.chapter",
        state=LedgerState.UNKNOWN,
        remote_id=secret,
        closed_at=now,
    )
    return {
        "entry_id": lost.pk,
        "event_id": event.pk,
        "invoice_id": invoice.pk, "payment_id": payment.pk, "subscription_id": subscription.pk,
        "covered_id": second.pk, "price_id": offered.get(plan__code="PRO").pk, "rate_id": rate.pk,
    }  # fmt: skip


def _second(organisation: Organisation, owner: User, secret: str) -> Organisation:
    """Without a schema: nobody goes there."""
    slug = f"{organisation.slug}-second"
    made: Organisation = OrganisationFactory(
        name=f"{secret} second", slug=slug, ready_schema=f"t_{slug.replace('-', '_')}"
    )
    Membership.objects.create(organisation=made, user=owner, role=Role.OWNER)
    return made
