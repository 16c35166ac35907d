"""The form of a plan: its limits, features and prices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from billing.features import Feature
from billing.models import CountedBy, Interval, Plan
from billing.money import minor_units
from billing.plans import Terms

GIGABYTE: Final = 1024**3
CURRENCIES: Final = ("USD", "NGN", "GHS", "ZAR", "KES")  # those that Paystack takes cards in
MOST: Final = 10_000_000  # of a price, in whole units


class PlanForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Z][A-Z0-9_]{1,31}$",
        label=_("Code"),
        help_text=_("Capital letters, such as SCHOOL. It never changes."),
        error_messages={"invalid": _("Two to 32 capital letters, digits and low lines, a letter first.")},
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    books_limit = forms.IntegerField(
        label=_("Books"), required=False, min_value=0, max_value=1_000_000, help_text=_("Empty: no limit.")
    )
    books_counted_by = forms.ChoiceField(label=_("Books are counted"), choices=CountedBy.choices)
    storage = forms.DecimalField(
        label=_("Storage in GB"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
        help_text=_("Empty: no limit."),
    )
    api_calls_limit = forms.IntegerField(
        label=_("API calls a month"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("Empty: no limit."),
    )
    trial_days = forms.IntegerField(
        label=_("Days of trial"), min_value=0, max_value=90, initial=0, help_text=_("0: none.")
    )
    position = forms.IntegerField(label=_("Place on the price page"), min_value=0, max_value=99, initial=10)
    features = forms.MultipleChoiceField(
        label=_("What it brings besides"),
        choices=Feature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new = new
        if not new:
            del self.fields["code"]
        for currency in CURRENCIES:
            for interval in Interval:
                self.fields[_price_field(interval, currency)] = forms.DecimalField(
                    label=f"{currency}, {interval.label}",
                    required=False,
                    min_value=Decimal("0.01"),
                    max_value=Decimal(MOST),
                    decimal_places=len(str(minor_units(currency))) - 1,
                )

    def plain_fields(self) -> Iterator[BoundField]:
        return (field for field in self if not field.name.startswith("price_") and field.name != "features")

    def price_fields(self) -> Iterator[BoundField]:
        return (field for field in self if field.name.startswith("price_"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Plan.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a plan with this code already."))
        return code

    @classmethod
    def initial_of(cls, plan: Plan) -> dict[str, Any]:
        given: dict[str, Any] = {
            name: getattr(plan, name)
            for name in (
                "name",
                "books_limit",
                "books_counted_by",
                "api_calls_limit",
                "trial_days",
                "position",
                "features",
            )
        }
        if plan.storage_limit is not None:
            given["storage"] = round(Decimal(plan.storage_limit) / GIGABYTE, 2)
        for price in plan.prices.filter(offered=True):
            amount = Decimal(price.amount_minor) / minor_units(price.currency)
            given[_price_field(Interval(price.interval), price.currency)] = amount
        return given

    def terms(self) -> Terms:
        data = self.cleaned_data
        storage = data["storage"]
        return Terms(
            name=data["name"],
            books_limit=data["books_limit"],
            books_counted_by=data["books_counted_by"],
            storage_limit=None if storage is None else int(storage * GIGABYTE),
            api_calls_limit=data["api_calls_limit"],
            features=data["features"],
            trial_days=data["trial_days"],
            position=data["position"],
        )

    def prices(self) -> dict[tuple[Interval, str], int]:
        """Minor units, by rhythm and currency."""
        found = {}
        for currency in CURRENCIES:
            for interval in Interval:
                amount = self.cleaned_data.get(_price_field(interval, currency))
                if amount is not None:
                    found[interval, currency] = int(amount * minor_units(currency))
        return found


def _price_field(interval: Interval, currency: str) -> str:
    return f"price_{currency}_{interval.value}"
