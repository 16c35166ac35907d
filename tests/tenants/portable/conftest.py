"""An organisation with one of everything, exported once for all tests and gone again."""

from __future__ import annotations

import json
import resource
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from storage import files
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.models import Organisation
from tenants.portable.exporting import export
from tenants.portable.reading import opened
from tenants.portable.slices import carried
from tenants.portable.tables import tables_of
from tests.emptying import Beginning
from tests.factories.tenants import OrganisationFactory
from tests.isolation.cast import Cast, cast_of, files_in
from tests.tenants.library.models import Shelf

FILES, SHELVES = 2, 2  # of `acme`
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Taken:
    """The archive, and what was in the database and in files when it was made."""

    path: Path
    cast: Cast
    rows: Rows
    files: dict[str, bytes]


def rows_of(organisation: Organisation) -> Rows:
    """All that is the organisation's, by table, each row as JSON: its own tables, and its slice of public."""
    found: Rows = {}
    with entered(organisation), connections[organisation.alias].cursor() as cursor:
        for table in tables_of(cursor, organisation.schema_name):
            cursor.execute(f'SELECT to_jsonb(r) FROM "{organisation.schema_name}"."{table.name}" r')
            found[table.name] = _sorted(cursor)
    with in_public(), connection.cursor() as cursor:
        for model, one in carried():
            query, params = one.rows(model, organisation.pk).values("pk").query.sql_with_params()
            key = model._meta.pk.column
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(r) FROM {table.qualified} r WHERE r.{key} IN ({query})", params)
            found[str(table)] = _sorted(cursor)
    return found


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond that many bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def _sorted(cursor: Any) -> list[dict[str, Any]]:
    rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


@pytest.fixture(scope="session")
def taken(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("portable")
    with django_db_blocker.unblock(), files_in(folder / "files"), in_public():
        before = Beginning.of_now()
        organisation = OrganisationFactory(name="Umbrella", slug="umbrella")
        try:
            cast = cast_of(organisation, secret="heirloom", surname="Heron")
            organisation.refresh_from_db()
            path = folder / "umbrella.octavo"
            rows = rows_of(organisation)
            export(organisation, to=path)
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP SCHEMA "{organisation.schema_name}" CASCADE')
            before.come_back()
        with opened(path) as archive:
            files = {one.path: archive.stream(one).read() for one in archive.files("t_x")}
    return Taken(path, cast, rows, files)


@pytest.fixture
def acme(organisation: Organisation, owner: User, member: User, tmp_path: Path) -> Iterator[Organisation]:
    """A small one: two members, some rows and files."""
    with files_in(tmp_path / "files"):
        with entered(organisation):
            for number in range(SHELVES):
                Shelf.objects.create(name=f"Shelf {number}")
            for number in range(FILES):
                data = secrets.token_bytes(900)
                files.save(data=data, name=f"{number}.txt", content_type="text/plain", kind="BOOK")
        yield organisation
