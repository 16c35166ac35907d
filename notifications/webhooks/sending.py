"""One request to a receiver, by the guard of addresses."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx

from notifications.webhooks.claiming import Claimed
from notifications.webhooks.models import LONGEST_ANSWER, Problem
from notifications.webhooks.signing import headers_for
from tenants.outgoing import NotPublic, async_client

DEADLINE: Final = 15.0  # seconds for the whole of a request, as the specification recommends
MOST_BYTES: Final = 64 * 1024  # of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `status` of HTTP, or the `problem` why there is none. `body` is its beginning."""

    status: int | None
    problem: str
    body: str
    retry_after: str
    milliseconds: int
    at: datetime

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def sender() -> httpx.AsyncClient:
    return async_client(seconds=DEADLINE, patience=DEADLINE, most_bytes=MOST_BYTES)


async def send(client: httpx.AsyncClient, claimed: Claimed) -> Answer:
    """Does not raise, whatever the receiver does."""
    at, began = datetime.now(UTC), time.monotonic()
    signed_by = list(claimed.secrets)
    headers = headers_for(webhook_id=claimed.webhook_id, body=claimed.body, signed_by=signed_by, now=at)
    status, problem, body, retry_after = None, "", "", ""
    try:
        if not signed_by:
            raise httpx.LocalProtocolError("no secret")
        response = await client.post(claimed.url, content=claimed.body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        problem = _problem(error)
    else:
        status, retry_after = response.status_code, response.headers.get("Retry-After", "")
        body = _beginning(response)
        problem = "" if response.is_success else Problem.STATUS
    return Answer(status, problem, body, retry_after, round((time.monotonic() - began) * 1000), at)


def _problem(error: Exception) -> Problem:
    match error:
        case NotPublic() | httpx.InvalidURL():
            return Problem.REFUSED
        case httpx.TimeoutException():
            return Problem.TIMEOUT
        case httpx.ConnectError():
            return Problem.UNREACHABLE
    return Problem.BROKEN


def _beginning(response: httpx.Response) -> str:
    """As text that PostgreSQL takes."""
    return (
        response.content[: LONGEST_ANSWER * 4].decode("utf-8", "replace").replace("\0", "�")[:LONGEST_ANSWER]
    )
