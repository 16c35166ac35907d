"""What `atomic()` begins on the default server is one transaction with the organisation's on another."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.transaction import TransactionManagementError

from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.keys import uuid7
from tests.factories.tenants import UserFactory
from tests.on_second_server import SCHEMAS_THERE, SECOND
from tests.tenants.library.models import Shelf

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(transaction=True, databases=["default", SECOND]),
]


class Interrupted(Exception):
    """Something goes wrong within a block."""


@pytest.fixture(autouse=True)
def there():
    """Inside an organisation on the second server, whose shelves are gone afterwards."""
    with entered(Current(organisation_id=uuid7(), schema=SCHEMAS_THERE[0], alias=SECOND)) as inside:
        yield inside
        Shelf.objects.all().delete()


def titles():
    return sorted(Shelf.objects.values_list("name", flat=True))


def test_both_are_committed_together():
    with transaction.atomic():
        UserFactory(email="a@example.com")
        Shelf.objects.create(name="A")
        assert connections[SECOND].in_atomic_block
    assert (titles(), User.objects.count()) == (["A"], 1)
    assert not connections[SECOND].in_atomic_block
    assert connections[SECOND].get_autocommit()


def test_both_are_rolled_back_together():
    with pytest.raises(Interrupted), transaction.atomic():
        UserFactory()
        Shelf.objects.create(name="A")
        raise Interrupted
    assert (titles(), User.objects.count()) == ([], 0)


def test_a_savepoint_takes_back_both_sides_and_what_is_around_it_stays():
    with transaction.atomic():
        Shelf.objects.create(name="kept")
        with pytest.raises(Interrupted), transaction.atomic():
            UserFactory()
            Shelf.objects.create(name="taken back")
            raise Interrupted
        with transaction.atomic():
            Shelf.objects.create(name="kept too")
    assert (titles(), User.objects.count()) == (["kept", "kept too"], 0)


def test_savepoints_that_were_open_before_the_second_server_was_asked_are_its_own_too():
    with transaction.atomic():
        with pytest.raises(Interrupted), transaction.atomic():
            Shelf.objects.create(name="taken back")
            raise Interrupted
        Shelf.objects.create(name="kept")
    assert titles() == ["kept"]


def test_an_error_that_is_caught_in_a_savepoint_spoils_nothing():
    with transaction.atomic():
        shelf = Shelf.objects.create(name="A")
        with pytest.raises(IntegrityError), transaction.atomic():
            Shelf.objects.create(pk=shelf.pk, name="again")
        UserFactory()
        Shelf.objects.create(name="B")
    assert (titles(), User.objects.count()) == (["A", "B"], 1)


def test_an_error_that_is_caught_without_a_savepoint_spoils_both():
    with transaction.atomic():
        shelf = Shelf.objects.create(name="A")
        with pytest.raises(IntegrityError):
            Shelf.objects.create(pk=shelf.pk, name="again")
        with pytest.raises(TransactionManagementError):
            User.objects.count()
        with pytest.raises(TransactionManagementError):
            Shelf.objects.count()
    assert (titles(), User.objects.count()) == ([], 0)


def test_rows_are_locked_until_the_outer_transaction_ends():
    shelf = Shelf.objects.create(name="A")
    with transaction.atomic():
        Shelf.objects.select_for_update().get(pk=shelf.pk)
        other = connections.create_connection(SECOND)
        with pytest.raises(DatabaseError), other.cursor() as cursor:
            cursor.execute("SET lock_timeout = 50")
            cursor.execute(f'UPDATE "{SCHEMAS_THERE[0]}".library_shelf SET name = %s', ["B"])
        other.close()


def test_what_waits_for_the_commit_sees_both_and_nothing_of_what_was_rolled_back():
    seen = []
    with transaction.atomic():
        Shelf.objects.create(name="A")
        transaction.on_commit(lambda: seen.append(titles()))
        transaction.on_commit(lambda: seen.append("by the other"), using=SECOND)
        with pytest.raises(Interrupted), transaction.atomic():
            transaction.on_commit(lambda: seen.append("never"), using=SECOND)
            raise Interrupted
        assert seen == []
    assert seen == [["A"], "by the other"]


def test_what_the_default_server_objects_to_at_the_end_is_committed_nowhere():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE public.late (n int CONSTRAINT once UNIQUE DEFERRABLE INITIALLY DEFERRED)"
        )
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            Shelf.objects.create(name="A")
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO public.late VALUES (1), (1)")
        assert titles() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE public.late")


def test_a_server_that_is_lost_on_the_way_takes_back_both():
    with pytest.raises(DatabaseError), transaction.atomic():
        UserFactory()
        Shelf.objects.create(name="A")
        with connections[SECOND].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert (titles(), User.objects.count()) == ([], 0)


def test_a_default_server_that_is_lost_on_the_way_takes_back_both():
    with pytest.raises(DatabaseError), transaction.atomic():
        Shelf.objects.create(name="A")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert titles() == []


def test_a_block_of_its_own_commits_by_itself():
    with transaction.atomic(using=SECOND):
        Shelf.objects.create(name="A")
        with transaction.atomic():
            UserFactory()
    assert (titles(), User.objects.count()) == (["A"], 1)


def test_closing_a_connection_that_nothing_has_used_leaves_the_transaction_alone():
    with transaction.atomic():
        connections[SECOND].close()
        UserFactory()
        Shelf.objects.bulk_create([Shelf(name="A"), Shelf(name="B")])
        Shelf.objects.get_or_create(name="C")
        Shelf.objects.filter(name="B").delete()
    assert (titles(), User.objects.count()) == (["A", "C"], 1)
