"""One shape for what never reaches a view of the API: every answer has its id, every error is a problem."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_request, override

from api.conditions import instead_of
from api.faults import fault_of
from api.problems import CONTENT_TYPE, problem
from api.request_ids import HEADER, id_of
from tenants.middleware import DETAIL

PREFIX: Final = "/api/"
# What an answer that is made anew takes along from the one that it replaces.
_KEPT: Final = ("Allow", "Location", "Retry-After", "WWW-Authenticate", "Set-Cookie", "Vary")


class ShapeMiddleware:
    """Stands before all others, since each of them may answer by itself."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: Any) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self.is_async:
            return self._answer_async(request)
        with structlog.contextvars.bound_contextvars(request_id=id_of(request)):
            return _shaped(request, _elsewhere(request) or self.get_response(request))

    async def _answer_async(self, request: Any) -> HttpResponseBase:
        with structlog.contextvars.bound_contextvars(request_id=id_of(request)):
            return _shaped(request, _elsewhere(request) or await self.get_response(request))


def _elsewhere(request: Any) -> HttpResponse | None:
    """To the address with a slash at its end, method and body as they are, where there is none without."""
    path = request.path_info
    if not path.startswith(PREFIX) or path.endswith("/"):
        return None
    try:
        resolve(f"{path}/")
    except Resolver404:
        return None
    query = request.META.get("QUERY_STRING", "")
    location = f"{request.path}/?{query}" if query else f"{request.path}/"
    return HttpResponse(status=308, headers={"Location": location})


def _shaped(request: Any, response: HttpResponseBase) -> HttpResponseBase:
    if request.path_info.startswith(PREFIX) and _is_other_error(response):
        response = _as_problem(request, response)
    response[HEADER] = id_of(request)
    return response


def _is_other_error(response: HttpResponseBase) -> bool:
    return response.status_code >= 400 and not response.get("Content-Type", "").startswith(CONTENT_TYPE)


def _as_problem(request: Any, response: HttpResponseBase) -> HttpResponse:
    fault = fault_of(response.status_code)
    language = getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)
    with override(language):
        detail = getattr(response, DETAIL, None) or str(fault.meaning)
        told = problem(fault, detail, request_id=id_of(request), instance=request.path)
        body = {**told, "status": response.status_code}
    made = HttpResponse(json.dumps(body), status=response.status_code, content_type=CONTENT_TYPE)
    for name, value in response.items():
        if name in _KEPT or name.lower().startswith(("ratelimit", "x-", "access-control-")):
            made[name] = value
    made.cookies = response.cookies
    made["Content-Language"] = language
    made["Cache-Control"] = "no-store"
    return instead_of(response, made)
