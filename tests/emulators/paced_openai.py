"""A server that speaks OpenAI's protocol and answers after exactly the time that it is told to.

For benchmarks, beside `openai_server`, which is strict and scripted: raw asyncio, so that it costs next to
nothing beside what is measured. It speaks POST /v1/responses (plain, streamed, background), GET
/v1/responses/{id}, POST /v1/chat/completions (plain, streamed), /v1/images/generations and /v1/images/edits.
Structured output is made up from the JSON schema that was asked for, with `--chapters` items wherever a list
of that name is, and titles unlike those of any other prompt. Every n-th call can be a 429, every m-th can go
wrong in one of the ways of `FAULTS` in turn, and every k-th poll be a 503.

It keeps account: GET /calls tells of each call when it came and was answered (`time.time()`), its status, and
its label, which is the chapter that the prompt asks for, else a hash of the prompt. A call that the provider
charges for, answered or not, has the `id` of its answer and what it used, as on a bill.

    python -m tests.emulators.paced_openai --seconds 1.0 --chapters 20 --busy-every 5
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import io
import itertools
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

FAULTS = (
    "server_error",  # 500, not charged
    "lost",  # charged, and the connection breaks before the answer
    "unreadable",  # charged: an empty chapter, a plan that is no JSON, a picture that is none
    "failed",  # charged: a response in the background that comes to nothing
    "gateway_timeout",  # 504, and charged all the same
    "no_credit",  # 429 of the kind that no waiting cures, not charged
)
REFUSED = {"server_error": (500, "server_error"), "no_credit": (429, "insufficient_quota")}
_CHAPTER = re.compile(r"<chapter>\s*\d+\.\s*(Part \d+ of \w+)")
_PROMPT_FIELD = re.compile(rb'name="prompt"\r\n\r\n(.*?)\r\n--', re.DOTALL)
_PROSE = (
    "The garden keeps its own calendar and asks for patience before it gives anything back to those who "
    "come with a spade, a plan and an afternoon. Someone counts the beds, someone else counts the seeds, and "
    "between them they find out what there is room for. Water is carried in the morning, when the light is "
    "low and the paths are quiet, and notes are taken of what has come up since yesterday. "
)


PICTURE_USAGE = {
    "input_tokens": 50,
    "input_tokens_details": {"text_tokens": 50, "image_tokens": 0},
    "output_tokens": 1000,
    "total_tokens": 1050,
}


@dataclass
class Account:
    """What has been asked, in the order in which it came."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0


@dataclass
class Kept:
    """A background response, ready at a time of the event loop's clock."""

    ready_at: float
    body: dict[str, Any]


class PacedOpenAI:
    def __init__(
        self,
        *,
        seconds: float,
        chapters: int = 20,
        words: int = 600,
        busy_every: int = 0,
        retry_after: float = 0.25,
        fault_every: int = 0,
        poll_fault_every: int = 0,
    ) -> None:
        self.seconds = seconds
        self.chapters = chapters
        self.words = words
        self.busy_every = busy_every
        self.retry_after = retry_after
        self.fault_every = fault_every
        self.poll_fault_every = poll_fault_every
        self._faults = itertools.cycle(FAULTS)
        self._polls = itertools.count(1)
        self.account = Account()
        self._kept: dict[str, Kept] = {}
        self._ids = itertools.count(1)
        self._picture = _jpeg()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, with as many requests as the client sends on it."""
        try:
            while (request := await _read_request(reader)) is not None:
                async for chunk in self._answer(*request):
                    writer.write(chunk)
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, method: str, path: str, body: bytes) -> AsyncIterator[bytes]:
        if method == "GET" and path == "/calls":
            yield _json(200, vars(self.account))
        elif method == "GET" and path.startswith("/v1/responses/"):
            yield self._poll(path.rsplit("/", 1)[1])
        elif method == "POST" and path.startswith("/v1/"):
            async for chunk in self._call(path.removeprefix("/v1/"), body):
                yield chunk
        else:
            yield _error(404, "not_found", f"no {method} {path} here")

    async def _call(self, api: str, body: bytes) -> AsyncIterator[bytes]:
        request, prompt = _parsed(api, body)
        call = {"at": time.time(), "api": api, "label": _label(prompt), "status": 200}
        self.account.calls.append(call)
        if self.busy_every and len(self.account.calls) % self.busy_every == 0:
            call["status"] = 429
            yield _error(429, "rate_limit_exceeded", "slow down", self.retry_after)
            return
        if fault := self._fault():
            call["fault"] = fault
        if fault in REFUSED:
            status, code = REFUSED[fault]
            call["status"] = status
            yield _error(status, code, "asked for by the bench")
            return
        self.account.in_flight += 1
        self.account.most_in_flight = max(self.account.most_in_flight, self.account.in_flight)
        try:
            async for chunk in self._work(api, request, prompt, call, fault):
                if fault == "lost":
                    raise ConnectionError
                if fault == "gateway_timeout":
                    yield _error(504, fault, "nothing heard from behind the gateway")
                    return
                yield chunk
        finally:
            self.account.in_flight -= 1
            call["done"] = time.time()

    def _fault(self) -> str:
        due = self.fault_every and len(self.account.calls) % self.fault_every == 0
        return next(self._faults) if due else ""

    async def _work(
        self, api: str, request: dict[str, Any], prompt: str, call: dict[str, Any], fault: str
    ) -> AsyncIterator[bytes]:
        ready_at = asyncio.get_running_loop().time() + self.seconds
        if api.startswith("images/"):
            await _until(ready_at)
            call |= {"id": f"req_{next(self._ids):08d}", "pictures": 1} | _billed(PICTURE_USAGE)
            yield _json(200, self._drawn(fault), f"x-request-id: {call['id']}")
            return
        text = self._text(request, prompt) if fault != "unreadable" else ""
        if api == "chat/completions":
            events, answer = _chat_events(request, text), _completion(request, text)
        else:
            answer = self._response(request, prompt, text, failed=fault == "failed")
            events = _response_events(answer, text)
            call |= {"id": answer["id"], "words": len(text.split())} | _billed(answer["usage"])
        if request.get("background"):
            self._kept[answer["id"]] = Kept(ready_at, answer)
            yield _json(200, {**answer, "status": "queued", "output": [], "usage": None, "error": None})
        elif request.get("stream"):
            yield _STREAM_BEGINS + next(events)
            await _until(ready_at)
            yield b"".join(events) + _STREAM_ENDS
        else:
            await _until(ready_at)
            yield _json(200, answer)

    def _poll(self, response_id: str) -> bytes:
        kept = self._kept.get(response_id)
        if kept is None:
            return _error(404, "not_found", f"no response {response_id}")
        if self.poll_fault_every and next(self._polls) % self.poll_fault_every == 0:
            return _error(503, "overloaded", "asked for by the bench")
        if asyncio.get_running_loop().time() < kept.ready_at:
            waiting: dict[str, Any] = {"status": "in_progress", "output": [], "usage": None, "error": None}
            return _json(200, kept.body | waiting)
        return _json(200, kept.body)

    def _text(self, request: dict[str, Any], prompt: str) -> str:
        token = hashlib.sha256(prompt.encode()).hexdigest()[:8]
        if schema := _schema_of(request):
            return json.dumps(_instance(schema, token, self.chapters, "book", 1))
        half = self.words // 2
        words = (_PROSE * (self.words // 60 + 1)).split()[: self.words]
        return f"This is {_label(prompt)}. {' '.join(words[:half])}\n\n{token}: {' '.join(words[half:])}"

    def _response(
        self, request: dict[str, Any], prompt: str, text: str, *, failed: bool = False
    ) -> dict[str, Any]:
        """A response as the API reference describes it."""
        received, given = len(prompt) // 4 + 1, len(text) // 4
        content = {"type": "output_text", "text": text, "annotations": []}
        message = {
            "type": "message",
            "id": "msg_1",
            "status": "completed",
            "role": "assistant",
            "content": [content],
        }
        return {
            "id": f"resp_{next(self._ids):08d}",
            "object": "response",
            "created_at": int(time.time()),
            "status": "failed" if failed else "completed",
            "model": request["model"],
            "output": [] if failed else [message],
            "error": {"code": "server_error", "message": "asked for by the bench"} if failed else None,
            "incomplete_details": None,
            "instructions": None,
            "metadata": {},
            "parallel_tool_calls": True,
            "temperature": 1.0,
            "tool_choice": "auto",
            "tools": [],
            "top_p": 1.0,
            "usage": {
                "input_tokens": received,
                "input_tokens_details": {"cached_tokens": received // 3, "cache_write_tokens": 0},
                "output_tokens": given,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": received + given,
            },
        }

    def _drawn(self, fault: str) -> dict[str, Any]:
        picture = self._picture if fault != "unreadable" else "bm8gcGljdHVyZQ=="
        return {"created": int(time.time()), "data": [{"b64_json": picture}], "usage": PICTURE_USAGE}


# --- what is asked -----------------------------------------------------------------------------------------


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, str, bytes] | None:
    """Method, path and body; None where the client has closed the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    line, _, rest = head.partition(b"\r\n")
    method, path, _version = line.decode("latin-1").split(" ", 2)
    found = re.search(rb"content-length:\s*(\d+)", rest, re.IGNORECASE)
    body = await reader.readexactly(int(found[1])) if found else b""
    return method, path.partition("?")[0], body


def _parsed(api: str, body: bytes) -> tuple[dict[str, Any], str]:
    """The request and the text of its prompt."""
    if api == "images/edits" and not body.startswith(b"{"):
        found = _PROMPT_FIELD.search(body)
        return {}, found[1].decode() if found else ""
    request = json.loads(body)
    if api.startswith("images/"):
        return request, str(request["prompt"])
    turns = request["input"] if api == "responses" else request["messages"]
    said = turns if isinstance(turns, str) else "\n".join(_content(turn["content"]) for turn in turns)
    return request, f"{request.get('instructions') or ''}\n{said}"


def _content(content: Any) -> str:
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def _label(prompt: str) -> str:
    """The chapter that is asked for, else what tells this prompt from others."""
    found = _CHAPTER.findall(prompt)
    return found[-1] if found else f"prompt {hashlib.sha256(prompt.encode()).hexdigest()[:12]}"


def _schema_of(request: dict[str, Any]) -> dict[str, Any] | None:
    form = (request.get("text") or {}).get("format") or request.get("response_format") or {}
    if form.get("type") != "json_schema":
        return None
    schema: dict[str, Any] = (form.get("json_schema") or form)["schema"]
    return schema


def _instance(schema: dict[str, Any], token: str, chapters: int, name: str, number: int) -> Any:
    """Something that follows the schema; its titles carry the token of the prompt."""
    if "anyOf" in schema:
        return _instance(schema["anyOf"][-1], token, chapters, name, number)
    if "enum" in schema:
        return schema["enum"][0]
    if "properties" in schema:
        properties = schema["properties"].items()
        return {key: _instance(value, token, chapters, key, number) for key, value in properties}
    if "items" in schema:
        places = range(1, (chapters if name == "chapters" else 1) + 1)
        return [_instance(schema["items"], token, chapters, name, place) for place in places]
    text = f"Part {number} of {token}" if name == "title" else f"{name} {number} of {token}"
    simple = {"integer": number, "number": number, "boolean": True, "null": None}
    return simple.get(schema.get("type", "string"), text)


# --- what is answered --------------------------------------------------------------------------------------


def _billed(usage: dict[str, Any]) -> dict[str, Any]:
    return {
        "input_tokens": usage["input_tokens"],
        "cached_tokens": usage["input_tokens_details"].get("cached_tokens", 0),
        "output_tokens": usage["output_tokens"],
    }


def _response_events(answer: dict[str, Any], text: str) -> Iterator[bytes]:
    begun = {**answer, "status": "in_progress", "output": [], "usage": None}
    yield _event("response.created", response=begun, sequence_number=0)
    place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    pieces = [text[start : start + 1000] for start in range(0, len(text), 1000)]
    for number, piece in enumerate(pieces, 1):
        yield _event("response.output_text.delta", delta=piece, logprobs=[], sequence_number=number, **place)
    yield _event(f"response.{answer['status']}", response=answer, sequence_number=len(pieces) + 1)


def _chat_events(request: dict[str, Any], text: str) -> Iterator[bytes]:
    head = _chat_head(request, "chat.completion.chunk")
    yield _data({**head, "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]})
    yield _data({**head, "choices": [{"index": 0, "delta": {"content": text}}]})
    yield _data({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    if (request.get("stream_options") or {}).get("include_usage"):
        yield _data({**head, "choices": [], "usage": _chat_usage(text)})
    yield _chunked(b"data: [DONE]\n\n")


def _completion(request: dict[str, Any], text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        **_chat_head(request, "chat.completion"),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _chat_usage(text),
    }


def _chat_head(request: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": request["model"]}


def _chat_usage(text: str) -> dict[str, Any]:
    written = len(text) // 4
    return {"prompt_tokens": 1000, "completion_tokens": written, "total_tokens": 1000 + written}


def _jpeg() -> str:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (512, 768), "#f4ecd8").save(held, "JPEG", quality=80)
    return base64.b64encode(held.getvalue()).decode()


def _event(kind: str, **fields: Any) -> bytes:
    return _chunked(f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode())


def _data(body: dict[str, Any]) -> bytes:
    return _chunked(f"data: {json.dumps(body)}\n\n".encode())


def _chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


_STREAM_BEGINS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
_STREAM_ENDS = b"0\r\n\r\n"


def _json(status: int, body: Any, *headers: str) -> bytes:
    data = json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} {'OK' if status == 200 else 'No'}",
        "Content-Type: application/json",
        f"Content-Length: {len(data)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def _error(status: int, code: str, message: str, retry_after: float | None = None) -> bytes:
    headers = () if retry_after is None else (f"Retry-After: {retry_after:g}",)
    return _json(status, {"error": {"message": message, "type": code, "code": code}}, *headers)


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))


async def _main(arguments: argparse.Namespace) -> None:
    emulator = PacedOpenAI(
        seconds=arguments.seconds,
        chapters=arguments.chapters,
        words=arguments.words,
        busy_every=arguments.busy_every,
        retry_after=arguments.retry_after,
        fault_every=arguments.fault_every,
        poll_fault_every=arguments.poll_fault_every,
    )
    server = await asyncio.start_server(emulator.serve, "127.0.0.1", arguments.port, limit=2**20, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)  # whoever started it reads the port here
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="Speaks OpenAI's protocol at an exact pace.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--chapters", type=int, default=20)
    parser.add_argument("--words", type=int, default=600, help="in a chapter")
    parser.add_argument("--busy-every", type=int, default=0, help="every n-th call is a 429")
    parser.add_argument("--retry-after", type=float, default=0.25, help="seconds that a 429 asks for")
    parser.add_argument("--fault-every", type=int, default=0, help="every n-th call goes wrong in some way")
    parser.add_argument("--poll-fault-every", type=int, default=0, help="every n-th poll is a 503")
    asyncio.run(_main(parser.parse_args()))


if __name__ == "__main__":
    main()
