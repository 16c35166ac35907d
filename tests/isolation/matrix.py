"""Asking each route as each caller, and judging the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tenants.models import Organisation, OrganisationStatus
from tenants.resolution import forget_resolutions
from tests.isolation import found, tables
from tests.isolation.audiences import ANYBODY, BEARER, OWNER, SIGNED_IN
from tests.isolation.callers import Caller, Callers, callers_of
from tests.isolation.cast import Cast
from tests.isolation.fingerprint import Fingerprint, changed, fingerprint
from tests.isolation.routes import METHODS, Route

LET_IN = frozenset({200, 201, 202, 204, 302, 307, 409, 422})
REFUSED = frozenset({403, 404})
SIGN_IN = ("/accounts/login/", "/accounts/reauthenticate/")
UNLISTED = 405


@dataclass(frozen=True)
class Case:
    """A route on one of the two kinds of host."""

    name: str
    route: Route
    urlconf: str

    def address(self, values: Mapping[str, str]) -> str:
        if self.route.path:
            return self.route.path
        kwargs = {there: values[value] for there, value in self.route.arguments.items()}
        return reverse(self.name, urlconf=self.urlconf, kwargs=kwargs)

    @property
    def on_platform(self) -> bool:
        return self.urlconf == found.PLATFORM


@dataclass(frozen=True)
class Answer:
    """What came back; `location` is where it leads on to."""

    status: int
    content: bytes
    location: str = ""

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status in (401, 403) or (self.status == 302 and self.location.startswith(SIGN_IN))


@dataclass
class Findings:
    """What was asked, and each thing that was not as it should be, in words."""

    attempts: int = 0
    leaks: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # somebody who may was not let in, or an odd answer

    def __bool__(self) -> bool:
        return bool(self.leaks or self.changes or self.faults)

    def lines(self) -> list[str]:
        return [*self.leaks, *self.changes, *self.faults]


def cases(*rooms: str) -> list[Case]:
    """All routes of the table; of the rooms named, such as "web" or "console", where some are."""
    both = [Case(name, route, found.HERE) for name, route in tables.HERE.items()]
    both += [Case(name, route, found.PLATFORM) for name, route in tables.PLATFORM.items()]
    return [case for case in both if not rooms or room_of(case) in rooms]


def room_of(case: Case) -> str:
    """The room, where the route names one; "accounts here" and "accounts" for allauth's and the like."""
    namespace, colon, _rest = case.name.partition(":")
    return namespace if colon else ("accounts" if case.on_platform else "accounts here")


class Matrix:
    """The cast, the callers, and what is asked of them. Each case leaves everything as it was."""

    def __init__(self, cast: Cast, other: Cast) -> None:
        self.cast, self.other = cast, other
        self.callers: Callers = callers_of(cast, other)
        self.findings = Findings()
        self._before = self._fingerprint()

    def run(self, chosen: Iterable[Case]) -> Findings:
        for case in chosen:
            self.try_case(case)
        return self.findings

    def try_case(self, case: Case) -> None:
        self._turn_away(case)
        self._let_in(case)
        self._unlisted(case)

    # Those who may not

    def _turn_away(self, case: Case) -> None:
        """All of them in one savepoint; where a row has changed, once more one by one to see by whom."""
        refusals = list(self._refusals(case))
        if self._changed_by(case, refusals):
            for refusal in refusals:
                for table in self._changed_by(case, [refusal], judged=False):
                    method, caller, _values = refusal
                    self.findings.changes.append(f"{method} {case.name}: {caller.name} changed {table}")

    def _changed_by(self, case: Case, refusals: Iterable[Any], *, judged: bool = True) -> list[str]:
        with undone():
            for method, caller, values in refusals:
                answer = ask(case, method, caller, values, self._body(case))
                if judged:
                    self._judge_refusal(case, method, caller, answer)
            return changed(self._before, self._fingerprint())

    def _refusals(self, case: Case) -> Iterator[tuple[str, Caller, Mapping[str, str]]]:
        insiders = self.callers.on_platform if case.on_platform else self.callers.inside
        strangers = self.callers.platform_strangers if case.on_platform else self.callers.strangers
        for method, audience in case.route.methods.items():
            if audience == BEARER:
                continue
            for caller in strangers:
                yield method, caller, self.cast.values
            for name, caller in insiders.items():
                if not (audience & {name, *SIGNED_IN}):
                    yield method, caller, self.cast.values

    def _judge_refusal(self, case: Case, method: str, caller: Caller, answer: Answer) -> None:
        self.findings.attempts += 1
        what = f"{method} {case.name}: {caller.name} got {answer.status}"
        stranger = caller.name not in self.cast.people
        for secret in self.cast.without_part() if stranger else self.cast.without_part()[:1]:
            if secret in answer.content:
                self.findings.leaks.append(f"{what} and saw {secret.decode()}")
        if not self._is_refusal(case, method, caller, answer):
            self.findings.leaks.append(f"{what} {answer.location}".rstrip())

    def _is_refusal(self, case: Case, method: str, caller: Caller, answer: Answer) -> bool:
        audience = case.route.methods[method]
        if audience == ANYBODY or (audience == SIGNED_IN and caller.signed_in):
            return answer.status < 500
        if not caller.signed_in:
            return answer.asks_to_sign_in or answer.status == 404
        if caller.at_home and not case.route.of:
            return answer.status < 500  # their own page
        return answer.status in REFUSED

    # Those who may

    def _let_in(self, case: Case) -> None:
        insiders = self.callers.on_platform if case.on_platform else self.callers.inside
        for method, audience in case.route.methods.items():
            for name, caller in insiders.items():
                if audience & {name, *SIGNED_IN, *BEARER}:
                    with undone(), self._as_needed(case):
                        answer = ask(case, method, caller, self.cast.values, self._body(case))
                    self._judge_welcome(case, method, caller, answer)

    def _judge_welcome(self, case: Case, method: str, caller: Caller, answer: Answer) -> None:
        self.findings.attempts += 1
        own = case.route.methods[method] & SIGNED_IN
        welcome = answer.status < 500 if own else answer.status in LET_IN and not answer.asks_to_sign_in
        if not welcome:
            self.findings.faults.append(f"{method} {case.name}: {caller.name} got {answer.status}")

    @contextmanager
    def _as_needed(self, case: Case) -> Iterator[None]:
        if case.route.closing:
            with in_status(self.cast.organisation, OrganisationStatus.DELETING):
                yield
        else:
            yield

    # Other methods

    def _unlisted(self, case: Case) -> None:
        insiders = self.callers.on_platform if case.on_platform else self.callers.inside
        listed = {
            *case.route.methods,
            *(("HEAD", "OPTIONS") if "GET" in case.route.methods else ("OPTIONS",)),
        }
        for method in METHODS:
            if method not in listed:
                with undone():
                    answer = ask(case, method, insiders[OWNER], self.cast.values, self._body(case))
                self.findings.attempts += 1
                if answer.status >= 500 or (answer.status != UNLISTED and not case.route.lenient):
                    self.findings.faults.append(f"{method} {case.name} is answered with {answer.status}")

    def _body(self, case: Case) -> dict[str, Any]:
        named = {field_: self.cast.values[value] for field_, value in case.route.names.items()}
        return {**case.route.body, **named}

    def _fingerprint(self) -> Fingerprint:
        return fingerprint(self.cast.organisation, list(self.cast.people.values()))


def ask(
    case: Case, method: str, caller: Caller, values: Mapping[str, str], body: Mapping[str, Any]
) -> Answer:
    sent: dict[str, Any] = {}
    if method not in ("GET", "HEAD", "OPTIONS"):
        sent = {"data": {name: value() if callable(value) else value for name, value in body.items()}}
        if case.route.as_json:
            sent["content_type"] = "application/json"
    response = getattr(caller.client(), method.lower())(case.address(values), **sent)
    streaming = getattr(response, "streaming", False)
    content = b"".join(response.streaming_content) if streaming else response.content
    return Answer(response.status_code, content, response.headers.get("Location", ""))


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_status(organisation: Organisation, status: str) -> Iterator[None]:
    Organisation.objects.filter(pk=organisation.pk).update(
        status=status, delete_at=timezone.now() + timedelta(days=1)
    )
    forget_resolutions()
    try:
        yield
    finally:
        forget_resolutions()
