"""A client that does each write once and tries again what may be tried again."""

from __future__ import annotations

import asyncio
import time
import uuid

import httpx

from .client import AuthenticatedClient

TRIES = 4
PASSING = (429, 502, 503)
LONGEST_WAIT = 30.0  # seconds


def connect(base_url: str, key: str, *, timeout: float = 60.0) -> AuthenticatedClient:
    """With a key of the organisation. Each write gets an Idempotency-Key, so that it can be sent again."""
    return AuthenticatedClient(
        base_url=base_url,
        token=key,
        timeout=httpx.Timeout(timeout),
        httpx_args={"transport": Patient()},
    )


class Patient(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends again what got no answer, a 429, 502 or 503: four times at most, not before `Retry-After`."""

    def __init__(self) -> None:
        self._here = httpx.HTTPTransport()
        self._there = httpx.AsyncHTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        _name(request)
        for number in range(1, TRIES):
            try:
                response = self._here.handle_request(request)
            except httpx.TransportError:
                time.sleep(_pause(number))
                continue
            if response.status_code not in PASSING:
                return response
            response.close()
            time.sleep(_pause(number, response))
        return self._here.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _name(request)
        for number in range(1, TRIES):
            try:
                response = await self._there.handle_async_request(request)
            except httpx.TransportError:
                await asyncio.sleep(_pause(number))
                continue
            if response.status_code not in PASSING:
                return response
            await response.aclose()
            await asyncio.sleep(_pause(number, response))
        return await self._there.handle_async_request(request)

    def close(self) -> None:
        self._here.close()

    async def aclose(self) -> None:
        await self._there.aclose()


def _name(request: httpx.Request) -> None:
    if request.method not in ("GET", "HEAD"):
        request.headers.setdefault("Idempotency-Key", str(uuid.uuid4()))


def _pause(number: int, response: httpx.Response | None = None) -> float:
    told = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(told) if told.isdecimal() else 0.25 * 2**number, LONGEST_WAIT)
