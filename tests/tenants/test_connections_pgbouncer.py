"""Behind PgBouncer in transaction mode, which may give each statement another server connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from tenants.context import entered
from tenants.models import Organisation
from tenants.postgresql.base import DatabaseWrapper
from tenants.postgresql.raw import sql
from tenants.schemas.direct import open_direct
from tests.emulators.pgbouncer import pgbouncer, why_missing
from tests.tenants.library.models import Shelf

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(why_missing()), reason=why_missing() or "there is one"),
]

SERVER_CONNECTIONS = 2
Connect = Callable[..., DatabaseWrapper]


@pytest.fixture
def through(db: None, settings: Any) -> Iterator[Connect]:
    """Makes connections of Django's that go through one PgBouncer."""
    known = {key: str(value) for key, value in connection.get_connection_params().items()}
    settings.OCTAVO_TRANSACTION_POOLING = True
    made: list[DatabaseWrapper] = []
    with pgbouncer(known, size=SERVER_CONNECTIONS) as port:

        def make(**options: Any) -> DatabaseWrapper:
            kept = {
                key: value for key, value in connection.settings_dict["OPTIONS"].items() if key == "sslmode"
            }
            place = {"HOST": "127.0.0.1", "PORT": str(port), "OPTIONS": kept | options}
            wrapper = DatabaseWrapper({**connection.settings_dict, **place}, alias=f"pooler{len(made)}")
            wrapper.inc_thread_sharing()
            made.append(wrapper)
            return wrapper

        yield make
        for wrapper in made:
            wrapper.close()
            if wrapper.alias in wrapper._connection_pools:
                wrapper.close_pool()


def test_each_client_reads_its_own_organisation(
    through: Connect, organisation: Organisation, other_organisation: Organisation
) -> None:
    both = (organisation, other_organisation)
    for each in both:
        with entered(each):
            Shelf.objects.create(name=each.slug)

    def read(number: int) -> tuple[set[str], set[int], str]:
        mine, wrapper = both[number % 2], through()
        names, processes = set(), set()
        with entered(mine):
            for _ in range(20):
                with wrapper.cursor() as cursor:
                    cursor.execute(sql("SELECT name, pg_backend_pid() FROM {library_shelf}"))
                    name, process = cursor.fetchone()
                    names.add(name)
                    processes.add(process)
        return names, processes, mine.slug

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(read, range(8)))
    assert all(names == {slug} for names, _processes, slug in found)
    assert len(set().union(*(processes for _names, processes, _slug in found))) <= SERVER_CONNECTIONS


def test_the_search_path_is_the_roles_own(through: Connect) -> None:
    with through().cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("pg_catalog, ext",)
        with pytest.raises(psycopg.errors.UndefinedTable):
            cursor.cursor.execute("SELECT * FROM tenants_organisation")


def test_rows_are_taken_in_pieces_without_a_cursor_on_the_server(
    through: Connect, organisation: Organisation
) -> None:
    wrapper = through()
    wrapper.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    with entered(organisation):
        Shelf.objects.bulk_create(Shelf(name=str(number)) for number in range(10))
        compiler = Shelf.objects.order_by("name").query.get_compiler(connection=wrapper)
        rows = [row for some in compiler.execute_sql(chunked_fetch=True, chunk_size=3) for row in some]
    assert len(rows) == 10


def test_a_transaction_has_a_server_connection_to_itself(through: Connect) -> None:
    one, two, three = through(), through(), through()
    for wrapper in (one, two):
        wrapper.set_autocommit(False)
    with one.cursor() as first, two.cursor() as second:
        processes = set()
        for cursor in (first, second, first, second):
            cursor.execute("SELECT pg_backend_pid()")
            processes.add(cursor.fetchone())
        assert len(processes) == SERVER_CONNECTIONS
    for wrapper in (one, two):
        wrapper.rollback()
        wrapper.set_autocommit(True)
    with three.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_a_pool_may_stand_before_the_pooler(through: Connect) -> None:
    wrapper = through(pool={"min_size": 1, "max_size": 2, "timeout": 5})
    for _ in range(3):
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT 1")
        wrapper.close()
    state = wrapper.pool.state()  # type: ignore[union-attr]
    assert state.asked == 3
    assert state.opened <= 2


def test_what_needs_a_connection_of_its_own_goes_past_the_pooler(
    through: Connect, settings: Any, organisation: Organisation
) -> None:
    wrapper = through()
    wrapper.ensure_connection()
    direct = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    settings.DIRECT_DATABASES = {"default": {**direct, "OPTIONS": {"application_name": "direct"}}}
    with open_direct() as own, transaction.atomic():
        told = own.execute("SHOW application_name").fetchone()
        assert told == ("direct",)
