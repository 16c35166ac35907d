"""One of every e-mail that the platform sends, as it is really written, with what could really be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import override

from notifications import digests
from notifications.account_letters import LetterWritingAdapter
from notifications.emails import farewell, invitation_message, message
from notifications.letters import letter_to
from notifications.models import Kind, Notification
from tenants.accounts.models import User
from tenants.models import Invitation, Organisation, Role

HOST = "http://localhost:8000"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# In titles and names: what is long, odd or dangerous. Each in its language, so that no other shows.
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "reader": "Ada Lovelace",
        "other": "Zoë O’Brien-Fitzgerald",
        "organisation": "The Harbour & Lighthouse Writers",
        "second": "Kite",
        "book": "How the <Sea> Learned to Whisper, and Other Stories That Nobody Had Told Before",
        "reason": "The provider refused the topic.",
    },
    "fr": {
        "reader": "Zoé Lefèvre",
        "other": "Jean-François d’Aubigné",
        "organisation": "Les Éditions du Phare & Fils",
        "second": "Cerf-volant",
        "book": "Comment la <mer> apprit à chuchoter, et autres histoires jamais racontées",
        "reason": "Le fournisseur a refusé le sujet.",
    },
}
ACCOUNTS: dict[str, dict[str, Any]] = {
    "account/email/email_confirmation_signup": {"activate_url": f"{HOST}/accounts/confirm-email/MTQ:1xV3/"},
    "account/email/email_confirmation": {"activate_url": f"{HOST}/accounts/confirm-email/MTQ:1xV3/"},
    "account/email/account_already_exists": {"password_reset_url": f"{HOST}/accounts/password/reset/"},
    "account/email/unknown_account": {"signup_url": f"{HOST}/accounts/signup/"},
    "account/email/password_reset_key": {"password_reset_url": f"{HOST}/accounts/password/reset/key/a-b/"},
    "account/email/password_changed": {},
    "account/email/password_reset": {},
    "account/email/password_set": {},
    "account/email/email_changed": {"from_email": "old@people.example", "to_email": "new@people.example"},
    "account/email/email_deleted": {"deleted_email": "old@people.example"},
    "mfa/email/totp_activated": {},
    "mfa/email/totp_deactivated": {},
    "mfa/email/recovery_codes_generated": {},
    "mfa/email/webauthn_added": {},
    "mfa/email/webauthn_removed": {},
    "socialaccount/email/account_connected": {"provider": "Google"},
    "socialaccount/email/account_disconnected": {"provider": "Google"},
}

# Letters that other rooms write with `letter_to`, by their templates.
OTHERS: dict[str, dict[str, str]] = {
    "billing_invoice": {"number": "2026-0007", "amount": "€29.00", "seller": "Octavo SAS"},
    "billing_credit_note": {
        "number": "2026-0008",
        "corrected": "2026-0007",
        "amount": "€29.00",
        "seller": "Octavo SAS",
    },
}

Made = tuple[str, EmailMultiAlternatives]


def every_email(language: str) -> Iterator[Made]:
    """Name and e-mail. Writes to the database, so that what is found there is found: roll it back."""
    words = WORDS[language]
    reader = User.objects.create_user("ada@people.example", name=words["reader"], language=language)
    place = Organisation(
        name=words["organisation"], slug="harbour", schema_name="t_letters", language=language
    )
    for kind in Kind:
        note = Notification(user=reader, organisation=place, kind=kind, data=_data(words))
        yield kind.value, message(note)
    yield "invitation", invitation_message(_invitation(place, words))
    yield "farewell", farewell(email=reader.email, reader=reader.get_short_name(), language=language)
    yield "digest", digests.message(reader, list(_news(reader, place, words)))
    yield from _of_accounts(reader, language)
    for template, told in OTHERS.items():
        context = {**told, "organisation_name": place.name, "url": place.url("/billing/")}
        yield template, letter_to(reader.email, template=template, language=language, context=context)


def _data(words: dict[str, str]) -> dict[str, Any]:
    """What the words of any kind may ask for."""
    return {
        "title": words["book"],
        "reason": words["reason"],
        "name": words["other"],
        "organisation": words["organisation"],
        "role": Role.ADMIN.value,
        "domain": "people.example",
        "host": "hooks.people.example",
        "expires_at": datetime(2026, 12, 20, 9, 30, tzinfo=UTC).isoformat(),
        "ends_at": datetime(2026, 12, 20, 9, 30, tzinfo=UTC).isoformat(),
        "metric": "BOOKS_CREATED",
        "limit": 100,
        "percent": 80,
        "plan": "PRO",
        "card": "4081",
        "amount": {"en": "€29.00", "fr": "29,00\u00a0€"},
        **dict.fromkeys(("period_end", "next_attempt_at", "grace_ends_at", "until"), "2026-12-20T09:30:00Z"),
        "delete_at": datetime(2026, 12, 6, 9, 30, tzinfo=UTC).isoformat(),
        "path": "/books/01a2028d-012f-7027-ab95-ff9a4356199b/",
    }


def _invitation(place: Organisation, words: dict[str, str]) -> Invitation:
    return Invitation(
        organisation=place, email="new@people.example", role=Role.MEMBER,
        invited_by=User(name=words["other"], email="zoe@people.example"),
        expires_at=timezone.now() + timedelta(days=14),
    )  # fmt: skip


def _news(reader: User, place: Organisation, words: dict[str, str]) -> Iterator[Notification]:
    for number in range(digests.SHOWN + 2):
        data = {**_data(words), "title": f"{words['book']} {number + 1}"}
        yield Notification(user=reader, organisation=place, kind=Kind.BOOK_FINISHED, data=data)
    other = Organisation(name=words["second"], slug="kite", schema_name="t_letters_2")
    for kind in (Kind.MEMBER_JOINED, Kind.ROLE_CHANGED, Kind.BOOK_FAILED):
        yield Notification(user=reader, organisation=other, kind=kind, data=_data(words))


def _of_accounts(reader: User, language: str) -> Iterator[Made]:
    write: Callable[..., Any] = LetterWritingAdapter().render_mail
    where = {"timestamp": timezone.now(), "ip": "203.0.113.9", "user_agent": FIREFOX}
    for prefix, told in ACCOUNTS.items():
        with override(language):
            yield prefix, write(prefix, reader.email, {**where, **told, "user": reader})
