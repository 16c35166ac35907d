"""Endpoints of webhooks, and which of their deliveries to show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.webhooks.catalogue import CATALOGUE, NAMES, SUBJECTS, EventType
from notifications.webhooks.endpoints import Wanted
from notifications.webhooks.models import LONGEST_URL, DeliveryStatus, Endpoint

EVERYTHING, CHOSEN = "everything", "chosen"
SPANS = (
    ("1", _("in the last hour")),
    ("24", _("in the last day")),
    ("168", _("in the last week")),
    ("720", _("in the last month")),
)


class EndpointForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        help_text=_("A public one that begins with https://. We send each event there by POST."),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    description = forms.CharField(
        label=_("What it is for"),
        max_length=Endpoint._meta.get_field("description").max_length,
        required=False,
    )
    hears = forms.ChoiceField(
        label=_("Which events?"),
        choices=[(EVERYTHING, _("All, those of later versions too")), (CHOSEN, _("The ones ticked below"))],
        widget=forms.RadioSelect,
        initial=EVERYTHING,
    )
    events = forms.MultipleChoiceField(choices=[(name, name) for name in NAMES], required=False)

    @staticmethod
    def of(endpoint: Endpoint) -> dict[str, Any]:
        """What it shows at first."""
        return {
            "url": endpoint.url,
            "description": endpoint.description,
            "hears": CHOSEN if endpoint.events else EVERYTHING,
            "events": endpoint.events,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hears") == CHOSEN and not cleaned.get("events"):
            self.add_error("events", _("Tick at least one event."))
        return cleaned

    def wanted(self) -> Wanted:
        cleaned = self.cleaned_data
        events = cleaned["events"] if cleaned["hears"] == CHOSEN else ()
        return Wanted(cleaned["url"], cleaned["description"], tuple(events))

    def groups(self) -> Iterator[tuple[Promise, list[tuple[EventType, bool]]]]:
        """All events by what they are about, and whether each is ticked."""
        ticked = set(self["events"].value() or ())
        for subject, ones in groupby(CATALOGUE, key=lambda one: one.subject):
            yield SUBJECTS[subject], [(one, one.name in ticked) for one in ones]


class DeliveriesForm(forms.Form):
    """A filter: nonsense in it is no error, it is as if nothing were asked."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any")), *DeliveryStatus.choices], required=False
    )
    type = forms.ChoiceField(
        label=_("Event"), choices=[("", _("Any")), *((name, name) for name in NAMES)], required=False
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {"status": found.get("status", ""), "event_type": found.get("type", "")}


class ReplayForm(forms.Form):
    hours = forms.TypedChoiceField(
        label=_("What failed"), choices=SPANS, coerce=int, initial="24", widget=forms.Select
    )
