"""What has been used, and what was said about it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from billing.models.plans import Metric, Window
from tenants.keys import uuid7

EVER: Final = date(1970, 1, 1)  # the beginning of a count that never starts anew


class UsageMetric(models.Model):
    """How much of one thing has been used in the period that begins on `period`.

    By the whole organisation where `person` is empty, else by that member alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="usage_metrics"
    )
    metric = models.CharField(max_length=16, choices=Metric.choices)
    window = models.CharField(
        max_length=8, choices=Window.choices, default=Window.EVER, db_default=Window.EVER
    )
    period = models.DateField(default=EVER)  # the first day of the window
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="usage_metrics"
    )
    value = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("usage")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "metric", "window", "period", "person"],
                nulls_distinct=False,
                name="billing_usage_counted_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="billing_usage_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value}"


class UsageAlert(models.Model):
    """That an organisation was told, once, that so many percent of a limit are used in this period.

    A limit that was raised is another one, of which there may be news again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="usage_alerts"
    )
    metric = models.CharField(max_length=16, choices=Metric.choices)
    window = models.CharField(max_length=8, choices=Window.choices)
    period = models.DateField(default=EVER)
    percent = models.PositiveSmallIntegerField()
    cap = models.BigIntegerField(default=0, db_default=0)  # the limit, in the metric's unit
    told_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("usage alert")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "metric", "window", "period", "percent", "cap"],
                name="billing_alert_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.percent}"


class CallFlush(models.Model):
    """That what Valkey had put aside under this id has been counted; see `billing.calls.flushing`."""

    id = models.UUIDField(primary_key=True, editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return str(self.id)
