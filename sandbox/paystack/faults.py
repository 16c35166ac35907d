"""What goes wrong on purpose: answers that are lost, refused, late or nonsense."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["lost", "crash", "error", "busy", "slow", "garbage"]


@dataclass
class Fault:
    """What befalls the next `times` requests (None: all) whose address begins with `path`.

    lost: done, but no answer comes; crash: not done, no answer; error: 500, not done; busy: 429, not done;
    slow: done, answered after `seconds`; garbage: done, answered with something that is not JSON.
    """

    kind: Kind
    path: str = "/"
    method: str = ""
    times: int | None = 1
    seconds: float = 0.0


@dataclass
class Faults:
    waiting: list[Fault] = field(default_factory=list)

    def add(
        self, kind: Kind, path: str = "/", *, method: str = "", times: int | None = 1, seconds: float = 0.0
    ) -> None:
        self.waiting.append(Fault(kind, path, method.upper(), times, seconds))

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self.waiting:
            if path.startswith(fault.path) and fault.method in ("", method):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self.waiting.remove(fault)
                return fault
        return None
