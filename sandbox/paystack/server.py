"""The stand-in as a server: API, hosted pages and control, with what goes wrong on purpose."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import NoReturn

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.paystack import api, control, pages
from sandbox.paystack.emulator import Emulator
from sandbox.paystack.faults import Fault

LOOPBACK = "127.0.0.1"
METHODS = ["GET", "POST", "PUT", "DELETE"]


def app(emulator: Emulator) -> Starlette:
    async def answer(request: Request) -> Response:
        raw = await request.body()
        fault = emulator.faults.take(request.method, request.url.path)
        if fault is not None and (answered := instead(fault)) is not None:
            return answered
        response = await run_in_threadpool(api.answer, emulator, request, raw)
        if emulator.inspect is not None:
            emulator.inspect(request.method, api.address(request), response.status_code, bytes(response.body))
        if request.method != "GET":
            await run_in_threadpool(emulator.save)
        return response if fault is None else await spoiled(fault, response)

    routes = [
        *pages.routes(emulator),
        *control.routes(emulator),
        Route("/{path:path}", answer, methods=METHODS),
    ]
    return Starlette(routes=routes)


def instead(fault: Fault) -> Response | None:
    """What is answered without doing anything; None for faults that let it be done."""
    match fault.kind:
        case "crash":
            return Broken()
        case "error":
            return api.failure("An error occurred on our side", code="unknown", status=500)
        case "busy":
            return api.failure("Too many requests", code="rate_limited", status=429)
    return None


async def spoiled(fault: Fault, response: Response) -> Response:
    match fault.kind:
        case "lost":
            return Broken()
        case "slow":
            await asyncio.sleep(fault.seconds)
        case "garbage":
            return PlainTextResponse("<html>It works!</html>")
    return response


class Broken(Response):
    """An answer that is cut off: the connection closes in the middle of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> NoReturn:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        raise ConnectionAbortedError("cut off on purpose")


class Server:
    """The stand-in on a port of its own (0: any that is free), in a thread of this process."""

    def __init__(self, emulator: Emulator, *, port: int = 0) -> None:
        self._socket = socket.create_server((LOOPBACK, port))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://{LOOPBACK}:{self.port}"
        emulator.base_url = emulator.base_url or self.url
        config = uvicorn.Config(app(emulator), log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
