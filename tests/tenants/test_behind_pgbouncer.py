"""What works on whole organisations, where both servers are reached through PgBouncer in transaction mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from tenants.context import entered
from tenants.migrating.everything import migrate_everything
from tenants.models import Move, Organisation
from tenants.portable.erasing import erase, make_due, traces
from tenants.portable.exporting import export
from tenants.portable.importing import import_organisation
from tenants.schemas import making
from tests.emulators.pgbouncer import pgbouncer, why_missing
from tests.on_second_server import SECOND
from tests.tenants.library.models import Volume
from tests.tenants.migrating.conftest import Written, some, written  # noqa: F401
from tests.tenants.migrating.test_replaying import ADDED
from tests.tenants.moving.test_moving import library, move, nothing_left, titles, writers  # noqa: F401
from tests.tenants.portable.conftest import acme, rows_of  # noqa: F401
from tests.tenants.portable.test_importing import alike

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(transaction=True, databases=["default", SECOND]),
    pytest.mark.skipif(bool(why_missing()), reason=why_missing() or "there is one"),
]
behind_it_alone = pytest.mark.parametrize("through", ["no direct"], indirect=True)
SERVER_CONNECTIONS = 6  # of PgBouncer's to each database
PLACE = ("HOST", "PORT", "OPTIONS", "DISABLE_SERVER_SIDE_CURSORS")


@pytest.fixture(params=["direct", "no direct"])
def through(request: Any, second_server: str, transactional_db: None, settings: Any) -> Iterator[int]:
    """All connections of Django's go through one PgBouncer, whose port it is; with `direct`, those that hold
    a lock go past it."""
    known = {key: str(value) for key, value in connection.get_connection_params().items()}
    before = {alias: dict(settings.DATABASES[alias]) for alias in ("default", SECOND)}
    if request.param == "direct":
        settings.DIRECT_DATABASES = before
    settings.OCTAVO_TRANSACTION_POOLING = True
    with pgbouncer(known, size=SERVER_CONNECTIONS) as port:
        for database in map(settings.DATABASES.get, before):
            options = {key: value for key, value in database["OPTIONS"].items() if key == "sslmode"}
            values = ("127.0.0.1", str(port), options, True)
            database.update(zip(PLACE, values, strict=True))
        connections.close_all()
        yield port
        connections.close_all()
        for alias, old in before.items():
            settings.DATABASES[alias].update({name: old[name] for name in PLACE})


def test_nothing_that_is_written_during_a_move_is_lost(
    through: int,
    library: Organisation,  # noqa: F811
) -> None:
    assert connection.get_connection_params()["port"] == str(through)
    with writers(library.as_current(), 2) as team:
        moved = move(library)
        before = [len(writer.written) for writer in team]
        while any(len(one.written) < count + 3 for one, count in zip(team, before, strict=True)):
            assert not [error for one in team for error in one.errors]
            team[0].stop.wait(0.01)
    assert [one.errors for one in team] == [[], []]
    assert (library.alias, moved.state) == (SECOND, Move.State.MOVED)
    expected = sorted(["First", "Second", *(title for one in team for title in one.written)])
    with entered(library):
        assert sorted(Volume.objects.values_list("title", flat=True)) == expected
    move(library, to="default")
    assert len(titles(library)) == len(expected)


@behind_it_alone
def test_an_organisation_is_exported_erased_and_imported(
    through: int,
    acme: Organisation,  # noqa: F811
    settings: Any,
    tmp_path: Path,
) -> None:
    before = alike(rows_of(acme))
    made = export(acme, to=tmp_path / "acme.octavo")
    make_due(organisation=acme)
    erase(organisation=acme)
    assert traces(organisation_id=acme.pk, schema=acme.schema_name) == {}
    settings.OCTAVO_PLACE_NEW = SECOND
    back = import_organisation(made.path).organisation
    try:
        assert (back.alias, alike(rows_of(back))) == (SECOND, before)
    finally:
        making.drop(back.schema_name, alias=SECOND)


@behind_it_alone
def test_organisations_of_both_servers_are_migrated(
    organisation: Organisation,
    written: Written,  # noqa: F811
    some: Callable[[int], list[Organisation]],  # noqa: F811
    settings: Any,
    through: int,
) -> None:
    settings.OCTAVO_PLACE_NEW = SECOND
    (there,) = some(1)
    target = written.add("0003_colours", ADDED)
    try:
        assert migrate_everything().migrated == 2
        assert set(Organisation.objects.values_list("alias", "schema_state")) == {
            ("default", target),
            (SECOND, target),
        }
    finally:
        making.drop(there.schema_name, alias=SECOND)
