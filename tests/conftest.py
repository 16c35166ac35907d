"""Fixtures that every test may ask for: two organisations, people, and clients that speak to their hosts."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import AsyncClient, Client
from django.test.client import AsyncClientHandler
from django.utils import timezone, translation

from billing import clock
from config.streaming import StreamingHandler
from tenants.accounts.models import User
from tenants.context import Current, entered, in_public
from tenants.migrating.template import prepare_template
from tenants.models import Membership, Organisation, Role
from tenants.resolution import forget_resolutions
from tenants.schemas.artifact import current_artifact
from tests.distribution import Distribution, turn
from tests.emptying import Beginning
from tests.emulators.name_server import Zone, running_name_server
from tests.emulators.paystack import paystack, paystack_server  # noqa: F401 (fixtures)
from tests.factories.billing import put_on
from tests.factories.tenants import OrganisationFactory, UserFactory
from tests.outside import gate

READY_SCHEMAS = ("t_ready_first", "t_ready_second")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crew", action="store_true", help="also run a real crew, which is large to install")


def pytest_configure(config: pytest.Config) -> None:
    """Shells start what runs in the background deaf to Ctrl-C, and its children would be so too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gate.close(but_for=_hosts_of_servers())


def _hosts_of_servers() -> frozenset[str]:
    addresses = (os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL"))
    return frozenset(host for address in addresses if (host := urlsplit(address).hostname))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=lambda item: turn(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Distribution | None:
    return Distribution(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After the shared tables: the template, its artifact, and two schemas that tests fill and roll back."""
    with django_db_blocker.unblock(), in_public():
        prepare_template()
        with connection.cursor() as cursor:
            for schema in READY_SCHEMAS:
                cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
                cursor.execute(current_artifact().for_schema(schema))
        Beginning.of_now().be_restored_after_tests()


@pytest.fixture(autouse=True)
def _fresh_start(request: pytest.FixtureRequest) -> None:
    """Nothing that one test has looked up, nor the language it spoke, is remembered in the next."""
    translation.deactivate()
    if not _uses_database(request):
        return
    request.getfixturevalue("db")
    for cache in caches.all():
        cache.clear()
    forget_resolutions()


@pytest.fixture(autouse=True)
def _nobody_outside_is_asked() -> Iterator[None]:
    """In a room without a network such a test would wait, and elsewhere hear what nobody has foreseen."""
    yield
    assert gate.refused() == []


def _uses_database(request: pytest.FixtureRequest) -> bool:
    return bool(
        request.node.get_closest_marker("django_db")
        or {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    )


def _commits(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])))
    return marked or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.fixture
def organisation(db: None, request: pytest.FixtureRequest) -> Iterator[Organisation]:
    """An organisation called Acme, not entered: use `with entered(organisation)`, or `inside`."""
    yield from _organisation(request, name="Acme", slug="acme", schema=READY_SCHEMAS[0])


@pytest.fixture
def other_organisation(db: None, request: pytest.FixtureRequest) -> Iterator[Organisation]:
    """A second organisation, called Globex."""
    yield from _organisation(request, name="Globex", slug="globex", schema=READY_SCHEMAS[1])


@pytest.fixture
def on_enterprise(organisation: Organisation) -> Organisation:
    """Acme, on the plan that brings whatever any plan does; the first plan, which it is on else, does not."""
    return put_on(organisation, "ENTERPRISE")


@pytest.fixture
def inside(organisation: Organisation) -> Iterator[Current]:
    """The test runs inside `organisation`."""
    with entered(organisation) as current:
        yield current


@pytest.fixture
def owner(organisation: Organisation) -> User:
    """Ada, who owns `organisation`."""
    return _member(organisation, "Ada Owner", "ada@acme.example", Role.OWNER)


@pytest.fixture
def member(organisation: Organisation) -> User:
    """Max, a MEMBER of `organisation`."""
    return _member(organisation, "Max Member", "max@acme.example", Role.MEMBER)


@pytest.fixture
def other_member(other_organisation: Organisation) -> User:
    """Olga, a MEMBER of `other_organisation` alone."""
    return _member(other_organisation, "Olga Other", "olga@globex.example", Role.MEMBER)


@pytest.fixture
def super_admin(db: None) -> User:
    """Root of the platform, in no organisation."""
    return UserFactory(name="Sam Super", email="sam@octavo.example", role=User.Role.SUPER_ADMIN)


class HostClient(Client):
    """A test client of one host; `sign_in` opens a session that is good there."""

    def __init__(self, organisation: Organisation | None = None, **kwargs: Any) -> None:
        from django.conf import settings

        self.organisation = organisation
        host = organisation.host if organisation else settings.PUBLIC_HOST
        super().__init__(SERVER_NAME=host, HTTP_HOST=host, **kwargs)

    def sign_in(self, user: User) -> HostClient:
        """Straight to the session that signing in leads to: nothing that is told of it is told."""
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.cached_db import SessionStore

        from tenants.middleware import BOUND_TO

        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[BOUND_TO] = str(self.organisation.id) if self.organisation else "platform"
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return self


class _Handler(AsyncClientHandler, StreamingHandler):
    """The one that the server runs, as a test client calls it."""


class AsyncHostClient(AsyncClient):
    """A test client of one host, through the asynchronous handler."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self.handler = _Handler(enforce_csrf_checks=False)
        self.host = host

    def _base_scope(self, **request: Any) -> dict[str, Any]:
        scope: dict[str, Any] = super()._base_scope(**request)
        others = [
            header for header in scope["headers"] if header[0] != b"host"
        ]  # Django's own says testserver
        return {**scope, "headers": [(b"host", self.host.encode()), *others]}


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Billing's clock stands still, so that no day, month or year ends while the test runs."""
    moment = timezone.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def kept_logging() -> Iterator[None]:
    """A worker sets the root logger up for itself."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def client(organisation: Organisation) -> HostClient:
    """A browser on the host of `organisation`, not signed in."""
    return HostClient(organisation)


@pytest.fixture
def member_client(organisation: Organisation, member: User) -> HostClient:
    """Max's browser on the host of `organisation`."""
    return HostClient(organisation).sign_in(member)


@pytest.fixture
def other_client(other_organisation: Organisation, other_member: User) -> HostClient:
    """Olga's browser on the host of `other_organisation`."""
    return HostClient(other_organisation).sign_in(other_member)


@pytest.fixture
def platform_client(db: None) -> HostClient:
    """A browser on the platform's own host, not signed in."""
    return HostClient()


@pytest.fixture
def async_member_client(organisation: Organisation, member_client: HostClient) -> AsyncHostClient:
    """Max's browser again, through the asynchronous handler."""
    client = AsyncHostClient(organisation.host)
    client.cookies = member_client.cookies
    return client


@pytest.fixture(scope="session")
def name_server() -> Iterator[Zone]:
    with running_name_server() as zone:
        yield zone


@pytest.fixture
def zone(name_server: Zone, settings: Any) -> Iterator[Zone]:
    """What the DNS says, empty at first; nobody else is asked."""
    name_server.clear()
    settings.OCTAVO_DNS_SERVERS = [("127.0.0.1", name_server.port)]
    settings.OCTAVO_DNS_TIMEOUT = 0.4
    yield name_server
    name_server.clear()


def _organisation(
    request: pytest.FixtureRequest, *, name: str, slug: str, schema: str
) -> Iterator[Organisation]:
    """Rows that the test rolls back, on a ready schema; where the test commits, a schema of its own."""
    if _commits(request.node):
        made = OrganisationFactory(name=name, slug=slug)
        try:
            yield made
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP SCHEMA IF EXISTS "{made.schema_name}" CASCADE')
        return
    yield OrganisationFactory(name=name, slug=slug, ready_schema=schema)


def _member(organisation: Organisation, name: str, email: str, role: str) -> User:
    user: User = UserFactory(name=name, email=email)
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user
