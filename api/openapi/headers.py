"""The headers of requests and answers, as components."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_SECONDS = {"type": "integer", "minimum": 0}

ANSWERS: dict[str, Any] = {
    "X-Request-Id": {
        "description": "Names this request in the log; tell us when you ask for help.",
        "schema": _TEXT,
    },
    "RateLimit": {
        "description": 'What is left of the limit and when it is renewed, such as `"key";r=118;t=37`.',
        "schema": _TEXT,
    },
    "RateLimit-Policy": {
        "description": 'The limit: so many requests in so many seconds, such as `"key";q=120;w=60`.',
        "schema": _TEXT,
    },
    "ETag": {"description": "This version of it; send it as `If-Match` with a change.", "schema": _TEXT},
    "Location": {
        "description": "Where to go on: at what was made, or at the job that makes it.",
        "schema": {"type": "string", "format": "uri"},
    },
    "Retry-After": {"description": "In how many seconds to try again.", "schema": _SECONDS},
    "WWW-Authenticate": {"description": "How to authenticate (RFC 6750).", "schema": _TEXT},
    "Deprecation": {
        "description": "Since when the operation is deprecated: `@` and seconds since 1970 (RFC 9745).",
        "schema": _TEXT,
    },
    "Sunset": {"description": "When it may be gone (RFC 8594).", "schema": _TEXT},
}

ASKED: dict[str, Any] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Names this write: sent again within 24 hours it is not done again, and gets the same "
        "answer. A new one, such as a UUID, for each new write.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The `ETag` that was read: where it has changed since, nothing is done (412).",
        "schema": _TEXT,
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` that one has: the answer is an empty 304 where nothing has changed.",
        "schema": _TEXT,
    },
}


def asked_with(method: str) -> list[dict[str, str]]:
    """The request's headers for an HTTP method, as references."""
    names = {"get": ["IfNoneMatch"], "post": ["IdempotencyKey"]}.get(method, ["IdempotencyKey", "IfMatch"])
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def answered_with(method: str, status: str, *, deprecated: bool = False) -> dict[str, dict[str, str]]:
    """The answer's headers, as references."""
    names = ["X-Request-Id", "RateLimit", "RateLimit-Policy"]
    if status in ("201", "202"):
        names.append("Location")
    if status == "202":
        names.append("Retry-After")
    if status == "200" and method in ("get", "put", "patch"):
        names.append("ETag")
    if deprecated:
        names += ["Deprecation", "Sunset"]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
