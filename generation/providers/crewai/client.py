"""A crew's HTTP interface: four calls, each with its errors said in the pipeline's kinds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import httpx

from generation.providers.crewai.config import CrewConfig
from generation.providers.crewai.errand import Callbacks
from generation.providers.crewai.failures import (
    CrewLost,
    CrewUnreadable,
    NotWaiting,
    begun_in_vain,
    missing_inputs,
)
from generation.providers.crewai.status import Status, plain, status_from_json
from generation.providers.errors import (
    ProviderBusy,
    ProviderError,
    ProviderMisconfigured,
    ProviderUnavailable,
)
from generation.providers.waiting import wait_asked_for
from tenants import outgoing

MOST_BYTES: Final = 16 * 1024 * 1024  # of an answer; a long book with all its tasks has a few
SECONDS: Final = 60.0  # for one exchange
PATIENCE: Final = 20.0  # seconds of silence
MOST_INPUTS: Final = 200
LONGEST_ID: Final = 150
_GATEWAY: Final = frozenset({502, 504, 520, 522, 524})  # whoever stands before the crew gave up
_INPUTS_WANTED = 422


class _Refused(Exception):
    """An answer other than 200."""

    def __init__(self, response: httpx.Response, data: Any) -> None:
        super().__init__(response.status_code)
        self.status = response.status_code
        self.headers = response.headers
        self.data = data if isinstance(data, Mapping) else {}

    @property
    def reason(self) -> str:
        told = [self.data.get("error"), self.data.get("message")]
        return f"HTTP {self.status}: {' '.join(plain(one) for one in told if isinstance(one, str))}"[:500]


@dataclass(frozen=True, slots=True)
class CrewClient:
    config: CrewConfig

    async def inputs(self) -> tuple[str, ...]:
        """The names of what the crew asks for."""
        try:
            data = await self._ask("GET", "/inputs")
        except _Refused as refused:
            raise _error_of(refused) from refused
        names = data.get("inputs") if isinstance(data, Mapping) else None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise CrewUnreadable("GET /inputs: no list of names")
        return tuple(plain(name) for name in names[:MOST_INPUTS])

    async def kickoff(
        self, *, inputs: Mapping[str, str], meta: Mapping[str, str], callbacks: Callbacks
    ) -> str:
        """Begin a run; answers its id. What is certain to have begun none has `forget_call` set."""
        body = {"inputs": dict(inputs), "meta": dict(meta), **callbacks.as_json()}
        try:
            data = await self._ask("POST", "/kickoff", body)
        except _Refused as refused:
            error = _error_of(refused)
            raise (error if refused.status in _GATEWAY else begun_in_vain(error)) from refused
        except ProviderUnavailable as error:
            raise (error if error.uncertain else begun_in_vain(error)) from error
        kickoff_id = data.get("kickoff_id") if isinstance(data, Mapping) else None
        if not is_id(kickoff_id):
            raise CrewUnreadable("POST /kickoff: no kickoff_id")
        return str(kickoff_id)

    async def status(self, kickoff_id: str) -> Status:
        """Raises `CrewLost` for a run that the crew does not know."""
        try:
            data = await self._ask("GET", f"/status/{quote(kickoff_id, safe='')}")
        except _Refused as refused:
            if refused.status == 404:
                raise CrewLost(refused.reason) from refused
            raise _error_of(refused) from refused
        return status_from_json(data)

    async def resume(self, *, kickoff_id: str, task_id: str, feedback: str, callbacks: Callbacks) -> None:
        """Approve a task that waits for a person. Webhooks are not carried over: they are named again.

        Raises `NotWaiting` where no such task waits.
        """
        body = {
            "execution_id": kickoff_id,
            "task_id": task_id,
            "human_feedback": feedback,
            "is_approve": True,
            **callbacks.as_json(),
        }
        try:
            await self._ask("POST", "/resume", body)
        except _Refused as refused:
            if refused.status in (400, 404):
                raise NotWaiting(refused.reason) from refused
            raise _error_of(refused) from refused

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.config.token}", "Accept": "application/json"}
        url = self.config.base_url.rstrip("/") + path
        try:
            async with self._http() as http, http.stream(method, url, headers=headers, json=body) as answer:
                content = await _read(answer)
        except outgoing.NotPublic as error:
            raise ProviderMisconfigured(f"{method} {path}: {error}", code="crew_not_found") from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise ProviderUnavailable(f"{method} {path}: {error!r}") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
            raise ProviderMisconfigured(f"{method} {path}: {error!r}", code="crew_not_found") from error
        except httpx.HTTPError as error:
            raise ProviderUnavailable(f"{method} {path}: {error!r}", uncertain=True) from error
        data = _json(content)
        if answer.status_code != 200:
            raise _Refused(answer, data)
        if data is None:
            raise CrewUnreadable(f"{method} {path}: not JSON")
        return data

    def _http(self) -> httpx.AsyncClient:
        if self.config.guarded:
            return outgoing.async_client(most_bytes=2 * MOST_BYTES, seconds=SECONDS, patience=PATIENCE)
        return httpx.AsyncClient(timeout=PATIENCE)


def is_id(value: object) -> bool:
    return (
        isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable() and ":" not in value
    )


async def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise ProviderMisconfigured(f"an answer of more than {MOST_BYTES} bytes", code="crew_too_much")
    return bytes(content)


def _json(content: bytes) -> Any:
    """None for what is no JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _error_of(refused: _Refused) -> ProviderError:
    status, reason = refused.status, refused.reason
    if status in (401, 403):
        return ProviderMisconfigured(reason, code="wrong_key")
    if status == 429:
        return ProviderBusy(reason, retry_after=wait_asked_for(refused.headers))
    if status == _INPUTS_WANTED:
        return missing_inputs(_names_of_missing(refused.data) or reason)
    if status in (408, 425) or status >= 500:
        return ProviderUnavailable(reason, uncertain=status in _GATEWAY)
    if status == 404 or 300 <= status < 400:
        return ProviderMisconfigured(reason, code="crew_not_found")
    return ProviderMisconfigured(reason, code="crew_refused")


def _names_of_missing(data: Mapping[str, Any]) -> str:
    details = data.get("details")
    names = details.get("missing_inputs") if isinstance(details, Mapping) else None
    if not isinstance(names, list):
        return ""
    return ", ".join(plain(str(name))[:60] for name in names[:20])
