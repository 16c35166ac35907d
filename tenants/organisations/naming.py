"""Names that people give to what is the organisation's: tidied, and one of a kind whatever their case."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from tenants.models import Group, Tier


def check_name(row: Group | Tier) -> None:
    """Raises `ValidationError` where another one of the organisation has this name.

    The database compares, as its unique constraint does; the caller keeps others from coming in between.
    """
    others = type(row)._default_manager.filter(organisation_id=row.organisation_id).exclude(pk=row.pk)
    if others.alias(lower=Lower("name")).filter(lower=Lower(Value(row.name))).exists():
        raise ValidationError({"name": _("“%(name)s” is taken: choose another name.") % {"name": row.name}})


def tidied(text: str) -> str:
    """One line: letters composed (Unicode's NFC), no control characters, single blanks."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if _is_control(sign) else sign for sign in text).split())


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs")
