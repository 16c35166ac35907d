"""Blocks of the context, however they are left, shared and handed on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from config.streaming import pieces
from tenants.context import (
    Current,
    carried,
    current,
    current_or_none,
    entered,
    in_public,
    inside_as_now,
    is_settled,
    kept_inside,
)
from tenants.threads import Threads

ACME = Current(organisation_id=uuid4(), schema="t_acme")
GLOBEX = Current(organisation_id=uuid4(), schema="t_globex")
INITECH = Current(organisation_id=uuid4(), schema="t_initech")


def here() -> Current | None:
    return current_or_none()


def test_a_block_may_be_entered_again_within_itself() -> None:
    block = entered(ACME)
    with block:
        with entered(GLOBEX), block:
            assert here() == ACME
        assert here() == ACME
    assert here() is None


def test_a_block_that_is_left_late_takes_nobody_elses_place() -> None:
    def of_globex() -> Iterator[int]:
        with entered(GLOBEX):
            yield 1

    with entered(ACME):
        forgotten = of_globex()
        next(forgotten)
        with entered(INITECH):
            forgotten.close()  # type: ignore[attr-defined]
            assert here() == INITECH
        assert here() == ACME
    assert here() is None


def test_a_block_that_is_left_in_another_thread_is_left_there_alone() -> None:
    block = entered(ACME)
    block.__enter__()
    threading.Thread(target=carried(lambda: block.__exit__(None, None, None))).start()
    assert here() == ACME
    block.__exit__(None, None, None)
    assert here() is None


def test_one_block_serves_many_tasks() -> None:
    block = entered(ACME)

    async def work() -> Current | None:
        with block:
            await asyncio.sleep(0)
            with in_public():
                await asyncio.sleep(0)
            return here()

    async def all_of_them() -> list[Current | None]:
        return await asyncio.gather(*(work() for _ in range(20)))

    assert async_to_sync(all_of_them)() == [ACME] * 20
    assert here() is None


async def test_a_task_stays_inside_when_its_maker_has_left() -> None:
    left = asyncio.Event()

    async def work() -> list[Current | None]:
        await left.wait()
        with in_public():
            outside = here()
        return [outside, here()]

    with entered(ACME):
        task = asyncio.create_task(work())
    left.set()
    assert await task == [None, ACME]
    assert here() is None


async def test_a_cancelled_task_leaves_its_block() -> None:
    seen: list[Current | None] = []

    async def work() -> None:
        try:
            with entered(GLOBEX):
                await asyncio.Event().wait()
        finally:
            seen.append(here())

    with entered(ACME):
        task = asyncio.create_task(work())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (seen, here()) == ([ACME], ACME)


def test_functions_of_every_kind_may_be_decorated() -> None:
    @entered(ACME)
    def plain() -> Current:
        return current()

    @entered(ACME)
    async def awaited() -> Current:
        await asyncio.sleep(0)
        return current()

    @entered(ACME)
    def steps() -> Iterator[Current]:
        yield current()
        yield current()

    @entered(ACME)
    async def async_steps() -> AsyncIterator[Current]:
        yield current()
        await asyncio.sleep(0)
        yield current()

    async def taken() -> list[tuple[Current, Current | None]]:
        return [(step, here()) async for step in async_steps()]

    assert plain() == ACME
    assert async_to_sync(awaited)() == ACME
    with entered(GLOBEX):
        assert [(step, here()) for step in steps()] == [(ACME, GLOBEX)] * 2
        assert async_to_sync(taken)() == [(ACME, GLOBEX)] * 2
    assert here() is None


def test_what_is_taken_later_is_made_where_it_was_begun() -> None:
    ended: list[Current | None] = []

    def rows() -> Iterator[Current]:
        try:
            while True:
                yield current()
        finally:
            ended.append(here())

    with entered(ACME):
        stream = kept_inside(rows())
    with entered(GLOBEX):
        assert (next(stream), next(stream), here()) == (ACME, ACME, GLOBEX)
        stream.close()  # type: ignore[attr-defined]
    assert ended == [ACME]


def test_two_streams_that_are_taken_by_turns_do_not_mix() -> None:
    def rows(organisation: Current) -> Iterator[Current]:
        with entered(organisation):
            yield current()
            yield current()

    with in_public():
        one, two = kept_inside(rows(ACME)), kept_inside(rows(GLOBEX))
        taken = [(next(stream), here()) for stream in (one, two, two, one)]
        assert list(one) == list(two) == []
    assert taken == [(ACME, None), (GLOBEX, None), (GLOBEX, None), (ACME, None)]


async def test_a_synchronous_stream_is_read_in_threads() -> None:
    """Each piece by another thread, whose context is a copy that comes back to the task."""

    def rows() -> Iterator[bytes]:
        with entered(GLOBEX):
            yield current().schema.encode()
            yield current().schema.encode()

    with entered(ACME):
        taken = [(piece, here()) async for piece in pieces(kept_inside(rows()))]
    assert taken == [(b"t_globex", ACME)] * 2
    assert here() is None


def test_a_pool_of_threads_carries_the_organisation_of_whoever_submits() -> None:
    with Threads(2) as threads:
        with entered(ACME):
            ours, mapped = threads.submit(here), list(threads.map(lambda _: here(), range(4)))
        with entered(GLOBEX):
            theirs = threads.submit(here)
        nobodys = threads.submit(here)
    assert (ours.result(), theirs.result(), nobodys.result()) == (ACME, GLOBEX, None)
    assert mapped == [ACME] * 4


def test_what_is_carried_may_run_in_many_threads_at_once() -> None:
    both = threading.Barrier(2)
    seen = []

    def look() -> None:
        both.wait(10)
        seen.append(here())

    with entered(ACME):
        threads = [threading.Thread(target=carried(look)) for _ in range(2)]
        looking = carried(look)
        threads = [threading.Thread(target=looking) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [ACME, ACME]


async def test_a_function_that_is_kept_is_done_where_it_was_kept() -> None:
    with entered(ACME):
        kept = inside_as_now(here)
    with entered(GLOBEX):
        assert (kept(), here()) == (ACME, GLOBEX)
        assert await sync_to_async(kept)() == ACME
    assert inside_as_now(here)() is None


def test_explicitly_nobody_is_not_nothing_said() -> None:
    assert not is_settled()
    with in_public():
        assert is_settled()
        assert here() is None
