"""All that is known of a person, as a zip file of JSON with the books that they are the author of."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify

from books.models import Chapter
from collaboration.permissions import visible_books
from insights.queries import activity_of_person
from notifications.models import EmailPace, Notification, Preference
from tenants.accounts.models import Avatar, User
from tenants.context import entered
from tenants.models import Membership, OrganisationStatus

_CHUNK = 1000


def export(user: User) -> Iterator[bytes]:
    """The zip file in pieces, made while it is read: however much there is, little is held at once.

    `account.json`, `picture.jpg`, `notifications.json`, `activity.json`, and `books/ORGANISATION/TITLE.md`
    for the organisations that one may still enter.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in _documents(user):
            with archive.open(name, "w") as document:
                for piece in pieces:
                    document.write(piece if isinstance(piece, bytes) else piece.encode())
                    yield sink.taken()
        yield sink.taken()
    yield sink.taken()


class _Sink:
    """A file for zipfile that only goes forward and hands on what was written to it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _documents(user: User) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    yield "account.json", [_json(_account(user))]
    for picture in Avatar.objects.filter(user=user):
        yield "picture.jpg", [bytes(picture.data)]
    notes = Notification.objects.filter(user=user).values(
        "kind", "data", "organisation__name", "created_at", "read_at", "emailed_at"
    )
    yield "notifications.json", _array(notes.iterator(chunk_size=_CHUNK))
    done = activity_of_person(user.pk).values(
        "created_at", "action", "resource_type", "resource_name", "details", "ip_address", "user_agent"
    )
    yield "activity.json", _array(done.iterator(chunk_size=_CHUNK))
    for membership in _memberships(user):
        if membership.organisation.status == OrganisationStatus.ACTIVE:
            for name, book_id in _books(membership):
                yield f"books/{membership.organisation.slug}/{name}", [_markdown(membership, book_id)]


def _account(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.time_zone,
        "theme": user.theme,
        "role": user.role,
        "created_at": user.created_at,
        "last_login": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "connected_accounts": list(
            SocialAccount.objects.filter(user=user).values(
                "provider", "uid", "extra_data", "date_joined", "last_login"
            )
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "sessions": list(
            UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
        "memberships": [
            {
                "organisation": one.organisation.name,
                "address": one.organisation.host,
                "role": one.role,
                "tier": one.tier.name if one.tier else "",
                "groups": sorted(each.group.name for each in one.groups.all()),
                "since": one.created_at,
            }
            for one in _memberships(user)
        ],
        "notification_preferences": list(
            Preference.objects.filter(user=user).values("kind", "in_app", "by_email")
        ),
        "email_pace": list(EmailPace.objects.filter(user=user).values("pace", "hour", "weekday")),
    }


def _memberships(user: User) -> list[Membership]:
    mine = Membership.objects.filter(user=user).select_related("organisation", "tier")
    return list(mine.prefetch_related("groups__group").order_by("created_at"))


def _books(membership: Membership) -> list[tuple[str, UUID]]:
    with entered(membership.organisation):
        mine = visible_books(membership).filter(author_id=membership.user_id).order_by("pk")
        return [
            (f"{slugify(title)[:60] or 'book'}-{pk.hex[-6:]}.md", pk)
            for pk, title in mine.values_list("pk", "title")
        ]


def _markdown(membership: Membership, book_id: UUID) -> str:
    """A book's chapters as they were written. Nothing is handed on while the organisation is entered."""
    with entered(membership.organisation):
        chapters = Chapter.objects.filter(book_id=book_id).order_by("number")
        return "\n".join(f"# {title}\n\n{text}\n" for title, text in chapters.values_list("title", "text"))


def _array(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{_json(row)}"
    yield "\n]\n"


def _json(data: Any) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
