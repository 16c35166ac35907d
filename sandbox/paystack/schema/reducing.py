"""Takes what the stand-in serves out of Paystack's description of its API, as JSON Schema.

    python -m sandbox.paystack.schema.reducing dist/paystack.yaml

The file is that of github.com/PaystackOSS/openapi (MIT licence, see LICENCE beside this file). OpenAPI 3.0
says "nullable" where JSON Schema has a type; examples and prose are left out. `MENDED` are places where the
file contradicts Paystack's own documentation or answers; each says why.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TARGET = Path(__file__).with_name("paystack.json")
SERVED = re.compile(r"/(transaction|plan|subscription|customer|refund)(/|$)")
NOT_SERVED = re.compile(
    r"direct|identification|risk|export|partial|timeline|authorization/(initialize|verify)"
)
PROSE = ("description", "summary", "tags", "example", "examples", "operationId", "security")

OBJECT_OR_TEXT = {"anyOf": [{"type": "string"}, {"type": "object"}]}
PERHAPS_TEXT = {"type": "string", "nullable": True}
MENDED: dict[tuple[str, ...], Any] = {
    # The documentation's own examples, and pypaystack2, send an object here as well.
    ("TransactionChargeAuthorization", "properties", "metadata"): OBJECT_OR_TEXT,
    ("CustomerCreate", "properties", "metadata"): OBJECT_OR_TEXT,
    ("CustomerUpdate", "properties", "metadata"): OBJECT_OR_TEXT,
    ("ChargeAuthorizationResponse", "properties", "data", "properties", "metadata"): OBJECT_OR_TEXT,
    # Codes are such as "duplicate_reference"; what is listed here are the values of "type".
    ("Error", "properties", "code"): {"type": "string"},
    # What is not paid yet has no date, as "paid_at" beside it says; and what has ended is charged no more.
    ("TransactionListResponseArray", "properties", "paidAt"): PERHAPS_TEXT,
    ("SubscriptionFetchResponse", "properties", "data", "properties", "next_payment_date"): PERHAPS_TEXT,
}


def main() -> None:
    whole = yaml.safe_load(Path(sys.argv[1]).read_text())
    for way, meant in MENDED.items():
        mend(whole, way, meant)
    paths = {path: operations(item) for path, item in whole["paths"].items() if is_served(path)}
    reduced = {"paths": paths, "components": components(whole, paths)}
    TARGET.write_text(json.dumps(as_json_schema(reduced), indent=1, sort_keys=True) + "\n")


def mend(whole: dict[str, Any], way: tuple[str, ...], meant: Any) -> None:
    """Put what is meant in the place of what is there. Raises `KeyError` where nothing is there."""
    part = whole["components"]["schemas"]
    for name in way[:-1]:
        part = part[name]
    if way[-1] not in part:
        raise KeyError(way)
    part[way[-1]] = meant


def is_served(path: str) -> bool:
    return bool(SERVED.match(path)) and not NOT_SERVED.search(path)


def operations(item: dict[str, Any]) -> dict[str, Any]:
    """Of each method: the body and the answers, in JSON alone."""
    return {
        method: {
            "body": json_of(operation.get("requestBody", {})),
            "answers": {
                status: answer for status, answer in operation["responses"].items() if status != "default"
            },
        }
        for method, operation in item.items()
        if method != "parameters"
    }


def json_of(holder: dict[str, Any]) -> Any:
    return holder.get("content", {}).get("application/json", {}).get("schema")


def components(whole: dict[str, Any], root: Any) -> dict[str, Any]:
    """Everything that is referred to, from wherever."""
    found: dict[str, Any] = {}
    waiting = list(references(root))
    while waiting:
        kind, name = waiting.pop().removeprefix("#/components/").split("/")
        if name not in found.setdefault(kind, {}):
            found[kind][name] = whole["components"][kind][name]
            waiting += references(found[kind][name])
    return found


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def as_json_schema(part: Any, *, names: bool = False) -> Any:
    """`names`: the keys are names of properties, paths or components, not words of the language."""
    if isinstance(part, list):
        return [as_json_schema(value) for value in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: as_json_schema(value, names=not names and key in ("properties", "paths", "schemas", "responses"))
        for key, value in part.items()
        if names or key not in PROSE
    }
    if not names and kept.pop("nullable", False) and "type" in kept:
        kept["type"] = [kept["type"], "null"]
    return kept


if __name__ == "__main__":
    main()
