"""The form of an exception from a plan."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing import clock
from billing.limits.setting import FOR_ORGANISATIONS, Amount
from billing.models import Metric, Window


class ExceptionForm(forms.Form):
    metric = forms.ChoiceField(
        label=_("Of what"), choices=[(metric.value, metric.label) for metric in FOR_ORGANISATIONS]
    )
    window = forms.ChoiceField(
        label=_("Counted"),
        choices=Window.choices,
        help_text=_("As the plan counts it, to go before the plan’s own limit."),
    )
    amount = forms.IntegerField(
        label=_("At most"),
        required=False,
        min_value=0,
        max_value=10**15,
        help_text=_("Bytes for storage. Empty: no limit."),
    )
    last_day = forms.DateField(
        label=_("Up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until it is removed."),
    )
    note = forms.CharField(label=_("Why"), max_length=200)

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day is not None and day < clock.now().date():
            raise forms.ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("metric") == Metric.STORAGE_USED and data.get("window", Window.EVER) != Window.EVER:
            self.add_error("window", _("Storage is counted once and for all."))
        return data

    def given(self) -> dict[str, Any]:
        """What `billing.limits.setting.set_exception` takes."""
        data = self.cleaned_data
        day = data["last_day"]
        ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC) if day else None
        return {
            "given": Amount(Metric(data["metric"]), Window(data["window"]), data["amount"]),
            "expires_at": ends,
            "note": data["note"],
        }
