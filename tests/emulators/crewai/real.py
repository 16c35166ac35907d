"""A real crew behind a small server in AMP's shape. Runs in an environment of its own, where crewai is.

    python tests/emulators/crewai/real.py TOKEN MODELS

MODELS is the base address of a server that speaks OpenAI's protocol. The first line that it prints is its own
address.
"""

from __future__ import annotations

import json
import sys
import threading
import urllib.request
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crewai import LLM, Agent, Crew, Process, Task

INPUTS = ["title", "topic", "goal"]
TASKS = {
    "outline_task": "Plan the book “{title}” about {topic}, so that the reader reaches {goal}.",
    "write_chapters_task": "Write every chapter of the outline.",
    "final_editing_task": "Edit the chapters and give the whole book.",
}
EXPECTED = {
    "outline_task": 'JSON: {"chapters": [{"title": "...", "description": "..."}]}',
    "write_chapters_task": 'JSON: {"chapters": [{"title": "...", "content": "..."}]}',
    "final_editing_task": 'JSON: {"chapters": [{"title": "...", "content": "..."}]}',
}


@dataclass
class Run:
    inputs: dict[str, str]
    meta: dict[str, Any]
    webhooks: dict[str, str]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    done: list[Any] = field(default_factory=list)
    output: Any = None
    error: str = ""

    def work(self, llm: LLM) -> None:
        try:
            self.output = self._crew(llm).kickoff(inputs=self.inputs)
        except Exception as error:
            self.error = repr(error)

    def status(self) -> dict[str, Any]:
        if self.error:
            return {"status": "error", "error": self.error}
        if self.output is None:
            current = list(TASKS)[min(len(self.done), len(TASKS) - 1)]
            progress = {"completed_tasks": len(self.done), "total_tasks": len(TASKS)}
            return {"status": "running", "current_task": current, "progress": progress}
        tasks = [
            {"task_id": name, "output": one.raw, "agent": one.agent}
            for name, one in zip(TASKS, self.done, strict=True)
        ]
        used = self.output.token_usage.model_dump()
        return {
            "status": "completed",
            "result": {"output": self.output.raw, "tasks": tasks},
            "token_usage": {name: count for name, count in used.items() if isinstance(count, int)},
        }

    def _crew(self, llm: LLM) -> Crew:
        agent = Agent(role="Author", goal="Write good books", backstory="You have written many.", llm=llm)
        tasks = [
            Task(name=name, description=asked, expected_output=EXPECTED[name], agent=agent)
            for name, asked in TASKS.items()
        ]
        return Crew(
            agents=[agent],
            tasks=tasks,
            process=Process.sequential,
            task_callback=self._after_task,
            verbose=False,
        )

    def _after_task(self, output: Any) -> None:
        self.done.append(output)
        if url := self.webhooks.get("taskWebhookUrl"):
            name = list(TASKS)[len(self.done) - 1]
            told = {"name": name, "output": output.raw, "kickoff_id": self.id, "meta": self.meta}
            _post(url, told)


def _post(url: str, told: dict[str, Any]) -> None:
    """As AMP does: whoever is not there misses it."""
    request = urllib.request.Request(
        url, json.dumps(told).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with suppress(OSError):
        urllib.request.urlopen(request, timeout=5).close()


def serve(token: str, models: str) -> None:
    llm = LLM(model="openai/gpt-crew", base_url=models, api_key="sk-emulated")
    runs: dict[str, Run] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            run = runs.get(self.path.rpartition("/")[2])
            if self.headers["Authorization"] != f"Bearer {token}":
                self._answer(401, {"error": "Unauthorized"})
            elif self.path == "/inputs":
                self._answer(200, {"inputs": INPUTS})
            elif run is None:
                self._answer(404, {"error": "Execution not found"})
            else:
                self._answer(200, run.status())

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.headers["Authorization"] != f"Bearer {token}":
                self._answer(401, {"error": "Unauthorized"})
            elif self.path != "/kickoff":
                self._answer(400, {"error": "Invalid Request", "message": "Nothing waits"})
            else:
                webhooks = {name: url for name, url in body.items() if name.endswith("WebhookUrl")}
                run = Run(body["inputs"], body.get("meta", {}), webhooks)
                runs[run.id] = run
                threading.Thread(target=run.work, args=[llm], daemon=True).start()
                self._answer(200, {"kickoff_id": run.id})

        def _answer(self, status: int, told: Any) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
