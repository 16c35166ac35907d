"""Whether what the API sends and answers is what its description says of the operation."""

from __future__ import annotations

import functools
import json
from typing import Any

from jsonschema import Draft202012Validator

from api.openapi.completing import operations
from api.openapi.serving import description


@functools.cache
def operations_by_id() -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for _path, _method, operation in operations(description())}


def faults_in(schema: dict[str, Any], value: Any) -> list[str]:
    """What of a value is not as a schema of the description has it."""
    whole = {**schema, "components": description()["components"]}
    faults = Draft202012Validator(whole).iter_errors(json.loads(json.dumps(value, default=str)))
    return [f"{list(fault.path)}: {fault.message}" for fault in faults]


def faults_of_answer(name: str, response: Any) -> list[str]:
    """What of an operation's answer is not as described, its status among it."""
    answers = operations_by_id()[name]["responses"]
    if str(response.status_code) not in answers:
        return [f"{response.status_code} is not described"]
    answer = answers[str(response.status_code)]
    if "$ref" in answer:
        answer = description()["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    media = answer.get("content", {}).get(response["Content-Type"].split(";")[0])
    if media is None:
        return [f"{response['Content-Type']} is not described"]
    return faults_in(media["schema"], response.json())
