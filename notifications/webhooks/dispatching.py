"""Delivering what is due: one loop a process, with many requests in flight and none of them in the way.

The rows are the truth (docs/decisions/025): a ring that is lost is made up for by the scheduler's, and what
a dead dispatcher had is taken by another when its lease has run out.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import Final

import httpx
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections

from notifications.webhooks import sending
from notifications.webhooks.claiming import Claimed, claim
from notifications.webhooks.sending import Answer
from notifications.webhooks.settling import settle
from tenants.context import in_public
from tenants.doorbell import enqueue

IN_FLIGHT: Final = 100  # in one process
LOOK_ROUND: Final = 0.25  # seconds after which there may be more to claim, while answers are waited for
TURN: Final = 60.0  # seconds after which the loop ends and rings for the next, so that workers can stop

logger = logging.getLogger(__name__)

_alone = threading.Lock()
_rung = threading.Event()


def dispatch_beside() -> None:
    """The same in a thread of its own, so that a task of the worker need not wait for receivers.

    It ends with the process; what it had then is taken by another when its lease has run out.
    """
    _rung.set()
    if not _alone.locked():
        threading.Thread(target=_dispatch_and_leave, name="webhooks", daemon=True).start()


def _dispatch_and_leave() -> None:
    try:
        dispatch()
    finally:
        connections.close_all()


def dispatch() -> int:
    """Deliver what is due and becomes due meanwhile; how many requests were made.

    Where this process is at it already, that loop takes what there is, and this returns at once.
    """
    made = 0
    _rung.set()
    while _rung.is_set() and _alone.acquire(blocking=False):
        try:
            _rung.clear()
            with in_public():
                made += async_to_sync(_dispatch)()
        finally:
            _alone.release()
    return made


async def _dispatch() -> int:
    made, until = 0, time.monotonic() + TURN
    flying: set[asyncio.Task[tuple[Claimed, Answer]]] = set()
    async with sending.sender() as client:
        while True:
            if time.monotonic() < until:
                for claimed in await _claim(room=IN_FLIGHT - len(flying)):
                    flying.add(asyncio.create_task(_attempt(client, claimed)))
                    made += 1
            if not flying:
                break
            done, flying = await asyncio.wait(flying, timeout=LOOK_ROUND, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                await _settle(*task.result())
    if time.monotonic() >= until:
        enqueue("webhooks.dispatch", after_commit=False)
    return made


async def _attempt(client: httpx.AsyncClient, claimed: Claimed) -> tuple[Claimed, Answer]:
    return claimed, await sending.send(client, claimed)


_claim = sync_to_async(claim)


@sync_to_async
def _settle(claimed: Claimed, answer: Answer) -> None:
    try:
        settle(claimed, answer)
    except Exception:  # its lease runs out, and it is delivered again
        logger.exception("delivery not settled", extra={"delivery": str(claimed.delivery_id)})
