"""Acme with a provider and a domain of its own, and the provider, which can be made to lie."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import flask
import jwt
import pytest
from django.utils import timezone
from oidc_provider_mock._app import app as provider_app
from oidc_provider_mock._server import _threaded_server

from tenants.models import ClaimedDomain, Membership, Organisation, Purpose, Role, SingleSignOn
from tenants.sealing import seal
from tests.conftest import HostClient
from tests.factories.billing import put_on
from tests.tenants.accounts.conftest import ada, app, at_platform  # noqa: F401
from tests.tenants.accounts.provider import Provider

GRACE = {"email": "grace@acme.example", "email_verified": True, "name": "Grace Hopper"}
Change = Callable[[dict[str, Any]], Any]


@dataclass
class OwnProvider(Provider):
    """`lies` changes the JSON answers by path: what comes back from it is sent instead, with its status."""

    lies: dict[str, Change] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def organisation(organisation: Organisation) -> Organisation:
    """On the plan that brings it."""
    return put_on(organisation, "ENTERPRISE")


@pytest.fixture(scope="session")
def _running() -> Iterator[OwnProvider]:
    server_app = provider_app()
    provider = OwnProvider("")

    @server_app.after_request
    def lie(response: flask.Response) -> flask.Response:
        provider.asked.append(flask.request.path)
        if change := provider.lies.get(flask.request.path):
            changed = change(json.loads(response.get_data()))
            status, body = changed if isinstance(changed, tuple) else (200, changed)
            response.status_code = status
            response.set_data(json.dumps(body) if isinstance(body, dict) else body)
        return response

    with _threaded_server(server_app) as server:
        provider.address = f"http://localhost:{server.server_port}"
        yield provider


@pytest.fixture
def provider(_running: OwnProvider) -> Iterator[OwnProvider]:
    """Knows Grace."""
    _running.knows("grace", **GRACE)
    _running.asked.clear()
    yield _running
    _running.lies.clear()


def single_sign_on_for(organisation: Organisation, provider: Provider, **values: Any) -> SingleSignOn:
    given = {"name": "Example ID", "client_id": "octavo", "sealed_secret": seal("a secret"), **values}
    return SingleSignOn.objects.create(organisation=organisation, issuer=provider.address, **given)


def own_domain(organisation: Organisation, name: str) -> ClaimedDomain:
    return ClaimedDomain.objects.create(
        organisation=organisation, name=name, purpose=Purpose.EMAIL, token="t", verified_at=timezone.now()
    )


@pytest.fixture
def single_sign_on(organisation: Organisation, provider: OwnProvider) -> SingleSignOn:
    """Acme's, with acme.example as its domain."""
    own_domain(organisation, "acme.example")
    return single_sign_on_for(organisation, provider)


@pytest.fixture
def required(single_sign_on: SingleSignOn) -> SingleSignOn:
    single_sign_on.enforced, single_sign_on.worked_at = True, timezone.now()
    single_sign_on.save()
    return single_sign_on


def page_of(organisation: Organisation) -> str:
    return f"/accounts/oidc/{organisation.pk}/login/"


def begin(client: HostClient, organisation: Organisation, **asked: str) -> str:
    """Where the browser is sent when the button is pressed."""
    answer = client.post(page_of(organisation), asked)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def arrive(
    client: HostClient, organisation: Organisation, provider: Provider, sub: str = "grace", **asked: str
) -> Any:
    """The whole way there and back."""
    return client.get(provider.consent(begin(client, organisation, **asked), sub))


def is_in(client: HostClient) -> bool:
    answer = client.get("/enter/")
    return answer.status_code != 302 or "/login/" not in answer["Location"]


def enter(client: HostClient, organisation: Organisation) -> HostClient:
    """On from the platform's host to the organisation's."""
    handed_over = client.get(f"/accounts/go/{organisation.slug}/")["Location"]
    assert organisation.host in handed_over, handed_over
    there = HostClient(organisation)
    there.get(handed_over.partition(organisation.host)[2])
    return there


def token_with(**claims: Any) -> Change:
    """Changes what the ID token says; nobody looks at its signature."""

    def changed(answer: dict[str, Any]) -> dict[str, Any]:
        said = jwt.decode(answer["id_token"], options={"verify_signature": False, "verify_aud": False})
        kept = {name: value for name, value in {**said, **claims}.items() if value is not None}
        return {**answer, "id_token": jwt.encode(kept, "another key of thirty-two bytes and more", "HS256")}

    return changed


def with_state(back: str, state: str) -> str:
    parts = urlsplit(back)
    return f"{parts.path}?{urlencode({**dict(parse_qsl(parts.query)), 'state': state})}"


def become(organisation: Organisation, user: Any, role: Role) -> Membership:
    return Membership.objects.create(organisation=organisation, user=user, role=role)


@pytest.fixture
def free_port() -> int:
    """Where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
