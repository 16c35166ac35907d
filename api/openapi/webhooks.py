"""The events that endpoints hear of, as OpenAPI 3.1's webhooks."""

from __future__ import annotations

from typing import Any, Final

from notifications.webhooks.catalogue import CATALOGUE, EventType

_HEADERS: Final = {
    "webhook-id": "The same with every attempt: whoever has seen it can stop there.",
    "webhook-timestamp": "Seconds since 1970, of this attempt.",
    "webhook-signature": "One signature or several, with spaces between; see the guide to webhooks.",
}
_ANSWERS: Final = {
    "2XX": {"description": "Heard. Anything else, and we try again later."},
    "410": {"description": "Nobody listens here any more."},
}


def webhooks() -> dict[str, Any]:
    """By the event's name."""
    return {one.name: {"post": _request(one)} for one in CATALOGUE}


def _request(event: EventType) -> dict[str, Any]:
    example = {"type": event.name, "timestamp": "2026-11-02T09:31:47.003318Z", "data": event.example}
    return {
        "operationId": f"on_{event.name.replace('.', '_')}",
        "summary": str(event.when),
        "tags": ["webhooks"],
        "parameters": [_header(name, says) for name, says in _HEADERS.items()],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _shape(event), "example": example}},
        },
        "responses": _ANSWERS,
    }


def _header(name: str, says: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": says,
        "schema": {"type": "string"},
    }


def _shape(event: EventType) -> dict[str, Any]:
    fields = dict.fromkeys(event.example, True)  # whatever it is
    data = {"type": "object", "required": [*fields], "properties": fields}
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": event.name},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
    }
