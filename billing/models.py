"""Plans, what each organisation has subscribed to, and what it has used."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7

EVER: Final = date(1970, 1, 1)  # the beginning of a count that never starts anew


class Metric(models.TextChoices):
    BOOKS_CREATED = "BOOKS_CREATED", _("Books created")
    STORAGE_USED = "STORAGE_USED", _("Storage used")  # bytes
    API_CALLS = "API_CALLS", _("API calls")


class CountedBy(models.TextChoices):
    """How often a plan's allowance of books starts anew."""

    EVER = "EVER", _("Once and for all")
    MONTH = "MONTH", _("Each calendar month")


class SubscriptionStatus(models.TextChoices):
    ACTIVE = "ACTIVE", _("Active")
    TRIALING = "TRIALING", _("On trial")
    PAST_DUE = "PAST_DUE", _("Payment overdue")
    CANCELLED = "CANCELLED", _("Cancelled")


class Plan(models.Model):
    """What is sold. A limit left empty is no limit; the price is in minor units of the currency a month."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    books_limit = models.PositiveIntegerField(null=True, blank=True)
    books_counted_by = models.CharField(max_length=8, choices=CountedBy.choices, default=CountedBy.EVER)
    storage_limit = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("Bytes."))
    price_minor = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default="USD")
    features = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    offered = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("plan")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """The plan that an organisation is on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.OneToOneField(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="subscription"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subscriptions")
    status = models.CharField(
        max_length=16, choices=SubscriptionStatus.choices, default=SubscriptionStatus.ACTIVE
    )
    started_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("subscription")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.plan_id}"


class UsageMetric(models.Model):
    """How much of one thing an organisation has used in the period that begins on `period`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="usage_metrics"
    )
    metric = models.CharField(max_length=16, choices=Metric.choices)
    period = models.DateField(default=EVER)
    value = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("usage")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "metric", "period"], name="billing_usage_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="billing_usage_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value}"


class Price(models.Model):
    """What a model costs: micro-units of the currency for a million tokens, and for one picture.

    `model` is also the beginning of the dated names that a provider answers with; "*" is any model.
    """

    provider = models.CharField(_("provider"), max_length=40)
    model = models.CharField(_("model"), max_length=100)
    input_micros = models.BigIntegerField(_("input"), default=0)
    cached_micros = models.BigIntegerField(_("cached input"), default=0)
    output_micros = models.BigIntegerField(_("output"), default=0)
    picture_micros = models.BigIntegerField(_("picture"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("price")
        constraints = [
            models.UniqueConstraint(fields=["provider", "model"], name="billing_price_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}"


class Budget(models.Model):
    """What an organisation's calls may cost in a calendar month; without a row there is no limit.

    In micro-units of the currency. `reserved` is set aside for calls under way, `unknown` for calls of which
    nobody knows whether they were charged.
    """

    organisation = models.OneToOneField(
        "tenants.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="budget"
    )
    limit_micros = models.BigIntegerField(null=True, blank=True)
    reserved_micros = models.BigIntegerField(default=0)
    spent_micros = models.BigIntegerField(default=0)
    unknown_micros = models.BigIntegerField(default=0)
    month = models.DateField(default=EVER)  # the month, by its first day, that `spent_micros` is of

    class Meta:
        verbose_name = _("budget")

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.limit_micros}"


class LedgerState(models.TextChoices):
    RESERVED = "RESERVED", _("Reserved")
    SETTLED = "SETTLED", _("Settled")
    VOIDED = "VOIDED", _("Not charged")
    UNKNOWN = "UNKNOWN", _("To be reconciled")


class LedgerEntry(models.Model):
    """The money side of one claim of one step; see `billing.ledger`.

    `amount_micros` is empty until the entry is closed, and after that where the price is not known
    (`unpriced`). `waste` marks what was paid for an answer that was of no use.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # What was paid is kept when the organisation is erased; its id then leads to nobody.
    organisation = models.ForeignKey(
        "tenants.Organisation",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="ledger_entries",
        db_index=False,
    )
    step_id = models.UUIDField()
    fence = models.IntegerField()
    job_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    provider = models.CharField(max_length=100, blank=True, default="")
    model = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=8, choices=LedgerState.choices, default=LedgerState.RESERVED)
    estimate_micros = models.BigIntegerField(default=0)
    amount_micros = models.BigIntegerField(null=True, blank=True)
    unpriced = models.BooleanField(default=False)
    waste = models.BooleanField(default=False)
    input_tokens = models.IntegerField(default=0)
    cached_tokens = models.IntegerField(default=0)
    output_tokens = models.IntegerField(default=0)
    pictures = models.IntegerField(default=0)
    remote_id = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("ledger entry")
        constraints = [
            models.UniqueConstraint(fields=["step_id", "fence"], name="billing_entry_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "created_at"], name="billing_entry_recent"),
            models.Index(fields=["job_id"], name="billing_entry_job"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
