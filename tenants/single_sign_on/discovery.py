"""What a provider says of itself (OpenID Connect Discovery 1.0)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import caches

from tenants.outgoing import may_ask
from tenants.single_sign_on.fetching import Unreachable, fetch
from tenants.single_sign_on.problems import Problem

PATH = "/.well-known/openid-configuration"
KEPT = 300  # seconds
_ENDPOINTS = ("authorization_endpoint", "token_endpoint")


def discover(issuer: str, *, anew: bool = False) -> dict[str, Any]:
    """The provider's description, checked; kept for a while unless it is asked for `anew`.

    Raises `Problem`: "unreachable", "no-discovery", or "issuer" where it has another name (section 4.3).
    """
    key = f"tenants.single_sign_on.discovery.{hashlib.sha256(issuer.encode()).hexdigest()}"
    known: dict[str, Any] | None = None if anew else caches["shared"].get(key)
    if known is None:
        known = _fetched(issuer)
        caches["shared"].set(key, known, timeout=KEPT)
    return known


def _fetched(issuer: str) -> dict[str, Any]:
    try:
        answer = fetch("GET", issuer.rstrip("/") + PATH)
    except Unreachable as error:
        raise Problem("unreachable") from error
    said = answer.data
    if answer.status != 200 or not all(isinstance(said.get(name), str) for name in ("issuer", *_ENDPOINTS)):
        raise Problem("no-discovery")
    if said["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise Problem("issuer")
    if not all(may_ask(said[name]) for name in _ENDPOINTS):
        raise Problem("no-discovery")
    return said
