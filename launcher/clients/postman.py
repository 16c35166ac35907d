"""The API's description as a collection for Postman (format 2.1). Standard library only."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
NAMESPACE = uuid.UUID("5d1c3a52-0f0a-4d9e-9d0a-6f2f3b1f0c11")  # so that ids are the same each time
Json = dict[str, Any]


def collection(description: Json) -> Json:
    """A folder for each tag, a request for each operation; `base_url` and `key` are its variables."""
    info = description["info"]
    return {
        "info": {
            "_postman_id": str(uuid.uuid5(NAMESPACE, info["title"])),
            "name": f"{info['title']} API v{info['version']}",
            "description": info["description"],
            "schema": FORMAT,
        },
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{key}}", "type": "string"}]},
        "variable": [
            {"key": "base_url", "value": description["servers"][0]["url"]},
            {"key": "key", "value": "octavo_…"},
        ],
        "item": [folder(tag, description) for tag in description["tags"]],
    }


def folder(tag: Json, description: Json) -> Json:
    return {
        "name": tag["name"],
        "description": tag.get("description", ""),
        "item": [
            request(path, method, operation, description)
            for path, of in description["paths"].items()
            for method, operation in of.items()
            if operation["tags"][0] == tag["name"]
        ],
    }


def request(path: str, method: str, operation: Json, description: Json) -> Json:
    parameters = [resolved(one, description) for one in operation.get("parameters", ())]
    made: Json = {
        "method": method.upper(),
        "description": operation.get("description", ""),
        "header": list(headers(method)),
        "url": url(path, parameters),
    }
    if body := body_of(operation, description):
        made["body"] = body
    return {
        "id": str(uuid.uuid5(NAMESPACE, operation["operationId"])),
        "name": operation["summary"],
        "request": made,
        "response": [],
    }


def headers(method: str) -> Iterator[Json]:
    yield {"key": "Accept", "value": "application/json"}
    if method != "get":
        yield {"key": "Idempotency-Key", "value": "{{$guid}}"}


def url(path: str, parameters: list[Json]) -> Json:
    parts = [f":{part[1:-1]}" if part.startswith("{") else part for part in path.strip("/").split("/")]
    return {
        "raw": "{{base_url}}/" + "/".join(parts) + "/",
        "host": ["{{base_url}}"],
        "path": [*parts, ""],
        "query": [
            {
                "key": one["name"],
                "value": "",
                "description": one.get("description", ""),
                "disabled": not one.get("required", False),
            }
            for one in parameters
            if one["in"] == "query"
        ],
        "variable": [
            {"key": one["name"], "value": "", "description": one.get("description", "")}
            for one in parameters
            if one["in"] == "path"
        ],
    }


def body_of(operation: Json, description: Json) -> Json | None:
    content: Json = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        media = content["application/json"]
        value = media.get("example") or sample(media["schema"], description)
        text = json.dumps(value, ensure_ascii=False, indent=2)
        return {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
    if "multipart/form-data" in content:
        schema = resolved(content["multipart/form-data"]["schema"], description)
        return {"mode": "formdata", "formdata": [field(*one) for one in schema["properties"].items()]}
    return None


def field(name: str, schema: Json) -> Json:
    is_file = schema.get("format") == "binary"
    return {"key": name, "type": "file", "src": []} if is_file else {"key": name, "type": "text", "value": ""}


def sample(schema: Json, description: Json) -> Any:
    """Something of the right shape: what is required of objects, and of the rest the plainest."""
    schema = resolved(schema, description)
    for known in ("example", "default", "const"):
        if known in schema:
            return schema[known]
    if "enum" in schema:
        return schema["enum"][0]
    for either in ("allOf", "oneOf", "anyOf"):
        if either in schema:
            return sample(schema[either][0], description)
    return plainest(schema, description)


def plainest(schema: Json, description: Json) -> Any:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        fields: Json = schema.get("properties", {})
        return {name: sample(fields[name], description) for name in schema.get("required", fields)}
    if kind == "array":
        return [sample(schema["items"], description)]
    return {"integer": schema.get("minimum", 1), "number": 1.0, "boolean": True, "null": None}.get(kind, "")


def resolved(value: Json, description: Json) -> Json:
    """What a reference within the description leads to."""
    while "$ref" in value:
        found: Any = description
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value
