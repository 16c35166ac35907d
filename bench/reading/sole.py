"""Where there is one organisation, it is known: no host and no key has to be looked up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpResponseBase

from api import calling
from tenants.context import Current
from tenants.postgresql.guarding import unguard
from tenants.resolution import Resolved

SOLE = Resolved(
    current=Current(organisation_id=UUID(int=1), schema="sole"),
    name="Sole",
    slug="sole",
    status="ACTIVE",
    language="en",
)


class SoleMiddleware:
    """Says which organisation it is, for what asks for members."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)
        unguard()
        vars(calling)["resolve_id"] = vars(calling)["resolve_host"] = lambda _key: SOLE

    def __call__(self, request: Any) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        request.organisation, request.membership = SOLE, None
        answer: HttpResponseBase | Awaitable[HttpResponseBase] = self.get_response(request)
        return answer
