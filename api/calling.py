"""Requests with a key, on the platform's host or the organisation's own, and how little they pass through.

The middleware for people (host, session, CSRF, sign-in, messages, pages) is nothing to a program. So requests
to the API that bring a key, and all to the platform's host, leave the chain here: what they need of it is
done in one place, and then Django looks up and calls the view. Under ASGI that is one thread for the whole of
it. See docs/decisions/022.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, cast
from uuid import UUID

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.security import SecurityMiddleware
from django.urls import is_valid_path
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from api.faults import FAULTS
from api.problems import CONTENT_TYPE, problem
from api.request_ids import id_of
from billing import calls
from billing.calls import Call, Pace, Taken
from insights.origin import Origin, coming_from
from tenants.api_keys import request_log
from tenants.api_keys.recognising import Fault, Known, NotRecognised, recognise
from tenants.api_keys.request_log import Asked
from tenants.context import entered, in_public
from tenants.middleware import keep_inside, promise, why_closed
from tenants.models import OrganisationStatus
from tenants.requests import address_of, asked_host
from tenants.resolution import Resolved, is_platform_host, resolve_host, resolve_id

PREFIX: Final = "/api/v1/"
_BEARER: Final = "bearer"
_CHALLENGE: Final = 'Bearer realm="Octavo"'
_INVALID: Final = 'Bearer realm="Octavo", error="invalid_token"'


class KeyMiddleware:
    """Lets what is not for keys pass on to the middleware for people."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.answer = SecurityMiddleware(_answer)
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)
            self.answer_in_thread = sync_to_async(self.answer)

    def __call__(self, request: Any) -> Any:
        if self.is_async:
            return self._answer_async(request)
        return self.answer(request) if _is_for_keys(request) else self.get_response(request)

    async def _answer_async(self, request: Any) -> HttpResponseBase:
        if _is_for_keys(request):
            return cast(HttpResponseBase, await self.answer_in_thread(request))
        return cast(HttpResponseBase, await self.get_response(request))


class Refused(Exception):
    """A request that no view gets to see; `fault` is one of `api.faults`, `headers` go with the answer."""

    def __init__(self, fault: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.fault = FAULTS[fault]
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def _is_for_keys(request: Any) -> bool:
    if not request.path_info.startswith(PREFIX):
        return False
    if secret_of(request) is not None:
        return True
    return is_platform_host(asked_host(request)) and not _is_for_sessions(request.path_info)


def _is_for_sessions(path: str) -> bool:
    """Whether people who are signed in on the platform's host may ask for it there."""
    return bool(is_valid_path(path, settings.PLATFORM_URLCONF))


def secret_of(request: Any) -> str | None:
    """What stands in `Authorization: Bearer …` (RFC 6750, section 2.1)."""
    scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == _BEARER else None


def _answer(request: Any) -> HttpResponseBase:
    request.organisation = request.membership = request.api_key = None
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = language = get_language_from_request(request)
    with override(language):
        try:
            response = _called(request)
        except Refused as refusal:
            response = _refusal(request, refusal)
    response.headers.setdefault("Content-Language", language)
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))  # type: ignore[attr-defined]
    return promise(response, request)


def _called(request: Any) -> HttpResponseBase:
    secret = secret_of(request)
    if secret is None:  # what is open to everybody is answered; the rest asks for a key
        with in_public():
            return _view(request)
    began, address = time.perf_counter(), address_of(request)
    key, organisation = admitted(secret, address=address, host=asked_host(request))
    _introduce(request, key, organisation)
    origin = Origin(address, request.META.get("HTTP_USER_AGENT", "")[:300], key.label)
    with entered(organisation.current), coming_from(origin):
        response = _paced(request, key, address)
    _note(request, response, key, address, began)
    return response


def _introduce(request: Any, key: Known, organisation: Resolved) -> None:
    """What views find on a request, as the middleware for people puts it there."""
    membership = key.membership()
    request.organisation, request.membership, request.api_key = organisation, membership, key
    request.user = membership.user


def _paced(request: Any, key: Known, address: str | None) -> HttpResponseBase:
    """The view's answer, where neither pace nor limit forbids it."""
    taken = calls.take(Call(key.organisation_id, key.user_id, key.id, address or "", key.per_minute))
    try:
        _check(taken)
    except Refused as refusal:
        return _refusal(request, refusal)
    response: HttpResponseBase = keep_inside(_view(request), request)
    for name, value in _pace_headers(taken.paces).items():
        response[name] = value
    return response


def admitted(secret: str, *, address: str | None, host: str) -> tuple[Known, Resolved]:
    """The key that somebody brings from `address` to `host`, and its organisation. Raises `Refused`."""
    try:
        key = recognise(secret)
    except NotRecognised as error:
        raise Refused("authentication-failed", _why_not(error.fault), WWW_Authenticate=_INVALID) from error
    organisation = resolve_id(key.organisation_id)
    if organisation is None or not _is_at(host, organisation.id):
        told = _("This key belongs to another organisation than this address.")
        raise Refused("authentication-failed", told, WWW_Authenticate=_INVALID)
    if organisation.status != OrganisationStatus.ACTIVE:
        raise Refused("forbidden", why_closed(organisation))
    if not key.may_come_from(address):
        raise Refused("address-not-allowed", _("This key may not be used from %s.") % (address or "?"))
    return key, organisation


def _why_not(fault: Fault) -> str:
    if fault is Fault.EXPIRED:
        return _("This key has expired.")
    if fault is Fault.REVOKED:
        return _("This key was revoked.")
    return _("There is no such key.")


def _is_at(host: str, organisation_id: UUID) -> bool:
    """Whether a key of the organisation may be used there: on the platform's host or one of its own."""
    if is_platform_host(host):
        return True
    found = resolve_host(host)
    return found is not None and found.id == organisation_id


def _check(taken: Taken) -> None:
    """Raises `Refused` for what is too often or too much."""
    if taken.reached:
        raise Refused("limit-reached", str(taken.reached))
    if taken.wait:
        told = _("Too many requests. Wait for %d seconds.") % taken.wait
        raise Refused("throttled", told, Retry_After=str(taken.wait), **_pace_headers(taken.paces))


def _pace_headers(paces: tuple[Pace, ...]) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers-10 has them, sections 3 and 4."""
    if not paces:
        return {}
    return {
        "RateLimit-Policy": ", ".join(f'"{one.name}";q={one.quota};w={calls.WINDOW}' for one in paces),
        "RateLimit": ", ".join(f'"{one.name}";r={one.left};t={one.full_in}' for one in paces),
    }


def _refusal(request: Any, refusal: Refused) -> HttpResponse:
    told = problem(refusal.fault, str(refusal), request_id=id_of(request), instance=request.path)
    return JsonResponse(told, status=refusal.fault.status, headers=refusal.headers, content_type=CONTENT_TYPE)


def _note(request: Any, response: Any, key: Known, address: str | None, began: float) -> None:
    request_log.note(
        Asked(
            organisation_id=key.organisation_id,
            key_id=key.id,
            method=request.method,
            path=request.path,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000),
            request_id=id_of(request),
            address=address,
            at=timezone.now(),
        )
    )


class _Views(BaseHandler):
    """Django's way from an address to its view, without any middleware (tests/api/test_calling.py guards what
    it takes from Django)."""

    _view_middleware = _template_response_middleware = _exception_middleware = ()

    def find_and_call(self, request: Any) -> HttpResponseBase:
        try:
            return cast(HttpResponseBase, self._get_response(request))  # type: ignore[attr-defined]
        except Http404:  # for which Django would render a page for people
            return _refusal(request, Refused("not-found", _("There is no such address in the API.")))


_view = cast(Callable[[Any], HttpResponseBase], convert_exception_to_response(_Views().find_and_call))
