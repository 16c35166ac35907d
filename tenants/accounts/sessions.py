"""An account's open sessions, on whatever host: noted while they are in use, listed, and ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.core.cache import caches
from django.utils import timezone

from tenants.accounts.devices import device_of
from tenants.accounts.models import User
from tenants.models import Organisation
from tenants.requests import address_of
from tenants.signals import sessions_ended

NOTED_EVERY = 300  # seconds: "last seen" is no more exact than that
NOWHERE = "0.0.0.0"  # noqa: S104 - of requests that come through a local socket
ORGANISATION = "organisation"  # key of what we note beyond allauth: on whose host it was opened


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`organisation` is the name of whose host it is good for; empty for the platform's own."""

    id: int
    device: str
    ip_address: str
    organisation: str
    last_seen_at: datetime
    is_this: bool


def note(request: Any) -> None:
    """Remember that the session of a request is in use, from where and on whose host."""
    key = request.session.session_key
    if not key or not request.user.is_authenticated:
        return
    if not caches["shared"].add(f"tenants.accounts.noted.{key}", 1, timeout=NOTED_EVERY):
        return
    organisation = getattr(request, "organisation", None)
    UserSession.objects.update_or_create(
        session_key=key,
        defaults={
            "user": request.user,
            "ip": address_of(request) or NOWHERE,
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
            "last_seen_at": timezone.now(),
            "data": {ORGANISATION: str(organisation.id)} if organisation else {},
        },
    )


def open_sessions(user: User, *, this: str | None) -> list[OpenSession]:
    """Those by which one can act as `user` now, latest first; `this` is the key of the present one."""
    rows = sorted(UserSession.objects.purge_and_list(user), key=_last_seen, reverse=True)
    names = _names(rows)
    return [
        OpenSession(
            id=row.pk,
            device=device_of(row.user_agent),
            ip_address=row.ip,
            organisation=names.get(row.data.get(ORGANISATION, ""), ""),
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == this,
        )
        for row in rows
    ]


def end(user: User, *, session_id: int) -> None:
    """Sign one of `user`'s sessions out. Raises `UserSession.DoesNotExist`."""
    _end(user, [UserSession.objects.get(user=user, pk=session_id)])


def end_others(user: User, *, this: str | None) -> None:
    _end(user, list(UserSession.objects.filter(user=user).exclude(session_key=this)))


def _end(user: User, rows: list[UserSession]) -> None:
    for row in rows:
        row.end()
    devices = [device_of(row.user_agent) for row in rows]
    sessions_ended.send(sender=UserSession, user=user, devices=devices)


def _last_seen(row: UserSession) -> datetime:
    seen: datetime = row.last_seen_at
    return seen


def _names(rows: list[UserSession]) -> dict[str, str]:
    ids = {row.data[ORGANISATION] for row in rows if ORGANISATION in row.data}
    return {str(pk): name for pk, name in Organisation.objects.filter(pk__in=ids).values_list("pk", "name")}


class SessionsMiddleware:
    """Notes the session of each request."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: Any) -> Any | Awaitable[Any]:
        if self.is_async:
            return self._answer_async(request)
        note(request)
        return self.get_response(request)

    async def _answer_async(self, request: Any) -> Any:
        await sync_to_async(note)(request)
        return await self.get_response(request)
