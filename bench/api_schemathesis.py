"""The API tried by its own description: what schemathesis makes of it, with a key of each set of scopes.

Part of `bench api`. A server of its own has one of everything; the ids of what is there stand in addresses,
beside others. Three keys try every operation: one that may do everything, one that may only read, and one for
books; then a key for each scope alone tries what asks for it. All checks are on. Two things are said
beforehand that no description can say: what is well-formed may still be refused (a name that is taken, a plan
that does not bring it), and `?fields=` leaves out what is described (tests/api/test_shape.py tries that).
"""

from __future__ import annotations

import copy
import itertools
import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.installation import Processes, free_port, is_open, member_of_a_new_organisation, wait_until
from bench.report import Demand, Number

EXAMPLES = 50  # of each operation, with each key, beside those that schemathesis works out
SEED = 6
ROUNDS = 50  # at most
PHASES = ("examples", "coverage", "fuzzing")
SETS = {"everything": (":read", ":write"), "reading": (":read",), "books": ("books:read", "books:write")}

DEMANDS = [
    Demand("schemathesis_failures", "==", 0),
    Demand("schemathesis_server_errors", "==", 0),
    Demand("schemathesis_least_examples", ">=", EXAMPLES),
]

# What may be answered to a request that is as the description has it.
_ACCEPTED = ["2xx", "304", "307", "400", "401", "402", "403", "404", "409", "412", "413", "422", "429", "503"]
# And to one that is not: a condition that does not hold is told before what is wrong with the body.
_REFUSED = ["400", "401", "402", "403", "404", "405", "406", "409", "412", "413", "415", "422", "429", "503"]
_PATH = "/api/v1/schema/"
# What stands in an address, and the value of the cast that is its own.
_NAMES = {
    "book": "book_id", "book_pk": "book_id", "picture": "picture_id", "edition": "edition_id",
    "section": "section_id", "package": "package_id", "member": "membership_id", "group": "group_id",
    "tier": "tier_id", "limit": "limit_id", "invitation": "invitation_id", "step": "step_id",
    "notification": "notification_id", "invoice": "invoice_id", "format_name": "format_",
    "endpoint": "endpoint_id", "delivery": "delivery_id", "batch": "batch_id", "file": "file_id",
    "organisation": "covered_id", "number": "number", "revision": "revision",
}  # fmt: skip
_numbers = itertools.count(1)  # of organisations that are tried
_IDS = {"/books/": "book_id", "/jobs/": "job_id", "/domains/": "domain_id"}


@dataclass
class World:
    """A server's address, a key's secret, and the ids of what its organisation has."""

    url: str
    key_id: Any = None
    secret: str = ""
    digest: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    def furnish(self, scopes: Sequence[str]) -> None:
        """One of everything anew, in an organisation of its own, which the key belongs to from now on."""
        from billing.models import Budget
        from tenants.api_keys.models import ApiKey
        from tenants.models import Membership
        from tests.factories.api_keys import make_key
        from tests.factories.billing import put_on
        from tests.isolation.cast import OWNER, cast_of

        number = next(_numbers)
        organisation = member_of_a_new_organisation(f"tried-{number}").organisation
        put_on(organisation, "ENTERPRISE")
        surname = f"Tried{os.getpid()}x{number}"
        cast = cast_of(organisation, secret=f"Secret{os.getpid()}x{number}", surname=surname)
        Budget.objects.filter(organisation=organisation).update(limit_micros=1_000_000)  # what one can set
        owner = Membership.objects.get(organisation=organisation, user=cast.people[OWNER])
        issued = make_key(owner, *scopes)
        if self.secret:  # what every request has: the new key takes it over
            ApiKey.objects.filter(digest=self.digest).delete()
            ApiKey.objects.filter(pk=issued.key.pk).update(digest=self.digest)
        else:
            self.secret, self.digest = issued.secret, issued.key.digest
        self.key_id, self.ids = issued.key.pk, dict(cast.values)
        self._wait(organisation.slug)

    def is_whole(self) -> bool:
        """Whether the key is still an owner's, of an organisation that is open."""
        from tenants.api_keys.models import ApiKey

        key = ApiKey.objects.select_related("membership__organisation").filter(pk=self.key_id).first()
        return (
            key is not None
            and key.revoked_at is None
            and key.membership is not None
            and key.membership.role == "OWNER"
            and key.membership.organisation.status == "ACTIVE"
        )

    def _wait(self, slug: str) -> None:
        """Until the server knows the key as the organisation's."""
        from tenants.api_keys.recognising import forget_keys

        forget_keys()
        time.sleep(1.2)
        wait_until(lambda: self._status("/api/v1/jobs/") != 401, "the key is known")

    def _status(self, path: str) -> int:
        request = urllib.request.Request(self.url + path)  # noqa: S310  # our own server
        request.add_header("Authorization", f"Bearer {self.secret}")
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310  # our own server
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


@dataclass
class Found:
    """What schemathesis has found, over all keys."""

    keys: int = 0
    cases: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)  # how to repeat each
    server_errors: int = 0
    errors: list[str] = field(default_factory=list)


def figures() -> dict[str, Number]:
    found, least = Found(), 10**6
    for name, ends in SETS.items():
        with world() as here:
            cases = attempt(here, scopes_ending(ends), found, label=name)
            least = min(least, *cases.values())
    with world() as here:
        for scope in scopes_asked_for(here.url):
            cases = attempt(here, [scope], found, label=scope, asking_for=scope)
            least = min(least, *cases.values())
    print(*found.errors, sep="\n", file=sys.stderr)
    return {
        "schemathesis_operations": len(found.cases),
        "schemathesis_keys": found.keys,
        "schemathesis_requests": sum(found.cases.values()),
        "schemathesis_least_examples": least,
        "schemathesis_server_errors": found.server_errors,
        "schemathesis_failures": len(found.failures) + len(found.errors),
    }


@contextmanager
def world() -> Iterator[World]:
    """A server of its own."""
    port = free_port()
    environment = {"OCTAVO_PUBLIC_HOST": f"localhost:{port}", "OCTAVO_API_RATES": "ENTERPRISE=10000000"}
    with tempfile.TemporaryDirectory() as log:
        processes = Processes(Path(log), environment)
        processes.start(
            "web", ("-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port))
        )
        try:
            wait_until(lambda: is_open(port), "the server answers")
            yield World(f"http://localhost:{port}")
        finally:
            if os.environ.get("OCTAVO_BENCH_LOGS"):
                processes.show_logs(2000)
            processes.stop()


def scopes_ending(ends: Sequence[str]) -> list[str]:
    from tenants.api_keys.scopes import SCOPES as ALL

    return [scope for scope in ALL if scope.endswith(tuple(ends))]


def scopes_asked_for(url: str) -> list[str]:
    """Those that some operation needs."""
    operations = [operation for item in told(url)["paths"].values() for operation in item.values()]
    return sorted({scope for operation in operations for scope in operation.get("x-required-scopes", ())})


def attempt(
    here: World, scopes: Sequence[str], found: Found, *, label: str, asking_for: str = ""
) -> Counter[str]:
    """Try every operation, or those that ask for one scope, with a key that has `scopes`; answers how many
    requests each had."""
    here.furnish(scopes)
    print(f"schemathesis: {label}", file=sys.stderr, flush=True)
    found.keys += 1
    cases: Counter[str] = Counter()
    few: set[str] = set()  # operations with so little to ask for that a round has fewer different requests
    for round_ in range(ROUNDS):
        schema = description(
            here.url, here.secret, examples=EXAMPLES, seed=SEED + round_, asking_for=asking_for, only=few
        )
        name_what_is_there(schema, lambda: here.ids)
        keep_furnished(here, scopes)
        cases += run(schema, found, label=label)
        few = {operation for operation, count in cases.items() if count < EXAMPLES}
        if not few:
            break
    return cases


def run(schema: Any, found: Found, *, label: str) -> Counter[str]:
    """The same for a description that is prepared."""
    from schemathesis.engine import events, from_schema

    cases: Counter[str] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
            cases[event.recorder.label] += len(event.recorder.cases)
            note(event.recorder, found, label)
        elif isinstance(event, events.NonFatalError):
            found.errors.append(f"{label}: {event.label}: {event.info.format()}")
        elif isinstance(event, events.FatalError):
            raise event.exception
    found.cases += cases
    return cases


def description(
    url: str,
    secret: str,
    *,
    examples: int,
    phases: Sequence[str] = PHASES,
    seed: int = SEED,
    asking_for: str = "",
    only: Collection[str] = (),
) -> Any:
    """As the server tells it, without `?fields=`: all operations, or those that ask for one scope, or `only`
    those, written like "GET /api/v1/books/"."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig

    described = told(url)
    for item in described["paths"].values():
        for operation in item.values():
            kept = [one for one in operation.get("parameters", []) if one.get("name") != "fields"]
            operation["parameters"] = kept
    config = SchemathesisConfig.from_dict(
        {
            "base-url": url,
            "seed": seed,
            "continue-on-failure": True,
            "workers": 1,
            "headers": {"Authorization": f"Bearer {secret}"},
            "generation": {"max-examples": examples},
            "phases": {name: {"enabled": name in phases} for name in (*PHASES, "stateful")},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": _ACCEPTED},
                "negative_data_rejection": {"expected-statuses": _REFUSED},
            },
        }
    )
    schema = schemathesis.openapi.from_dict(described, config=config)

    def is_asked(context: Any) -> bool:
        operation = context.operation
        scopes = operation.definition.raw.get("x-required-scopes", ())
        return (not asking_for or asking_for in scopes) and (not only or operation.label in only)

    return schema.include(is_asked)


def told(url: str) -> Any:
    """What the server says of itself."""
    with urllib.request.urlopen(url + _PATH) as answer:  # noqa: S310  # our own server
        return json.load(answer)


def name_what_is_there(schema: Any, ids: Callable[[], Mapping[str, str]]) -> None:
    """Real ids in addresses, three times of four."""

    def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
        mapped = copy.copy(path_parameters or {})
        for name, value in mapped.items():
            real = ids().get(_NAMES.get(name) or id_in(context.operation.path))
            if real is not None and len(str(value)) == len(real) and crc32(str(value).encode()) % 4:
                mapped[name] = real
        return mapped

    schema.hook(map_path_parameters)


def keep_furnished(here: World, scopes: Sequence[str]) -> None:
    """All as it was for each operation, where the one before it has changed much."""
    import schemathesis

    last = ""

    def before_call(context: Any, case: Any, kwargs: Any) -> None:
        nonlocal last
        if case.operation.label != last:
            if last.startswith("DELETE") or not here.is_whole():
                here.furnish(scopes)
            last = case.operation.label

    schemathesis.hooks.unregister_all()
    schemathesis.hook(before_call)  # which no schema has of its own


def id_in(path: str) -> str:
    return next((name for part, name in _IDS.items() if part in path), "")


def note(recorder: Any, found: Found, label: str) -> None:
    from schemathesis.engine import Status

    for checks in recorder.checks.values():
        for check in checks:
            if check.status != Status.FAILURE or check.failure_info is None:
                continue
            failure = check.failure_info.failure
            found.server_errors += check.name == "not_a_server_error"
            title = f"{recorder.label}: {failure.title}: {failure.message.splitlines()[:3]} ({label})"
            if title not in found.failures:
                found.failures[title] = check.failure_info.code_sample
                print(title, check.failure_info.code_sample, "", sep="\n", file=sys.stderr, flush=True)
