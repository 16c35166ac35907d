"""Who has subscribed to what, who pays for it, and with which card."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from billing.models.plans import Plan, PlanPrice
from tenants.keys import uuid7


class SubscriptionStatus(models.TextChoices):
    """Where a subscription stands; which moves are allowed is in `billing.states`."""

    ACTIVE = "ACTIVE", _("Active")
    TRIALING = "TRIALING", _("On trial")
    PAST_DUE = "PAST_DUE", _("Payment overdue")
    PAUSED = "PAUSED", _("Paused")
    CANCELLED = "CANCELLED", _("Cancelled")


class PaymentMethod(models.Model):
    """A card that may be charged again. What allows charging it is sealed (`tenants.sealing`), and good in
    the gateway's account of that label alone; the empty one is from before they were noted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="payment_methods"
    )
    gateway = models.CharField(max_length=20)
    test_mode = models.BooleanField(default=False)
    account = models.CharField(max_length=16, blank=True, default="", db_default="")
    customer_code = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)  # the gateway charges the card under this address alone
    sealed_authorization = models.TextField(editable=False)
    signature = models.CharField(max_length=100)  # the same for the same card
    brand = models.CharField(max_length=40, blank=True, default="")
    last4 = models.CharField(max_length=4, blank=True, default="")
    expires_on = models.DateField(null=True)  # the last day of its month
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    retired_at = models.DateTimeField(null=True)
    expiry_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("card")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "gateway", "test_mode", "signature"],
                condition=Q(retired_at__isnull=True),
                name="billing_card_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.last4}"


class Subscription(models.Model):
    """The plan that an organisation is on.

    `price` is empty where nothing is paid: on a free plan, on a trial, or where another organisation's
    subscription covers this one (`covered_by`). The paid period runs from `period_start` up to `period_end`.
    At its end `next_plan` and `next_price` take over where set; with `cancel_at_period_end` the first plan.
    A failed renewal is asked for again at `next_attempt_at`, `attempts` counts how often it was, and at
    `grace_ends_at` the organisation falls back to the first plan. `gateway_code` and `gateway_token` name the
    renewals at the gateway.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.OneToOneField(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="subscription"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subscriptions")
    price = models.ForeignKey(PlanPrice, on_delete=models.PROTECT, null=True, related_name="subscriptions")
    status = models.CharField(
        max_length=16, choices=SubscriptionStatus.choices, default=SubscriptionStatus.ACTIVE
    )
    covered_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="covers")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    trial_ends_at = models.DateTimeField(null=True)  # kept after the trial: there is one for an organisation
    cancel_at_period_end = models.BooleanField(default=False, db_default=False)
    next_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    next_price = models.ForeignKey(PlanPrice, on_delete=models.PROTECT, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    resumes_at = models.DateTimeField(null=True)
    past_due_since = models.DateTimeField(null=True)
    grace_ends_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_attempt_at = models.DateTimeField(null=True)
    card = models.ForeignKey(PaymentMethod, on_delete=models.SET_NULL, null=True, related_name="+")
    gateway = models.CharField(max_length=20, blank=True, default="", db_default="")
    test_mode = models.BooleanField(default=False, db_default=False)
    gateway_code = models.CharField(max_length=100, blank=True, default="", db_default="")
    gateway_token = models.CharField(max_length=100, blank=True, default="", db_default="")
    checked_at = models.DateTimeField(null=True)  # when it was last compared with the gateway

    class Meta:
        verbose_name = _("subscription")
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "gateway_code"],
                condition=~Q(gateway_code=""),
                name="billing_subscription_code_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["period_end"],
                name="billing_subscription_ending",
                condition=Q(period_end__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.plan_id}"


class BillingProfile(models.Model):
    """Whom invoices are made out to. Without a row: the organisation's name and its owner's address."""

    organisation = models.OneToOneField(
        "tenants.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="billing_profile"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2
    tax_id = models.CharField(_("tax number"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address for invoices"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("billing details")

    def __str__(self) -> str:
        return self.name
