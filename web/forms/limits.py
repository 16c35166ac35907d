"""Limits of members, groups and tiers, and the budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.limits.setting import FOR_MEMBERS, Amount, Scope
from billing.models import Metric, Window
from tenants.models import Group, Membership, Tier

MILLION: Final = 1_000_000


ONE_MEMBER: Final = "member"  # who is named by their address: there may be thousands


class LimitForm(forms.Form):
    """Whom it limits, what, for how long, and to how much."""

    scope = forms.ChoiceField(label=_("For"))
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Of the one member who is limited.")
    )
    metric = forms.ChoiceField(
        label=_("Of what"), choices=[(metric.value, metric.label) for metric in FOR_MEMBERS]
    )
    window = forms.ChoiceField(label=_("Counted"), choices=Window.choices, initial=Window.MONTH)
    amount = forms.IntegerField(
        label=_("At most"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("Empty: no limit, whatever the groups say."),
    )

    def __init__(self, *args: Any, organisation_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation_id = organisation_id
        self._tiers = _by_key("tier", Tier.objects.filter(organisation_id=organisation_id))
        self._groups = _by_key("group", Group.objects.filter(organisation_id=organisation_id))
        choices = [
            (_("Each member with the tier"), _choices(self._tiers)),
            (_("Each member of the group"), _choices(self._groups)),
        ]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *filter(lambda one: one[1], choices),
            (ONE_MEMBER, _("One member")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == ONE_MEMBER and "email" in data:
            data["member"] = self._member(data["email"])
        return data

    def whom(self) -> Scope:
        scope = self.cleaned_data["scope"]
        return self.cleaned_data["member"] if scope == ONE_MEMBER else {**self._tiers, **self._groups}[scope]

    def given(self) -> Amount:
        data = self.cleaned_data
        return Amount(Metric(data["metric"]), Window(data["window"]), data["amount"])

    def _member(self, email: str) -> Membership | None:
        mates = Membership.objects.filter(organisation_id=self._organisation_id)
        found = mates.select_related("user").filter(user__email__iexact=email).first() if email else None
        if found is None:
            self.add_error("email", _("No member here has this address."))
        return found


def _by_key(kind: str, rows: Iterable[Tier | Group]) -> dict[str, Tier | Group]:
    """By what the form sends for them."""
    return {f"{kind}:{row.pk}": row for row in rows}


def _choices(scopes: Mapping[str, Tier | Group]) -> list[tuple[str, str]]:
    return [(key, one.name) for key, one in scopes.items()]


class BudgetForm(forms.Form):
    """US dollars in a calendar month."""

    limit = forms.DecimalField(
        label=_("At most, in US dollars a month"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
        help_text=_("Empty: no budget. When it is used up, calls wait until it is raised or the month ends."),
    )
    warn_percent = forms.IntegerField(
        label=_("Warn owners and admins at"),
        min_value=1,
        max_value=100,
        initial=80,
        help_text=_("Percent of the budget."),
    )

    def limit_micros(self) -> int | None:
        limit = self.cleaned_data["limit"]
        return None if limit is None else int(limit * MILLION)
