"""What a key may do: `books:read`, `books:write` and so on, one pair for each resource of the API.

Reading asks for `read`, anything else for `write`; `write` does not bring `read` with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

READ: Final = "read"
WRITE: Final = "write"
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Resource(models.TextChoices):
    """What the API is about, in the order in which people are shown it."""

    BOOKS = "books", _("Books, with their chapters, pictures, editions and finished files")
    JOBS = "jobs", _("Jobs: how far the making of a book is")
    BATCHES = "batches", _("Batches of personalised copies")
    FILES = "files", _("Stored files")
    PEOPLE = "people", _("Members, invitations, groups and tiers")
    ORGANISATION = "organisation", _("The organisation: its name, logo, domains and deletion")
    EXPORTS = "exports", _("Exports of all data")
    BILLING = "billing", _("Subscription, invoices, payments and billing details")
    USAGE = "usage", _("Usage, limits, costs and budget")
    ACTIVITY = "activity", _("Activity log")
    NOTIFICATIONS = "notifications", _("The member’s own notifications")
    PROFILE = "profile", _("The member’s own profile")
    WEBHOOKS = "webhooks", _("Webhooks")
    KEYS = "keys", _("API keys and the log of requests")
    PROVIDERS = "providers", _("Providers of text and pictures")


SCOPES: Final = tuple(f"{resource}:{access}" for resource in Resource for access in (READ, WRITE))


class UnknownScope(ValueError):
    """Not one of `SCOPES`."""


def scope_for(resource: str, method: str) -> str:
    """What a request with this HTTP method needs."""
    return f"{Resource(resource).value}:{READ if method in _READING else WRITE}"


def in_order(scopes: Iterable[str]) -> list[str]:
    """Each once, in the order of `SCOPES`. Raises `UnknownScope`."""
    asked = set(scopes)
    if unknown := asked - set(SCOPES):
        raise UnknownScope(", ".join(sorted(unknown)))
    return [scope for scope in SCOPES if scope in asked]
