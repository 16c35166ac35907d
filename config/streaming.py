"""Files under ASGI: read block by block as the client takes them, not whole before the first byte."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_END: Final = object()


class StreamingHandler(ASGIHandler):
    """Django's own handler collects a synchronous stream into a list; here each piece is read in a thread."""

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        response: Any = await super().get_response_async(request)
        if response.streaming and not response.is_async:
            response.streaming_content = pieces(iter(response.streaming_content))
        return response  # type: ignore[no-any-return]


async def pieces(source: Iterator[bytes]) -> AsyncIterator[bytes]:
    """What `source` gives, each piece asked for when the one before has been taken."""
    take: Callable[..., Awaitable[Any]] = sync_to_async(next, thread_sensitive=False)
    while (piece := await take(source, _END)) is not _END:
        yield piece
