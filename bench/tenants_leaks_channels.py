"""The ways in which `bench.tenants_leaks` reads: each function is a process of its own.

`python -m bench.tenants_leaks_channels CHANNEL READS FILE` prints how many reads there were, how many showed
another organisation's row, and the seconds that they took. A unit of work is told its organisation, reads in
it, reads in another within, and goes on where it was; it never looks at what is entered.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import queue
import random
import secrets
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django

django.setup(set_prefix=False)

from asgiref.sync import sync_to_async  # noqa: E402 - all need the settings
from celery import shared_task  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, StreamingHttpResponse  # noqa: E402
from django.test import AsyncClient  # noqa: E402
from django.urls import path  # noqa: E402

from books.models import Hero  # noqa: E402
from tenants.context import Current, entered, in_public  # noqa: E402
from tenants.postgresql.raw import sql  # noqa: E402

UNIT: Final = 60  # reads of a unit of work
BY_ORM: Final = 6  # every how manyth read is the ORM's; the others are written by hand, which is quicker
THREADS: Final = 16
TASKS: Final = 48  # of asyncio at once
STREAMS: Final = 16  # that are taken by turns
PIECES: Final = 12  # of a stream

KEY: UUID
ORGANISATIONS: list[Current]
SLUGS: dict[str, str]  # of schemas
WRITTEN: Final = "SELECT name FROM {books_hero} WHERE id = %s"


class Tally:
    """Reads, and those among them that showed another's row."""

    def __init__(self, reads: int = 0, wrong: int = 0) -> None:
        self.reads = reads
        self.wrong = wrong

    def add(self, other: Tally) -> None:
        self.reads += other.reads
        self.wrong += other.wrong


def read(count: int, expected: Current) -> Tally:
    """Read wherever the context is, and compare with where it should be."""
    tally = Tally()
    with connection.cursor() as cursor:
        for number in range(count):
            if number % BY_ORM:
                cursor.execute(sql(WRITTEN), [KEY])
                found = cursor.fetchone()[0]
            else:
                found = Hero.objects.values_list("name", flat=True).get(pk=KEY)
            tally.reads += 1
            tally.wrong += found != expected.schema
    return tally


def unit(inside: Current, other: Current) -> Tally:
    tally = Tally()
    with entered(inside):
        tally.add(read(UNIT // 3, inside))
        with entered(other):
            tally.add(read(UNIT // 3, other))
        tally.add(read(UNIT // 3, inside))
    return tally


def two() -> tuple[Current, Current]:
    first, second = random.sample(ORGANISATIONS, 2)
    return first, second


# --- channels ----------------------------------------------------------------------------------------------


def threads(reads: int) -> Tally:
    """Units on threads, each with a connection of the process's pool while it works."""
    return _on_threads(reads, _unit_and_close)


def pool(reads: int) -> Tally:
    """The same with few connections, which are fought for and replaced after a few organisations."""
    tally = _on_threads(reads, _unit_and_close)
    state = connection.pool.state()  # type: ignore[attr-defined]
    if reads > THREADS * UNIT * 8 and not (state.recycled and state.queued):
        raise RuntimeError(f"nothing was recycled or waited for: {state}")
    return tally


def pgbouncer(reads: int) -> Tally:
    """The same through PgBouncer, which may give each statement another server connection."""
    return _on_threads(reads, _unit_and_close)


def _unit_and_close() -> Tally:
    try:
        return unit(*two())
    finally:
        connection.close()


def _on_threads(reads: int, work: Callable[[], Tally]) -> Tally:
    return _sum_of(reads, lambda executor: executor.submit(work).result)


def _sum_of(reads: int, begin: Callable[[ThreadPoolExecutor], Callable[[], Tally]]) -> Tally:
    tally = Tally()
    with ThreadPoolExecutor(THREADS) as executor:
        while tally.reads < reads:
            some = min(THREADS * 8, (reads - tally.reads) // UNIT + 1)
            for result in [begin(executor) for _ in range(some)]:
                tally.add(result())
    return tally


def asynchronous(reads: int) -> Tally:
    """Tasks that wait between their reads, in threads and by the asynchronous ORM; some are cancelled."""

    async def work() -> Tally:
        tally, (inside, other) = Tally(), two()
        with entered(inside):
            tally.add(await in_thread(UNIT // 3, inside))
            with entered(other):
                await asyncio.sleep(0)
                found = await Hero.objects.aget(pk=KEY)
                tally.add(Tally(1, found.name != other.schema))
                tally.add(await asyncio.create_task(in_thread(UNIT // 3 - 1, other)))
            tally.add(await in_thread(UNIT // 3, inside))
        return tally

    async def cancelled() -> None:
        with entered(random.choice(ORGANISATIONS)):
            await asyncio.sleep(60)

    async def everything() -> Tally:
        tally = Tally()
        while tally.reads < reads:
            idle = [asyncio.create_task(cancelled()) for _ in range(4)]
            some = min(TASKS, (reads - tally.reads) // UNIT + 1)
            for done in await asyncio.gather(*(work() for _ in range(some))):
                tally.add(done)
            for task in idle:
                task.cancel()
            await asyncio.gather(*idle, return_exceptions=True)
        return tally

    return asyncio.run(everything())


async def in_thread(count: int, expected: Current) -> Tally:
    def work() -> Tally:
        try:
            return read(count, expected)
        finally:
            connection.close()

    return await sync_to_async(work, thread_sensitive=False)()


_done: queue.Queue[Tally] = queue.Queue()


@shared_task(name="bench.leaks")
def read_in_task(inside: int, other: int) -> None:
    """Rung for by its organisation, which its message names."""
    first, second = ORGANISATIONS[inside], ORGANISATIONS[other]
    tally = read(UNIT // 2, first)
    with entered(second):
        tally.add(read(UNIT // 2, second))
    _done.put(tally)


def celery(reads: int) -> Tally:
    """A worker with threads, which hears of tasks for all organisations by turns; some in chains."""
    from celery import chain
    from celery.contrib.testing.worker import start_worker

    from config.celery import app

    app.conf.broker_transport_options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "global_keyprefix": f"octavo:bench:{secrets.token_hex(4)}:",
    }
    tally, numbers = Tally(), range(len(ORGANISATIONS))
    with start_worker(app, pool="threads", concurrency=8, perform_ping_check=False, shutdown_timeout=60):
        while tally.reads < reads:
            some = min(64, (reads - tally.reads) // (2 * UNIT) + 1)
            for _ in range(some):
                first, second = random.sample(numbers, 2)
                follows = read_in_task.si(first, second)
                with entered(ORGANISATIONS[first]):
                    chain(read_in_task.si(first, second), follows).apply_async()
            for _ in range(2 * some):
                tally.add(_done.get(timeout=120))
    return tally


def streams(reads: int) -> Tally:
    """Answers that are taken piece by piece, by turns, after their requests have ended."""
    settings.ROOT_URLCONF = "bench.tenants_leaks_channels"
    settings.MIDDLEWARE = ["tenants.middleware.HostMiddleware"]
    settings.ALLOWED_HOSTS = ["*"]

    async def take_all(inside: Current, kind: str) -> Tally:
        host = f"{SLUGS[inside.schema]}.{settings.PUBLIC_HOST}"
        answer: Any = await _HostClient(host).get(f"/{kind}/")
        tally = Tally()
        content = answer.streaming_content
        pieces = content if hasattr(content, "__aiter__") else _in_turn(content)
        async for piece in pieces:
            with entered(random.choice(ORGANISATIONS)):  # whoever takes it may be anywhere
                await asyncio.sleep(0)
            marks = piece.decode().split()
            tally.add(Tally(len(marks), sum(mark != inside.schema for mark in marks)))
        return tally

    async def everything() -> Tally:
        tally = Tally()
        while tally.reads < reads:
            some = [(random.choice(ORGANISATIONS), ("sync", "async")[n % 2]) for n in range(STREAMS)]
            for done in await asyncio.gather(*(take_all(*each) for each in some)):
                tally.add(done)
        return tally

    return asyncio.run(everything())


class _HostClient(AsyncClient):
    """A client of one host; Django's own says testserver, whatever it is told."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host

    def _base_scope(self, **request: Any) -> dict[str, Any]:
        scope: dict[str, Any] = super()._base_scope(**request)  # type: ignore[misc]
        return {**scope, "headers": [(b"host", self._host.encode())]}


async def _in_turn(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    from config.streaming import pieces

    async for piece in pieces(content):
        yield piece


def _marks() -> bytes:
    """What some reads show, in words; the connection goes back between two pieces."""
    try:
        with connection.cursor() as cursor:
            found = [Hero.objects.values_list("name", flat=True).get(pk=KEY)]
            for _ in range(UNIT // 4):
                cursor.execute(sql(WRITTEN), [KEY])
                found.append(cursor.fetchone()[0])
    finally:
        connection.close()
    return " ".join(found).encode()


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(_marks() for _ in range(PIECES))


async def stream_async(request: HttpRequest) -> StreamingHttpResponse:
    async def made() -> AsyncIterator[bytes]:
        for _ in range(PIECES):
            yield await sync_to_async(_marks, thread_sensitive=False)()

    return StreamingHttpResponse(made())


urlpatterns = [path("sync/", stream), path("async/", stream_async)]


# --- planted leaks -----------------------------------------------------------------------------------------


def stock_behind_pgbouncer(reads: int) -> Tally:
    """django-tenants' own backend: the schema is on the connection's search_path.

    A server's connection on which nobody has set it finds no table at all, which is no leak.
    """
    from django.db import ProgrammingError
    from django_tenants.postgresql_backend.base import DatabaseWrapper

    own = threading.local()
    known = {**connection.settings_dict}
    known["OPTIONS"] = {key: value for key, value in known["OPTIONS"].items() if key != "pool"}

    def work() -> Tally:
        if not hasattr(own, "connection"):
            own.connection = DatabaseWrapper({**known}, alias=f"stock{threading.get_ident()}")
        tally, (inside, _other) = Tally(), two()
        own.connection.set_schema(inside.schema)
        for _ in range(UNIT):
            with own.connection.cursor() as cursor, contextlib.suppress(ProgrammingError):
                cursor.execute("SELECT name FROM books_hero WHERE id = %s", [KEY])
                tally.add(Tally(1, cursor.fetchone()[0] != inside.schema))
        return tally

    return _on_threads(reads, work)


_who: Current


def module_global(reads: int) -> Tally:
    """Who is asking is kept in a variable of the module."""

    def work() -> Tally:
        global _who  # noqa: PLW0603 - the leak
        tally, (inside, _other) = Tally(), two()
        _who = inside
        for _ in range(UNIT):
            with entered(_who):
                tally.add(read(1, inside))
        connection.close()
        return tally

    return _on_threads(reads, work)


def open_generator(reads: int) -> Tally:
    """Streams that keep a block open between two pieces, and are taken by turns."""

    def rows(inside: Current) -> Iterator[Tally]:
        with entered(inside):
            while True:
                yield read(1, inside)

    tally = Tally()
    with in_public():
        while tally.reads < reads:
            opened = [rows(inside) for inside in two()]
            for _ in range(UNIT // 2):
                for each in opened:
                    tally.add(next(each))
    return tally


def kept_queryset(reads: int) -> Tally:
    """A queryset of one organisation, evaluated in another, that does not know where it was made."""
    tally = Tally()
    while tally.reads < reads:
        inside, other = two()
        with entered(inside):
            kept = Hero.objects.filter(pk=KEY).values_list("name", flat=True)
        kept.query.made_in = None  # type: ignore[attr-defined]
        with entered(other):
            tally.add(Tally(1, kept.get() != inside.schema))
    return tally


CHANNELS: Final = {
    "threads": threads,
    "asyncio": asynchronous,
    "celery": celery,
    "streams": streams,
    "pool": pool,
    "pgbouncer": pgbouncer,
    "stock_behind_pgbouncer": stock_behind_pgbouncer,
    "module_global": module_global,
    "open_generator": open_generator,
    "kept_queryset": kept_queryset,
}


def main(name: str, reads: str, file: str) -> None:
    global KEY, ORGANISATIONS, SLUGS  # noqa: PLW0603 - what this process is told
    told = json.loads(Path(file).read_text())
    KEY = UUID(told["key"])
    ORGANISATIONS = [Current(UUID(pk), schema) for pk, schema, _slug in told["organisations"]]
    SLUGS = {schema: slug for _pk, schema, slug in told["organisations"]}
    began = time.perf_counter()
    tally = CHANNELS[name](int(reads))
    seconds = time.perf_counter() - began
    print(json.dumps({"reads": tally.reads, "wrong": tally.wrong, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    sys.modules["bench.tenants_leaks_channels"] = sys.modules["__main__"]  # which is the urlconf too
    main(*sys.argv[1:])
