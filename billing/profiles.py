"""Whom invoices are made out to, as an owner says."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass

from babel import Locale, UnknownLocaleError
from django.db import transaction
from stdnum import get_cc_module
from stdnum.exceptions import ValidationError as NotANumber

from billing.models import BillingProfile
from billing.subscriptions.rights import check_may_manage
from insights import record
from insights.actions import Action
from tenants.models import Membership


@dataclass(frozen=True, slots=True)
class Details:
    """What stands on invoices from now on; what is empty is taken from the organisation and its owner."""

    name: str = ""
    address: str = ""
    country: str = ""  # ISO 3166-1 alpha-2
    tax_id: str = ""
    email: str = ""
    language: str = ""


def change_details(*, by: Membership, details: Details) -> BillingProfile:
    """Raises `tenants.people.members.NotAllowed`. Invoices that have been issued stay as they are."""
    check_may_manage(by)
    with transaction.atomic():
        profile, _made = BillingProfile.objects.update_or_create(
            organisation_id=by.organisation_id, defaults=asdict(details)
        )
        record(
            Action.BILLING_DETAILS_CHANGED,
            actor=by.user,
            resource=by.organisation,
            details={"name": details.name, "country": details.country},
        )
    return profile


def country_names(language: str) -> list[tuple[str, str]]:
    """Codes and names of countries (ISO 3166-1), in a language's order."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (ValueError, UnknownLocaleError):
        names = Locale("en").territories
    known = [(code, str(name)) for code, name in names.items() if _is_country(code)]
    return sorted(known, key=lambda each: _sorted_as(each[1]))


def is_tax_number(number: str, *, country: str) -> bool:
    """Whether a tax number can be one of that country; where its rules are not known, anything can."""
    rules = get_cc_module(country.lower(), "vat") if country and number else None
    if rules is None:
        return True
    try:
        rules.validate(number)
    except NotANumber:
        return False
    return True


_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES


def _sorted_as(name: str) -> str:
    """Without accents, so that É stands by E."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if letter.isalpha()).casefold()
