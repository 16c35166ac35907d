"""Forms of the console."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from billing.invoicing.selling import SellerDetails
from billing.models import Seller
from billing.money import minor_units
from billing.profiles import country_names


class CountryField(forms.ChoiceField):
    """A country by its name in the reader's language (ISO 3166-1 alpha-2)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", "—"), *country_names(get_language() or "en")], **kwargs)


class SellerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    country = CountryField(label=_("Country"), required=False)
    tax_id = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    note = forms.CharField(
        label=_("Note on every invoice"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    number_prefix = forms.RegexField(
        r"^[A-Z][A-Z0-9]{0,11}$",
        label=_("Prefix of its numbers"),
        help_text=_("Capital letters and digits, such as OCT for OCT-000001."),
        error_messages={"invalid": _("Up to twelve capital letters and digits, a letter first.")},
    )

    @classmethod
    def of(cls, seller: Seller) -> SellerForm:
        particulars = {name: getattr(seller, name) for name in cls.base_fields if name != "number_prefix"}
        return cls(initial={**particulars, "number_prefix": seller.prefix})

    def details(self) -> SellerDetails:
        given = dict(self.cleaned_data)
        return SellerDetails(prefix=given.pop("number_prefix"), **given)


class TaxRateForm(forms.Form):
    country = CountryField(label=_("Customers in"))
    name = forms.CharField(label=_("Name"), max_length=40, initial="VAT")
    percent = forms.DecimalField(
        label=_("Rate in percent"), min_value=Decimal(0), max_value=Decimal(60), decimal_places=2
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def rate(self) -> dict[str, Any]:
        """What `billing.invoicing.selling.add_tax_rate` takes."""
        given = dict(self.cleaned_data)
        given["basis_points"] = int(given.pop("percent") * 100)
        return given


class RefundForm(forms.Form):
    """An amount as people write it, in the payment's currency; cleaned to minor units."""

    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal(0), max_digits=18)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The customer reads it."))

    def __init__(self, *args: Any, currency: str, left_minor: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._minor = minor_units(currency)
        self.fields["amount"].help_text = currency
        if left_minor:
            self.fields["amount"].initial = Decimal(left_minor) / self._minor

    def clean_amount(self) -> int:
        minor = self.cleaned_data["amount"] * self._minor
        if minor != int(minor) or minor <= 0:
            raise forms.ValidationError(_("An amount above nought, in whole minor units."))
        return int(minor)
