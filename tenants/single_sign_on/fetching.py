"""Requests to the providers that owners name, by `tenants.outgoing`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx

from tenants import outgoing


class Unreachable(Exception):
    """Nothing came back, or the address is none that may be asked. It does not tell which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is the JSON object that came; empty where something else did."""

    status: int
    data: dict[str, Any]


def fetch(method: str, url: str, **asked: Any) -> Answer:
    """Ask, with what httpx calls `headers`, `content` and `auth`. Raises `Unreachable`."""
    try:
        with outgoing.client() as client:
            response = client.request(method, url, **asked)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(url) from error
    return Answer(response.status_code, _object(response.content))


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
