"""From where the present request comes, so that the activity log can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction

from tenants.requests import address_of


@dataclass(frozen=True, slots=True)
class Origin:
    """`ip_address` is None for what the platform does by itself; a browser calls itself `user_agent`.

    `api_key` is the name and the beginning of the key that was used, if any.
    """

    ip_address: str | None = None
    user_agent: str = ""
    api_key: str = ""


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("octavo_origin", default=_NOWHERE)


def origin() -> Origin:
    return _origin.get()


@contextmanager
def coming_from(here: Origin) -> Iterator[None]:
    """What is done meanwhile was asked for from `here`."""
    token = _origin.set(here)
    try:
        yield
    finally:
        _origin.reset(token)


class OriginMiddleware:
    """Notes where a request comes from, for as long as it is answered."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: Any) -> Any:
        if self.is_async:
            return self._answer_async(request)
        with coming_from(origin_of(request)):
            return self.get_response(request)

    async def _answer_async(self, request: Any) -> Any:
        with coming_from(origin_of(request)):
            return await self.get_response(request)


def origin_of(request: Any, *, api_key: str = "") -> Origin:
    return Origin(
        ip_address=address_of(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:300],
        api_key=api_key,
    )
