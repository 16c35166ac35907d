"""Limits of members, groups and tiers, and the budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.limits.setting import FOR_MEMBERS, Amount, Scope
from billing.models import Metric, Window
from tenants.models import Group, Membership, Tier
from tenants.roster import Wanted, people_of

MILLION: Final = 1_000_000


class LimitForm(forms.Form):
    """Whom it limits, what, for how long, and to how much."""

    scope = forms.ChoiceField(label=_("For"))
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
        self._scopes = _scopes_of(organisation_id)
        choices = [
            (_("Each member with the tier"), _choices(self._scopes, "tier")),
            (_("Each member of the group"), _choices(self._scopes, "group")),
            (_("One member"), _choices(self._scopes, "member")),
        ]
        self.fields["scope"].choices = [("", "—"), *filter(lambda one: one[1], choices)]  # type: ignore[attr-defined]

    def whom(self) -> Scope:
        return self._scopes[self.cleaned_data["scope"]]

    def given(self) -> Amount:
        data = self.cleaned_data
        return Amount(Metric(data["metric"]), Window(data["window"]), data["amount"])


def _scopes_of(organisation_id: UUID) -> dict[str, Scope]:
    """Everything of the organisation that can be limited, by what the form sends for it."""
    found: dict[str, Scope] = {}
    for tier in Tier.objects.filter(organisation_id=organisation_id):
        found[f"tier:{tier.pk}"] = tier
    for group in Group.objects.filter(organisation_id=organisation_id):
        found[f"group:{group.pk}"] = group
    for membership in people_of(organisation_id, Wanted()):
        found[f"member:{membership.pk}"] = membership
    return found


def _choices(scopes: dict[str, Scope], kind: str) -> list[tuple[str, str]]:
    return [(key, _name(one)) for key, one in scopes.items() if key.startswith(f"{kind}:")]


def _name(scope: Scope) -> str:
    if isinstance(scope, Membership):
        return f"{scope.user.get_full_name()} ({scope.user.email})"
    return scope.name


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
