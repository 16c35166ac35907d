"""Asking each route as each caller. Each attempt leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

from tenants.models import Organisation, OrganisationStatus
from tests.isolation.audiences import ADMIN, ANYBODY, AUTHOR, BEARER, GUEST, OWNER, SIGNED_IN, STAFF, Audience
from tests.isolation.callers import Caller, callers_of
from tests.isolation.cases import Answer, Case, ask, in_status, undone
from tests.isolation.cast import LEFT, Cast, cast_of
from tests.isolation.fingerprint import Fingerprint, Rows, changed
from tests.isolation.routes import METHODS
from tests.isolation.verdicts import (
    Findings,
    is_refused,
    is_refused_or_unknown,
    is_unknown,
    is_unknown_to_strangers,
    is_welcome,
    seen,
)

FEW = frozenset({
    "owner of another organisation, there", "owner of another organisation, here",
    "admin of another organisation", "somebody signed out",
})  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """Something that must be refused, or at least change nothing; `hidden` are words that the answer must not
    have, and `right` judges it."""

    method: str
    caller: Caller
    values: Mapping[str, str]
    body: Mapping[str, Any]
    hidden: tuple[bytes, ...]
    right: Callable[[Answer], bool]
    also: str = ""  # what is particular about it
    own: bool = False  # what they ask for is a page of their own organisation


class Matrix:
    """The cast, the callers, and what is asked of them.

    Thorough, every stranger asks for everything. Otherwise a few ask for everything, and each of the others
    for some: before a route is reached they are all turned away at the same place.
    """

    def __init__(self, cast: Cast, other: Cast, *, thorough: bool) -> None:
        self.cast, self.other, self.thorough = cast, other, thorough
        self.callers = callers_of(cast, other)
        self.findings = Findings()
        self._rows = [Rows(one.organisation, list(one.people.values())) for one in (cast, other)]
        self._before = self._fingerprint()
        own = {*other.marks}
        self._marks = tuple(mark for mark in cast.marks if mark not in own)

    def run(self, cases: Iterable[Case]) -> Findings:
        for case in cases:
            self.turn_away(case)
            self.let_in(case)
        return self.findings

    def turn_away(self, case: Case) -> None:
        """All who may not. Who asks for a page of their own organisation may change what is there."""
        attempts = list(self._attempts(case))
        self._try(case, [attempt for attempt in attempts if not attempt.own], self._changes)
        self._try(case, [attempt for attempt in attempts if attempt.own], self._changes_of_cast)

    def _try(self, case: Case, attempts: Sequence[Attempt], changes: Callable[[], list[str]]) -> None:
        """All in one savepoint; if rows have changed, once more one by one, to see by whom."""
        with undone(), self._made_ready(case):
            for attempt in attempts:
                self._judge(case, attempt, self._ask(case, attempt))
            innocent = not attempts or not changes()
        for attempt in [] if innocent else attempts:
            with undone(), self._made_ready(case):
                self._ask(case, attempt)
                self.findings.changes += [f"{_what(case, attempt)} changed {table}" for table in changes()]

    def first_fault(self, case: Case) -> str:
        """The first thing that is not as it should be; empty where all is well."""
        self.findings = Findings()
        attempts = list(self._attempts(case))
        for own in (False, True):
            with undone(), self._made_ready(case):
                for attempt in attempts:
                    if attempt.own == own:
                        self._judge(case, attempt, self._ask(case, attempt))
                    if self.findings:
                        return self.findings.lines()[0]
                if changes := self._changes_of_cast() if own else self._changes():
                    return f"{case.name}: {changes[0]} changed"
        self.let_in(case)
        return next(iter(self.findings.lines()), "")

    def let_in(self, case: Case) -> None:
        for method, audience in case.route.methods.items():
            for name, caller in self.admitted(case, audience).items():
                with undone(), self._made_ready(case):
                    answer = ask(case, method, caller, self.cast.values, case.body(self.cast.values))
                self.findings.attempts += 1
                if not is_welcome(audience, answer):
                    self.findings.faults.append(f"{method} {case.name}: {name} got {answer.status}")
                for word in seen(answer, self._hidden_from(case, name)):
                    self.findings.leaks.append(f"{method} {case.name}: {name} saw {word}")

    def admitted(self, case: Case, audience: Audience) -> dict[str, Caller]:
        """Those inside who may; of everybody who is signed in, two."""
        insiders = self.insiders(case)
        names = audience if audience <= insiders.keys() else (ADMIN, AUTHOR)
        return {name: caller for name, caller in insiders.items() if name in names}

    def _hidden_from(self, case: Case, name: str) -> tuple[bytes, ...]:
        """What is not theirs to see though they may use the route."""
        if name in STAFF:
            return ()
        nothing_of_the_book = name == GUEST and not case.names_something
        left = () if case.on_platform else (LEFT.encode(),)  # though it is in the export of what is theirs
        return self.other.hidden + left + (self.cast.hidden[:1] if nothing_of_the_book else ())

    def shut(self, cases: Iterable[Case], status: str) -> Findings:
        """An organisation that is suspended, or about to be deleted, shows nothing to its own owner."""
        owner = self.callers.inside[OWNER]
        with in_status(self.cast.organisation, status):
            before = self._fingerprint()
            for case in cases:
                method = next(iter(case.route.methods))
                answer = ask(case, method, owner, self.cast.values, case.body(self.cast.values))
                self.findings.attempts += 1
                if answer.status != 403 or seen(answer, self.cast.hidden):
                    self.findings.leaks.append(f"{method} {case.name} while {status}: {answer.status}")
            for table in changed(before, self._fingerprint()):
                self.findings.changes.append(f"{table} changed while {status}")
        return self.findings

    def _attempts(self, case: Case) -> Iterator[Attempt]:
        for method, audience in case.route.methods.items():
            if audience != BEARER:
                yield from self._by_strangers(case, method, audience)
                yield from self._by_insiders(case, method, audience)
            if case.crosses and GUEST not in audience:
                yield self._with_another_book(case, method, audience)
            yield from self._by_strangers_with_their_own(case, method, audience)
            yield from self._with_anothers_objects(case, method)
            yield from self._with_mixed_addresses(case, method, audience)
        yield from self._with_other_methods(case)

    def _by_strangers(self, case: Case, method: str, audience: Audience) -> Iterator[Attempt]:
        for caller in self._strangers(case):
            if audience != ANYBODY or caller.name in FEW:
                yield self._attempt(case, method, caller, self.cast.hidden, audience)

    def _by_insiders(self, case: Case, method: str, audience: Audience) -> Iterator[Attempt]:
        """They may see who else is here, but not what is in the way of the route."""
        for name, caller in self.insiders(case).items():
            if not audience & {name, *SIGNED_IN}:
                yield self._attempt(case, method, caller, self.cast.hidden[:1], audience)

    def _with_another_book(self, case: Case, method: str, audience: Audience) -> Attempt:
        """A guest asks for something of the book by the address of the one they edit."""
        right = partial(is_refused, case, audience, self.callers.inside[GUEST])
        values, guest = self.cast.crossed, self.callers.inside[GUEST]
        return Attempt(method, guest, values, case.body(values), self.cast.hidden[:1], right, ", crosswise,")

    def _by_strangers_with_their_own(self, case: Case, method: str, audience: Audience) -> Iterator[Attempt]:
        """Somebody on their own host sends what is theirs for what the address names, which is not."""
        if not case.route.names or not case.names_something or method == "GET":
            return
        for caller in self._strangers(case):
            if caller.at_home and caller.signed_in:
                right = partial(is_refused, case, audience, caller)
                body, also = case.body(self.other.values), " with objects of their own"
                yield Attempt(method, caller, self.cast.values, body, self.cast.hidden, right, also)

    def _with_anothers_objects(self, case: Case, method: str) -> Iterator[Attempt]:
        """The owner sends what belongs to the other organisation."""
        for field, value in case.route.names.items() if method != "GET" else ():
            body = case.body(self.cast.values) | {field: self.other.values[value]}
            owner, right = self.insiders(case)[OWNER], lambda answer: answer.status < 500
            also = f" with another organisation’s {field}"
            yield Attempt(method, owner, self.cast.values, body, self.other.hidden, right, also)

    def _with_mixed_addresses(self, case: Case, method: str, audience: Audience) -> Iterator[Attempt]:
        """The owner names something of the other organisation within something of their own."""
        named = [value for value in case.route.arguments.values() if value.endswith("_id")]
        owner = self.insiders(case)[OWNER]
        for value in named if len(named) > 1 and OWNER in audience else ():
            values = {**self.cast.values, value: self.other.values[value]}
            right = partial(is_refused, case, audience, owner)
            also = f" with another organisation’s {value} in the address"
            yield Attempt(method, owner, values, case.body(values), self.other.hidden, right, also)

    def _with_other_methods(self, case: Case) -> Iterator[Attempt]:
        owner = self.insiders(case)[OWNER]
        few = [caller for caller in self._strangers(case) if caller.name in FEW and not caller.at_home]
        few = few if self.thorough else few[:1]
        for method in METHODS:
            if method == "HEAD" and "GET" in case.route.methods:
                for caller in few if case.route.methods["GET"] != BEARER else ():
                    right = partial(is_refused_or_unknown, case, case.route.methods["GET"], caller)
                    yield self._attempt(case, method, caller, self.cast.hidden, right=right)
            elif method not in case.route.methods:
                for caller in few:
                    right = partial(is_unknown_to_strangers, case, method)
                    yield self._attempt(case, method, caller, self.cast.hidden, right=right)
                yield self._attempt(case, method, owner, (), right=partial(is_unknown, case, method))

    def _attempt(
        self,
        case: Case,
        method: str,
        caller: Caller,
        hidden: tuple[bytes, ...],
        audience: Audience = frozenset(),
        right: Callable[[Answer], bool] | None = None,
    ) -> Attempt:
        values = self.cast.values
        right = right or partial(is_refused, case, audience, caller)
        own = caller.at_home and caller.signed_in and not case.names_something
        hidden += self._marks if own and not case.route.names else ()  # what is sent may be repeated
        return Attempt(method, caller, values, case.body(values), hidden, right, own=own)

    def _ask(self, case: Case, attempt: Attempt) -> Answer:
        return ask(case, attempt.method, attempt.caller, attempt.values, attempt.body)

    def _judge(self, case: Case, attempt: Attempt, answer: Answer) -> None:
        self.findings.attempts += 1
        what = f"{_what(case, attempt)} got {answer.status} {answer.location}".rstrip()
        self.findings.leaks += [f"{what} and saw {word}" for word in seen(answer, attempt.hidden)]
        if not attempt.right(answer):
            self.findings.leaks.append(what)

    def insiders(self, case: Case) -> Mapping[str, Caller]:
        return self.callers.on_platform if case.on_platform else self.callers.inside

    def _strangers(self, case: Case) -> list[Caller]:
        everybody = self.callers.platform_strangers if case.on_platform else self.callers.strangers
        few = [caller for caller in everybody if caller.name in FEW]
        others = [caller for caller in everybody if caller.name not in FEW]
        return [*few, *others] if self.thorough else [*few, others[crc32(case.name.encode()) % len(others)]]

    @contextmanager
    def _made_ready(self, case: Case) -> Iterator[None]:
        """What is compared with is how things are then."""
        if not case.route.closing:
            yield
            return
        kept = self._before
        with in_status(self.cast.organisation, OrganisationStatus.DELETING):
            self._before = self._fingerprint()
            yield
        self._before = kept

    def _changes(self) -> list[str]:
        return changed(self._before, self._fingerprint())

    def _changes_of_cast(self) -> list[str]:
        return [table for table in self._changes() if table.startswith(f"{self.cast.organisation.name}: ")]

    def _fingerprint(self) -> Fingerprint:
        """Of both organisations."""
        return {table: rows for each in self._rows for table, rows in each.fingerprint().items()}


def matrix_of(acme: Organisation, globex: Organisation, *, thorough: bool = False) -> Matrix:
    """Both with one of everything."""
    return Matrix(
        cast_of(acme, secret="Kestrel", surname="Merlin"),
        cast_of(globex, secret="Osprey", surname="Harrier"),
        thorough=thorough,
    )


def _what(case: Case, attempt: Attempt) -> str:
    return f"{attempt.method} {case.name}: {attempt.caller.name}{attempt.also}"
