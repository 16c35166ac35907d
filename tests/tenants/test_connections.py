"""The pool: recycled by organisations, handed out by them, waited for, and never quietly dead."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from prometheus_client import REGISTRY

from tenants.context import Current, current_or_none, entered
from tenants.models import Organisation
from tenants.organisations.walking import each_organisation
from tenants.postgresql import pool as pool_module
from tenants.postgresql.base import DatabaseWrapper
from tenants.postgresql.pooling import give_back_worn, pool_states
from tenants.schemas.direct import open_direct

pytestmark = pytest.mark.django_db

Make = Callable[..., DatabaseWrapper]


@pytest.fixture
def pooled(db: None) -> Iterator[Make]:
    """Makes connections of Django's that share a pool, as the threads of a process do."""
    made: list[DatabaseWrapper] = []

    def make(*, alias: str = "pooled", port: str | None = None, **pool: object) -> DatabaseWrapper:
        options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "timeout": 10, **pool}}
        known = {**connection.settings_dict, "OPTIONS": options}
        wrapper = DatabaseWrapper(known | ({"PORT": port, "HOST": "127.0.0.1"} if port else {}), alias=alias)
        wrapper.inc_thread_sharing()
        made.append(wrapper)
        return wrapper

    yield make
    for wrapper in made:
        wrapper.close()
    for wrapper in made:
        if wrapper.alias in wrapper._connection_pools:
            wrapper.close_pool()


def an_organisation(number: int, alias: str = "pooled") -> Current:
    return Current(organisation_id=uuid4(), schema=f"t_{number:016x}", alias=alias)


def backend_of(wrapper: DatabaseWrapper, organisation: Current | None = None) -> int:
    """The server process that answers, for an organisation or for none."""
    with entered(organisation) if organisation else transaction.atomic(), wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
    return found


def test_a_connection_is_replaced_after_many_organisations(pooled: Make, settings: object) -> None:
    settings.OCTAVO_ORGANISATIONS_PER_CONNECTION = 3  # type: ignore[attr-defined]
    wrapper = pooled(max_size=1)
    backends = []
    for number in (1, 2, 1, 2, 3, 4, 5, 6):
        backends.append(backend_of(wrapper, an_organisation(number)))
        wrapper.close()
    assert len(set(backends[:5])) == len(set(backends[5:])) == 1
    assert backends[0] != backends[5]
    assert wrapper.pool.state().recycled == 2


def test_work_outside_organisations_does_not_count(pooled: Make, settings: object) -> None:
    settings.OCTAVO_ORGANISATIONS_PER_CONNECTION = 1  # type: ignore[attr-defined]
    wrapper = pooled(max_size=1)
    elsewhere = an_organisation(1, alias="another_server")
    backends = []
    for organisation in (None, elsewhere, None):
        backends.append(backend_of(wrapper, organisation))
        wrapper.close()
    assert len(set(backends)) == 1


def test_an_organisation_gets_the_connection_that_knows_it(pooled: Make) -> None:
    one, two = pooled(max_size=2), pooled(max_size=2)
    acme, globex, initech = (an_organisation(number) for number in (1, 2, 3))
    of_acme, of_globex = backend_of(one, acme), backend_of(two, globex)
    one.close()
    two.close()
    for organisation, expected in ((globex, of_globex), (globex, of_globex), (acme, of_acme)):
        assert backend_of(one, organisation) == expected
        one.close()
    backend_of(one, initech)  # whom nobody knows
    knows_two = backend_of(one, initech)
    one.close()
    newcomer = backend_of(two, an_organisation(4))
    assert newcomer in {of_acme, of_globex} - {knows_two}
    assert one.pool.state().known == 3


def test_whoever_finds_none_free_waits(pooled: Make) -> None:
    together = threading.Barrier(2)

    def work(number: int) -> int:
        wrapper = pooled(max_size=2)
        found = backend_of(wrapper)
        if number < 2:
            together.wait(10)  # both are in use before anybody else asks
        wrapper.close()
        return found

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(work, range(40)))) <= 2
    state = next(state for state in pool_states() if state.alias == "pooled")
    assert (state.asked, state.failed, state.waiting) == (40, 0, 0)
    assert state.size <= 2


def test_whoever_waits_too_long_is_told_what_to_do(pooled: Make) -> None:
    holder, waiter = pooled(max_size=1, timeout=0.2), pooled(max_size=1, timeout=0.2)
    backend_of(holder)
    with pytest.raises(OperationalError, match=r"may have 1, all are in use.*Raise OCTAVO_DATABASE_POOL"):
        backend_of(waiter)
    assert waiter.pool.state().failed == 1
    holder.close()
    assert backend_of(waiter)


def test_a_server_that_is_away_is_said_to_be(pooled: Make) -> None:
    wrapper = pooled(alias="away", port="1", max_size=1, timeout=0.5)
    with pytest.raises(OperationalError, match="'away' cannot be reached: connection failed"):
        backend_of(wrapper)


def test_a_connection_that_the_server_has_ended_is_not_handed_out(pooled: Make) -> None:
    wrapper = pooled(max_size=1)
    ended = backend_of(wrapper)
    wrapper.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    assert backend_of(wrapper) != ended


def test_the_server_is_asked_only_where_there_is_doubt(pooled: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = pooled(max_size=1)
    backend_of(wrapper)
    asked: list[object] = []
    monkeypatch.setattr(wrapper.pool, "_check", asked.append)
    for unchecked, times in ((30.0, 0), (0.0, 1)):
        monkeypatch.setattr(pool_module, "UNCHECKED", unchecked)
        wrapper.close()
        backend_of(wrapper)
        assert len(asked) == times


def test_a_forked_process_has_connections_of_its_own(pooled: Make) -> None:
    wrapper = pooled(max_size=1)
    of_the_parent = backend_of(wrapper)
    wrapper.close()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, str(backend_of(wrapper)).encode())
        os._exit(0)
    of_the_child = int(os.read(reader, 20))
    os.waitpid(child, 0)
    assert of_the_child != of_the_parent == backend_of(wrapper)


def test_pools_are_told_to_prometheus(pooled: Make) -> None:
    wrapper = pooled(max_size=7)
    backend_of(wrapper)
    labels = {"database": "pooled"}
    assert REGISTRY.get_sample_value("octavo_database_pool_most", labels) == 7
    idle = REGISTRY.get_sample_value("octavo_database_pool_idle", labels)
    assert idle in (0, 1)  # it may have made one more
    assert REGISTRY.get_sample_value("octavo_database_pool_asked_total", labels) == 1


def test_worn_connections_go_back_outside_transactions_alone(
    settings: object, organisation: Organisation, transactional_db: None
) -> None:
    settings.OCTAVO_ORGANISATIONS_PER_CONNECTION = 1  # type: ignore[attr-defined]
    with transaction.atomic():
        before = backend_of(connection, organisation.as_current())  # type: ignore[arg-type]
        give_back_worn()
        assert backend_of(connection) == before  # type: ignore[arg-type]
    give_back_worn()
    assert backend_of(connection) != before  # type: ignore[arg-type]


def test_going_through_all_organisations_finds_each_once(
    organisation: Organisation, other_organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.organisations.walking._AT_ONCE", 1)
    with entered(organisation):
        found = list(each_organisation())
    assert found == list(Organisation.objects.order_by("pk"))
    assert len(found) == 2
    assert list(each_organisation(Organisation.objects.filter(slug="globex"))) == [other_organisation]


def test_what_waits_for_the_commit_is_done_where_it_was_said(
    organisation: Organisation, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    seen: list[Current | None] = []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        transaction.on_commit(lambda: seen.append(current_or_none()))
        with entered(organisation):
            transaction.on_commit(lambda: seen.append(current_or_none()))
    assert seen == [None, organisation.as_current()]
    assert connections["default"] is not None


def test_what_goes_past_a_pooler_does_not_take_its_port(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address without a port means PostgreSQL's own."""
    past = {**settings.DATABASES["default"], "HOST": "127.0.0.2", "PORT": ""}
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    settings.DIRECT_DATABASES = {"default": past}
    with pytest.raises(psycopg.OperationalError, match=r'"127\.0\.0\.2", port 5432'):
        open_direct().close()
