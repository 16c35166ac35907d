import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from tenants.context import Current, NoOrganisation, current, current_or_none, entered, in_public

ACME = Current(organisation_id=uuid4(), schema="t_acme")
GLOBEX = Current(organisation_id=uuid4(), schema="t_globex")


def test_nothing_is_entered_at_first():
    assert current_or_none() is None
    with pytest.raises(NoOrganisation):
        current()


def test_entered_nests_and_restores():
    with entered(ACME):
        with entered(GLOBEX):
            assert current() == GLOBEX
            with in_public():
                assert current_or_none() is None
            assert current() == GLOBEX
        assert current() == ACME
    assert current_or_none() is None


def test_entered_restores_after_an_error():
    with entered(ACME), pytest.raises(ZeroDivisionError), entered(GLOBEX):
        1 / 0  # noqa: B018
    assert current_or_none() is None


def test_a_new_thread_begins_outside():
    seen = []
    with entered(ACME):
        thread = threading.Thread(target=lambda: seen.append(current_or_none()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_threads_do_not_see_each_other():
    both_inside = threading.Barrier(2)

    def look(organisation):
        with entered(organisation):
            both_inside.wait(timeout=10)
            return current()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(look, [ACME, GLOBEX])) == [ACME, GLOBEX]


async def test_tasks_do_not_see_each_other():
    async def look(organisation):
        with entered(organisation):
            await asyncio.sleep(0)
            return current()

    organisations = [ACME, GLOBEX] * 20
    assert await asyncio.gather(*map(look, organisations)) == organisations


async def test_sync_to_async_carries_the_organisation():
    with entered(ACME):
        assert await sync_to_async(current)() == ACME
        assert await sync_to_async(current, thread_sensitive=False)() == ACME
        assert await asyncio.to_thread(current) == ACME


def test_async_to_sync_carries_the_organisation():
    async def look():
        return current()

    with entered(ACME):
        assert async_to_sync(look)() == ACME


@pytest.mark.parametrize("schema", ["public", 'a"b', "Acme", "1a", "", "a" * 64, "pg-1"])
def test_a_schema_name_that_would_need_quoting_is_refused(schema):
    with pytest.raises(ValueError, match="schema"):
        Current(organisation_id=uuid4(), schema=schema)
