"""Choosing what of the activity log to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from insights.queries import Filter, subjects
from tenants.models import Membership

NAMES = {
    "user": _("Accounts"),
    "organisation": _("The organisation"),
    "member": _("Members"),
    "invitation": _("Invitations"),
    "group": _("Groups"),
    "tier": _("Tiers"),
    "api_key": _("API keys"),
    "webhook": _("Webhooks"),
    "book": _("Books"),
    "chapter": _("Chapters"),
    "picture": _("Pictures"),
    "format": _("Files"),
    "formats": _("Files made again"),
    "edition": _("Editions"),
    "design": _("Design"),
    "print": _("Printing"),
    "job": _("Jobs"),
    "step": _("Steps"),
}
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LongSelect(forms.Select):
    """For hundreds of options: Django's own renders a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        shown = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", shown, options)


class ActivityForm(forms.Form):
    subject = forms.ChoiceField(label=_("What"), required=False)
    who = forms.ModelChoiceField(
        label=_("Who"), queryset=Membership.objects.none(), required=False, widget=LongSelect
    )
    since = forms.DateField(label=_("From"), required=False, widget=_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=_DAY)

    def __init__(self, *args: Any, members: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, NAMES.get(name, name)) for name in subjects()]
        self.fields["subject"].choices = [("", _("Everything")), *known]  # type: ignore[attr-defined]
        if members is None:
            del self.fields["who"]
        else:
            self.fields["who"].queryset = members  # type: ignore[attr-defined]
            self.fields["who"].choices = [("", _("Everybody")), *_named(members)]  # type: ignore[attr-defined]

    def clean_since(self) -> date | None:
        return self._plausible("since")

    def clean_until(self) -> date | None:
        return self._plausible("until")

    def wanted(self, zone: ZoneInfo) -> Filter:
        """What was asked for; whatever makes no sense is left out, and its error stands beside the field."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        who = given.get("who")
        return Filter(
            subject=given.get("subject") or "",
            actor_id=who.user_id if who else None,
            since=given.get("since"),
            until=given.get("until"),
            zone=zone,
        )

    def _plausible(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Enter a date of this century or the next."))
        return day


def _named(members: QuerySet[Membership]) -> Iterator[tuple[UUID, str]]:
    """As choices; no objects are made of what may be a thousand people."""
    for pk, name, email in members.values_list("pk", "user__name", "user__email"):
        yield pk, name or email.split("@")[0]
