"""A short-lived ticket for one stream: given by a view that has checked who asks, read without a query."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

_SALT = "notifications.tickets"
VALID_SECONDS = 60


class BadTicket(Exception):
    """A ticket that is too old, altered, or made for another host."""


@dataclass(frozen=True)
class Ticket:
    schema: str
    topic: str
    host: str


def issue(*, schema: str, topic: str, host: str) -> str:
    return signing.dumps([schema, topic, host], salt=_SALT)


def read(token: str, *, host: str) -> Ticket:
    """The ticket, if it is at most 60 s old and was issued on this host. Raises `BadTicket`."""
    try:
        schema, topic, issued_host = signing.loads(token, salt=_SALT, max_age=VALID_SECONDS)
    except (signing.BadSignature, ValueError):
        raise BadTicket from None
    if issued_host != host:
        raise BadTicket
    return Ticket(schema=schema, topic=topic, host=issued_host)
