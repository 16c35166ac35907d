"""A short-lived ticket for one stream: given by a view that has checked who asks, read without a query."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing

_SALT = "notifications.tickets"
VALID_SECONDS = 60


class BadTicket(Exception):
    """A ticket that is too old, altered, or made for another host."""


@dataclass(frozen=True)
class Ticket:
    """`member` is the id of the reader's membership, and `key` that of the API's key that was brought, which
    ends by itself at `until`, a Unix time. Empty where there is none. See `notifications.endings`."""

    schema: str
    topic: str
    host: str
    member: str = ""
    key: str = ""
    until: float | None = None


def issue(ticket: Ticket) -> str:
    return signing.dumps(asdict(ticket), salt=_SALT)


def read(token: str, *, host: str) -> Ticket:
    """The ticket, if it is at most 60 s old and was issued on this host. Raises `BadTicket`."""
    try:
        ticket = Ticket(**signing.loads(token, salt=_SALT, max_age=VALID_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        raise BadTicket from None
    if ticket.host != host:
        raise BadTicket
    return ticket
