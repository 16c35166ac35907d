"""Money that was asked for and came, and what gateways told about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from billing.models.invoices import Invoice
from billing.models.plans import PlanPrice
from tenants.keys import uuid7


class Purpose(models.TextChoices):
    """What a payment is for, and so what happens when it has come."""

    SUBSCRIBE = "SUBSCRIBE", _("First payment of a subscription")
    RENEWAL = "RENEWAL", _("Renewal")  # charged by the gateway's own subscription
    RETRY = "RETRY", _("Renewal, asked for again")  # charged by us after a failed renewal
    UPGRADE = "UPGRADE", _("Rest of the period on a larger plan")
    CARD = "CARD", _("Change of card")  # a small amount, given back


class PaymentStatus(models.TextChoices):
    PENDING = "PENDING", _("Under way")
    CHALLENGED = "CHALLENGED", _("Waiting for the bank’s question")
    SUCCEEDED = "SUCCEEDED", _("Paid")
    FAILED = "FAILED", _("Failed")
    ABANDONED = "ABANDONED", _("Given up")


class Payment(models.Model):
    """One attempt to be paid, made before the gateway is asked, so that none is lost.

    Known at the gateway by `reference`, which is ours (for renewals that the gateway makes, its own).
    `amount_minor` is in minor units of the currency. `applied_at` is when its effect was written: the same
    transaction that makes it SUCCEEDED. It is kept when the organisation is erased.
    """

    Purpose = Purpose
    Status = PaymentStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.DO_NOTHING, db_constraint=False, related_name="payments"
    )
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    price = models.ForeignKey(PlanPrice, on_delete=models.PROTECT, null=True, related_name="+")
    gateway = models.CharField(max_length=20)
    test_mode = models.BooleanField(default=False)
    reference = models.CharField(max_length=100)
    remote_id = models.CharField(max_length=100, blank=True, default="")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=12, choices=PaymentStatus.choices, default=PaymentStatus.PENDING)
    failure = models.CharField(max_length=300, blank=True, default="")  # the gateway's words
    hosted_url = models.URLField(max_length=500, blank=True, default="")
    card_brand = models.CharField(max_length=40, blank=True, default="")
    card_last4 = models.CharField(max_length=4, blank=True, default="")
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    refunded_minor = models.BigIntegerField(default=0)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, related_name="payments")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    paid_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("payment")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "reference"], name="billing_payment_once"),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0) & Q(refunded_minor__lte=models.F("amount_minor")),
                name="billing_payment_refunded_within",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="billing_payment_recent"),
            models.Index(
                fields=["created_at"],
                name="billing_payment_open",
                condition=Q(status__in=["PENDING", "CHALLENGED"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.status}"


class RefundStatus(models.TextChoices):
    PENDING = "PENDING", _("Under way")
    SUCCEEDED = "SUCCEEDED", _("Paid back")
    NEEDS_ATTENTION = "NEEDS_ATTENTION", _("Needs the customer’s bank details")
    FAILED = "FAILED", _("Failed")


class Refund(models.Model):
    """Money given back, of one payment. Its amount was held on the payment's `refunded_minor` first."""

    Status = RefundStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    status = models.CharField(max_length=16, choices=RefundStatus.choices, default=RefundStatus.PENDING)
    remote_id = models.CharField(max_length=100, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    failure = models.CharField(max_length=300, blank=True, default="")
    credit_note = models.OneToOneField(Invoice, on_delete=models.PROTECT, null=True, related_name="refund")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("refund")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount_minor}"


class EventStatus(models.TextChoices):
    RECEIVED = "RECEIVED", _("Received")
    DONE = "DONE", _("Worked through")
    IGNORED = "IGNORED", _("Of no concern")
    FAILED = "FAILED", _("Failed")


class GatewayEvent(models.Model):
    """What a gateway told us, stored once by the digest of its body; see `billing.gateways`."""

    Status = EventStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gateway = models.CharField(max_length=20)
    test_mode = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    name = models.CharField(max_length=60)  # "charge.success"
    body = models.TextField()
    status = models.CharField(max_length=10, choices=EventStatus.choices, default=EventStatus.RECEIVED)
    times_received = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    error = models.CharField(max_length=500, blank=True, default="")
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event of a gateway")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "digest"], name="billing_event_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="billing_event_waiting", condition=Q(status="RECEIVED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.name}"


class GatewayPlan(models.Model):
    """What a price is called at a gateway, in the account of that label (`billing.gateways.contract`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gateway = models.CharField(max_length=20)
    test_mode = models.BooleanField(default=False)
    account = models.CharField(max_length=16, blank=True, default="", db_default="")
    price = models.ForeignKey(PlanPrice, on_delete=models.CASCADE, related_name="gateway_plans")
    code = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("price at a gateway")
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "test_mode", "account", "price"], name="billing_gateway_plan_of_account"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class GatewayAccount(models.Model):
    """The platform's account with a gateway, where the console has set one; else the environment says."""

    gateway = models.CharField(max_length=20, primary_key=True)
    sealed_key = models.TextField(editable=False)  # the secret key, sealed
    key_hint = models.CharField(max_length=20)  # its beginning and end, to recognise it by
    test_mode = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("account with a gateway")

    def __str__(self) -> str:
        return self.gateway
