"""Asks the REST API in this process, as the caller of a tool: with their key, from their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import httpx
from django.conf import settings
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from api.mcp.door import DJANGO

PATH: Final = "/api/v1/"
_PASSED_ON: Final = ("authorization", "accept-language", "user-agent", "x-forwarded-for", "x-forwarded-proto")


class Refused(ToolError):
    """The API said no; the message is its problem, for an assistant to read."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(_told(answer))
        self.status = answer.status_code


@dataclass(frozen=True, slots=True)
class Api:
    """The API as one caller may use it. `of` a tool's context."""

    client: httpx.AsyncClient

    async def get(self, address: str, **parameters: Any) -> Any:
        """What is there, as plain data. Raises `Refused`."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return _checked(await self.client.get(_path(address), params=given)).json()

    async def bytes_at(self, address: str) -> httpx.Response:
        """Raises `Refused`."""
        return _checked(await self.client.get(_path(address)))

    async def send(
        self, method: str, address: str, body: Mapping[str, Any] | None = None, *, key: str | None = None
    ) -> Any:
        """What comes of a write, None for nothing. Done once for each `key`. Raises `Refused`."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        answer = await self.client.request(method, _path(address), json=body, headers=headers)
        return _checked(answer).json() if answer.content else None


def api_of(context: Context[Any, Any]) -> Api:
    """For the caller of a tool or resource."""
    request: Any = context.request_context.request
    headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
    transport = httpx.ASGITransport(
        request.scope[DJANGO], raise_app_exceptions=False, client=request.scope.get("client") or ("", 0)
    )
    host = request.headers.get("host", settings.PUBLIC_HOST)
    return Api(
        httpx.AsyncClient(
            transport=transport, base_url=f"{settings.PUBLIC_SCHEME}://{host}", headers=headers, timeout=60
        )
    )


def _path(address: str) -> str:
    """An address of our own answers, or the part of one after /api/v1/."""
    return httpx.URL(address).raw_path.decode() if "://" in address else f"{PATH}{address}"


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_success or answer.status_code == 304:
        return answer
    raise Refused(answer)


def _told(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"{answer.status_code}: the API did not answer."
    lines = [f"{answer.status_code} {problem.get('title', '')}: {problem.get('detail', '')}"]
    lines += [f"{one['field']}: {one['message']}" for one in problem.get("errors", ())]
    if wait := answer.headers.get("Retry-After"):
        lines.append(f"Try again in {wait} seconds.")
    if request_id := problem.get("request_id"):
        lines.append(f"Request {request_id}.")
    return "\n".join(lines)
