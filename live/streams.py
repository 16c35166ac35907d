"""Server-sent events as a plain ASGI application: `/live/<ticket>`."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from django.conf import settings

from live.hub import Hub, stream_order
from notifications import endings
from notifications.stream import channel
from notifications.tickets import BadTicket, Ticket, read

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFIX = "/live/"
KEEP_ALIVE_SECONDS = 15
# Then the browser comes again for another ticket, and whoever may no longer see it gets none.
OPEN_SECONDS = 120
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]


def beside(django: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """An ASGI application that serves streams itself and leaves everything else to Django."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        own = (serve for prefix, serve in ROUTES.items() if path.startswith(prefix))
        await next(own, django)(scope, receive, send)

    return application


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    headers = dict(scope["headers"])
    try:
        ticket = read(scope["path"].removeprefix(PREFIX), host=headers.get(b"host", b"").decode("latin-1"))
        after = headers.get(b"last-event-id", b"") or b"0-0"
        stream_order(after)
    except (BadTicket, ValueError):
        await _refuse(send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    writing = asyncio.create_task(_write(send, channel(ticket.topic, schema=ticket.schema), after))
    leaving = asyncio.create_task(_left(receive))
    ending = asyncio.create_task(_ended(ticket))
    done, _ = await asyncio.wait(
        {writing, leaving, ending}, return_when=asyncio.FIRST_COMPLETED, timeout=_seconds_for(ticket)
    )
    await asyncio.gather(*map(_stop, (writing, leaving, ending)))
    if not done & {writing, leaving}:
        await send({"type": "http.response.body", "body": b""})


ROUTES: Mapping[str, Callable[[Scope, Receive, Send], Awaitable[None]]] = {PREFIX: serve}


async def _write(send: Send, key: str, after: bytes) -> None:
    await _body(send, b"retry: 2000\n\n")
    async with contextlib.aclosing(_with_keep_alive(hub().events(key, after=after))) as frames:
        async for frame in frames:
            await _body(send, frame)


def _seconds_for(ticket: Ticket) -> float:
    """How long its stream may be open: a key that ends by itself takes it along."""
    return OPEN_SECONDS if ticket.until is None else min(OPEN_SECONDS, max(0, ticket.until - time.time()))


async def _ended(ticket: Ticket) -> None:
    """Returns when its reader may read no more; also where that was before the stream began."""
    if not ticket.member:
        await asyncio.Event().wait()
    key = channel(endings.topic_of(ticket.member), schema=ticket.schema)
    async with contextlib.aclosing(hub().events(key, after=b"0-0")) as events:
        async for event in events:
            if endings.is_for(event.data, key=ticket.key):
                return


async def _with_keep_alive(events: AsyncIterator[Any]) -> AsyncGenerator[bytes, None]:
    """Frames of the events, and a comment where nothing happens for a while."""
    waiting = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=KEEP_ALIVE_SECONDS)
            if not done:
                yield b": keep-alive\n\n"
                continue
            event = waiting.result()
            waiting = asyncio.ensure_future(anext(events))
            yield b"id: %b\nevent: %b\ndata: %b\n\n" % (event.id, event.kind, event.data)
    finally:
        await _stop(waiting)


async def _stop(task: asyncio.Future[Any]) -> None:
    """Whatever came of it; the Redis client can swallow a cancellation while it reads."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.2)
    task.cancelled() or task.exception()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"This link to the live stream has expired.\n"})


@functools.cache
def hub() -> Hub:
    return Hub(settings.REDIS_URL)
