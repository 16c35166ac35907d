"""What is sold: plans with their prices, features and limits."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7


class Metric(models.TextChoices):
    BOOKS_CREATED = "BOOKS_CREATED", _("Books created")
    STORAGE_USED = "STORAGE_USED", _("Storage used")  # bytes
    API_CALLS = "API_CALLS", _("API calls")
    WORDS_WRITTEN = "WORDS_WRITTEN", _("Words written")
    PICTURES_DRAWN = "PICTURES_DRAWN", _("Pictures drawn")
    TOKENS_USED = "TOKENS_USED", _("Tokens used")  # of models, in and out


class Window(models.TextChoices):
    """For how long something is counted. Days and months are those of the organisation's time zone."""

    EVER = "EVER", _("Once and for all")
    MONTH = "MONTH", _("Each calendar month")
    DAY = "DAY", _("Each day")


class CountedBy(models.TextChoices):
    """How often a plan's allowance of books starts anew."""

    EVER = "EVER", _("Once and for all")
    MONTH = "MONTH", _("Each calendar month")


class Interval(models.TextChoices):
    MONTH = "MONTH", _("Monthly")
    YEAR = "YEAR", _("Yearly")


class Plan(models.Model):
    """What is sold, in one version. A limit left empty is no limit.

    A plan that is changed gets a new version, and only that is `offered`; whoever has subscribed to an older
    one keeps it until they change plans. What it costs are its `prices`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    name = models.CharField(_("name"), max_length=80)
    books_limit = models.PositiveIntegerField(null=True, blank=True)
    books_counted_by = models.CharField(max_length=8, choices=CountedBy.choices, default=CountedBy.EVER)
    storage_limit = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("Bytes."))
    api_calls_limit = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("A month."))
    price_minor = models.PositiveIntegerField(default=0)  # superseded by PlanPrice
    currency = models.CharField(max_length=3, default="USD")  # superseded by PlanPrice
    features = models.JSONField(default=list, blank=True)  # codes of billing.features
    trial_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    position = models.PositiveSmallIntegerField(default=0)
    offered = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("plan")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="billing_plan_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(offered=True), name="billing_plan_offered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanPrice(models.Model):
    """What a plan costs in one currency and rhythm: minor units, tax included. Never changed: see `offered`.

    A plan that costs nothing has no prices.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="prices")
    interval = models.CharField(max_length=8, choices=Interval.choices)
    currency = models.CharField(max_length=3)
    amount_minor = models.PositiveIntegerField()
    offered = models.BooleanField(default=True)  # to new subscribers; those who have it keep it
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("price of a plan")
        ordering = ["currency", "interval"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "interval", "currency"],
                condition=Q(offered=True),
                name="billing_plan_price_offered_once",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="billing_plan_price_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.amount_minor} {self.currency} {self.interval}"


_SCOPES: Final = ("plan", "organisation", "tier", "group", "membership")


def _exactly_one() -> Q:
    found = Q()
    for scope in _SCOPES:
        others = {f"{other}__isnull": True for other in _SCOPES if other != scope}
        found |= Q(**{f"{scope}__isnull": False}, **others)
    return found


class Limit(models.Model):
    """How much of something may be used in a window, by one scope.

    Of a plan or an organisation: by all members together. Of a tier, a group or a membership: by each of its
    members. The most particular scope decides: one's own before the most generous of one's groups and tiers.
    `amount` empty is no limit. `expires_at` ends a single exception by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="limits")
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, null=True, related_name="limits"
    )
    tier = models.ForeignKey("tenants.Tier", on_delete=models.CASCADE, null=True, related_name="limits")
    group = models.ForeignKey("tenants.Group", on_delete=models.CASCADE, null=True, related_name="limits")
    membership = models.ForeignKey(
        "tenants.Membership", on_delete=models.CASCADE, null=True, related_name="limits"
    )
    metric = models.CharField(max_length=16, choices=Metric.choices)
    window = models.CharField(max_length=8, choices=Window.choices)
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("limit")
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="billing_limit_of_one_scope"),
            models.UniqueConstraint(
                fields=[*_SCOPES, "metric", "window"], nulls_distinct=False, name="billing_limit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.window} {self.amount}"
