"""The one place where an organisation is entered: who is asking is a ContextVar, never a connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")


class NoOrganisation(LookupError):
    """An organisation's data was asked for outside any: wrap the work in `entered(organisation)`."""


@dataclass(frozen=True, slots=True)
class Current:
    """An organisation as the database sees it: its id, its schema and the database alias it lives on."""

    organisation_id: UUID
    schema: str
    alias: str = "default"

    def __post_init__(self) -> None:
        if not SCHEMA_NAME.match(self.schema) or self.schema == "public":
            raise ValueError(f"not the name of an organisation's schema: {self.schema!r}")


class Enterable(Protocol):
    """Anything that knows its `Current`, such as `tenants.models.Organisation`."""

    def as_current(self) -> Current: ...


_current: ContextVar[Current | None] = ContextVar("octavo_current_organisation", default=None)


def current() -> Current:
    """The organisation entered here; raises `NoOrganisation` where there is none."""
    organisation = _current.get()
    if organisation is None:
        raise NoOrganisation("no organisation is entered: use tenants.context.entered(organisation)")
    return organisation


def current_or_none() -> Current | None:
    return _current.get()


@contextmanager
def entered(organisation: Enterable | Current) -> Iterator[Current]:
    """Work inside an organisation until the block ends; nests, and restores what was entered before."""
    inside = organisation if isinstance(organisation, Current) else organisation.as_current()
    token = _current.set(inside)
    try:
        yield inside
    finally:
        _current.reset(token)


@contextmanager
def in_public() -> Iterator[None]:
    """Work explicitly outside any organisation, even when called from within one."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
