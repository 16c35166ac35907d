"""Judging answers, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.isolation.audiences import ANYBODY, BEARER, SIGNED_IN, Audience
from tests.isolation.callers import Caller
from tests.isolation.cases import Answer, Case

LET_IN = frozenset({200, 201, 202, 204, 302, 307, 400, 409, 415, 422})  # what is sent may make no sense
REFUSED = frozenset({403, 404})
NO_SUCH_METHOD = 405


@dataclass
class Findings:
    """What was asked, and each thing that was not as it should be, in words.

    `leaks`: somebody was not turned away, or saw what is not theirs. `changes`: rows that somebody changed
    who may not. `faults`: somebody who may was not let in.
    """

    attempts: int = 0
    leaks: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.leaks or self.changes or self.faults)

    def lines(self) -> list[str]:
        return [*self.leaks, *self.changes, *self.faults]


def seen(answer: Answer, secrets: Iterable[bytes]) -> list[str]:
    """Which of these words are in the answer, in whatever letters."""
    content = answer.content.lower()
    return [secret.decode() for secret in secrets if secret.lower() in content]


def is_refused(case: Case, audience: Audience, caller: Caller, answer: Answer) -> bool:
    """Whether the answer turns somebody away who may not: to the sign-in, or with 404 or 403."""
    if audience == ANYBODY or (audience == SIGNED_IN and caller.signed_in):
        return answer.status < 500
    if not caller.signed_in:
        return answer.asks_to_sign_in or answer.status in REFUSED | {401}
    if caller.at_home and not case.names_something:
        return answer.status < 500  # a page of their own organisation
    return answer.status in REFUSED


def is_refused_or_unknown(case: Case, audience: Audience, caller: Caller, answer: Answer) -> bool:
    return answer.status == NO_SUCH_METHOD or is_refused(case, audience, caller, answer)


def is_welcome(audience: Audience, answer: Answer) -> bool:
    """Whether the answer is one for somebody who may."""
    if audience & (SIGNED_IN | BEARER):
        return answer.status < 500
    return answer.status in LET_IN and not answer.asks_to_sign_in


def is_unknown(case: Case, method: str, answer: Answer) -> bool:
    """Whether a method that the table does not list is turned away."""
    if case.route.lenient or method == "OPTIONS":
        return answer.status < 500
    return answer.status == NO_SUCH_METHOD


def is_unknown_to_strangers(case: Case, method: str, answer: Answer) -> bool:
    return is_unknown(case, method, answer) or answer.asks_to_sign_in or answer.status in REFUSED | {401}
