"""A route of the table on one of the two kinds of host, and how it is asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tenants.models import Organisation
from tenants.resolution import forget_resolutions
from tests.isolation import found, tables
from tests.isolation.callers import Caller
from tests.isolation.routes import Route

# Values that belong to no organisation, and words that are the same in all.
THE_PLATFORMS = frozenset({"price_id", "plan_code", "provider_purpose", "provider_service"})
SIGN_IN = ("/accounts/login/", "/accounts/reauthenticate/")


@dataclass(frozen=True)
class Case:
    name: str
    route: Route
    urlconf: str

    @property
    def on_platform(self) -> bool:
        return self.urlconf == found.PLATFORM

    @property
    def room(self) -> str:
        """The namespace, where it is in one; "accounts here" and "accounts" for allauth's and the like."""
        namespace, colon, _rest = self.name.partition(":")
        return namespace if colon else ("accounts" if self.on_platform else "accounts here")

    @property
    def names_something(self) -> bool:
        """Whether something of an organisation's stands in its address."""
        return bool({*self.route.arguments.values()} - THE_PLATFORMS)

    @property
    def crosses(self) -> bool:
        """Whether its address names a book and something in it, which could be another book's."""
        values = self.route.arguments.values()
        return bool({"pk", "book_id"} & {*values}) and any(
            value.endswith("_id") and value != "book_id" for value in values
        )

    def address(self, values: Mapping[str, str]) -> str:
        if self.route.path:
            return self.route.path
        kwargs = {there: values[value] for there, value in self.route.arguments.items()}
        return reverse(self.name, urlconf=self.urlconf, kwargs=kwargs)

    def body(self, values: Mapping[str, str]) -> dict[str, Any]:
        sent = {name: value() if callable(value) else value for name, value in self.route.body.items()}
        return sent | {name: values[value] for name, value in self.route.names.items()}


@dataclass(frozen=True)
class Answer:
    """What came back; `location` is where it leads on to."""

    status: int
    content: bytes
    location: str = ""

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status == 401 or (self.status == 302 and self.location.startswith(SIGN_IN))


def cases(*rooms: str) -> list[Case]:
    """All routes of the table; of the rooms named, such as "web" or "console", where some are."""
    both = [Case(name, route, found.HERE) for name, route in tables.HERE.items()]
    both += [Case(name, route, found.PLATFORM) for name, route in tables.PLATFORM.items()]
    return [case for case in both if not rooms or case.room in rooms]


def ask(
    case: Case, method: str, caller: Caller, values: Mapping[str, str], body: Mapping[str, Any]
) -> Answer:
    sent: dict[str, Any] = {}
    if method not in ("GET", "HEAD", "OPTIONS"):
        sent = {"data": dict(body)}
        if case.route.as_json:
            sent["content_type"] = "application/json"
    response = getattr(caller.client(), method.lower())(case.address(values), **sent)
    streaming = getattr(response, "streaming", False)
    content = b"".join(response.streaming_content) if streaming else response.content
    return Answer(response.status_code, unpacked(content), response.headers.get("Location", ""))


def unpacked(content: bytes) -> bytes:
    """What is in a zip file, one after the other; anything else as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_status(organisation: Organisation, status: str) -> Iterator[None]:
    """The organisation is suspended, or about to be deleted, meanwhile."""
    with undone():
        Organisation.objects.filter(pk=organisation.pk).update(
            status=status, delete_at=timezone.now() + timedelta(days=1)
        )
        forget_resolutions()
        yield
    forget_resolutions()
