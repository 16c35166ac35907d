"""Groups of members, and tiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tenants.models import Group, Membership, Tier
from tenants.people.groups import Particulars
from tenants.people.roster import LONGEST_SEARCH


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=Group._meta.get_field("name").max_length)
    description = forms.CharField(
        label=_("What it is for"),
        max_length=Group._meta.get_field("description").max_length,
        required=False,
    )
    tier = forms.ModelChoiceField(
        label=_("Tier"),
        queryset=Tier.objects.none(),
        required=False,
        empty_label=_("No tier"),
        help_text=_("Everybody in the group has it, unless their own or another group’s is higher."),
    )

    def __init__(self, *args: Any, tiers: QuerySet[Tier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
        if not tiers:
            del self.fields["tier"]

    def particulars(self) -> Particulars:
        tier = self.cleaned_data.get("tier")
        return Particulars(
            name=self.cleaned_data["name"],
            description=self.cleaned_data["description"],
            tier_id=tier.pk if tier else None,
        )


class AddMembersForm(forms.Form):
    """Members to put in a group: those ticked, and the words by which more are looked for."""

    q = forms.CharField(required=False, max_length=LONGEST_SEARCH)
    member = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        error_messages={"required": _("Choose somebody first.")},
    )

    def __init__(self, *args: Any, outside: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = outside  # type: ignore[attr-defined]

    def ticked(self) -> list[Membership]:
        self.is_valid()
        return list(self.cleaned_data.get("member", ()))

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class RemoveMembersForm(forms.Form):
    member = forms.ModelMultipleChoiceField(queryset=Membership.objects.none())

    def __init__(self, *args: Any, inside: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = inside  # type: ignore[attr-defined]


class TierForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=Tier._meta.get_field("name").max_length)


class MemberTierForm(forms.Form):
    """A member's own tier."""

    tier = forms.ModelChoiceField(
        label=_("Tier"), queryset=Tier.objects.none(), required=False, empty_label=_("No tier of their own")
    )

    def __init__(self, *args: Any, tiers: QuerySet[Tier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = tiers  # type: ignore[attr-defined]
