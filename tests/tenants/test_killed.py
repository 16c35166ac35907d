"""Processes that are killed at each statement of a sign-up leave no half-made organisation and no stray."""

import pytest
from django.db import connection

from tenants.context import entered
from tenants.models import Organisation, ReadySchema, Role
from tenants.schemas import making, sweeping
from tests.tenants.boundaries import died, run
from tests.tenants.library.models import Shelf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_schema_is_left():
    """Nor is there one of an earlier test."""
    drop_all()
    yield
    drop_all()


def drop_all():
    for schema in schemas():
        making.drop(schema, alias="default")


def schemas():
    return sweeping._schemas("default")


CLIENTS = """
SELECT array_agg(pid) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
"""


def clients():
    """The processes of the server for connections to this database: earlier tests may have left some."""
    with connection.cursor() as cursor:
        cursor.execute(CLIENTS)
        return set(cursor.fetchone()[0])


def wait_for_no_others(than):
    """The server notices that a client is gone when it next looks at it."""
    with connection.cursor() as cursor:
        for _look in range(600):
            if clients() <= than:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("a connection of a killed process has stayed")


def test_processes_killed_at_every_boundary_leave_nothing_half_made():
    """Somebody signs up with no schema ready, then with some; then one stray and one outdated are swept."""
    works = ["sign_up", "refill", "sign_up", "age", "sweep"]
    before = clients()
    told = run("tests.tenants.killed", *works)
    wait_for_no_others(than=before)
    assert died(told, "sign_up", "CREATE SCHEMA")
    assert died(told, "sweep", "DROP SCHEMA IF EXISTS")
    assert died(told, "sign_up", "the end") == 2
    for work in ("sign_up", "refill", "sweep"):
        assert died(told, work, "COMMIT"), (work, told)
    made = list(Organisation.objects.all())
    assert len(made) == 4  # twice, of who was killed at the very end, and of who lived
    for each in made:
        assert each.memberships.get().role == Role.OWNER
        assert each.subscription.plan.code == "FREE"
        with entered(each):
            assert Shelf.objects.count() == 0
    owned = {each.schema_name for each in made}
    assert schemas() == owned | set(ReadySchema.objects.values_list("pk", flat=True))
