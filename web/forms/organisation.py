"""An organisation's particulars."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tenants.models import Organisation
from tenants.organisations.addresses import is_taken
from tenants.organisations.changing import Particulars


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Organisation
        fields = ["name", "slug", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].help_text = _("Your pages are found at this name. Old links go on working.")
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[
                (code, get_language_info(code)["name_local"].capitalize()) for code, _n in settings.LANGUAGES
            ],
            widget=forms.RadioSelect,
            help_text=_("For messages to people whose own language is not known."),
        )
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in zones]
        )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if is_taken(slug, except_of=self.instance):
            raise forms.ValidationError(_("Another organisation has this address."))
        return slug

    def particulars(self) -> Particulars:
        return Particulars(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class DeletionForm(forms.Form):
    name = forms.CharField(
        label=_("Type the organisation’s name to confirm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
