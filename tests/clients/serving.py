"""The platform as programs meet it: its ASGI application behind a real server, with a real worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn

from jobs.kinds import LANES
from jobs.limits import Limits
from jobs.runner import Runner
from launcher.embedded.valkey import free_port
from tenants.models import Membership, Organisation
from tests.factories.api_keys import issue_key

LIMITS = Limits(
    lease=15.0,
    calls_in_flight=50,
    builds_in_flight=2,
    organisation_calls=50,
    organisation_builds=2,
    look_round=0.1,
    grace=0.5,
)
FAST = 100_000  # requests a minute


@dataclass(frozen=True)
class Served:
    """The platform's own host on a port of this machine, and a key of Acme's owner for all that it offers."""

    address: str
    key: str


@contextmanager
def serving(settings: Any) -> Iterator[str]:
    """The address of the platform, which takes it for its own."""
    from config.asgi import application

    port = free_port()
    settings.PUBLIC_HOST = f"localhost:{port}"
    settings.PUBLIC_URL = f"http://localhost:{port}"
    server = uvicorn.Server(uvicorn.Config(application, port=port, lifespan="off", log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    try:
        yield settings.PUBLIC_URL
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def working() -> Iterator[None]:
    """A worker that makes whatever is asked for."""
    runner = Runner(LANES, settings=LIMITS)
    runner.start()
    try:
        yield
    finally:
        runner.stop()


@pytest.fixture
def served(transactional_db: None, settings: Any, organisation: Organisation, owner: Any) -> Iterator[Served]:
    membership = Membership.objects.get(organisation=organisation, user=owner)
    with serving(settings) as address, working():
        yield Served(address, issue_key(membership).secret)
