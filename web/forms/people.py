"""Inviting people and giving them roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.models import Group, Membership, Role, Tier
from tenants.people.invitations import MOST_USES
from tenants.people.members import possible_heirs
from tenants.people.roster import LONGEST_SEARCH, Wanted

_BETWEEN = re.compile(r"[\s,;]+")
DAYS = ((1, _("1 day")), (7, _("7 days")), (30, _("30 days")), (90, _("90 days")))


def role_choices(roles: Iterable[Role]) -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in roles]


class PeopleForm(forms.Form):
    """Whom to show in the list of people."""

    q = forms.CharField(label=_("Search by name or e-mail"), required=False, max_length=LONGEST_SEARCH)
    role = forms.ChoiceField(label=_("Role"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    tier = forms.ChoiceField(label=_("Tier"), required=False)

    def __init__(self, *args: Any, groups: Iterable[Group], tiers: Iterable[Tier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("role", _("Every role"), role_choices(Role))
        self._offer("group", _("Every group"), [(str(each.pk), each.name) for each in groups])
        self._offer("tier", _("Every tier"), [(str(each.pk), each.name) for each in tiers])

    def wanted(self) -> Wanted:
        """What was asked for; whatever makes no sense is left out."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            text=given.get("q", ""),
            role=Role(given["role"]) if given.get("role") else None,
            group_id=UUID(given["group"]) if given.get("group") else None,
            tier_id=UUID(given["tier"]) if given.get("tier") else None,
        )

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        """Choices after one for everything; without any, the field is of no use."""
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Several with commas or on lines of their own."),
        max_length=20_000,
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.MEMBER

    def clean_emails(self) -> list[str]:
        return [email for email in _BETWEEN.split(self.cleaned_data["emails"]) if email]


class LinkForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    uses = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=MOST_USES, initial=20)
    days = forms.TypedChoiceField(label=_("Good for"), choices=DAYS, coerce=int, initial=7)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.MEMBER

    @property
    def valid(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]


class HeirForm(forms.Form):
    """To whom the books of somebody who goes are handed."""

    heir = forms.ModelChoiceField(
        label=_("Who takes over their books?"), queryset=Membership.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, leaving: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["heir"]
        field.queryset = possible_heirs(leaving)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.user.get_full_name()  # type: ignore[attr-defined]
