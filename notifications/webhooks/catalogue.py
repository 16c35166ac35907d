"""Every event that endpoints can hear of: its name, when it comes, and an example of its data.

The data are thin: ids, states, and the addresses in the API at which the rest is read. The example says which
fields there are; `events.emit` takes no others, and docs/integrators/webhooks.md shows each example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEST: Final = "webhook.test"  # which is sent by hand alone


class UnknownEvent(ValueError):
    """No event has this name, or it has other data than what was given."""


@dataclass(frozen=True, slots=True)
class EventType:
    """`when` is a sentence for members, `example` the data of one."""

    name: str
    when: Promise
    example: Mapping[str, Any]

    @property
    def subject(self) -> str:
        return _UNDER.get(before := self.name.partition(".")[0], before)


def api_url(path: str) -> str:
    """An address in the API, for keys: `path` begins after /api/v1/."""
    return f"{settings.PUBLIC_URL}/api/v1/{path}"


def event_type(name: str) -> EventType:
    """Raises `UnknownEvent`."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise UnknownEvent(name) from None


_BOOK_ID = "0199a3c4-7d21-7c3a-9a55-2f6f0d1c8e10"
_JOB_ID = "0199a3c4-7d2f-7b0e-8f11-6a5b9c3d7e42"
_MEMBER_ID = "0199a3b0-11c8-7f52-b7a0-94d6d0f1a233"
_INVOICE_ID = "0199a3d1-5e0a-7a94-8c37-d2b41f6e9a05"
_PAYMENT_ID = "0199a3d1-5d77-7e21-a4c9-0b8e3f7d6c58"
_EXPORT_ID = "0199a3f2-6b1d-7a53-8e04-3d9c70b5e1a8"
_BATCH_ID = "0199a3e0-02b4-7d1f-9be6-71c5a8f20d94"


def _book(status: str) -> dict[str, Any]:
    return {
        "id": _BOOK_ID,
        "title": "The Lighthouse Cat",
        "kind": "story",
        "language": "en",
        "status": status,
        "words": 1240 if status == "READY" else 0,
        "url": api_url(f"books/{_BOOK_ID}/"),
    }


_JOB: Final = {"id": _JOB_ID, "url": api_url(f"jobs/{_JOB_ID}/")}
_CHAPTER: Final = {
    "book": {"id": _BOOK_ID, "url": api_url(f"books/{_BOOK_ID}/")},
    "number": 3,
    "title": "The Storm",
    "words": 310,
    "revision": 1,
    "origin": "AI",
    "url": api_url(f"books/{_BOOK_ID}/chapters/3/"),
}
_MEMBER: Final = {"id": _MEMBER_ID, "role": "MEMBER", "url": api_url(f"members/{_MEMBER_ID}/")}
_INVOICE: Final = {
    "id": _INVOICE_ID,
    "number": "OCT-2026-000127",
    "status": "PAID",
    "currency": "USD",
    "total_minor": 2900,
    "url": api_url(f"invoices/{_INVOICE_ID}/"),
}


def _limit(percent: int) -> dict[str, Any]:
    return {
        "metric": "BOOKS_CREATED",
        "window": "MONTH",
        "percent": percent,
        "limit": 50,
        "url": api_url("usage/"),
    }


CATALOGUE: Final = (
    EventType("book.created", _("A book was commissioned."), {"book": _book("GENERATING"), "job": _JOB}),
    EventType(
        "outline.ready", _("A book’s outline waits for approval."), {"book": _book("GENERATING"), "job": _JOB}
    ),
    EventType(
        "book.completed",
        _("A book is finished: text, pictures and files."),
        {"book": _book("READY"), "job": _JOB},
    ),
    EventType(
        "book.failed",
        _("A book could not be finished. It can be tried again."),
        {"book": _book("FAILED"), "job": _JOB, "error": {"code": "provider_away"}},
    ),
    EventType(
        "book.cancelled",
        _("The making of a book was cancelled."),
        {"book": _book("CANCELLED"), "job": _JOB},
    ),
    EventType("chapter.written", _("A chapter has its first text."), _CHAPTER),
    EventType(
        "chapter.updated",
        _("A chapter’s text changed, by a member or anew by AI."),
        {**_CHAPTER, "revision": 2, "origin": "PERSON"},
    ),
    EventType(
        "file.ready",
        _("A file of a book was made: PDF, EPUB or another."),
        {
            "book": {"id": _BOOK_ID, "url": api_url(f"books/{_BOOK_ID}/")},
            "format": "PDF",
            "bytes": 1843200,
            "url": api_url(f"books/{_BOOK_ID}/formats/pdf/download/"),
        },
    ),
    EventType(
        "batch.completed",
        _("All books of a batch are finished, or stopped."),
        {
            "id": _BATCH_ID,
            "name": "Class 3b",
            "status": "COMPLETED",
            "done": 27,
            "failed": 1,
            "total": 28,
            "url": api_url(f"batches/{_BATCH_ID}/"),
        },
    ),
    EventType("member.joined", _("Somebody joined the organisation."), _MEMBER),
    EventType("member.removed", _("Somebody left the organisation, or was removed."), _MEMBER),
    EventType(
        "member.role_changed",
        _("A member has another role."),
        {**_MEMBER, "role": "ADMIN", "before": "MEMBER"},
    ),
    EventType(
        "subscription.changed",
        _("The plan changed, was renewed, paused, resumed or ended."),
        {
            "change": "subscription.plan_changed",
            "plan": "PRO",
            "interval": "MONTH",
            "status": "ACTIVE",
            "period_end": "2026-12-22T09:30:00Z",
            "url": api_url("subscription/"),
        },
    ),
    EventType("invoice.issued", _("An invoice was issued."), _INVOICE),
    EventType("invoice.paid", _("An invoice is paid."), _INVOICE),
    EventType(
        "payment.failed",
        _("A payment failed."),
        {
            "id": _PAYMENT_ID,
            "reference": "oct_7f3a9c",
            "purpose": "RENEWAL",
            "currency": "USD",
            "amount_minor": 2900,
            "url": api_url("payments/"),
        },
    ),
    EventType(
        "export.ready",
        _("An export of all data is ready."),
        {
            "id": _EXPORT_ID,
            "status": "READY",
            "size": 734003200,
            "expires_at": "2026-11-29T09:30:00Z",
            "url": api_url(f"exports/{_EXPORT_ID}/"),
        },
    ),
    EventType("limit.nearing", _("Most of a limit is used (80 %)."), _limit(80)),
    EventType("limit.reached", _("A limit is used up."), _limit(100)),
)
NAMES: Final = tuple(one.name for one in CATALOGUE)
_UNDER: Final = {"outline": "book", "subscription": "billing", "invoice": "billing", "payment": "billing"}
SUBJECTS: Final[Mapping[str, Promise]] = {
    "book": _("Books"),
    "chapter": _("Chapters"),
    "file": _("Files"),
    "batch": _("Batches"),
    "member": _("Members"),
    "billing": _("Billing"),
    "export": _("Exports"),
    "limit": _("Limits"),
}
_TEST: Final = EventType(
    TEST, _("Sent by hand, to try an endpoint."), {"message": "This is a test.", "url": api_url("webhooks/")}
)
_BY_NAME: Final = {one.name: one for one in (*CATALOGUE, _TEST)}


def example_of(name: str) -> Mapping[str, Any]:
    """Its data; none for one that there is no more."""
    found = _BY_NAME.get(name)
    return found.example if found else {}


def when(name: str) -> str:
    """The sentence of an event; empty for one that there is no more."""
    found = _BY_NAME.get(name)
    return str(found.when) if found else ""
