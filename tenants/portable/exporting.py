"""Writing an organisation into an archive: files first, which take long, then all rows as of one moment.

A killed export is gone on with by running it again: files that are whole in the partial archive stay there.
Rows are never put together from two runs: they are as they were in one snapshot, and so is the list of files.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from tenants.accounts.models import User
from tenants.context import Current, current, entered
from tenants.models import Membership, Organisation
from tenants.portable import manifest, slices
from tenants.portable.archive import PartialArchive, Sink
from tenants.portable.files import Carried, Gone, store
from tenants.portable.manifest import FILE, FILES, OTHERS, PEOPLE, PERSON, Manifest, Member
from tenants.portable.progress import Progress, silent
from tenants.portable.reading import verify
from tenants.portable.tables import (
    Table,
    UnknownTables,
    applied_migrations,
    columns_of,
    person_columns,
    tables_of,
)
from tenants.schemas.artifact import migrations_hash
from tenants.schemas.locks import exclusive
from tenants.signals import organisation_exported

PACKED_ALREADY: Final = (
    "image/",
    "video/",
    "audio/",
    "application/pdf",
    "application/zip",
    "application/epub",
)
WAIT: Final = 60.0  # seconds for whoever migrates, moves or erases it


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it: `size` of the archive in bytes, `sha256` of its manifest."""

    path: Path
    size: int
    digest: str
    rows: int
    own_rows: int  # of its own tables, among them
    files: int
    missing: tuple[str, ...]


def export(
    organisation: Organisation, *, to: Path, say: Progress = silent, actor: User | None = None
) -> Exported:
    """Write the organisation, whatever its state, into a new archive, and read it back.

    Raises `archive.CannotWrite`, `files.Away`, `tables.UnknownTables`, `schemas.locks.SchemaBusy`. Then there
    is no file of that name, and what was fetched stays in `<name>.part` for the next try.
    """
    with entered(organisation):
        archive = PartialArchive(to, wanted={_member_of(one): one.sha256 for one in store().listed()})
        try:
            exported = _export(organisation, archive, say)
        except BaseException:
            archive.leave()
            raise
    organisation_exported.send(Organisation, organisation=organisation, actor=actor)
    return exported


def _export(organisation: Organisation, archive: PartialArchive, say: Progress) -> Exported:
    _fetch_files(archive, say)
    with exclusive(current().schema, wait=WAIT), _where_it_is(organisation), _one_moment(current()):
        made, files = _write_rows(organisation, archive, say)
    missing = _settle_files(archive, files)
    made = replace(made, missing=missing, files=made.files - len(missing))
    with archive.member(manifest.NAME) as sink:
        sink.write(manifest.written(made))
    part = archive.seal()
    digest = verify(part, say=say).digest
    archive.publish()
    return Exported(
        path=archive.target,
        size=archive.target.stat().st_size,
        digest=digest,
        rows=sum(one.rows for one in (*made.tables, *made.public)),
        own_rows=sum(one.rows for one in made.tables),
        files=made.files,
        missing=missing,
    )


@contextmanager
def _where_it_is(organisation: Organisation) -> Iterator[None]:
    """Inside it once more: it may have moved, or gone, while whoever did so had the lock."""
    try:
        organisation.refresh_from_db()
    except Organisation.DoesNotExist:
        raise UnknownTables(f"{organisation.slug} was erased meanwhile") from None
    with entered(organisation):
        yield


@contextmanager
def _one_moment(inside: Current) -> Iterator[None]:
    """Transactions that see everything as it is now; on another server than the shared tables, two."""
    with ExitStack() as stack:
        for alias in dict.fromkeys((inside.alias, "default")):
            stack.enter_context(transaction.atomic(using=alias, durable=True))
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1")  # the moment
        yield


# --- Files -------------------------------------------------------------------------------------------------


def _fetch_files(archive: PartialArchive, say: Progress) -> None:
    """Those that are there now, while nothing is held open in the database."""
    wanted = [(one.size, one) for one in store().listed()]
    total, done = sum(size for size, _one in wanted), 0
    for size, one in wanted:
        if not archive.has(_member_of(one)):
            _fetch(archive, one)
        done += size
        say("Files", done, total)


def _fetch(archive: PartialArchive, file: Carried) -> bool:
    """Whether it could be had, as it was kept."""
    packed = not file.content_type.startswith(PACKED_ALREADY)
    try:
        with archive.member(_member_of(file), packed=packed) as sink:
            for block in store().pieces(file):
                sink.write(block)
            if sink.sha256 != file.sha256:
                raise Gone(f"{file.key} is not what was kept")
    except Gone:
        return False
    archive.flush()  # so that it is there for the next run
    return True


def _settle_files(archive: PartialArchive, listed: dict[str, Carried]) -> tuple[str, ...]:
    """Fetch those that came before the moment of the rows, and take out those that went."""
    for name in archive.names:
        if name.startswith("files/") and name not in listed:
            archive.drop(name)
    return tuple(
        one.path for name, one in listed.items() if not archive.has(name) and not _fetch(archive, one)
    )


def _member_of(file: Carried) -> str:
    return f"files/{file.path}"


# --- Rows --------------------------------------------------------------------------------------------------


def _write_rows(
    organisation: Organisation, archive: PartialArchive, say: Progress
) -> tuple[Manifest, dict[str, Carried]]:
    organisation.refresh_from_db()
    with connections[current().alias].cursor() as cursor:
        tables = tables_of(cursor, current().schema)
        steps = _Steps(say, len(tables) + len(slices.RESTORED | slices.RECORDS) + 1)
        state = {"hash": migrations_hash(), "migrations": applied_migrations(cursor, current().schema)}
        own = tuple(steps.after(_copy_table(archive, cursor, table)) for table in tables)
        others = _other_people(cursor, tables, organisation)
    public = tuple(map(steps.after, _copy_slices(archive, organisation.pk)))
    people = _write_lines(archive, PEOPLE, _people(organisation))
    told_others = _write_lines(archive, OTHERS, others)
    files = {_member_of(one): one for one in store().listed()}
    lines = ({name: getattr(one, name) for name in FILE} for one in files.values())
    made = Manifest(
        product_version=product_version(),
        made_at=timezone.now().isoformat(),
        organisation=_particulars(organisation),
        state=state,
        tables=own,
        public=public,
        people=people,
        others=told_others,
        file_list=steps.after(_write_lines(archive, FILES, lines)),
        files=len(files),
        files_size=sum(one.size for one in files.values()),
    )
    return made, files


class _Steps:
    """How many of the tables are written, shared ones too, and the list of files."""

    def __init__(self, say: Progress, total: int) -> None:
        self._say, self._total, self._done = say, total, 0

    def after(self, member: Member) -> Member:
        self._done += 1
        self._say("Tables", self._done, self._total)
        return member


def _particulars(organisation: Organisation) -> dict[str, Any]:
    return {
        **{name: str(getattr(organisation, name)) for name in sorted(manifest.PARTICULARS - {"schema"})},
        "personal": organisation.personal,
        "created_at": organisation.created_at.isoformat(),
        "schema": organisation.schema_name,
    }


def _copy_table(archive: PartialArchive, cursor: Any, table: Table) -> Member:
    name = f"tables/{table.name}.copy"
    with archive.member(name) as sink:
        rows = _copy(cursor, table.copy_out(current().schema), (), sink)
    return Member(name, rows, sink.size, sink.sha256, table.name, "", table.columns)


def _copy(cursor: Any, statement: str, params: tuple[Any, ...], sink: Sink) -> int:
    """Rows as PostgreSQL gives them, in blocks; how many."""
    held, size = [], 0
    with cursor.copy(statement, params) as rows:
        for row in rows:
            held.append(row)
            size += len(row)
            if size >= 256 * 1024:
                sink.write(b"".join(held))
                held, size = [], 0
    sink.write(b"".join(held))
    return int(cursor.rowcount)


def _copy_slices(archive: PartialArchive, organisation_id: UUID) -> Iterator[Member]:
    with connections["default"].cursor() as cursor:
        known = columns_of(cursor, "public")
        for model, one in slices.carried():
            yield _copy_slice(archive, cursor, model, one, known=known, organisation_id=organisation_id)


def _copy_slice(
    archive: PartialArchive,
    cursor: Any,
    model: Any,
    one: slices.Slice,
    *,
    known: dict[str, tuple[str, ...]],
    organisation_id: UUID,
) -> Member:
    """An organisation's rows of a shared table, each a line of JSON."""
    table = model._meta.db_table
    columns = known[table]
    told = ", ".join(
        f'{one.instead[name]} AS "{name}"' if name in one.instead else f'"{name}"' for name in columns
    )
    key = model._meta.pk.column
    query, params = one.rows(model, organisation_id).order_by().values("pk").query.sql_with_params()
    statement = (
        f"COPY (SELECT to_jsonb(r) FROM (SELECT {told} FROM {table.qualified}"  # noqa: S608
        f' WHERE "{key}" IN ({query}) ORDER BY "{key}") r) TO STDOUT'
    )
    name = f"public/{table}.jsonl"
    with archive.member(name) as sink:
        rows = _copy(cursor, statement, params, _Unescaping(sink))
    return Member(name, rows, sink.size, sink.sha256, str(table), model._meta.label, columns)


class _Unescaping(Sink):
    """COPY's text format doubles the backslashes of JSON, in which nothing else is escaped by it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes | memoryview) -> None:
        self._sink.write(bytes(data).replace(b"\\\\", b"\\"))


def _people(organisation: Organisation) -> Iterator[dict[str, Any]]:
    """Its members, with nothing by which they sign in."""
    members = Membership.objects.filter(organisation=organisation).order_by("user_id")
    for row in members.values_list(*(f"user__{name}" for name in PERSON)).iterator():
        yield dict(zip(PERSON, map(str, row), strict=True))


def _other_people(cursor: Any, tables: list[Table], organisation: Organisation) -> list[dict[str, Any]]:
    """Who is no member any more and to whom rows refer: an id and a name."""
    parts = [
        f'SELECT "{column}" FROM "{current().schema}"."{table.name}"'  # noqa: S608
        for table in tables
        for column, _empty in person_columns(table.model)
    ]
    cursor.execute(" UNION ".join(parts))
    found = {row[0] for row in cursor.fetchall() if row[0]}
    found -= set(Membership.objects.filter(organisation=organisation).values_list("user_id", flat=True))
    known = User.objects.filter(pk__in=found).order_by("pk").values_list("pk", "name")
    return [{"id": str(pk), "name": name} for pk, name in known]


def _write_lines(archive: PartialArchive, name: str, lines: Any) -> Member:
    rows = 0
    with archive.member(name) as sink:
        for line in lines:
            sink.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            rows += 1
    return Member(name, rows, sink.size, sink.sha256)


@cache
def product_version() -> str:
    described = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return str(described["project"]["version"])
