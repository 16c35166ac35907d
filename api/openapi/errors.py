"""The errors of the API: their shape, and which an operation can answer with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CONTENT_TYPE = "application/problem+json"

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `type` is for programs, `detail` for people.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "description": "Which kind of problem, as an address that stays the same.",
        },
        "title": {"type": "string", "description": "The kind in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened and what to do, in the asked language."},
        "request_id": {"type": "string", "description": "Tell us this when you ask for help."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
    },
}
FIELD_ERROR: dict[str, Any] = {
    "type": "object",
    "description": "What is wrong with one field.",
    "required": ["field", "message"],
    "properties": {
        "field": {"type": "string", "description": "Such as `hero.name` or `chapters[2].title`."},
        "message": {"type": "string"},
    },
}


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the component's; `type` and `detail` are an example's."""

    name: str
    meaning: str
    type: str
    detail: str


_KINDS = {
    "400": Kind(
        "BadRequest",
        "A field or parameter is wrong; `errors` says which.",
        "invalid",
        "Some fields need another look: each says why.",
    ),
    "401": Kind(
        "NotAuthenticated",
        "The key is missing, wrong, expired or revoked.",
        "not-authenticated",
        "Authentication credentials were not provided.",
    ),
    "402": Kind(
        "NotInPlan",
        "A limit of the plan is reached, or the plan does not bring this.",
        "limit-reached",
        "The plan’s 3 books of this month are used. The next plan has room for more.",
    ),
    "403": Kind(
        "Forbidden",
        "The key lacks the scope, or its member may not do this.",
        "missing-scope",
        "This key would need the scope books:write.",
    ),
    "404": Kind(
        "NotFound",
        "It is not there, or not yours to see.",
        "not-found",
        "There is nothing at this address, or it isn’t yours to see.",
    ),
    "406": Kind(
        "NotAcceptable",
        "None of the forms that `Accept` asks for can be had.",
        "not-acceptable",
        "Could not satisfy the request Accept header.",
    ),
    "409": Kind(
        "Conflict",
        "Not possible in this state.",
        "not-possible-now",
        "This is not possible now.",
    ),
    "412": Kind(
        "ChangedMeanwhile",
        "Somebody else has changed it since it was read.",
        "changed-meanwhile",
        "Somebody changed this text meanwhile. Read it again, then save.",
    ),
    "415": Kind(
        "UnsupportedMediaType",
        "The body is of a type that is not read here.",
        "unsupported-media-type",
        "Unsupported media type “text/plain” in request.",
    ),
    "422": Kind(
        "NotProcessable",
        "It is well-formed but cannot be used; or the idempotency key was another request’s.",
        "too-long",
        "The text is too long.",
    ),
    "429": Kind(
        "TooManyRequests",
        "Too many requests; `Retry-After` says in how many seconds there is room again.",
        "throttled",
        "Request was throttled. Expected available in 12 seconds.",
    ),
    "503": Kind(
        "Unavailable",
        "Something that this needs is away; try again.",
        "gateway-away",
        "Payments cannot be reached now. Nothing was charged.",
    ),
}


def statuses_of(method: str, operation: dict[str, Any], path: str) -> Iterator[str]:
    """The statuses of the errors that an operation can answer with."""
    reads = method == "get"
    yield from ("400", "401", "403", "404") if not reads or "{" in path else ("400", "401", "403")
    yield from ("406", "429")
    if reads:
        return
    yield from ("402", "409", "422")
    if "requestBody" in operation:
        yield "415"
    if method in ("put", "patch", "delete"):
        yield "412"
    if operation["tags"] == ["billing"]:
        yield "503"


def reference(status: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{_KINDS[status].name}"}


def responses() -> dict[str, Any]:
    """The components that operations refer to."""
    return {kind.name: _response(status, kind) for status, kind in _KINDS.items()}


def _response(status: str, kind: Kind) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": f"about:octavo#{kind.type}",
        "title": kind.type.replace("-", " "),
        "status": int(status),
        "detail": kind.detail,
    }
    if status == "400":
        example["errors"] = [{"field": "topic", "message": "This field is required."}]
    return {
        "description": kind.meaning,
        "headers": _headers(status),
        "content": {
            CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example},
        },
    }


def _headers(status: str) -> dict[str, Any]:
    own = {"401": ["WWW-Authenticate"], "429": ["Retry-After"], "503": ["Retry-After"]}.get(status, [])
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", *own)}
