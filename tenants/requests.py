"""What a request tells of who sends it, and to whom."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost


def address_of(request: Any) -> str | None:
    """The sender's IP address; None for what is none, such as a word that a proxy passed on or a socket."""
    try:
        found = ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return None
    # An address of one link alone ("fe80::1%eth0") says nothing elsewhere, and PostgreSQL knows none such.
    return None if getattr(found, "scope_id", None) else str(found)


def asked_host(request: Any) -> str:
    """The host that was asked, without port; empty for what is none."""
    try:
        host = urlsplit(f"//{request.get_host()}").hostname or ""
    except (DisallowedHost, ValueError):
        return ""
    return f"[{host}]" if ":" in host else host
