"""Whom Django REST framework takes a request with a key for: `api.calling` has found that out before."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request


class KeyAuthentication(BaseAuthentication):
    """First of all: whoever brings neither key nor session is told to bring a key (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        key = getattr(request._request, "api_key", None)
        return (request._request.user, key) if key is not None else None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Octavo"'
