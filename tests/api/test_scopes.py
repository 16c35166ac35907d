"""What keys may do: every operation with every scope, and with keys that are none any more.

The table is taken from the addresses of the API and from what each view says that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from tenants.api_keys.scopes import READ, SCOPES, WRITE, Resource, scope_for
from tenants.api_keys.tokens import new_secret
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.factories.api_keys import KeyClient, make_key

METHODS: Final = ("get", "head", "post", "put", "patch", "delete")
STANDING_FOR: Final = (str(UUID(int=7)), "1", "pdf", "nothing")  # whatever an address asks for
KEYS_PAGE = Path(__file__).resolve().parents[2] / "docs" / "integrators" / "keys.md"


@dataclass(frozen=True)
class Operation:
    name: str
    path: str
    method: str
    scope: str | None  # None: any key will do


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every address below a resolver, with its name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*names, entry.namespace) if entry.namespace else names)
        elif isinstance(entry, URLPattern):
            yield ":".join([*names, str(entry.name)]), entry


def view_of(pattern: URLPattern) -> Any:
    return getattr(pattern.callback, "cls", None) or pattern.callback.view_class  # type: ignore[attr-defined]


def operations() -> list[Operation]:
    found = []
    for name, pattern in patterns(get_resolver("api.urls"), ("api",)):
        view, path = view_of(pattern), path_of(name, pattern)
        for method, action in actions_of(pattern, view).items():
            resource = getattr(view, "resources", {}).get(action, view.resource)
            scope = scope_for(resource, method.upper()) if resource else None
            found.append(Operation(name, path, method, scope))
    return found


def actions_of(pattern: URLPattern, view: Any) -> dict[str, str]:
    """The methods that an address answers, and what the view calls them."""
    if actions := getattr(pattern.callback, "actions", None):
        found = dict(actions)
    else:
        found = {method: method for method in METHODS if hasattr(view, method)}
    return {**found, **({"head": found["get"]} if "get" in found else {})}


def path_of(name: str, pattern: URLPattern) -> str:
    groups = list(pattern.pattern.regex.groupindex)
    for values in product(STANDING_FOR, repeat=len(groups)):
        try:
            return reverse(name, kwargs=dict(zip(groups, values, strict=True)), urlconf="config.urls")
        except NoReverseMatch:
            continue
    raise AssertionError(f"nothing fits the address of {name}")


def test_every_view_says_what_it_is_about() -> None:
    found = {view_of(pattern) for _name, pattern in patterns(get_resolver("api.urls"))}
    wrong = {view.__name__ for view in found if getattr(view, "resource", "") not in {*Resource.values, None}}
    assert len(found) > 15
    assert not wrong


@pytest.fixture
def in_no_hurry(settings: Any) -> None:
    settings.OCTAVO_API_RATES = {"": 10**6}


@pytest.mark.django_db
def test_every_operation_with_every_scope(owning: Membership, in_no_hurry: None) -> None:
    """With one scope alone a key is let in exactly where that is the one; what it does is taken back."""
    programs = {scope: KeyClient(make_key(owning, scope).secret) for scope in SCOPES}
    wrong, asked = [], 0
    for operation in operations():
        for scope, program in programs.items():
            if operation.scope is None:
                continue
            asked += 1
            refused = is_refused(program, operation)
            if refused is not (scope != operation.scope):
                wrong.append((operation, scope))
    assert not wrong
    assert asked > 2000


@pytest.mark.django_db
def test_every_operation_with_all_scopes_but_its_own(owning: Membership, in_no_hurry: None) -> None:
    programs = {
        scope: KeyClient(make_key(owning, *(other for other in SCOPES if other != scope)).secret)
        for scope in SCOPES
    }
    wrong = [one for one in operations() if one.scope and not is_refused(programs[one.scope], one)]
    assert not wrong


def is_refused(program: KeyClient, operation: Operation) -> bool:
    """Whether the scope is missing. An answer without a body says it by its header."""
    with transaction.atomic():
        answer = getattr(program, operation.method)(operation.path, **_body(operation))
        transaction.set_rollback(True)
    assert answer.status_code not in (401, 429), operation
    assert answer.status_code < 500 or answer.status_code == 503, operation
    return answer.status_code == 403 and f'scope="{operation.scope}"' in answer.get("WWW-Authenticate", "")


def _body(operation: Operation) -> dict[str, Any]:
    if operation.method in ("get", "head"):
        return {}
    return {"data": {}, "content_type": "application/json"}


@pytest.mark.django_db
def test_no_operation_for_what_is_no_key(
    owning: Membership, plain: Membership, stranger: Membership, organisation: Organisation, in_no_hurry: None
) -> None:
    gone = make_key(plain)
    Membership.objects.filter(pk=plain.pk).delete()
    programs = {
        "expired": KeyClient(make_key(owning, expires_at=timezone.now() - timedelta(seconds=1)).secret),
        "retired": KeyClient(make_key(owning, retires_at=timezone.now() - timedelta(seconds=1)).secret),
        "revoked": KeyClient(make_key(owning, revoked_at=timezone.now()).secret),
        "of nobody": KeyClient(gone.secret),
        "another organisation’s": KeyClient(make_key(stranger).secret, organisation),
        "invented": KeyClient(new_secret()),
        "mistyped": KeyClient(make_key(owning).secret[:-1] + "!"),
    }
    wrong = []
    visitor = HostClient()
    for operation in operations():
        for name, program in (*programs.items(), *([("none", visitor)] if operation.scope else [])):
            answer = getattr(program, operation.method)(operation.path, **_body(operation))
            if answer.status_code != 401 or "Bearer" not in answer["WWW-Authenticate"]:
                wrong.append((name, operation, answer.status_code))
    assert not wrong


def test_the_docs_have_the_table_of_scopes() -> None:
    with translation.override("en"):
        rows = [f"| `{one.value}` | `{one}:{READ}` | `{one}:{WRITE}` | {one.label} |" for one in Resource]
    table = [line for line in KEYS_PAGE.read_text().splitlines() if line.startswith("| `")]
    assert table == rows
