"""Paystack's own description of its API, reduced to what is served here: checks requests and answers."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

DOCUMENT: dict[str, Any] = json.loads(Path(__file__).with_name("paystack.json").read_text())


def problem_of_request(path: str, method: str, body: Any) -> str | None:
    """What is wrong with a request, in a sentence; None where it is right. `path` as in the description."""
    if DOCUMENT["paths"][path][method.lower()]["body"] is None:
        return None
    return _first_problem(_validator("paths", path, method.lower(), "body"), body)


def problem_of_answer(path: str, method: str, status: int, body: Any) -> str | None:
    """The same of an answer. One that the description does not know of is right whatever it says."""
    answers = DOCUMENT["paths"][path][method.lower()]["answers"]
    pointer = ["paths", path, method.lower(), "answers", str(status)]
    answer = answers.get(str(status))
    if answer is None:
        return None
    if "$ref" in answer:
        pointer = answer["$ref"].removeprefix("#/").split("/")
        answer = DOCUMENT["components"]["responses"][pointer[-1]]
    if "content" not in answer:
        return None
    return _first_problem(_validator(*pointer, "content", "application/json", "schema"), body)


def path_of(address: str) -> str | None:
    """The description's path of an address: "/plan/{code}" of "/plan/PLN_1"; None where there is none."""
    return next((path for path, pattern in _patterns() if pattern.fullmatch(address)), None)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Those without a parameter first."""
    paths = sorted(DOCUMENT["paths"], key=lambda path: ("{" in path, path))
    return [(path, re.compile(re.sub(r"\{\w+\}", "[^/]+", path))) for path in paths]


@cache
def _validator(*pointer: str) -> Draft202012Validator:
    escaped = (part.replace("~", "~0").replace("/", "~1") for part in pointer)
    return Draft202012Validator({**DOCUMENT, "$ref": "#/" + "/".join(escaped)})


def _first_problem(validator: Draft202012Validator, body: Any) -> str | None:
    error = next(iter(validator.iter_errors(body)), None)
    if error is None:
        return None
    where = ".".join(str(part) for part in error.absolute_path)
    return f"{where}: {error.message}" if where else error.message
