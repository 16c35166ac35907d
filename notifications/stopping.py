"""Stopping e-mails by a link in them, signed out too: one click, and only what the link names.

List-Unsubscribe and List-Unsubscribe-Post as RFC 8058 has them. The address is signed and good for ever,
since the e-mail is kept for as long as its reader likes: it bears no time, and is the same in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from notifications import pace
from notifications.models import EmailPace, Kind, Pace, Preference
from tenants.accounts.models import User

DIGEST = "digest"  # what a link of a digest stops; others name a kind
_SIGNER = signing.Signer(salt="notifications.stopping")


class BadLink(Exception):
    """A link that was altered, or whose reader has no account any more."""


@dataclass(frozen=True, slots=True)
class Stoppable:
    """What one link is about: one kind of e-mail, or all that come together."""

    user: User
    what: str

    @property
    def kind(self) -> Kind | None:
        return None if self.what == DIGEST else Kind(self.what)


def url(*, user_id: UUID, what: str) -> str:
    token = _SIGNER.sign_object([str(user_id), str(what)])
    path = reverse("lobby:stop_emails", urlconf=settings.PLATFORM_URLCONF, kwargs={"token": token})
    return settings.PUBLIC_URL + path


def headers(address: str) -> dict[str, str]:
    """RFC 8058, section 3.1: both fields, and the address by https in production."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read(token: str) -> Stoppable:
    """Raises `BadLink`."""
    try:
        user_id, what = _SIGNER.unsign_object(token)
        found = Stoppable(User.objects.get(pk=UUID(user_id), is_active=True), what)
        stoppable = found.kind is None or not found.kind.cannot_wait
    except (signing.BadSignature, ValueError, User.DoesNotExist):
        raise BadLink from None
    if not stoppable:
        raise BadLink
    return found


def is_stopped(link: Stoppable) -> bool:
    if link.kind is None:
        return EmailPace.objects.filter(user=link.user, pace=Pace.NEVER).exists()
    return Preference.objects.filter(user=link.user, kind=link.kind, by_email=False).exists()


def stop(link: Stoppable) -> None:
    """No more e-mails of this kind, or none but those that cannot wait; what is told in the app stays."""
    if link.kind is None:
        _set_pace(link.user, Pace.NEVER)
    else:
        _wish(link.user, link.kind, by_email=False)


def resume(link: Stoppable) -> None:
    """As it was before: a digest comes by the day again."""
    if link.kind is None:
        _set_pace(link.user, Pace.DAILY)
    else:
        _wish(link.user, link.kind, by_email=True)


def _set_pace(user: User, to: Pace) -> None:
    wish = pace.pace_of(user)
    pace.set_pace(user=user, pace=to, hour=wish.hour, weekday=wish.weekday)


def _wish(user: User, kind: Kind, *, by_email: bool) -> None:
    Preference.objects.update_or_create(user=user, kind=kind, defaults={"by_email": by_email})
    if not by_email:
        pace.waiting(user_id=user.pk).filter(kind=kind).update(by_email=False)
