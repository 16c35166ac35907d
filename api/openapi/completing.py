"""What holds for all operations is added when the views have been read: drf-spectacular's last hook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.openapi import errors, headers
from api.openapi.examples import EXAMPLES, Example
from api.openapi.files import name_forms
from api.openapi.inspecting import KEY, SESSION, STORED
from api.openapi.samples import sample
from api.openapi.tags import described
from api.openapi.webhooks import webhooks

JSON = "application/json"
SECURITY_SCHEMES = {
    KEY: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "octavo_…",
        "description": "A key of the organisation, made under “API keys”; see `x-required-scopes`.",
    },
    SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": "octavo_session",
        "description": "A member signed in on the organisation’s own host; writes also need `X-CSRFToken`.",
    },
}


def complete(result: dict[str, Any], **_generator: Any) -> dict[str, Any]:
    """Errors, headers, examples, security and the descriptions of tags."""
    result = _as_of_31(result)
    components = result.setdefault("components", {})
    for path, method, operation in operations(result):
        _complete(path, method, operation, components.get("schemas", {}))
    used = {tag for _path, _method, operation in operations(result) for tag in operation["tags"]}
    result["tags"] = described(used)
    result["webhooks"] = webhooks()
    components["securitySchemes"] = SECURITY_SCHEMES
    components["headers"] = headers.ANSWERS
    components["parameters"] = headers.ASKED
    components["responses"] = errors.responses()
    components.setdefault("schemas", {}).update(Problem=errors.PROBLEM, FieldError=errors.FIELD_ERROR)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    return result


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each path, method (in small letters) and operation of a description."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    name_forms(operation, schemas)
    if asked := headers.asked_with(method):
        operation.setdefault("parameters", []).extend(asked)
    for status, answer in operation["responses"].items():
        answer.setdefault("headers", {}).update(
            headers.answered_with(
                method,
                status,
                deprecated=operation.get("deprecated", False),
            )
        )
    if method == "get":
        operation["responses"]["304"] = {"description": "It is as `If-None-Match` has it."}
    stored = operation.pop(STORED)
    for number in sorted(errors.statuses_of(method, operation, stored=stored)):
        operation["responses"].setdefault(str(number), errors.reference(number))
    _show(operation, EXAMPLES.get(operation["operationId"], Example()), schemas)


def _show(operation: dict[str, Any], example: Example, schemas: dict[str, Any]) -> None:
    """What is sent and what comes back, in JSON: as it was written, else made from the schema."""
    sent = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if sent is not None:
        sent["example"] = example.request or sample(sent["schema"], schemas, sent=True)
    written = example.answer
    for status, answer in operation["responses"].items():
        media = answer.get("content", {}).get(JSON)
        if media is not None and status.startswith("2"):
            media["example"] = written or sample(media["schema"], schemas)
            written = None  # it is the first answer's


def _as_of_31(value: Any) -> Any:
    """Django REST framework's paginators say `nullable`, which OpenAPI 3.1 does not know."""
    if isinstance(value, list):
        return [_as_of_31(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _as_of_31(one) for key, one in value.items()}
    if made.get("nullable") is True and isinstance(made.get("type"), str):
        del made["nullable"]
        made["type"] = [made["type"], "null"]
    return made
