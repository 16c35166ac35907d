"""Keys of the API, and which requests of the log to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.api_keys import issuing, queries
from tenants.api_keys.models import ApiKey
from tenants.api_keys.rotating import OVERLAPS
from tenants.api_keys.scopes import READ, SCOPES, WRITE, Resource

NEVER = ""
LIVES = (("30", _("In 30 days")), ("90", _("In 90 days")), ("365", _("In a year")), (NEVER, _("Never")))
_HOURS = {
    0: _("It ends at once"),
    1: _("It works for an hour more"),
    24: _("It works for a day more"),
    72: _("It works for three days more"),
    168: _("It works for a week more"),
}
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=ApiKey._meta.get_field("name").max_length,
        help_text=_("What it is for, such as the program that will use it."),
    )
    scopes = forms.MultipleChoiceField(
        choices=[(scope, scope) for scope in SCOPES],
        error_messages={"required": _("Choose at least one thing that the key may do.")},
    )
    lives = forms.ChoiceField(
        label=_("It expires"), choices=LIVES, initial="90", required=False, widget=forms.RadioSelect
    )
    addresses = forms.CharField(
        label=_("Only from these addresses"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("IP addresses or networks such as 203.0.113.0/24, one a line. Empty: from anywhere."),
    )
    per_minute = forms.IntegerField(
        label=_("Requests a minute, at most"),
        required=False,
        min_value=1,
        max_value=issuing.MOST_PER_MINUTE,
        help_text=_("Empty: what the plan allows to all keys together."),
    )

    def rows(self) -> Iterator[tuple[str, str | Promise, list[tuple[str, bool]]]]:
        """The table of scopes: of each resource its name, what it is, and its two scopes with their ticks."""
        ticked = set(self["scopes"].value() or ())
        for resource in Resource:
            scopes = [f"{resource.value}:{access}" for access in (READ, WRITE)]
            yield resource.value, resource.label, [(scope, scope in ticked) for scope in scopes]

    def wanted(self) -> issuing.Wanted:
        given = self.cleaned_data
        days = given["lives"]
        return issuing.Wanted(
            name=given["name"],
            scopes=given["scopes"],
            expires_at=timezone.now() + timedelta(days=int(days)) if days else None,
            addresses=given["addresses"].replace(",", " ").split(),
            per_minute=given["per_minute"],
        )


class RotateForm(forms.Form):
    overlap_hours = forms.TypedChoiceField(
        label=_("The present secret"),
        choices=[(hours, _HOURS[hours]) for hours in OVERLAPS],
        coerce=int,
        initial=24,
    )


class RequestsForm(forms.Form):
    key = forms.ModelChoiceField(
        label=_("Key"), queryset=ApiKey.objects.none(), required=False, empty_label=_("Every key")
    )
    status = forms.TypedChoiceField(
        label=_("Status"),
        choices=[("", _("Every status")), (2, "2xx"), (3, "3xx"), (4, "4xx"), (5, "5xx")],
        coerce=int,
        required=False,
        empty_value=None,
    )
    path = forms.CharField(label=_("Path"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=_DAY)

    def __init__(self, *args: Any, keys: QuerySet[ApiKey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["key"]
        field.queryset = keys  # type: ignore[attr-defined]
        field.label_from_instance = _named  # type: ignore[attr-defined]

    def wanted(self, zone: ZoneInfo) -> queries.Wanted:
        """What was asked for; whatever makes no sense is left out, and its error stands beside the field."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        key = given.get("key")
        return queries.Wanted(
            key_id=key.pk if key else None,
            status=given.get("status"),
            path=given.get("path", "").replace("\0", ""),
            since=given.get("since"),
            until=given.get("until"),
            zone=zone,
        )


def _named(key: ApiKey) -> str:
    return f"{key.name} ({key.prefix}…)"
