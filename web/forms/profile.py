"""Who one is and how pages look for one."""

from __future__ import annotations

import zoneinfo
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import time_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from notifications.models import Kind, Pace, Preference, Weekday
from notifications.pace import pace_of, set_pace
from tenants.accounts.models import Theme, User

_WAYS = ("in_app", "by_email")


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
    """Two wishes for each kind of notification, in the app and by e-mail, and when e-mails come.

    Kinds that cannot wait have no boxes: they are always told.
    """

    pace = forms.ChoiceField(
        label=_("When e-mails come"), choices=Pace.choices, required=False, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label=_("At what time"),
        help_text=_("In your time zone."),
        coerce=int,
        required=False,
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day"),
        help_text=_("Where they come once a week."),
        choices=Weekday.choices,
        coerce=int,
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._wish = user, pace_of(user)
        self.fields["hour"].choices = [(hour, time_format(time(hour), "TIME_FORMAT")) for hour in range(24)]  # type: ignore[attr-defined]
        for name in ("pace", "hour", "weekday"):
            self.fields[name].initial = getattr(self._wish, name)
        wishes = {one.kind: one for one in Preference.objects.filter(user=user)}
        for kind in _choosable():
            wish = wishes.get(kind)
            for way in _WAYS:
                self.fields[f"{kind}:{way}"] = forms.BooleanField(
                    label=kind.label, required=False, initial=getattr(wish, way) if wish else True
                )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """A line of the table: what there is to tell, and its boxes; None for what is always told, last."""
        rows: list[tuple[str, Any, Any]] = [
            (str(kind.label), self[f"{kind}:in_app"], self[f"{kind}:by_email"]) for kind in _choosable()
        ]
        return rows + [(str(kind.label), None, None) for kind in Kind if kind.cannot_wait]

    def save(self, user: User) -> None:
        """`user` as just saved: digests come by their time zone."""
        for kind in _choosable():
            Preference.objects.update_or_create(
                user=user, kind=kind, defaults={way: self.cleaned_data[f"{kind}:{way}"] for way in _WAYS}
            )
        chosen = {name: self.cleaned_data[name] for name in ("pace", "hour", "weekday")}
        wish = {name: getattr(self._wish, name) if value == "" else value for name, value in chosen.items()}
        set_pace(user=user, **wish)


def _choosable() -> list[Kind]:
    return [kind for kind in Kind if not kind.cannot_wait]


def _languages() -> list[tuple[str, str]]:
    """Each in its own words."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def _zones() -> list[str]:
    return sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
