"""The errors of the API: their shape, and which an operation can answer with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from api.faults import FAULTS, Fault
from api.problems import CONTENT_TYPE

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `type` is for programs, `detail` for people.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Which kind; what it means is told there.",
        },
        "title": {"type": "string", "description": "The kind in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened and what to do, in the asked language."},
        "instance": {"type": "string", "description": "The path that was asked."},
        "request_id": {"type": "string", "description": "Tell us this when you ask for help."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
    },
}
FIELD_ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "description": "What is wrong with one field.",
    "required": ["field", "message"],
    "properties": {
        "field": {"type": "string", "description": "Such as `hero.name` or `chapters[2].title`."},
        "message": {"type": "string"},
    },
}

# The names of the components, by status.
_NAMES: Final = {
    400: "BadRequest",
    401: "NotAuthenticated",
    402: "NotInPlan",
    403: "Forbidden",
    404: "NotFound",
    406: "NotAcceptable",
    409: "Conflict",
    412: "ChangedMeanwhile",
    413: "TooLarge",
    415: "UnsupportedMediaType",
    422: "NotProcessable",
    429: "TooManyRequests",
    503: "Unavailable",
}
_OWN_HEADERS: Final = {401: ["WWW-Authenticate"], 409: ["Retry-After"], 429: ["Retry-After"]}


def statuses_of(method: str, operation: dict[str, Any], *, stored: bool) -> Iterator[int]:
    """The statuses of the errors that an operation can answer with; `stored`: it needs kept files."""
    yield from (400, 401, 403, 404, 406, 429)
    if stored:
        yield 503
    if method == "get":
        if is_file(operation):
            yield 409  # it is not made yet
        return
    yield from (402, 409, 422)
    if "requestBody" in operation:
        yield from (413, 415)
    if method in ("put", "patch", "delete"):
        yield 412
    if operation["tags"] == ["billing"]:
        yield 503


def is_file(operation: dict[str, Any]) -> bool:
    """Whether it answers with a file."""
    content = operation["responses"].get("200", {}).get("content", {})
    return any(media.get("schema", {}).get("format") == "binary" for media in content.values())


def reference(status: int) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{_NAMES[status]}"}


def responses() -> dict[str, Any]:
    """The components that operations refer to."""
    return {name: _response(status) for status, name in _NAMES.items()}


def _response(status: int) -> dict[str, Any]:
    faults = [fault for fault in FAULTS.values() if fault.status == status]
    names = ["X-Request-Id", *_OWN_HEADERS.get(status, ())]
    return {
        "description": "\n".join(f"- `{fault.name}`: {fault.meaning}" for fault in faults),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {
            CONTENT_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {fault.name: {"value": _example(fault)} for fault in faults},
            },
        },
    }


def _example(fault: Fault) -> dict[str, Any]:
    example = {
        "type": fault.type,
        "title": str(fault.title),
        "status": fault.status,
        "detail": str(fault.meaning),
        "instance": "/api/v1/books/",
        "request_id": "req_0198c2a46f007c3e9a515b8d2f1e7a90",
    }
    if fault.name == "invalid":
        return example | {"errors": [{"field": "topic", "message": "This field is required."}]}
    return example
