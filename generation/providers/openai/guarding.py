"""The SDK's connections to servers that customers named: through `tenants.outgoing`, in the SDK's own types.

The SDK brings a client of its own kind (httpx2); this hands its requests to the guarded transport of httpx.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Final

import httpx
import httpx2

from tenants import outgoing

MOST_BYTES: Final = 64 * 1024 * 1024  # of an answer: a picture comes as text
SECONDS: Final = 1_800.0  # for one exchange: a long chapter arrives in pieces


def guarded_client() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=_Guarded(), trust_env=False, follow_redirects=False)


class _Guarded(httpx2.AsyncBaseTransport):
    def __init__(self) -> None:
        self._transport = outgoing.AsyncTransport(most_bytes=MOST_BYTES, seconds=SECONDS)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpx.Request(
            request.method,
            str(request.url),
            headers=request.headers.raw,
            content=await request.aread(),
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        with _translated(request):
            answer = await self._transport.handle_async_request(asked)
        return httpx2.Response(
            answer.status_code, headers=answer.headers.raw, stream=_Body(answer, request), request=request
        )

    async def aclose(self) -> None:
        await self._transport.aclose()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, answer: httpx.Response, request: httpx2.Request) -> None:
        self._answer = answer
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated(self._request):
            async for piece in self._answer.aiter_raw():
                yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextlib.contextmanager
def _translated(request: httpx2.Request) -> Iterator[None]:
    try:
        yield
    except httpx.ConnectTimeout as error:
        raise httpx2.ConnectTimeout(str(error), request=request) from error
    except httpx.TimeoutException as error:
        raise httpx2.ReadTimeout(str(error), request=request) from error
    except httpx.ConnectError as error:
        raise httpx2.ConnectError(str(error), request=request) from error
    except httpx.HTTPError as error:
        raise httpx2.ReadError(str(error), request=request) from error
