"""What a crew answers about a run, in either of its two shapes.

AMP's description has `status` (running, completed, error) with `current_task`, `progress` and `result`; other
deployments answer with `state` (PENDING, STARTED, SUCCESS, FAILED), `last_executed_task` and `result_json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from generation.providers.crewai.failures import CrewUnreadable

State = Literal["running", "waiting", "finished", "failed"]

_STATES: Final[dict[str, State]] = {
    "pending": "running",
    "queued": "running",
    "started": "running",
    "running": "running",
    "in_progress": "running",
    "completed": "finished",
    "success": "finished",
    "error": "failed",
    "failed": "failed",
    "failure": "failed",
}
LONGEST_NAME: Final = 120
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Task:
    """A task that is done, with what it gave; `outputs` are the same in the forms that it came in."""

    name: str
    outputs: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    input: int
    cached: int
    output: int


@dataclass(frozen=True, slots=True)
class Status:
    """`task` is what the crew is at, or has done last; `tasks` are those that are done, as far as the answer tells them."""

    state: State
    task: str = ""
    done: int | None = None
    total: int | None = None
    tasks: tuple[Task, ...] = ()
    results: tuple[Any, ...] = ()
    tokens: Tokens | None = None
    error: str = ""


def status_from_json(data: Any) -> Status:
    """Raises `CrewUnreadable` for what has neither shape."""
    if not isinstance(data, Mapping):
        raise CrewUnreadable("GET /status: not an object")
    progress = _mapping(data.get("progress"))
    result = data.get("result")
    return Status(
        state=_state(data),
        task=name_in(data, "current_task") or name_in(_mapping(data.get("last_executed_task")), "name"),
        done=_count(progress.get("completed_tasks")),
        total=_count(progress.get("total_tasks")),
        tasks=_tasks(data, result),
        results=_results(data, result),
        tokens=tokens_in(data) or tokens_in(result),
        error=_reason(data),
    )


def tokens_in(data: Any) -> Tokens | None:
    """What a run used, from an answer or from a webhook; None where it is not told, or makes no sense."""
    told = _mapping(data)
    used = _mapping(told.get("token_usage") or told.get("usage_metrics"))
    received, given = _count(used.get("prompt_tokens")), _count(used.get("completion_tokens"))
    if received is None and given is None:
        received = _count(used.get("total_tokens"))
    if received is None and given is None:
        return None
    return Tokens(received or 0, _count(used.get("cached_prompt_tokens")) or 0, given or 0)


def name_in(data: Mapping[str, Any], *keys: str) -> str:
    """The first of these that is a name."""
    found = (data.get(key) for key in keys)
    names = (" ".join(plain(one).split())[:LONGEST_NAME] for one in found if isinstance(one, str))
    return next(filter(None, names), "")


def plain(text: str) -> str:
    """What a database takes: without NUL, and without halves of characters, which JSON can name."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def task_from_json(data: Any) -> Task | None:
    """A task as an answer or a webhook tells it; also one that is told by its output alone."""
    if isinstance(data, str):
        return Task("", (data,))
    if not isinstance(data, Mapping):
        return None
    outputs = (data.get("output_json"), data.get("json_dict"), data.get("output"), data.get("raw"))
    return Task(name_in(data, "name", "task_id", "task"), tuple(one for one in outputs if one))


def _state(data: Mapping[str, Any]) -> State:
    for key in ("state", "status"):
        told = data.get(key)
        if isinstance(told, str) and told:
            word = told.strip().lower().replace(" ", "_")
            if "human" in word:
                return "waiting"
            if word in _STATES:
                return _STATES[word]
    raise CrewUnreadable(f"GET /status: neither status nor state: {sorted(map(str, data))[:10]}")


def _reason(data: Mapping[str, Any]) -> str:
    """Why a run failed; where there is a `state`, `status` is a sentence."""
    told = [data.get("error"), data.get("message"), data.get("status") if "state" in data else ""]
    return next(filter(None, map(_text, told)), "")


def _tasks(data: Mapping[str, Any], result: Any) -> tuple[Task, ...]:
    listed = _mapping(result).get("tasks") or data.get("tasks") or ()
    told = [*listed] if isinstance(listed, Sequence) and not isinstance(listed, str) else []
    if data.get("last_executed_task"):
        told.append(data["last_executed_task"])
    return tuple(task for task in map(task_from_json, told) if task is not None)


def _results(data: Mapping[str, Any], result: Any) -> tuple[Any, ...]:
    inside = _mapping(result)
    found = [
        data.get("result_json"),
        inside.get("json_dict"),
        inside.get("output"),
        inside.get("raw"),
        result,
    ]
    return tuple(one for one in found if one)


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}


def _count(value: Any) -> int | None:
    """A whole number that a database column holds; `True` is none."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return value
    return None


def _text(value: Any) -> str:
    return plain(value)[:500] if isinstance(value, str) else ""
