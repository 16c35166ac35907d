"""Progress streams on a real Valkey, through the ASGI application itself."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing

from live import streams
from notifications import endings, stream, tickets
from notifications.tickets import Ticket

HOST = "acme.localhost:8000"


@pytest.fixture
def schema() -> str:
    return f"t_{uuid4().hex[:12]}"


@pytest.fixture(autouse=True)
async def own_hub() -> AsyncIterator[None]:
    streams.hub.cache_clear()
    yield
    await streams.hub().close()
    streams.hub.cache_clear()


def put(schema: str, topic: str, **event: Any) -> None:
    stream._send(stream.channel(topic, schema=schema), "progress", json.dumps(event))


class Client:
    """An ASGI client that reads frames as they come."""

    def __init__(self) -> None:
        self.status = 0
        self.frames: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._gone = asyncio.Event()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif b"data: " in message["body"]:
            lines = message["body"].decode().strip().split("\n")
            self.frames.put_nowait(dict(line.split(": ", 1) for line in lines))

    async def receive(self) -> dict[str, str]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def leave(self) -> None:
        self._gone.set()

    async def next_event(self) -> dict[str, Any]:
        frame = await asyncio.wait_for(self.frames.get(), 5)
        return {"id": frame["id"], **json.loads(frame["data"])}


@asynccontextmanager
async def listening(schema: str, topic: str, *, after: str = "") -> AsyncIterator[Client]:
    token = tickets.issue(Ticket(schema, topic, HOST))
    headers = [(b"host", HOST.encode())] + ([(b"last-event-id", after.encode())] if after else [])
    client = Client()
    scope = {"type": "http", "path": streams.PREFIX + token, "headers": headers}
    serving = asyncio.create_task(streams.serve(scope, client.receive, client.send))
    try:
        yield client
    finally:
        client.leave()
        await asyncio.wait_for(serving, 5)


async def refused(token: str, *, host: str = HOST, after: bytes = b"") -> int:
    client = Client()
    headers = [(b"host", host.encode()), (b"last-event-id", after)]
    scope = {"type": "http", "path": streams.PREFIX + token, "headers": headers}
    await asyncio.wait_for(streams.serve(scope, client.receive, client.send), 5)
    return client.status


async def test_stream_replays_then_follows(schema: str) -> None:
    put(schema, "job:1", done=1)
    async with listening(schema, "job:1") as client:
        assert (await client.next_event())["done"] == 1
        put(schema, "job:1", done=2)
        assert (await client.next_event())["done"] == 2


async def test_stream_resumes_after_the_last_event_seen(schema: str) -> None:
    for done in (1, 2, 3):
        put(schema, "job:1", done=done)
    async with listening(schema, "job:1") as client:
        first = await client.next_event()
    async with listening(schema, "job:1", after=first["id"]) as client:
        assert [(await client.next_event())["done"] for _ in range(2)] == [2, 3]


async def test_streams_of_two_organisations_do_not_mix(schema: str) -> None:
    other = f"t_{uuid4().hex[:12]}"
    async with listening(schema, "job:1") as ours, listening(other, "job:1") as theirs:
        put(other, "job:1", whose="theirs")
        assert (await theirs.next_event())["whose"] == "theirs"
        put(schema, "job:1", whose="ours")
        assert (await ours.next_event())["whose"] == "ours"
        assert ours.frames.empty() and theirs.frames.empty()


async def test_many_clients_share_one_reader(schema: str) -> None:
    async with listening(schema, "job:1") as first, listening(schema, "job:1") as second:
        await asyncio.sleep(0)
        put(schema, "job:1", done=1)
        assert (await first.next_event())["done"] == 1
        assert (await second.next_event())["done"] == 1


async def test_events_between_subscription_and_replay_come_once_in_order(schema: str) -> None:
    async def write() -> None:
        for done in range(50):
            await asyncio.to_thread(put, schema, "job:1", done=done)

    writing = asyncio.create_task(write())
    async with listening(schema, "job:1") as client:
        assert [(await client.next_event())["done"] for _ in range(50)] == list(range(50))
    await writing


async def test_altered_old_or_foreign_tickets_are_refused(
    schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tickets.issue(Ticket(schema, "job:1", HOST))
    assert await refused(token + "x") == 403
    assert await refused(token, host="other.localhost:8000") == 403
    assert await refused(token, after=b"nonsense") == 403
    monkeypatch.setattr(tickets, "VALID_SECONDS", -1)
    assert await refused(token) == 403


def test_ticket_names_its_organisation(schema: str) -> None:
    ticket = tickets.read(tickets.issue(Ticket(schema, "job:1", HOST)), host=HOST)
    assert (ticket.schema, ticket.topic) == (schema, "job:1")
    with pytest.raises(tickets.BadTicket):
        tickets.read(signing.dumps(["x"], salt="notifications.tickets"), host=HOST)


async def test_client_that_does_not_keep_up_still_gets_everything(
    schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.hub.QUEUE_LENGTH", 2)
    async with listening(schema, "job:1") as client:
        for done in range(40):
            put(schema, "job:1", done=done)  # without letting the loop run
        assert [(await client.next_event())["done"] for _ in range(40)] == list(range(40))


async def test_stream_goes_on_after_its_connection_was_cut(schema: str) -> None:
    async with listening(schema, "job:1") as client:
        put(schema, "job:1", done=1)
        assert (await client.next_event())["done"] == 1
        hub = streams.hub()
        while hub._reader_id is None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        own = [c for c in await hub._redis.client_list() if c["name"] == hub.name]
        assert len(own) == 1
        await hub._redis.client_kill(own[0]["addr"])
        put(schema, "job:1", done=2)
        assert (await client.next_event())["done"] == 2


async def test_stream_ends_so_that_its_reader_is_asked_again_who_they_are(
    schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "OPEN_SECONDS", 0.05)
    token = tickets.issue(Ticket(schema, "job:1", HOST))
    scope = {"type": "http", "path": streams.PREFIX + token, "headers": [(b"host", HOST.encode())]}
    client, bodies = Client(), []

    async def send(message: Any) -> None:
        await client.send(message)
        bodies.append(message)

    await asyncio.wait_for(streams.serve(scope, client.receive, send), 5)
    assert (client.status, bodies[-1].get("more_body", False)) == (200, False)


def end(schema: str, member: str, key: str | None) -> None:
    put(schema, endings.topic_of(member), key=key)


@asynccontextmanager
async def open_for(schema: str, **reader: Any) -> AsyncIterator[asyncio.Task[None]]:
    """A stream that is open, as the task that serves it."""
    token = tickets.issue(Ticket(schema, "job:1", HOST, **reader))
    client = Client()
    scope = {"type": "http", "path": streams.PREFIX + token, "headers": [(b"host", HOST.encode())]}
    serving = asyncio.create_task(streams.serve(scope, client.receive, client.send))
    try:
        yield serving
    finally:
        client.leave()
        await asyncio.wait_for(serving, 5)


async def test_streams_of_a_key_end_with_it(schema: str) -> None:
    async with (
        open_for(schema, member="max", key="one") as one,
        open_for(schema, member="max", key="other") as other,
        open_for(schema, member="max") as session,
    ):
        end(schema, "max", "one")
        await asyncio.wait_for(asyncio.shield(one), 5)
        async with open_for(schema, member="max", key="one") as late:  # with a ticket from before
            await asyncio.wait_for(asyncio.shield(late), 5)
        assert not other.done() and not session.done()


async def test_all_streams_of_a_member_end_when_they_leave(schema: str) -> None:
    async with (
        open_for(schema, member="max", key="one") as one,
        open_for(schema, member="max") as session,
        open_for(schema, member="ada") as others,
    ):
        end(schema, "max", None)
        await asyncio.wait_for(asyncio.gather(asyncio.shield(one), asyncio.shield(session)), 5)
        assert not others.done()


async def test_stream_ends_when_its_key_expires(schema: str) -> None:
    async with open_for(schema, member="max", key="one", until=time.time() + 0.05) as soon:
        await asyncio.wait_for(asyncio.shield(soon), 5)
