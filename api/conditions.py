"""ETag, If-None-Match and If-Match (RFC 9110, section 13): nothing is read twice, no update is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from api.turns import number_of

CHANGING: Final = ("PUT", "PATCH", "DELETE")


class ChangedMeanwhile(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed-meanwhile"

    def __init__(self) -> None:
        super().__init__(_("It was changed since you read it. Read it again, and send your change to that."))


def tag_of(content: bytes) -> str:
    return f'"{blake2b(content, digest_size=16).hexdigest()}"'


def tagged(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its tag, or a 304 for whoever has it already."""
    if response.status_code != status.HTTP_200_OK or request.method not in ("GET", "HEAD", "PUT", "PATCH"):
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    if isinstance(response, HttpResponse) and "ETag" not in response:
        response["ETag"] = tag_of(response.content)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
    if request.method in ("GET", "HEAD") and _has_it(request, response):
        return _not_modified(response)
    return response


def guarded(request: Request, change: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Make a change to what `If-Match` names. Raises `ChangedMeanwhile`.

    The state is what a GET of the same address answers now. Others who name a state wait until this change
    is made or taken back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number_of(request)])
        if not _matches(request.headers["If-Match"], _state_of(request)):
            raise ChangedMeanwhile
        return change()


def asks_for_state(request: Request) -> bool:
    return request.method in CHANGING and "If-Match" in request.headers


def _has_it(request: Request, response: HttpResponseBase) -> bool:
    given = request.headers.get("If-None-Match")
    if given is None or "ETag" not in response:
        return False
    tags = [tag.removeprefix("W/") for tag in parse_etags(given)]
    return tags == ["*"] or response["ETag"].removeprefix("W/") in tags


def _not_modified(response: HttpResponseBase) -> HttpResponse:
    answer = HttpResponse(status=status.HTTP_304_NOT_MODIFIED)
    del answer["Content-Type"]
    for name in ("ETag", "Cache-Control", "Vary", "Content-Location", "Expires"):
        if name in response:
            answer[name] = response[name]
    return instead_of(response, answer)


def instead_of(response: Any, answer: Any) -> HttpResponse:
    """The answer, with which the files of the one that it replaces are closed: closing that one by itself
    would end the request."""
    answer._resource_closers.extend(response._resource_closers)
    made: HttpResponse = answer
    return made


def _matches(given: str, state: HttpResponseBase) -> bool:
    tags = parse_etags(given)
    return state.status_code == status.HTTP_200_OK and (tags == ["*"] or state.get("ETag") in tags)


def _state_of(request: Request) -> HttpResponseBase:
    """What is at the address, whole, to the same caller."""
    asked: Any = copy.copy(request._request)
    match = asked.resolver_match
    asked.method = "GET"
    asked.GET = QueryDict()
    asked.META = {
        name: value
        for name, value in asked.META.items()
        if name not in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH")
    }
    asked.__dict__.pop("headers", None)
    answer: HttpResponseBase = match.func(asked, *match.args, **match.kwargs)
    return answer


def _number_of(request: Request) -> int:
    return number_of("if-match", getattr(request._request, "organisation", ""), request.path)
