"""An emulator of OpenAI's API that keeps state: what neither aimock nor llmock can do.

Responses plain, streamed and in the background (an id at once, the result by polling), refusals, incomplete
answers, token counting, chat completions, pictures and their edits, moderation. It obeys the vendor's rules:
a request that OpenAI would turn down is turned down here too. Without a script it plans and writes books.

In a test:      with OpenAIServer() as server: server.script(Script(status=429, headers={"retry-after": "1"}))
As a process:   python -m tests.emulators.openai_stateful --port 8200 --delay 1.0 --busy-every 5
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import itertools
import json
import re
import socket
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

KEY = "sk-emulated"
STRICT_PICTURES = re.compile(r"^gpt-image-[2-9]")
_CHAPTER = re.compile(r"(?:Write chapter|Écrivez le chapitre) (\d+)")
_COUNT = re.compile(r"(?:exactly|exactement) (\d+) chap")


@dataclass
class Script:
    """What to do instead with the next `times` requests that contain `match` (None: all from now on).

    `path` is the end of the request's path. With `status` an error is answered; with `refusal` the model
    declines; `text` is the answer, or what stands where a picture should; `incomplete` names why the answer
    stops after `text`; `fails` is the code with which a response
    in the background fails; `breaks_after` ends a stream after so many events.
    """

    match: str = ""
    path: str = ""
    method: str = "POST"
    times: int | None = 1
    status: int = 0
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    refusal: str = ""
    incomplete: str = ""
    fails: str = ""
    breaks_after: int | None = None
    delay: float | None = None


@dataclass
class Call:
    """One request as it arrived. `body` is JSON, or for pictures with references the form's plain fields.

    `charged` is its line on the bill, where there is something to pay: the answer's id, tokens, pictures.
    """

    path: str
    method: str
    body: dict[str, Any]
    at: float
    status: int = 200
    files: tuple[bytes, ...] = ()
    charged: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return json.dumps(self.body, ensure_ascii=False)


@dataclass
class Job:
    """A response in the background."""

    response: dict[str, Any]
    ready_at: float


class OpenAIServer:
    """The emulator, on a port of its own in a thread of this process. Thread-safe enough for scripting."""

    def __init__(self, *, key: str = KEY, delay: float = 0.0, busy_every: int = 0, chapters: int = 3) -> None:
        self.key = key
        self.delay = delay
        self.busy_every = busy_every
        self.chapters = chapters
        self.calls: list[Call] = []
        self.in_flight = self.most_in_flight = 0
        self._scripts: list[Script] = []
        self._jobs: dict[str, Job] = {}
        self._numbers = itertools.count(1)
        self._server: uvicorn.Server | None = None
        self.port = 0

    # --- for tests -----------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def script(self, *scripts: Script) -> None:
        self._scripts += [replace(script) for script in scripts]

    def asked(self, path: str, *, method: str = "POST", status: int | None = 200) -> list[Call]:
        """The calls of a path's end, those answered with `status` (None: all)."""
        return [
            call
            for call in self.calls
            if call.path.endswith(path)
            and call.method == method
            and (status is None or call.status == status)
        ]

    def __enter__(self) -> OpenAIServer:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(self.app(), log_level="warning", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)

    # --- the API -------------------------------------------------------------------------------------------

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/responses", self.create_response, methods=["POST"]),
                Route("/v1/responses/input_tokens", self.count_tokens, methods=["POST"]),
                Route("/v1/responses/{id}", self.retrieve_response, methods=["GET"]),
                Route("/v1/chat/completions", self.complete_chat, methods=["POST"]),
                Route("/v1/images/generations", self.draw, methods=["POST"]),
                Route("/v1/images/edits", self.draw, methods=["POST"]),
                Route("/control/calls", self.show_calls, methods=["GET"]),
                Route("/control/script", self.take_script, methods=["POST"]),
            ]
        )

    async def create_response(self, request: Request) -> Response:
        call, script, refused = await self._receive(request)
        body = call.body
        refused = refused or _bad_response_request(body)
        if refused:
            return _error(call, refused)
        delay = self.delay if script.delay is None else script.delay
        response = self._response(body, script)
        call.charged = _billed(response["id"], response["usage"])
        if body.get("background"):
            self._jobs[response["id"]] = Job(response, time.monotonic() + delay)
            return JSONResponse(_pending(response, "queued"))
        if body.get("stream"):
            return _sse(self._working(_response_events(response, script, delay)))
        await self._wait(delay)
        return JSONResponse(response)

    async def retrieve_response(self, request: Request) -> Response:
        call, _script, refused = await self._receive(request)
        job = self._jobs.get(request.path_params["id"])
        if refused or job is None:
            return _error(call, refused or Script(status=404, code="not_found"))
        ready = time.monotonic() >= job.ready_at
        return JSONResponse(job.response if ready else _pending(job.response, "in_progress"))

    async def count_tokens(self, request: Request) -> Response:
        call, _script, refused = await self._receive(request)
        if refused:
            return _error(call, refused)
        count = _tokens(str(call.body.get("instructions")) + json.dumps(call.body.get("input")))
        return JSONResponse({"object": "response.input_tokens", "input_tokens": count})

    async def complete_chat(self, request: Request) -> Response:
        call, script, refused = await self._receive(request)
        if refused:
            return _error(call, refused)
        delay = self.delay if script.delay is None else script.delay
        text = self._text(call.body, script)
        if call.body.get("stream"):
            return _sse(self._working(_chat_events(call.body, text, script, delay, next(self._numbers))))
        await self._wait(delay)
        return JSONResponse(_chat_whole(call.body, text, script, next(self._numbers)))

    async def draw(self, request: Request) -> Response:
        call, script, refused = await self._receive(request)
        refused = refused or _bad_picture_request(call)
        if refused:
            return _error(call, refused)
        await self._wait(self.delay if script.delay is None else script.delay)
        number = next(self._numbers)
        picture = _picture(call, number)
        call.charged = _billed(f"req_{number:08d}", picture["usage"]) | {"pictures": 1}
        if script.text is not None:
            picture["data"] = [{"b64_json": script.text}]
        return JSONResponse(picture, headers={"x-request-id": call.charged["remote_id"]})

    async def show_calls(self, request: Request) -> Response:
        return JSONResponse(
            {
                "calls": [[call.method, call.path, call.status, call.at] for call in self.calls],
                "most_in_flight": self.most_in_flight,
            }
        )

    async def take_script(self, request: Request) -> Response:
        self.script(*(Script(**one) for one in await request.json()))
        return JSONResponse({})

    # --- inside --------------------------------------------------------------------------------------------

    async def _receive(self, request: Request) -> tuple[Call, Script, Script | None]:
        """The call, what is scripted for it, and, where it is to be refused at once, with what."""
        body, files = await _read(request)
        call = Call(request.url.path, request.method, body, time.monotonic(), files=files)
        self.calls.append(call)
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return call, Script(), Script(status=401, code="invalid_api_key")
        paid = request.method == "POST" and not call.path.endswith("input_tokens")
        if paid and self.busy_every and len(self.asked("", status=None)) % self.busy_every == 0:
            return call, Script(), Script(status=429, headers={"retry-after-ms": "200"})
        script = self._scripted(call)
        return call, script, script if script.status else None

    def _scripted(self, call: Call) -> Script:
        for script in self._scripts:
            fits = call.method == script.method and call.path.endswith(script.path)
            if script.times != 0 and fits and script.match in call.text:
                if script.times is not None:
                    script.times -= 1
                return script
        return Script()

    def _response(self, body: dict[str, Any], script: Script) -> dict[str, Any]:
        text = self._text(body, script)
        content: list[dict[str, Any]] = [{"type": "output_text", "text": text, "annotations": []}]
        if script.refusal:
            content = [{"type": "refusal", "refusal": script.refusal}]
        number = next(self._numbers)
        response = {
            "id": f"resp_{number:08d}",
            "object": "response",
            "created_at": int(time.time()),
            "model": f"{body['model']}-2026-07-09",
            "status": "incomplete" if script.incomplete else "completed",
            "incomplete_details": {"reason": script.incomplete} if script.incomplete else None,
            "error": None,
            "background": bool(body.get("background")),
            "output": [
                {"type": "message", "id": f"msg_{number}", "role": "assistant", "status": "completed",
                 "content": content}
            ] if text or script.refusal else [],
            "usage": _responses_usage(body, text),
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
        }  # fmt: skip
        if script.fails:
            response |= {
                "status": "failed",
                "output": [],
                "error": {"code": script.fails, "message": "failed"},
            }
        return response

    def _text(self, body: dict[str, Any], script: Script) -> str:
        if script.text is not None:
            return script.text
        asked = json.dumps(body.get("input") or body.get("messages") or "", ensure_ascii=False)
        if body.get("response_format") or (body.get("text") or {}).get("format", {}).get("schema"):
            count = _COUNT.search(asked)
            return json.dumps(_plan(int(count[1]) if count else self.chapters, pictures="picture:" in asked))
        number = _CHAPTER.search(asked)
        return _chapter(int(number[1]) if number else 0)

    async def _wait(self, seconds: float) -> None:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.in_flight -= 1

    async def _working(self, events: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            async for event in events:
                yield event
        finally:
            self.in_flight -= 1


async def _read(request: Request) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    if request.method == "GET":
        return {}, ()
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.json(), ()
    form = await request.form()
    files = [await value.read() for _name, value in form.multi_items() if not isinstance(value, str)]
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}, tuple(files)


def _bad_response_request(body: dict[str, Any]) -> Script | None:
    if "response_format" in body:
        return Script(status=400, code="unknown_parameter")
    if body.get("background") and body.get("store") is False:
        return Script(status=400, code="invalid_value")
    form = (body.get("text") or {}).get("format") or {}
    if form.get("strict") and not _is_strict(form["schema"]):
        return Script(status=400, code="invalid_json_schema")
    return None


def _is_strict(schema: dict[str, Any]) -> bool:
    """Strict structured output: every property required, none beside them, all the way down."""
    parts = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    parts += [schema["items"]] if "items" in schema else []
    if schema.get("type") == "object" and (
        set(schema["required"]) != set(schema["properties"])
        or schema.get("additionalProperties") is not False
    ):
        return False
    return all(_is_strict(part) for part in parts)


def _bad_picture_request(call: Call) -> Script | None:
    body = call.body
    if not body.get("model") or "response_format" in body:
        return Script(status=400, code="unknown_parameter")
    if "input_fidelity" in body and STRICT_PICTURES.match(body["model"]):
        return Script(status=400, code="invalid_input_fidelity")
    if call.path.endswith("edits") and not call.files:
        return Script(status=400, code="missing_required_parameter")
    return None


def _error(call: Call, script: Script) -> Response:
    call.status = script.status
    kinds = {401: "invalid_request_error", 429: "rate_limit_error", 400: "invalid_request_error"}
    error = {
        "message": f"emulated {script.code or script.status}",
        "type": kinds.get(script.status, "server_error"),
        "code": script.code or None,
        "param": None,
    }
    return JSONResponse({"error": error}, status_code=script.status, headers=script.headers)


def _pending(response: dict[str, Any], status: str) -> dict[str, Any]:
    return {
        **response,
        "status": status,
        "output": [],
        "usage": None,
        "error": None,
        "incomplete_details": None,
    }


def _sse(events: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(events, media_type="text/event-stream")


async def _response_events(response: dict[str, Any], script: Script, delay: float) -> AsyncIterator[bytes]:
    def event(kind: str, number: int, **data: Any) -> bytes:
        data = {"type": kind, "sequence_number": number, **data}
        return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()

    yield event("response.created", 0, response=_pending(response, "in_progress"))
    await asyncio.sleep(delay)
    text = "".join(part.get("text", "") for item in response["output"] for part in item["content"])
    words = re.findall(r"\S+\s*", text)
    for number, start in enumerate(range(0, len(words), 40), 1):
        if script.breaks_after is not None and number > script.breaks_after:
            return
        delta = "".join(words[start : start + 40])
        yield event("response.output_text.delta", number, item_id="m", output_index=0, content_index=0,
                    delta=delta, logprobs=[])  # fmt: skip
    if script.breaks_after is None:
        yield event(f"response.{response['status']}", len(words) + 1, response=response)


async def _chat_events(
    body: dict[str, Any], text: str, script: Script, delay: float, number: int
) -> AsyncIterator[bytes]:
    def chunk(choices: list[dict[str, Any]], **more: Any) -> bytes:
        head = {
            "id": f"chatcmpl-{number}",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": body["model"],
        }
        return f"data: {json.dumps({**head, 'choices': choices, **more})}\n\n".encode()

    await asyncio.sleep(delay)
    delta = {"role": "assistant", "refusal": script.refusal} if script.refusal else {"content": text}
    yield chunk([{"index": 0, "delta": delta, "finish_reason": None}])
    if script.breaks_after is not None:
        return
    yield chunk([{"index": 0, "delta": {}, "finish_reason": _finish(script)}])
    yield chunk([], usage=_chat_usage(body, text))
    yield b"data: [DONE]\n\n"


def _chat_whole(body: dict[str, Any], text: str, script: Script, number: int) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if script.refusal else text}
    message["refusal"] = script.refusal or None
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": _finish(script), "logprobs": None}],
        "usage": _chat_usage(body, text),
    }


def _finish(script: Script) -> str:
    return {"max_output_tokens": "length", "content_filter": "content_filter"}.get(script.incomplete, "stop")


def _responses_usage(body: dict[str, Any], text: str) -> dict[str, Any]:
    received, given = _tokens(json.dumps(body.get("input"))), _tokens(text)
    return {
        "input_tokens": received,
        "input_tokens_details": {"cached_tokens": received // 4, "cache_write_tokens": 0},
        "output_tokens": given,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": received + given,
    }


def _billed(remote_id: str, usage: dict[str, Any]) -> dict[str, Any]:
    return {
        "remote_id": remote_id,
        "input_tokens": usage["input_tokens"],
        "cached_tokens": usage["input_tokens_details"].get("cached_tokens", 0),
        "output_tokens": usage["output_tokens"],
    }


def _chat_usage(body: dict[str, Any], text: str) -> dict[str, Any]:
    received, given = _tokens(json.dumps(body["messages"])), _tokens(text)
    return {
        "prompt_tokens": received,
        "prompt_tokens_details": {"cached_tokens": received // 4},
        "completion_tokens": given,
        "total_tokens": received + given,
    }


def _tokens(text: str) -> int:
    return len(text) // 4 + 1


def _plan(chapters: int, *, pictures: bool) -> dict[str, Any]:
    scene = {
        "place": "garden", "time": "day", "weather": "clear", "mood": "happy", "pose": "walk", "item": "seed",
        "companion": False, "creatures": ["bird"], "hero": True, "alt": "Someone kneels by a row of beans.",
        "description": "Someone kneels beside a row of beans in the morning light.",
    }  # fmt: skip
    return {
        "title": "The Emulated Book",
        "subtitle": "Planned by an emulator",
        "premise": "Something is wanted, and in the end it is there.",
        "bible": {
            "characters": [{"name": "Ana", "role": "gardener", "description": "Knows every worm."}],
            "places": [{"name": "The plot", "description": "It faces south."}],
            "facts": ["It is spring."],
        },
        "chapters": [
            {
                "number": number,
                "title": f"Part {number}",
                "beats": [f"Thing {number} is begun.", f"Thing {number} is done."],
                "scene": scene if pictures else None,
            }
            for number in range(1, chapters + 1)
        ],
        "cover": scene,
    }


def _chapter(number: int) -> str:
    paragraphs = [
        " ".join(f"In part {number}, Ana takes step {step} of row {row}." for step in range(1, 8))
        for row in range(1, 6)
    ]
    return "\n\n".join(paragraphs)


def _picture(call: Call, number: int) -> dict[str, Any]:
    width, height = (int(side) // 16 for side in str(call.body.get("size", "1024x1024")).split("x"))
    encoded = io.BytesIO()
    Image.new("RGB", (width, height), (40 * number % 255, 120, 160)).save(encoded, "JPEG")
    return {
        "created": 1,
        "output_format": "jpeg",
        "data": [{"b64_json": base64.b64encode(encoded.getvalue()).decode()}],
        "usage": {
            "input_tokens": 60,
            "input_tokens_details": {"text_tokens": 60, "image_tokens": 0},
            "output_tokens": 1056,
            "total_tokens": 1116,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--port", type=int, default=8200)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--busy-every", type=int, default=0, help="every so-manieth call gets a 429")
    parser.add_argument("--chapters", type=int, default=3)
    asked = parser.parse_args()
    server = OpenAIServer(delay=asked.delay, busy_every=asked.busy_every, chapters=asked.chapters)
    uvicorn.run(server.app(), host="127.0.0.1", port=asked.port, log_level="warning", lifespan="off")


if __name__ == "__main__":
    main()
