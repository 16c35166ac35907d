"""Who asks: the members of the organisation, and those who have no part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from allauth.account.internal.flows.login import record_authentication
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.isolation.audiences import AUTHOR, STAFF_ADMIN, SUPER_ADMIN
from tests.isolation.cast import Cast


@dataclass(frozen=True)
class Caller:
    """Somebody's browser, on the host of an organisation (None: on the platform's).

    `signed_in` is whether their session is good there; `at_home` whether that host is another organisation's
    than the one whose objects are asked for.
    """

    name: str
    host: Organisation | None
    cookies: Mapping[str, str] = field(default_factory=dict)
    signed_in: bool = True
    at_home: bool = False

    def client(self) -> HostClient:
        """A new one each time: what an answer does to cookies is no concern of the next request."""
        client = HostClient(self.host, raise_request_exception=False)
        client.cookies = SimpleCookie(dict(self.cookies))
        return client


@dataclass(frozen=True)
class Callers:
    """`inside` are the organisation's own people, on its host and on the platform's; the others strangers."""

    inside: Mapping[str, Caller]
    strangers: tuple[Caller, ...]
    on_platform: Mapping[str, Caller]
    platform_strangers: tuple[Caller, ...]


def callers_of(cast: Cast, other: Cast) -> Callers:
    here = cast.organisation
    inside = {name: Caller(name, here, _signed_in(user, here)) for name, user in cast.people.items()}
    staff = {
        SUPER_ADMIN: UserFactory(role=User.Role.SUPER_ADMIN),
        STAFF_ADMIN: UserFactory(role=User.Role.ADMIN),
    }
    on_platform = {
        name: Caller(name, None, _signed_in(user)) for name, user in {**cast.people, **staff}.items()
    }
    return Callers(
        inside,
        _strangers(cast, other, staff[SUPER_ADMIN], on_platform[AUTHOR]),
        on_platform,
        _strangers_on_platform(other, inside[AUTHOR], cast.people[AUTHOR]),
    )


def _strangers(cast: Cast, other: Cast, super_admin: User, author: Caller) -> tuple[Caller, ...]:
    here, there = cast.organisation, other.organisation
    guests = {f"{name} of another organisation": other.people[name] for name in ("owner", "member")}
    return (
        *(
            Caller(f"{name}, there", there, _signed_in(user, there), at_home=True)
            for name, user in guests.items()
        ),
        *(Caller(f"{name}, here", here, _signed_in(user, here)) for name, user in guests.items()),
        Caller("somebody in no organisation", here, _signed_in(UserFactory(), here)),
        Caller("the platform's super admin", here, _signed_in(super_admin, here)),
        Caller("a member who was removed", here, _removed(here)),
        Caller("a member whose account was closed", here, _closed(here), signed_in=False),
        Caller("a session that has expired", here, _expired(cast.people[AUTHOR], here), signed_in=False),
        Caller("a session of the platform's host", here, author.cookies, signed_in=False),
        Caller(
            "a session of this host, there",
            there,
            _signed_in(cast.people[AUTHOR], here),
            signed_in=False,
            at_home=True,
        ),
        Caller("somebody signed out", here, signed_in=False),
    )


def _strangers_on_platform(other: Cast, author_here: Caller, author: User) -> tuple[Caller, ...]:
    return (
        Caller("admin of another organisation", None, _signed_in(other.people["admin"])),
        Caller("somebody in no organisation", None, _signed_in(UserFactory())),
        Caller("a session that has expired", None, _expired(author), signed_in=False),
        Caller("a session of an organisation's host", None, author_here.cookies, signed_in=False),
        Caller("somebody signed out", None, signed_in=False),
    )


def _signed_in(user: User, host: Organisation | None = None) -> dict[str, str]:
    """The cookies of a session in which the password has just been given."""
    client = HostClient(host).sign_in(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _removed(here: Organisation) -> dict[str, str]:
    user = UserFactory()
    membership = Membership.objects.create(organisation=here, user=user, role=Role.ADMIN)
    cookies = _signed_in(user, here)
    membership.delete()
    return cookies


def _closed(here: Organisation) -> dict[str, str]:
    user = UserFactory()
    Membership.objects.create(organisation=here, user=user, role=Role.OWNER)
    cookies = _signed_in(user, here)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return cookies


def _expired(user: User, host: Organisation | None = None) -> dict[str, str]:
    client = HostClient(host).sign_in(user)
    session = client.session
    session.set_expiry(-1)
    session.save()
    Session.objects.filter(pk=session.session_key).update(expire_date="2020-01-01T00:00Z")
    return {name: morsel.value for name, morsel in client.cookies.items()}
