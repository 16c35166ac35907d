"""Plans in words: what one costs and what it brings."""

from __future__ import annotations

from babel.numbers import format_currency, get_currency_precision
from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from billing.models import Plan

register = template.Library()

_WHOLE = {"en": "¤#,##0", "fr": "#,##0\u00a0¤"}  # patterns of amounts without cents
FREE = "FREE"
FEATURES = {
    "api": gettext_lazy("API and webhooks"),
    "advanced": gettext_lazy("Your own models, series, named editions"),
    "several_organisations": gettext_lazy("Several organisations under one roof"),
    "support": gettext_lazy("Someone to call"),
}


@register.filter
def price(plan: Plan) -> str:
    """A plan's price a month, without cents where there are none; a paid plan may not have one yet."""
    if not plan.price_minor:
        return _("Free") if plan.code == FREE else _("Price to come")
    minor = 10 ** get_currency_precision(plan.currency)
    locale = (get_language() or "en").replace("-", "_")
    whole = plan.price_minor % minor == 0
    return str(
        format_currency(
            plan.price_minor / minor,
            plan.currency,
            format=_WHOLE.get(locale[:2], _WHOLE["en"]) if whole else None,
            locale=locale,
            currency_digits=not whole,
        )
    )


@register.filter
def feature_names(plan: Plan) -> list[str]:
    """What a plan has beyond books and room; a feature without a name here shows as it is written."""
    return [str(FEATURES.get(feature, feature)) for feature in plan.features]
