"""The emulator's HTTP server, on a port of its own in a thread of this process.

It keeps state, and checks what it is asked and what it answers against the description: `problems` must stay
empty. Webhooks are kept in `sent` for the test to deliver; with `send` they are delivered at once.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulators.crewai.crew import OUTLINE, TASKS, Run, Sent
from tests.emulators.crewai.description import problem_of_answer, problem_of_request

TOKEN = "emulated-bearer-token"


@dataclass
class Script:
    """What to do instead with the next `times` requests whose path begins with `path` (None: all).

    With `status` or `raw` that is answered; `lost` does what was asked and lets the answer be lost; `delay`
    in seconds comes before either.
    """

    path: str
    times: int | None = 1
    status: int = 0
    body: Any = None
    raw: bytes | None = None
    headers: dict[str, str] | None = None
    lost: bool = False
    delay: float = 0.0


@dataclass(frozen=True)
class Call:
    path: str
    body: Any


class CrewServer:
    """`shape` is how it answers about a run; `waits` has the outline wait for a person; `hangs` lets no run
    go on; `fails` is the error that runs end with; `counts` tells what was used in answers, too.
    """

    def __init__(self) -> None:
        self.inputs: tuple[str, ...] = ("title", "topic", "goal")
        self.chapters = 3
        self.shape: Literal["status", "state"] = "status"
        self.output_as: Literal["json", "text", "fenced"] = "text"
        self.waits = self.hangs = self.counts = False
        self.fails = ""
        self.result: Any = None  # instead of the book
        self.send: Callable[[Sent], None] | None = None
        self.runs: dict[str, Run] = {}
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.problems: list[str] = []
        self._scripts: list[Script] = []
        self._server: uvicorn.Server | None = None

    # --- for tests -----------------------------------------------------------------------------------------

    def script(self, *scripts: Script) -> None:
        self._scripts += [replace(script) for script in scripts]

    def asked(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path.startswith(path)]

    def script_ends(self) -> None:
        self._scripts.clear()

    def take_webhooks(self) -> list[Sent]:
        sent, self.sent = self.sent, []
        return sent

    @property
    def run(self) -> Run:
        (run,) = self.runs.values()
        return run

    def __enter__(self) -> CrewServer:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self._app(), log_level="warning", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)

    # --- the API -------------------------------------------------------------------------------------------

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/inputs", self._answering("/inputs", self._inputs)),
                Route("/kickoff", self._answering("/kickoff", self._kickoff), methods=["POST"]),
                Route("/status/{kickoff_id}", self._answering("/status/{kickoff_id}", self._status)),
                Route("/resume", self._answering("/resume", self._resume), methods=["POST"]),
            ]
        )

    def _answering(self, path: str, answer: Callable[[Request, Any], tuple[int, Any]]) -> Any:
        async def endpoint(request: Request) -> Response:
            content = await request.body()
            body = json.loads(content) if content else None
            self.calls.append(Call(request.url.path, body))
            script = self._script_for(request.url.path)
            if script:
                await asyncio.sleep(script.delay)
            if script and (script.status or script.raw is not None):
                if script.raw is not None:
                    return Response(script.raw, script.status or 200, script.headers)
                return JSONResponse(script.body or {}, script.status, script.headers)
            status, told = self._checked(path, request, body, answer)
            if script and script.lost:
                return Response(b"", 504)
            return JSONResponse(told, status)

        return endpoint

    def _checked(
        self, path: str, request: Request, body: Any, answer: Callable[[Request, Any], tuple[int, Any]]
    ) -> tuple[int, Any]:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"error": "Unauthorized", "message": "Invalid or missing bearer token"}
        if problem := problem_of_request(path, request.method, body):
            self.problems.append(f"asked {request.method} {path}: {problem}")
            return 400, {"error": "Invalid Request", "message": problem}
        status, told = answer(request, body)
        other_shape = self.shape == "state" and path.startswith("/status")
        if not other_shape and (problem := problem_of_answer(path, request.method, status, told)):
            self.problems.append(f"answered {request.method} {path}: {problem}")
        return status, told

    def _script_for(self, path: str) -> Script | None:
        for script in self._scripts:
            if path.startswith(script.path) and script.times != 0:
                if script.times is not None:
                    script.times -= 1
                return script
        return None

    def _inputs(self, request: Request, body: None) -> tuple[int, Any]:
        return 200, {"inputs": list(self.inputs)}

    def _kickoff(self, request: Request, body: dict[str, Any]) -> tuple[int, Any]:
        missing = [name for name in self.inputs if name not in body["inputs"]]
        if missing:
            details = {"missing_inputs": missing}
            return 422, {
                "error": "Validation Error",
                "message": "Missing required inputs",
                "details": details,
            }
        webhooks = {name: url for name, url in body.items() if name.endswith("WebhookUrl")}
        run = Run(body["inputs"], body.get("meta", {}), webhooks, self.chapters, self.waits)
        run.output_as = self.output_as
        self.runs[run.id] = run
        self._tell([run.thought()])
        return 200, {"kickoff_id": run.id}

    def _status(self, request: Request, body: None) -> tuple[int, Any]:
        run = self.runs.get(request.path_params["kickoff_id"])
        if run is None:
            return 404, {"error": "Execution not found", "message": "No execution found with that ID"}
        told = self._state(run) if self.shape == "state" else self._status_of(run)
        if not self.hangs:
            if self.fails and run.done == 1:
                run.state, run.error = "failed", self.fails
            self._tell(run.go_on())
        return 200, told

    def _status_of(self, run: Run) -> dict[str, Any]:
        if run.state == "failed":
            return {"status": "error", "error": run.error, "execution_time": 23.1}
        if run.state != "done":
            progress = {"completed_tasks": run.done, "total_tasks": len(TASKS)}
            return {"status": "running", "current_task": run.task, "progress": progress}
        tasks = [{"task_id": task, "output": _text(run.output_of(task)), "agent": "A"} for task in TASKS]
        output = self.result if self.result is not None else run.output_of(TASKS[-1])
        told = {
            "status": "completed",
            "result": {"output": _text(output), "tasks": [] if self.result is not None else tasks},
            "execution_time": 108.5,
        }
        return {**told, **self._used(run)}

    def _state(self, run: Run) -> dict[str, Any]:
        last = TASKS[run.done - 1] if run.done else None
        told: dict[str, Any] = {
            "state": {"done": "SUCCESS", "failed": "FAILED"}.get(run.state, "STARTED" if last else "PENDING"),
            "status": run.error or None,
            "result": None,
            "result_json": None,
            "last_executed_task": {"name": last, "output": _text(run.output_of(last))} if last else None,
        }
        if run.state == "done" and self.result is not None:
            told["last_executed_task"]["output"] = _text(self.result)
        if run.state == "done":
            book = self.result if self.result is not None else run.book()
            told |= {"result": json.dumps(book), "result_json": book}
        return {**told, **self._used(run)}

    def _used(self, run: Run) -> dict[str, Any]:
        from tests.emulators.crewai.crew import TOKENS

        return {"token_usage": TOKENS} if self.counts and run.state == "done" else {}

    def _resume(self, request: Request, body: dict[str, Any]) -> tuple[int, Any]:
        run = self.runs.get(body["execution_id"])
        if run is None or body["task_id"] not in TASKS:
            return 404, {"error": "Not Found", "message": "Execution ID not found"}
        if run.state != "waiting" or body["task_id"] != OUTLINE:
            return 400, {
                "error": "Invalid Request",
                "message": "Execution is not in pending human input state",
            }
        run.feedback.append(body["human_feedback"])
        run.state = "running"
        if not body["is_approve"]:
            run.done = 0
        # AMP does not carry webhooks over.
        run.webhooks = {name: url for name, url in body.items() if name.endswith("WebhookUrl")}
        return 200, {"status": "resumed" if body["is_approve"] else "retrying", "message": "Resumed"}

    def _tell(self, webhooks: list[Sent | None]) -> None:
        for webhook in filter(None, webhooks):
            if self.send:
                self.send(webhook)
            else:
                self.sent.append(webhook)


def _text(output: Any) -> str:
    return output if isinstance(output, str) else json.dumps(output, ensure_ascii=False)
