"""What the provider is told about one step's errand, and how it says that the crew is still at work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generation.providers.crewai.status import Tokens
from generation.providers.errors import ProviderBusy


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Addresses for a crew's webhooks, which nobody can guess."""

    task: str
    step: str
    crew: str

    def as_json(self) -> dict[str, str]:
        return {"taskWebhookUrl": self.task, "stepWebhookUrl": self.step, "crewWebhookUrl": self.crew}


@dataclass(frozen=True, slots=True)
class Heard:
    """What webhooks have told so far; `count` grows with each. Nothing of it counts before a look agrees."""

    count: int = 0
    kickoff_id: str = ""
    task: str = ""
    outline: Mapping[str, Any] | None = None
    usage: Tokens | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """`kickoff_id` is the journey's run, where one is known; `book` what it has written, once it is done.

    `waited` in seconds, since the journey began or was last tried again. `feedback` is what a member changed
    in the outline, `answered` that the crew has been told of its approval. `seen_finished` says that an earlier
    look found the run done, without its usage.
    """

    meta: Mapping[str, str]
    callbacks: Callbacks
    kickoff_id: str = ""
    waited: float = 0.0
    heard: Heard = field(default_factory=Heard)
    task: str = ""
    feedback: str = ""
    book: Mapping[str, Any] | None = None
    seen_finished: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Which task the crew is at, and how many of how many it has done, where it says so."""

    task: str = ""
    done: int | None = None
    total: int | None = None


class CrewWorks(ProviderBusy):
    """The crew is at it: look again after `retry_after` seconds, or when a webhook has told something.

    `heard` is how much had been told when this was looked at, so that nothing said meanwhile is missed.
    """

    code = "crew_working"

    def __init__(
        self,
        *,
        retry_after: float,
        progress: Progress | None = None,
        heard: int = 0,
        kickoff_id: str = "",
        finished: bool = False,
        answered: bool = False,
    ) -> None:
        super().__init__("the crew is at work", retry_after=retry_after)
        self.progress = progress or Progress()
        self.heard = heard
        self.kickoff_id = kickoff_id
        self.finished = finished
        self.answered = answered
