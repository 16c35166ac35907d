"""Billing details, and how long a pause is."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from billing.models import BillingProfile
from billing.profiles import Details, country_names, is_tax_number


class BillingDetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BillingProfile
        fields = ["name", "address", "country", "tax_id", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "As it should stand on invoices; by default the organisation’s name."
        )
        self.fields["name"].widget.attrs["autocomplete"] = "billing organization"
        self.fields["address"].widget = forms.Textarea(
            attrs={"rows": 4, "autocomplete": "billing street-address", "maxlength": 500}
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("Not said")), *country_names(get_language() or "en")],
            help_text=_("It decides which tax your invoices show."),
            widget=forms.Select(attrs={"autocomplete": "billing country"}),
        )
        self.fields["tax_id"].help_text = _("Such as a VAT number, if your organisation has one.")
        self.fields["email"].help_text = _("Invoices are sent here; by default to the first owner.")
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of invoices"),
            required=False,
            choices=[
                ("", _("The organisation’s")),
                *(
                    (code, get_language_info(code)["name_local"].capitalize())
                    for code, _name in settings.LANGUAGES
                ),
            ],
        )

    def clean_tax_id(self) -> str:
        return " ".join(self.cleaned_data["tax_id"].upper().split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number, country = cleaned.get("tax_id", ""), cleaned.get("country", "")
        if number and not is_tax_number(number, country=country):
            self.add_error("tax_id", _("This cannot be a tax number of that country. Is a digit missing?"))
        return cleaned

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class PauseForm(forms.Form):
    day = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Left empty, the plan pauses until you resume it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def until(self) -> datetime | None:
        """The beginning of that day in the reader's time zone."""
        day = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None
