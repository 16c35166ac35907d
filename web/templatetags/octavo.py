"""What templates need to show the product's nouns: covers, form controls, times."""

from __future__ import annotations

import zlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from billing import features
from billing.models import Plan
from billing.money import in_words
from tenants.models import Organisation
from tenants.organisations.branding import address_of_logo
from tenants.pictures import version_of

register = template.Library()

TINTS = 12
MOTIFS = 5

_UNITS = (gettext_noop("bytes"), gettext_noop("kB"), gettext_noop("MB"), gettext_noop("GB"))

_STEP_KINDS = {
    "generation.outline": gettext_noop("The plan of the book"),
    "generation.chapter": gettext_noop("Chapters"),
    "generation.illustration": gettext_noop("Pictures"),
    "generation.drawing": gettext_noop("Pictures, drawn here"),
    "generation.finalizing": gettext_noop("Reading it once more"),
    "formats.build": gettext_noop("Files"),
    "formats.print": gettext_noop("Files for printers"),
    "generation.batch_turn": gettext_noop("What is next in a batch"),
    "generation.batch_row": gettext_noop("A row of a batch"),
}

_CONTROL_CLASSES = {
    "textarea": "textarea",
    "select": "select",
    "checkbox": "checkbox",
    "radio": "",
    "file": "file-input",
}


@register.filter
def tint(key: object) -> int:
    """Which of the cover colours a book has: always the same for the same key."""
    return zlib.crc32(str(key).encode()) % TINTS


@register.filter
def motif(key: object) -> int:
    """Which drawing a cover without a picture has."""
    return zlib.crc32(str(key).encode()[::-1]) % MOTIFS


@register.filter
def ago(moment: datetime | None) -> str:
    """A day as people say it: today, yesterday, 3 days ago, and the date after two weeks."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date()
    days = (_today() - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return date_format(day, "DATE_FORMAT")


@register.filter
def words(count: int) -> str:
    """A number of words, in words: 1 word, 4,060 words."""
    shown = number_format(count, use_l10n=True, force_grouping=True)
    return ngettext("%(count)s word", "%(count)s words", count) % {"count": shown}


@register.filter
def cost(micros: int) -> str:
    """Micro-units of a US dollar, in which providers charge, with as many digits as it takes."""
    digits = 2 if micros >= 100_000 else 4
    return f"{number_format(micros / 1_000_000, digits)}\u202fUSD"


@register.filter
def thousands(number: int) -> str:
    """A whole number in groups of three digits."""
    return number_format(number, force_grouping=True)


@register.filter
def unlocalised(number: float) -> str:
    """A number as SVG takes it."""
    return f"{number:g}"


@register.filter
def step_kind(kind: str) -> str:
    """What a step of a book's making is called by people; its code where it has no name."""
    name = _STEP_KINDS.get(kind)
    return _(name) if name else kind


@register.filter
def money(minor: int, currency: str) -> str:
    """An amount of minor units, in the reader's language: $19.00."""
    return in_words(minor, currency, language=get_language() or "en")


@register.filter
def price(minor: int, currency: str) -> str:
    """The same without cents that are nought: $19."""
    return in_words(minor, currency, language=get_language() or "en", short=True)


@register.filter
def percent(basis_points: int) -> str:
    """A rate: 750 is 7.5 %."""
    digits = 0 if basis_points % 100 == 0 else 1 if basis_points % 10 == 0 else 2
    return f"{number_format(basis_points / 100, digits)}\u202f%"


@register.filter
def feature_names(plan: Plan) -> list[str]:
    """What a plan has beyond books and room."""
    return features.feature_names(plan)


@register.filter
def size(number: int | None) -> str:
    """Bytes for people, as short as can be said: 812 kB, 1.4 MB, 10 GB."""
    value, unit = float(number or 0), 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    digits = 1 if unit > 1 and value < 10 and value % 1 >= 0.05 else 0
    return f"{number_format(round(value, digits), digits)}\u202f{_(_UNITS[unit])}"


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """A form field's widget with the product's class and the ids of its help and error for screen readers.

    A placeholder shows only where the template asks for one: it never stands in for a label.
    """
    given = field.field.widget.attrs
    given.pop("placeholder", None)
    classes = [_CONTROL_CLASSES.get(kind(field), "input"), given.get("class", ""), attrs.pop("class", "")]
    attributes = {name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None)}
    attributes["class"] = " ".join(filter(None, classes))
    described = described_by(field)
    if described:
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def kind(field: BoundField) -> str:
    """What a field is shown as: text, email, password, checkbox, radio, select, textarea and so on."""
    widget = field.field.widget
    return str(getattr(widget, "input_type", "") or type(widget).__name__.lower())


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a field's help and error, as aria-describedby wants them."""
    ids = []
    if field.help_text:
        ids.append(f"{field.auto_id}_help")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag(takes_context=True)
def portrait(context: Any, user_id: UUID) -> str:
    """Where the picture of a member is; empty where they have none."""
    version = (context.get("portraits") or {}).get(user_id)
    return f"{reverse('web:portrait', args=[user_id])}?v={version}" if version else ""


@register.simple_tag
def logo_address(organisation: Organisation) -> str:
    """Where the logo of an organisation is, on whatever host; empty where it has none."""
    logo = getattr(organisation, "logo", None)
    return address_of_logo(organisation.slug, version_of(logo.changed_at)) if logo else ""


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a person."""
    words = [word for word in str(name).replace("@", " ").split() if word[:1].isalnum()]
    return "".join(word[0].upper() for word in words[:2])


def _today() -> date:
    return timezone.localdate()
