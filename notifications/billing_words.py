"""The words of notifications about payments and subscriptions, in the language that is active.

`data` holds `plan` and `organisation` by name, `amount` as words by language, moments in ISO 8601
(`period_end`, `next_attempt_at`, `grace_ends_at`, `ends_at`, `until`), and `card` by its last four digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.models import Kind


def words_of_billing(kind: Kind, data: Mapping[str, Any]) -> tuple[str, str]:
    """A line and a sentence or two."""
    about = {
        "plan": data.get("plan", ""),
        "organisation": data.get("organisation", ""),
        "card": data.get("card", ""),
        "amount": _amount(data),
        **{name: _day(data, name) for name in _MOMENTS},
    }
    title, *body = _WORDS[kind](about)
    return title % about, " ".join(sentence % about for sentence in body)


def _received(about: Mapping[str, str]) -> list[str]:
    paid_until = [_("%(plan)s is paid up to %(period_end)s.")] if about["period_end"] else []
    return [_("Your payment of %(amount)s came"), _("Thank you."), *paid_until, _("The invoice is ready.")]


def _failed(about: Mapping[str, str]) -> list[str]:
    again = (
        _("We try again on %(next_attempt_at)s.")
        if about["next_attempt_at"]
        else _("We do not try again by ourselves.")
    )
    return [
        _("Your payment of %(amount)s failed"),
        _("The card was not accepted."),
        again,
        _("Change the card now, and it is paid at once. After %(grace_ends_at)s the plan ends."),
    ]


def _refunded(about: Mapping[str, str]) -> list[str]:
    return [
        _("%(amount)s are on their way back to you"),
        _("How long it takes is up to your bank: a few days mostly. A credit note is ready."),
    ]


def _expiring(about: Mapping[str, str]) -> list[str]:
    return [
        _("Your card ending in %(card)s expires on %(ends_at)s"),
        _("Change it before that, so that %(plan)s goes on without a gap."),
    ]


def _card_needed(about: Mapping[str, str]) -> list[str]:
    return [
        _("Enter your card again"),
        _("Payments are taken through another account now, and your card could not come along."),
        _("Give it again, so that %(plan)s goes on without a gap."),
    ]


def _trial_ending(about: Mapping[str, str]) -> list[str]:
    return [
        _("Your trial of %(plan)s ends on %(ends_at)s"),
        _("Nothing is charged. Subscribe to keep the plan; else you go on with the free one."),
    ]


def _cancelled(about: Mapping[str, str]) -> list[str]:
    return [
        _("%(plan)s is cancelled"),
        _("You keep it until %(ends_at)s and pay nothing more. Until then you can change your mind."),
    ]


def _downgraded(about: Mapping[str, str]) -> list[str]:
    return [
        _("%(organisation)s is on the plan %(plan)s now"),
        _("All books stay readable and can be exported. New ones can be made within that plan’s limits."),
    ]


def _paused(about: Mapping[str, str]) -> list[str]:
    until = [_("It goes on by itself on %(until)s.")] if about["until"] else []
    return [
        _("%(plan)s is paused"),
        _("Nothing is charged. Books stay readable, and no new ones are made."),
        *until,
    ]


def _resumed(about: Mapping[str, str]) -> list[str]:
    return [_("%(plan)s goes on"), _("Welcome back. New books can be made again.")]


def _stopped(about: Mapping[str, str]) -> list[str]:
    return [
        _("%(plan)s will not be renewed"),
        _("It was cancelled with the organisation’s deletion. Keep it with one click before %(ends_at)s."),
    ]


def _amount(data: Mapping[str, Any]) -> str:
    by_language = data.get("amount") or {}
    return str(by_language.get(get_language()) or next(iter(by_language.values()), ""))


def _day(data: Mapping[str, Any], name: str) -> str:
    moment = parse_datetime(str(data.get(name, "")))
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


_MOMENTS: Final = ("period_end", "next_attempt_at", "grace_ends_at", "ends_at", "until")
_WORDS: Final = {
    Kind.PAYMENT_RECEIVED: _received,
    Kind.PAYMENT_FAILED: _failed,
    Kind.PAYMENT_REFUNDED: _refunded,
    Kind.CARD_EXPIRING: _expiring,
    Kind.CARD_NEEDED: _card_needed,
    Kind.TRIAL_ENDING: _trial_ending,
    Kind.SUBSCRIPTION_CANCELLED: _cancelled,
    Kind.SUBSCRIPTION_DOWNGRADED: _downgraded,
    Kind.SUBSCRIPTION_PAUSED: _paused,
    Kind.SUBSCRIPTION_RESUMED: _resumed,
    Kind.SUBSCRIPTION_STOPPED: _stopped,
}
OF_BILLING: Final = frozenset(_WORDS)
