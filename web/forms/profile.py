"""Who one is and how pages look for one."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from notifications.models import Kind, Preference
from tenants.accounts.models import Theme, User


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name", "language", "theme", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[("", _("Same as the browser")), *_languages()],
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["theme"] = forms.ChoiceField(
            label=_("Light or dark"), choices=Theme.choices, widget=forms.RadioSelect
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in _zones()]
        )


class PreferencesForm(forms.Form):
    """Two wishes for each kind of notification: in the app, by e-mail."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        wishes = {one.kind: one for one in Preference.objects.filter(user=user)}
        for kind, label in Kind.choices:
            wish = wishes.get(kind)
            for way, initial in (
                ("in_app", wish.in_app if wish else True),
                ("by_email", wish.by_email if wish else True),
            ):
                self.fields[f"{kind}:{way}"] = forms.BooleanField(
                    label=label, required=False, initial=initial
                )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """A line of the table: what there is to tell, and its two boxes."""
        return [
            (str(label), self[f"{kind}:in_app"], self[f"{kind}:by_email"]) for kind, label in Kind.choices
        ]

    def save(self) -> None:
        for kind in Kind.values:
            Preference.objects.update_or_create(
                user=self._user,
                kind=kind,
                defaults={way: self.cleaned_data[f"{kind}:{way}"] for way in ("in_app", "by_email")},
            )


def _languages() -> list[tuple[str, str]]:
    """Each in its own words."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def _zones() -> list[str]:
    return sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
