"""Forms of models' prices and of exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from babel.numbers import list_currencies
from django import forms
from django.utils.translation import gettext_lazy as _

from billing.pricing import Rates

MILLION: Final = 1_000_000
_MOST = Decimal(100_000)


def _dollars(label: Any, help_text: Any = "", *, initial: int | None = 0) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=_MOST,
        decimal_places=6,
        initial=initial,
        help_text=help_text,
    )


class PriceForm(forms.Form):
    """US dollars: of a million tokens, and of one picture."""

    provider = forms.RegexField(
        r"^[a-z0-9_.-]{1,40}$",
        label=_("Provider"),
        error_messages={"invalid": _("Small letters, digits, dots and hyphens.")},
    )
    model = forms.RegexField(
        r"^(\*|[A-Za-z0-9._:/-]{1,100})$",
        label=_("Model"),
        help_text=_("Also of its dated versions; * is every model without a price of its own."),
        error_messages={"invalid": _("The model’s name as the provider writes it, or *.")},
    )
    input = _dollars(_("A million tokens in"))
    cached = _dollars(_("A million tokens in, from the provider’s cache"))
    output = _dollars(_("A million tokens out"))
    picture = _dollars(_("A picture"), _("0 where pictures are charged by tokens."))

    def given(self) -> dict[str, Any]:
        """What `billing.pricing.set_price` takes."""
        data = self.cleaned_data
        rates = Rates(
            **{
                f"{name}_micros": int(data[name] * MILLION)
                for name in ("input", "cached", "output", "picture")
            }
        )
        return {"provider": data["provider"], "model": data["model"], "rates": rates}


class BilledForm(forms.Form):
    """What a provider's bill says of a call, in US dollars."""

    amount = _dollars(_("It charged, in US dollars"), _("0 where the call was not charged."), initial=None)
    remote_id = forms.CharField(
        label=_("The provider’s id of the call"), required=False, max_length=200, strip=True
    )

    def given(self) -> dict[str, Any]:
        """What `jobs.control.reconcile` takes beside the entry."""
        data = self.cleaned_data
        return {"amount_micros": int(data["amount"] * MILLION), "remote_id": data["remote_id"]}


class ModelForm(forms.Form):
    """A model, as the ledger has it."""

    provider = forms.CharField(max_length=100)
    model = forms.CharField(max_length=100, required=False)


class RateForm(forms.Form):
    """What one unit of a currency is worth in US dollars."""

    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        error_messages={"invalid": _("Three capital letters, such as NGN.")},
    )
    usd = forms.DecimalField(
        label=_("Is worth, in US dollars"),
        min_value=Decimal("0.000001"),
        max_value=Decimal(1000),
        decimal_places=6,
    )

    def clean_currency(self) -> str:
        currency: str = self.cleaned_data["currency"]
        if currency not in list_currencies() or currency == "USD":
            raise forms.ValidationError(_("There is no such currency besides the US dollar."))
        return currency

    def given(self) -> dict[str, Any]:
        """What `billing.pricing.set_exchange_rate` takes."""
        data = self.cleaned_data
        return {"currency": data["currency"], "usd_micros": int(data["usd"] * MILLION)}
