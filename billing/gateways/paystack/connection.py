"""pypaystack2's clients on a connection of our own.

They make addresses, bodies and answers; we send. Their own way of sending makes a new connection, with its
certificates read anew, for each call (28 ms of processor time, against 1 ms), and waits five seconds for
whatever is asked. Everything else of theirs is as it is.
"""

from __future__ import annotations

import logging
import os
import random
import time
from functools import cache
from http import HTTPMethod
from typing import Any, Final

import httpx
from pydantic import ValidationError
from pypaystack2.base_clients import BaseAPIClient
from pypaystack2.models import Response
from pypaystack2.sub_clients import (
    CustomerClient,
    PlanClient,
    RefundClient,
    SubscriptionClient,
    TransactionClient,
)

from billing.gateways.contract import GatewayRefused, GatewayUnavailable, KeyRefused

CONNECTING: Final = 5.0  # seconds
READING: Final = httpx.Timeout(10.0, connect=CONNECTING)  # seconds for each piece of an answer
WRITING: Final = httpx.Timeout(30.0, connect=CONNECTING)  # a bank may take its time over a charge
PAUSES: Final = (0.2, 0.8)  # seconds before a read is tried again; up to half as long again, at random
AGAIN_WITHIN: Final = 5.0  # seconds; what has taken longer is not tried again: somebody may be waiting
PASSING: Final = (408, 425, 429)  # and everything from 500 on

# Its warnings quote answers that it could not read, with what allows charging cards.
logging.getLogger("pypaystack2.base_clients").setLevel(logging.ERROR)


class NotFound(GatewayRefused):
    """There is no such thing."""


class OwnConnection(BaseAPIClient):
    """A client of one account. Its methods raise `GatewayUnavailable`, of which `KeyRefused` is one,
    `GatewayRefused` and `NotFound`."""

    def __init__(self, *, secret_key: str, base_url: str) -> None:
        super().__init__(secret_key)
        self._BASE_URL = base_url

    def _handle_request(
        self,
        method: HTTPMethod,
        url: str,
        data: dict[str, Any] | list[Any] | None = None,
        response_data_model_class: Any = None,
        raise_serialization_exception: bool = False,
    ) -> Response[Any]:
        request = self._serialize_request_kwargs(url=url, method=method, data=data)
        answer = _read(request) if method == HTTPMethod.GET else _write(method, request)
        _refuse(answer)
        try:
            return self._deserialize_response(answer, response_data_model_class, True)
        except (ValidationError, ValueError, AttributeError, TypeError) as error:
            raise GatewayUnavailable(f"an answer that says nothing: {type(error).__name__}") from None


class Transactions(OwnConnection, TransactionClient):
    pass


class Customers(OwnConnection, CustomerClient):
    pass


class Plans(OwnConnection, PlanClient):
    pass


class Subscriptions(OwnConnection, SubscriptionClient):
    pass


class Refunds(OwnConnection, RefundClient):
    pass


def _read(request: dict[str, Any]) -> httpx.Response:
    """Tried again where there is no answer, briefly: by whoever comes back from a hosted page, and by the
    clock while it is alone at the gateway, but never within a transaction.
    """
    began = time.monotonic()
    for pause in PAUSES:
        try:
            return _send(HTTPMethod.GET, request, READING)
        except GatewayUnavailable:
            if time.monotonic() - began > AGAIN_WITHIN:
                raise
            time.sleep(pause * random.uniform(1.0, 1.5))
    return _send(HTTPMethod.GET, request, READING)


def _write(method: HTTPMethod, request: dict[str, Any]) -> httpx.Response:
    """Once: what is not answered may have been done."""
    return _send(method, request, WRITING)


def _send(method: HTTPMethod, request: dict[str, Any], timeout: httpx.Timeout) -> httpx.Response:
    try:
        answer = _connection(os.getpid()).request(method.value, **request, timeout=timeout)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GatewayUnavailable(f"no answer: {type(error).__name__}") from error
    if answer.status_code in PASSING or answer.status_code >= 500:
        raise GatewayUnavailable(f"answered {answer.status_code}")
    return answer


@cache
def _connection(process: int) -> httpx.Client:
    """One for each process: connections do not survive a fork."""
    return httpx.Client(limits=httpx.Limits(max_connections=50, max_keepalive_connections=10))


def _refuse(answer: httpx.Response) -> None:
    """The outer `status` of the envelope says whether the call was understood, and nothing of the money."""
    try:
        envelope = answer.json()
    except ValueError:
        raise GatewayUnavailable(f"answered {answer.status_code}, and not in JSON") from None
    if not isinstance(envelope, dict):
        raise GatewayUnavailable(f"answered {answer.status_code}, and without an envelope")
    if answer.is_success and envelope.get("status") is True:
        return
    message, code = str(envelope.get("message") or answer.status_code)[:300], str(envelope.get("code") or "")
    if answer.status_code == 401:
        raise KeyRefused(message)
    if answer.status_code == 404 or code.endswith("not_found"):
        raise NotFound(message, code=code)
    raise GatewayRefused(message, code=code)
