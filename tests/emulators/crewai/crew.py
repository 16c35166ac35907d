"""The book crew that the emulator runs: three tasks, of which the first may wait for a person."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

OUTLINE, WRITING, EDITING = TASKS = ("outline_task", "write_chapters_task", "final_editing_task")
AGENTS = {OUTLINE: "Planner", WRITING: "Writer", EDITING: "Editor"}
TOKENS = {"total_tokens": 5_400, "prompt_tokens": 3_400, "completion_tokens": 2_000}
_LINE = re.compile(r"^\d+\. (.+?)(?::|$)", re.MULTILINE)

State = Literal["running", "waiting", "done", "failed"]


@dataclass(frozen=True)
class Sent:
    """A webhook that the crew has sent."""

    url: str
    body: dict[str, Any]


@dataclass
class Run:
    """One run. It goes a task on whenever it is looked at, so that nothing has to be waited for."""

    inputs: dict[str, str]
    meta: dict[str, Any]
    webhooks: dict[str, str]
    chapters: int
    waits: bool
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    state: State = "running"
    done: int = 0
    feedback: list[str] = field(default_factory=list)
    error: str = ""
    output_as: Literal["json", "text", "fenced"] = "text"

    @property
    def task(self) -> str:
        return TASKS[min(self.done, len(TASKS) - 1)] if self.state != "waiting" else OUTLINE

    @property
    def titles(self) -> list[str]:
        """As planned, or as a person's feedback lists them."""
        for feedback in reversed(self.feedback):
            if listed := _LINE.findall(feedback):
                return listed
        return [f"{self.inputs.get('topic', 'Book')} {number}" for number in range(1, self.chapters + 1)]

    def outline(self) -> dict[str, Any]:
        return {"chapters": [{"title": one, "description": f"All about {one}."} for one in self.titles]}

    def book(self) -> dict[str, Any]:
        return {"chapters": [{"title": one, "content": f"This is {one}, at length."} for one in self.titles]}

    def output_of(self, task: str) -> Any:
        made = self.outline() if task == OUTLINE else self.book()
        if self.output_as == "json":
            return made
        text = json.dumps(made, ensure_ascii=False)
        return text if self.output_as == "text" else f"Here it is:\n```json\n{text}\n```\nEnjoy."

    def go_on(self) -> list[Sent]:
        """Do the next task; what it tells about that."""
        if self.state != "running":
            return []
        task = TASKS[self.done]
        self.done += 1
        sent = [self._sent("taskWebhookUrl", self._told_of(task))]
        if task == OUTLINE and self.waits and not self.feedback:
            self.state = "waiting"
        elif self.done == len(TASKS):
            self.state = "done"
            sent.append(self._sent("crewWebhookUrl", self._told_at_the_end()))
        return [one for one in sent if one]

    def thought(self) -> Sent | None:
        """An agent's thought, for whoever wants to hear of each."""
        return self._sent("stepWebhookUrl", {"prompt": "Plan the book.", "thought": "I now can answer."})

    def _sent(self, which: str, body: dict[str, Any]) -> Sent | None:
        url = self.webhooks.get(which)
        return Sent(url, {**body, "kickoff_id": self.id, "meta": self.meta}) if url else None

    def _told_of(self, task: str) -> dict[str, Any]:
        output = self.output_of(task)
        return {
            "name": task,
            "description": f"The task {task}.",
            "expected_output": "JSON",
            "summary": f"{task} is done.",
            "agent": AGENTS[task],
            "output": output if isinstance(output, str) else json.dumps(output),
            "output_json": output if isinstance(output, dict) else None,
        }

    def _told_at_the_end(self) -> dict[str, Any]:
        return {"result": json.dumps(self.book()), "result_json": self.book(), "token_usage": TOKENS}
