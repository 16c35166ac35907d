"""A row of the table: how a route is asked, and who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.isolation.audiences import Audience

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Route:
    """How a route is asked.

    `of` is what stands in its address: names of `Cast.values`, as in "book_id", or "pk=job_id" where the
    two differ. `methods` says who may use which. `body` is what is sent with all methods but GET; a value may
    be a function, called for each request. `names` are the fields of the body that name an object, with the
    name of that object: they are also sent with another organisation's. `as_json` says that the body is JSON,
    `path` is the address of what cannot be found by name.
    """

    of: tuple[str, ...] = ()
    methods: Mapping[str, Audience] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    as_json: bool = False
    path: str = ""
    closing: bool = False  # for an organisation that is about to be deleted
    lenient: bool = False  # not ours: what it answers to methods that are not listed is its own affair

    @property
    def arguments(self) -> dict[str, str]:
        """What stands in the address: the name there, and the name of the value."""
        return {part.partition("=")[0]: part.rpartition("=")[2] for part in self.of}


def page(
    *of: str,
    body: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
    path: str = "",
    closing: bool = False,
    lenient: bool = False,
    **methods: Audience,
) -> Route:
    """A page: what is sent to it is a form."""
    return Route(of, methods, body or {}, names or {}, path=path, closing=closing, lenient=lenient)


def call(
    *of: str,
    body: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
    **methods: Audience,
) -> Route:
    """A call of the API: what is sent is JSON."""
    return Route(of, methods, body or {}, names or {}, as_json=True)


def markdown() -> SimpleUploadedFile:
    """A book to send."""
    return SimpleUploadedFile("book.md", b"# Other\n\n## One\n\nOther.\n", "text/markdown")


def heroes() -> SimpleUploadedFile:
    """A table of them to send."""
    return SimpleUploadedFile("heroes.csv", b"Name\nOther\n", "text/csv")
