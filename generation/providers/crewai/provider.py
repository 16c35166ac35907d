"""The text provider: one run of the crew gives the plan and every chapter.

Each call to `plan` or `write` is one look at the run, and raises `CrewWorks` where there is nothing to see
yet. AMP knows no idempotency key, so the step's remembered id says how far things are: a note that a run was
about to be begun ("asked:"), that a person's answer was about to be given ("resuming:"), or the run's own id.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from generation.contract import (
    Brief,
    ChapterRequest,
    ChapterText,
    Planned,
    RemoteCall,
    Usage,
    Written,
)
from generation.providers.crewai import books
from generation.providers.crewai.client import CrewClient, is_id
from generation.providers.crewai.config import CrewConfig
from generation.providers.crewai.errand import CrewWorks, Errand, Progress
from generation.providers.crewai.failures import CrewStopped, CrewTooSlow, NotWaiting
from generation.providers.crewai.inputs import inputs_for, inputs_for_rewrite
from generation.providers.crewai.status import Status, Tokens
from generation.providers.errors import ProviderMisconfigured

MODEL: Final = "crew"  # which models it asks, only the crew knows
FIRST_PAUSE: Final = 2.0  # seconds
LONGEST_PAUSE: Final = 60.0
USAGE_WAIT: Final = 3.0  # for the webhook that tells what a finished run has used
MOST_LOST: Final = 2  # runs that may have begun without our knowing, before a member decides
_ASKED, _RESUMING = "asked:", "resuming:"


@dataclass(frozen=True, slots=True)
class CrewText:
    config: CrewConfig
    errand: Errand
    name: str = "crewai"

    async def plan(self, brief: Brief, call: RemoteCall) -> Planned:
        kickoff_id = _run_of(call)
        if not kickoff_id:
            wanted = await self._client.inputs()
            await self._begin(inputs_for(brief, wanted), call)
        status = await self._look(kickoff_id)
        if status.state == "finished":
            usage = self._usage_of(status, kickoff_id)
            book = books.book_of(status)
            outline = books.outline_of_book(book, brief)
            return Planned(outline, usage, remote_id=kickoff_id, kept={"book": book})
        for task in status.tasks:
            if found := books.outline_in(task.outputs):
                return self._planned(found, task.name or self.errand.heard.task, brief, kickoff_id)
        if self.errand.heard.outline is not None and _agrees(status, self.errand.heard.task):
            return self._planned(self.errand.heard.outline, self.errand.heard.task, brief, kickoff_id)
        raise self._works(status, kickoff_id)

    async def write(self, request: ChapterRequest, call: RemoteCall) -> Written:
        if self.errand.book is not None:
            return Written(_chapter(self.errand.book, request), None)
        if request.instruction:
            return await self._rewrite(request, call)
        kickoff_id = _run_of(call) or ("" if call.remote_id.startswith(_ASKED) else self.errand.kickoff_id)
        if not kickoff_id:
            wanted = await self._client.inputs()
            await self._begin(inputs_for(request.brief, wanted), call)
        status = await self._look(kickoff_id)
        if status.state != "finished":
            answered = await self._answer(status, kickoff_id, call)
            raise self._works(status, kickoff_id, answered=answered)
        if self.errand.feedback and not self._may_have_answered(call):
            raise ProviderMisconfigured("the run is done", code="crew_went_on")
        usage = self._usage_of(status, kickoff_id)
        book = books.book_of(status) | {"as_edited": bool(self.errand.feedback)}
        return Written(_chapter(book, request), usage, kept={"book": book})

    async def _rewrite(self, request: ChapterRequest, call: RemoteCall) -> Written:
        """One chapter anew, in a run of its own: for crews that ask for an instruction."""
        kickoff_id = _run_of(call)
        if not kickoff_id:
            wanted = await self._client.inputs()
            await self._begin(inputs_for_rewrite(request, wanted), call)
        status = await self._look(kickoff_id)
        if status.state == "waiting":
            await self._approve(kickoff_id, status.task)
        if status.state != "finished":
            raise self._works(status, kickoff_id)
        usage = self._usage_of(status, kickoff_id)
        return Written(ChapterText(books.chapter_of(status, request.chapter.title)), usage)

    async def _begin(self, inputs: Mapping[str, str], call: RemoteCall) -> None:
        """Begin a run and write its id down. Never returns: the first look is another claim's."""
        lost = 0
        if call.remote_id.startswith(_ASKED):
            lost = await self._find_lost_run(call)
        await call.before_sending()
        await call.remember(f"{_ASKED}{time.time():.0f}:{lost}")
        kickoff_id = await self._client.kickoff(
            inputs=inputs, meta=self.errand.meta, callbacks=self.errand.callbacks
        )
        await call.remember(kickoff_id)
        raise self._begun(kickoff_id)

    def _begun(self, kickoff_id: str) -> CrewWorks:
        return CrewWorks(retry_after=FIRST_PAUSE, heard=self.errand.heard.count, kickoff_id=kickoff_id)

    async def _find_lost_run(self, call: RemoteCall) -> int:
        """An earlier holder was about to begin a run, and nobody knows whether it did.

        A run that began tells its id by a webhook. Where none has in good time, there is none, or nobody will
        ever know of it: another may be begun, but not again and again. Answers how many may be lost.
        """
        if is_id(self.errand.heard.kickoff_id):
            await call.remember(self.errand.heard.kickoff_id)
            raise self._begun(self.errand.heard.kickoff_id)
        asked_at, lost = call.remote_id.removeprefix(_ASKED).split(":")
        since = time.time() - float(asked_at)
        if since < self.config.lost_wait:
            pause = min(LONGEST_PAUSE, self.config.lost_wait - since)
            raise CrewWorks(retry_after=pause, heard=self.errand.heard.count)
        if int(lost) + 1 >= MOST_LOST:
            raise CrewStopped(f"asked {MOST_LOST} times to begin, without an answer", "crew_silent")
        return int(lost) + 1

    async def _answer(self, status: Status, kickoff_id: str, call: RemoteCall) -> bool:
        """Tell a crew that waits for a person that the outline is approved, and what was changed in it.

        Whether it waits, only the answer tells. One that does not has gone on: what was changed cannot reach
        it then. True once there is nothing more to tell it.
        """
        task = self._outline_task(status)
        if status.state != "waiting" and (self.errand.answered or not task):
            return self.errand.answered
        before = self._may_have_answered(call)
        await call.remember(f"{_RESUMING}{kickoff_id}")
        try:
            await self._approve(kickoff_id, (status.task or task) if status.state == "waiting" else task)
        except NotWaiting as error:
            if self.errand.feedback and not before:
                raise ProviderMisconfigured(error.reason, code="crew_went_on") from error
        return True

    def _may_have_answered(self, call: RemoteCall) -> bool:
        return self.errand.answered or call.remote_id.startswith(_RESUMING)

    def _outline_task(self, status: Status) -> str:
        """The name of the task that gave the outline; empty as long as there is none."""
        heard = self.errand.heard
        if self.errand.task:
            return self.errand.task
        told = [task.name for task in status.tasks if books.outline_in(task.outputs)]
        if heard.outline is not None and _agrees(status, heard.task):
            told.append(heard.task)
        return next(filter(None, told), "")

    async def _approve(self, kickoff_id: str, task: str) -> None:
        await self._client.resume(
            kickoff_id=kickoff_id,
            task_id=task,
            feedback=self.errand.feedback or "Approved.",
            callbacks=self.errand.callbacks,
        )

    async def _look(self, kickoff_id: str) -> Status:
        status = await self._client.status(kickoff_id)
        if status.state == "failed":
            raise CrewStopped(status.error or "the crew gave no reason")
        return status

    def _works(self, status: Status, kickoff_id: str, *, answered: bool = False) -> CrewWorks:
        """Raises `CrewTooSlow` instead, once the deadline has passed."""
        if self.errand.waited > self.config.deadline:
            raise CrewTooSlow(f"run {kickoff_id} is not done after {self.errand.waited:.0f} seconds")
        return CrewWorks(
            retry_after=min(LONGEST_PAUSE, max(FIRST_PAUSE, self.errand.waited / 8)),
            progress=Progress(status.task, status.done, status.total),
            heard=self.errand.heard.count,
            kickoff_id=kickoff_id,
            answered=answered,
        )

    def _usage_of(self, status: Status, kickoff_id: str) -> Usage:
        """What the run has used, as the answer tells it or else the webhook that comes at its end."""
        if status.tokens is not None:
            return self.usage(status.tokens, kickoff_id)
        heard = self.errand.heard.usage
        if heard is None and not self.errand.seen_finished:
            raise CrewWorks(
                retry_after=USAGE_WAIT,
                heard=self.errand.heard.count,
                kickoff_id=kickoff_id,
                finished=True,
            )
        return self.usage(heard or Tokens(0, 0, 0), kickoff_id)

    def usage(self, tokens: Tokens, kickoff_id: str) -> Usage:
        return Usage(
            provider=self.config.provider,
            model=MODEL,
            input_tokens=tokens.input,
            cached_tokens=tokens.cached,
            output_tokens=tokens.output,
            remote_id=kickoff_id,
        )

    def _planned(self, found: Mapping[str, Any], task: str, brief: Brief, kickoff_id: str) -> Planned:
        """The plan while the run goes on: what it costs is known at its end."""
        outline = books.outline_of(found, brief)
        return Planned(outline, None, remote_id=kickoff_id, kept={"task": task or "outline"})

    @property
    def _client(self) -> CrewClient:
        return CrewClient(self.config)


def _run_of(call: RemoteCall) -> str:
    """The id of the run that this step remembers; empty where none is known to have begun."""
    return "" if call.remote_id.startswith(_ASKED) else call.remote_id.removeprefix(_RESUMING)


def _agrees(status: Status, task: str) -> bool:
    """Whether the run is so far that the outline which a webhook told can be there."""
    if status.state == "waiting" or status.done is None:
        return True
    return status.done > 0 or (bool(status.task) and status.task != task)


def _chapter(book: Mapping[str, Any], request: ChapterRequest) -> ChapterText:
    text = books.text_of(book, request)
    if text is None:
        raise ProviderMisconfigured(request.chapter.title[:200], code="crew_no_such_chapter")
    return ChapterText(text)
