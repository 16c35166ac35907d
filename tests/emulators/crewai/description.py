"""AMP's description, and what it says of a request or of an answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft4Validator, FormatChecker

_FILE = Path(__file__).with_name("amp.yaml")
_FORMATS = FormatChecker(formats=["uuid"])


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


def problem_of_request(path: str, method: str, body: Any) -> str:
    """What the description forbids about a body; empty where it is as described."""
    operation = _described()["paths"][path][method.lower()]
    if "requestBody" not in operation:
        return "" if body is None else "a body where none is described"
    return _problem(operation["requestBody"]["content"]["application/json"]["schema"], body)


def problem_of_answer(path: str, method: str, status: int, answer: Any) -> str:
    responses = _described()["paths"][path][method.lower()]["responses"]
    if str(status) not in responses:
        return f"{status} is not described"
    response = responses[str(status)]
    if "$ref" in response:
        response = _described()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return _problem(response["content"]["application/json"]["schema"], answer)


def _problem(schema: dict[str, Any], value: Any) -> str:
    # OpenAPI 3.0's schemas are those of an early JSON Schema; their references begin at the whole document.
    whole = {**schema, "components": _described()["components"]}
    faults = Draft4Validator(whole, format_checker=_FORMATS).iter_errors(value)
    return "; ".join(f"{'/'.join(map(str, fault.path))}: {fault.message}"[:300] for fault in faults)


@cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load(_FILE.read_text())
    return described
