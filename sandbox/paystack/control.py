"""Addresses that Paystack does not have: they move the clock, make things go wrong, and show the books.

All under /sandbox/, asked with the secret key. Bodies and answers are JSON.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.paystack.api import failure, is_authorized
from sandbox.paystack.emulator import Emulator
from sandbox.paystack.webhooks import Disturbance

Deed = Callable[[Emulator, dict[str, Any]], Any]


def routes(emulator: Emulator) -> list[Route]:
    return [
        Route(f"/sandbox/{name}", handled(emulator, deed), methods=["POST"]) for name, deed in DEEDS.items()
    ]


def handled(emulator: Emulator, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if not is_authorized(emulator, request):
            return failure("Invalid key", code="invalid_Key", status=401)
        body = await request.json() if await request.body() else {}
        try:
            return JSONResponse(await run_in_threadpool(deed, emulator, body))
        except (KeyError, TypeError, ValueError) as error:
            return failure(f"{type(error).__name__}: {error}", code="invalid_params")

    return answer


def advance(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"to": "2027-01-31T00:00:00Z"}`, or spans such as `{"days": 3, "hours": 1}`."""
    if "to" in body:
        emulator.advance(to=datetime.fromisoformat(body["to"]))
    else:
        emulator.advance(timedelta(**body))
    return clock(emulator, {})


def clock(emulator: Emulator, body: dict[str, Any]) -> Any:
    return {"now": emulator.now().isoformat(), "offset_seconds": emulator.world.offset}


def disturb(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Fields of `Disturbance`; none of them for an orderly world."""
    emulator.disturbance = Disturbance(**body)
    return {}


def fault(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Fields of `Fault`."""
    emulator.faults.add(**body)
    return {}


def pay(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"reference": ..., "card": number}`: as on the hosted page."""
    return {"status": emulator.pay(**body).status}


def answer_bank(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"reference": ..., "approved": true}`"""
    return {"status": emulator.answer_bank(**body).status}


def set_card(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"authorization": code, "then": "insufficient"}`: what becomes of later charges."""
    emulator.set_card(**body)
    return {}


def deliver(emulator: Emulator, body: dict[str, Any]) -> Any:
    emulator.run_due()
    return {}


def bill(emulator: Emulator, body: dict[str, Any]) -> Any:
    return emulator.bill()


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (advance, clock, disturb, fault, pay, answer_bank, set_card, deliver, bill)
}
