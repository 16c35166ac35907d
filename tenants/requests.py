"""What a request tells of who sends it."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any


def address_of(request: Any) -> str | None:
    """The sender's IP address; None for what is none, such as a word that a proxy passed on or a socket."""
    try:
        found = ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return None
    # An address of one link alone ("fe80::1%eth0") says nothing elsewhere, and PostgreSQL knows none such.
    return None if getattr(found, "scope_id", None) else str(found)
