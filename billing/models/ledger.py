"""What providers' calls cost: prices, budgets and the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from billing.models.usage import EVER
from tenants.keys import uuid7


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
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("price")
        constraints = [
            models.UniqueConstraint(fields=["provider", "model"], name="billing_price_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}"


class PastPrice(models.Model):
    """What a price was from one moment on, version by version, the present one included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    input_micros = models.BigIntegerField()
    cached_micros = models.BigIntegerField()
    output_micros = models.BigIntegerField()
    picture_micros = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    set_at = models.DateTimeField(db_default=Now(), editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("past price")
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "model", "version"], name="billing_past_price_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model} {self.version}"


class ExchangeRate(models.Model):
    """What one unit of a currency is worth, as the console has it: to compare takings with costs."""

    currency = models.CharField(_("currency"), max_length=3, primary_key=True)
    usd_micros = models.BigIntegerField()  # micro-units of the US dollar for one whole unit
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("exchange rate")
        ordering = ["currency"]

    def __str__(self) -> str:
        return f"{self.currency} {self.usd_micros}"


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
    warn_percent = models.PositiveSmallIntegerField(default=80, db_default=80)
    warned = models.DateField(default=EVER, db_default=EVER)  # the month in which its owners were warned

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
    price_version = models.PositiveSmallIntegerField(default=0, db_default=0)  # of the model's price
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
            models.Index(
                fields=["created_at"], name="billing_entry_unknown", condition=models.Q(state="UNKNOWN")
            ),
            models.Index(
                fields=["provider", "model"], name="billing_entry_unpriced", condition=models.Q(unpriced=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
