"""What a kind of step is: three functions that the room which owns the kind registers here.

    register(StepKind(name="generation.chapter", lane="calls", prepare=..., perform=..., settle=...))

A step runs as `prepare` (a short visit to the database), `perform` (the waiting or the computing, with no
connection held) and `settle` (one transaction: the result, the ledger, the step, and what the kind writes).
A step can be prepared and performed more than once, when a worker dies; it is settled at most once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from billing.prices import Used
    from jobs.errors import Busy
    from tenants.context import Current

Lane = Literal["calls", "builds"]
LANES: tuple[Lane, ...] = ("calls", "builds")


@dataclass(frozen=True, slots=True)
class ClaimedStep:
    """A step as its worker holds it. `fence` tells this claim from every other; `payload` is plain JSON."""

    id: UUID
    job_id: UUID
    kind: str
    number: int
    fence: int
    organisation: Current
    payload: dict[str, Any]
    remote_id: str = ""
    attempts: int = 0
    losses: int = 0
    provider: str = ""
    provider_failing: bool = False


class StepCall(Protocol):
    """What `perform` may ask of the runner while it works. It fits `generation.contract.RemoteCall`."""

    @property
    def remote_id(self) -> str:
        """The id of a call that an earlier holder sent: ask for its result instead of sending again."""
        ...

    async def remember(self, remote_id: str) -> None:
        """Write down, at once, the id under which the provider keeps the call. The first id wins."""
        ...

    async def before_sending(self) -> None:
        """Call before each paid call after the first. Raises LeaseLost when it must not be sent."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step stopped for good.

    `kind` is what happened: "permanent", "refused", "exhausted" (tried too often), "quarantined" (its workers
    died), "budget" (no money left). `code` chooses the member's message, `reason` is for the log.
    """

    kind: Literal["permanent", "refused", "exhausted", "quarantined", "budget"]
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of step.

    `prepare` and `settle` run in a thread with the organisation entered; `settle` and `on_failure` run inside
    the settling transaction and must not reach outside the database except after commit. `settle` gets None
    as the result of a step that was skipped. `settle_all`, where a kind has it, settles results of one job
    that came together, so that what they share is done once. `perform` raises the errors of `jobs.errors`.
    `summary` is the little that is kept with the result for the console. `on_waiting` hears, in the same
    transaction, that the provider asked to wait: it may say how far it is.
    """

    name: str
    lane: Lane
    prepare: Callable[[ClaimedStep], Any]
    perform: Callable[[Any, StepCall], Awaitable[Any]]
    settle: Callable[[ClaimedStep, Any], None]
    settle_all: Callable[[Sequence[tuple[ClaimedStep, Any]]], None] | None = None
    usage: Callable[[Any], Used | None] = lambda _result: None
    on_failure: Callable[[ClaimedStep, Failure], None] | None = None
    on_waiting: Callable[[ClaimedStep, Busy], None] | None = None
    summary: Callable[[Any], dict[str, Any]] = lambda _result: {}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a room wants to hear about its jobs, inside the transaction that ends them.

    Each function takes the job's subject id, with the organisation entered; `on_failed` also the failure,
    `on_resumed` is called when a member has a stopped job tried again, and `on_cost` where what its calls
    have cost changes outside its steps' own settling: it is over, or somebody has reconciled the ledger.
    """

    type: str
    on_finished: Callable[[UUID], None]
    on_failed: Callable[[UUID, Failure], None]
    on_cancelled: Callable[[UUID], None]
    on_resumed: Callable[[UUID], None] = lambda _subject_id: None
    on_cost: Callable[[UUID], None] = lambda _subject_id: None


class UnknownKind(LookupError):
    """No room has registered this kind of step."""


def register(kind: StepKind) -> StepKind:
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> StepKind:
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"no step kind is registered as {name!r}") from None


def register_subject(
    type: str,
    *,
    on_finished: Callable[[UUID], None],
    on_failed: Callable[[UUID, Failure], None],
    on_cancelled: Callable[[UUID], None],
    on_resumed: Callable[[UUID], None] = lambda _subject_id: None,
    on_cost: Callable[[UUID], None] = lambda _subject_id: None,
) -> None:
    _subjects[type] = Subject(type, on_finished, on_failed, on_cancelled, on_resumed, on_cost)


def subject_of(type: str) -> Subject | None:
    return _subjects.get(type)


_kinds: dict[str, StepKind] = {}
_subjects: dict[str, Subject] = {}
