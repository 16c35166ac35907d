"""Organisations on a further server: made ready there, signed up there, migrated beside others here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tenants.context import entered
from tenants.migrating.everything import migrate_everything
from tenants.migrating.template import prepare_template
from tenants.models import Organisation, ReadySchema, SchemaMigration
from tenants.schemas import ready
from tenants.schemas.provisioning import create_organisation
from tests.factories.tenants import UserFactory
from tests.on_second_server import SECOND
from tests.tenants.library.models import Shelf
from tests.tenants.migrating.conftest import Written
from tests.tenants.migrating.test_replaying import ADDED

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(transaction=True, databases=["default", SECOND]),
]


@pytest.fixture
def there(settings: Any, some: Callable[[int], list[Organisation]]) -> list[Organisation]:
    """Two organisations on the second server, with schemas of the code as it is."""
    settings.OCTAVO_PLACE_NEW = SECOND
    made = some(2)
    settings.OCTAVO_PLACE_NEW = ""
    assert {organisation.alias for organisation in made} == {SECOND}
    return made


def has_colour(organisation: Organisation) -> bool:
    with connections[organisation.alias].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s)",
            [f'"{organisation.schema_name}".library_shelf', "colour"],
        )
        return bool(cursor.fetchone()[0])


def test_organisations_of_all_servers_are_migrated_in_one_run(
    written: Written, some: Callable[[int], list[Organisation]], there: list[Organisation]
) -> None:
    here = some(2)
    target = written.add("0003_colours", ADDED)
    result = migrate_everything()
    assert result.finished
    assert result.migrated == 4
    assert set(Organisation.objects.values_list("schema_state", flat=True)) == {target}
    assert all(has_colour(organisation) for organisation in [*here, *there])
    assert SchemaMigration.objects.filter(state="DONE").count() == 4
    assert migrate_everything().migrated == 0


def test_a_run_that_died_between_the_two_commits_finds_what_it_did(
    written: Written, there: list[Organisation]
) -> None:
    """The server with the schema commits first: the state in public may be behind it, never ahead."""
    before = there[0].schema_state
    written.add("0003_colours", ADDED)
    migrate_everything()
    Organisation.objects.filter(pk=there[0].pk).update(schema_state=before)
    result = migrate_everything()
    assert result.finished
    assert result.migrated == 1
    assert has_colour(there[0])


def test_signing_up_takes_what_is_ready_on_the_server_for_new_ones(settings: Any, written: Written) -> None:
    prepare_template()
    settings.OCTAVO_PLACE_NEW = SECOND
    settings.OCTAVO_READY_SCHEMAS_LEAST, settings.OCTAVO_READY_SCHEMAS_MOST = 2, 4
    assert ready.refill() == 2
    assert set(ReadySchema.objects.values_list("alias", flat=True)) == {SECOND}
    waiting = set(ReadySchema.objects.values_list("schema_name", flat=True))
    made = create_organisation(name="Far", slug="far", owner=UserFactory())
    assert (made.alias, made.schema_name in waiting) == (SECOND, True)
    with entered(made):
        assert Shelf.objects.count() == 0
        Shelf.objects.create(name="Far away")
    with connections[SECOND].cursor() as cursor:
        cursor.execute(f'SELECT name FROM "{made.schema_name}".library_shelf')
        assert cursor.fetchall() == [("Far away",)]
    assert ready.refill() == 1
