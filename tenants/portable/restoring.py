"""Writing an archive's rows: ids are rewritten where they changed, found from the models' columns.

Whose a row says it is, is checked: a row of another organisation, or one that refers to rows that are not in
the archive, is not written anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps import apps
from django.db import connections
from django.db.models import AutoField, Field, ForeignKey, JSONField, Model, UUIDField

from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.models import Organisation
from tenants.portable import slices
from tenants.portable.files import store
from tenants.portable.ids import Ids, is_id
from tenants.portable.manifest import Member, Newer, Tampered
from tenants.portable.progress import Progress
from tenants.portable.reading import Archive
from tenants.portable.slices import Slice
from tenants.portable.tables import MIGRATIONS, columns_of, own_models, quoted

AT_ONCE: Final = 500  # rows of a statement
COPY_BLOCK: Final = 256 * 1024  # bytes
NULL: Final = b"\\N"

# Columns of text that hold an id of whatever it is about.
TEXTS_WITH_IDS: Final = frozenset({("insights.ActivityLog", "resource_id")})

Rewrite = Callable[[bytes], bytes | None]  # of a value in COPY's text format; None: the row stays out


# --- Shared tables -----------------------------------------------------------------------------------------


def restore_public(archive: Archive, ids: Ids, left_out: dict[str, int]) -> int:
    """Write the slice of the shared tables; how many rows. `left_out` counts, by table, rows of people who
    are not here. Raises `Tampered`, `Newer`."""
    members = {one.model: one for one in archive.manifest.public}
    for label, one in slices.RESTORED.items():
        if one.named and label in members:
            key = apps.get_model(label)._meta.pk.column
            ids.learn(_ids(archive, members[label], key))
    ids.settle()
    written = 0
    with connections["default"].cursor() as cursor:
        known = columns_of(cursor, "public")
        for label, one in slices.RESTORED.items():
            if label in members and not (one.with_its_id and ids.are_new):
                model = apps.get_model(label)
                _check_columns(members[label], known[model._meta.db_table])
                written += _restore_slice(
                    archive, cursor, model, one, members[label], ids=ids, left_out=left_out
                )
    return written


def _ids(archive: Archive, member: Member, key: str) -> Iterator[str]:
    for row in archive.lines(member.member):
        if not is_id(row.get(key)):
            raise Tampered(f"a row of {member.table} in it has no id")
        yield row[key]


def _check_columns(member: Member, known: tuple[str, ...]) -> None:
    if unknown := sorted(set(member.columns) - set(known)):
        raise Newer(
            f"its table {member.table} has columns that this version does not know"
            f" ({', '.join(unknown)[:200]}): update this installation first"
        )


def _restore_slice(
    archive: Archive,
    cursor: Any,
    model: type[Model],
    one: Slice,
    member: Member,
    *,
    ids: Ids,
    left_out: dict[str, int],
) -> int:
    row_for = _Rows(model, one, ids)
    table: Any = model._meta.db_table
    columns = quoted(member.columns)
    statement = (
        f"INSERT INTO {table.qualified} ({columns}) SELECT {columns}"  # noqa: S608
        f" FROM jsonb_populate_recordset(NULL::{table.qualified}, %s::jsonb)"
    )
    written, held = 0, []
    for told in archive.lines(member.member):
        row = row_for(told)
        if row is None:
            left_out[str(table)] = left_out.get(str(table), 0) + 1
            continue
        held.append(row)
        if len(held) == AT_ONCE:
            cursor.execute(statement, [json.dumps(held)])
            written, held = written + len(held), []
    if held:
        cursor.execute(statement, [json.dumps(held)])
    return written + len(held)


class _Rows:
    """What rows of one shared table become here."""

    def __init__(self, model: type[Model], one: Slice, ids: Ids) -> None:
        self._model, self._slice, self._ids = model, one, ids
        self._label = model._meta.label
        self._fields = {str(field.column): field for field in model._meta.concrete_fields}

    def __call__(self, told: dict[str, Any]) -> dict[str, Any] | None:
        """None for a row that is nothing here: of somebody who is not, or not the organisation's to bring."""
        if self._slice.unless_set and told.get(self._slice.unless_set) is not None:
            self._own(told[self._slice.unless_set])
            self._leave_out(told)
            return None
        row: dict[str, Any] = {}
        for column, value in told.items():
            if column in self._slice.anew:
                row[column] = self._slice.anew[column]
            elif value is None or column not in self._fields:
                row[column] = value
            elif (new := self._value(self._fields[column], value)) is not None:
                row[column] = new
            elif column in self._slice.needs or not self._fields[column].null:
                self._leave_out(told)
                return None
            else:
                row[column] = None
        return row

    def _leave_out(self, told: dict[str, Any]) -> None:
        self._ids.left_out.add(str(told.get(str(self._model._meta.pk.column))))

    def _value(self, field: Field[Any, Any], value: Any) -> Any:
        """None: it leads to nobody here."""
        target = field.related_model
        if target is Organisation or field.attname == "organisation_id":
            return self._own(value)
        if target is User:
            return self._ids.people.get(str(value))
        if target is not None:
            return self._reference(field, value)
        if isinstance(field, JSONField):
            return json.loads(self._ids.in_text(json.dumps(value))) if self._ids.changed else value
        if isinstance(field, UUIDField) or (self._label, field.attname) in TEXTS_WITH_IDS:
            known = self._ids.known.get(str(value), value)
            return self._ids.row(str(value)) if field.primary_key else known
        return value

    def _own(self, value: Any) -> str:
        if str(value) != self._ids.organisation:
            raise Tampered(f"a row of {self._label} in it is another organisation's")
        return self._ids.becomes

    def _reference(self, field: Field[Any, Any], value: Any) -> str | None:
        """To another row of the archive, and to none else."""
        if str(value) in self._ids.left_out:
            return None
        found = self._ids.known.get(str(value))
        label = field.related_model._meta.label  # type: ignore[union-attr]
        if label not in slices.RESTORED or found is None:
            raise Tampered(f"a row of {self._label} in it refers to a {label} that is not")
        return found


# --- The organisation's own tables -------------------------------------------------------------------------


def restore_tables(
    archive: Archive, ids: Ids, inside: Current, left_out: dict[str, int], say: Progress
) -> int:
    """COPY all rows into the schema that was made for them; how many. Raises `Tampered`, `Newer`."""
    models, written = own_models(), 0
    members = archive.manifest.tables
    with entered(inside), connections[inside.alias].cursor() as cursor:
        known = columns_of(cursor, inside.schema)
        emptied = ", ".join(f'"{inside.schema}"."{table}"' for table in known if table != MIGRATIONS)
        cursor.execute(f"TRUNCATE {emptied}")  # of what migrations write into a new schema
        for number, member in enumerate(members, 1):
            if member.table not in models or member.table not in known:
                raise Newer(f"it has a table {member.table} that this version does not know")
            _check_columns(member, known[member.table])
            model = models[member.table]
            count = _copy_in(archive, cursor, member, _rewrites(model, member, ids, inside), inside)
            if member.rows - count:
                left_out[member.table] = member.rows - count
            _advance(cursor, model, inside)
            written += count
            say("Tables", number, len(members))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return written


def _copy_in(
    archive: Archive, cursor: Any, member: Member, rewrites: list[tuple[int, Rewrite]], inside: Current
) -> int:
    statement = f'COPY "{inside.schema}"."{member.table}" ({quoted(member.columns)}) FROM STDIN'
    source = (
        _rewritten(archive.raw_lines(member.member), rewrites, len(member.columns), member.table)
        if rewrites
        else archive.blocks(member.member)
    )
    with cursor.copy(statement) as copy:
        for block in source:
            copy.write(block)
    return int(cursor.rowcount)


def _rewritten(
    lines: Iterator[bytes], rewrites: list[tuple[int, Rewrite]], width: int, table: str
) -> Iterator[bytes]:
    held, size = [], 0
    for line in lines:
        values = line.rstrip(b"\n").split(b"\t")
        if len(values) != width:
            raise Tampered(f"a row of {table} in it has {len(values)} values instead of {width}")
        if (row := _rewrite(values, rewrites)) is not None:
            held.append(row)
            size += len(row)
        if size >= COPY_BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _rewrite(values: list[bytes], rewrites: list[tuple[int, Rewrite]]) -> bytes | None:
    for position, rewrite in rewrites:
        new = rewrite(values[position])
        if new is None:
            return None
        values[position] = new
    return b"\t".join(values) + b"\n"


def _rewrites(model: type[Model], member: Member, ids: Ids, inside: Current) -> list[tuple[int, Rewrite]]:
    """For each column whose values may have to change."""
    settled = store().settled().get(member.table, {})
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    found: list[tuple[int, Rewrite]] = []
    for position, column in enumerate(member.columns):
        rewrite = (
            _always(settled[column])
            if column in settled
            else _under(inside.schema)
            if (member.table, column) in store().key_columns()
            else _of_field(fields.get(column), ids)
        )
        if rewrite is not None:
            found.append((position, rewrite))
    return found


def _of_field(field: Field[Any, Any] | None, ids: Ids) -> Rewrite | None:
    if field is None:
        return None
    if field.related_model is User:
        return _person(ids, empty=field.null)
    if not ids.changed:
        return None
    if isinstance(field, JSONField):
        return ids.in_bytes
    if isinstance(field, UUIDField | ForeignKey):
        return ids.of_bytes
    return None


def _always(value: Any) -> Rewrite:
    told = NULL if value is None else str(value).encode()
    return lambda _value: told


def _under(schema: str) -> Rewrite:
    prefix = schema.encode()

    def rewrite(value: bytes) -> bytes:
        _old, slash, path = value.partition(b"/")
        return prefix + slash + path

    return rewrite


def _person(ids: Ids, *, empty: bool) -> Rewrite:
    """Whoever is not here leads to nobody; a row that is nothing without them stays out."""
    people = {old.encode(): new.encode() for old, new in ids.people.items()}
    otherwise = NULL if empty else None
    return lambda value: value if value == NULL else people.get(value, otherwise)


def _advance(cursor: Any, model: type[Model], inside: Current) -> None:
    key = model._meta.pk
    if isinstance(key, AutoField):
        table = f'"{inside.schema}"."{model._meta.db_table}"'
        cursor.execute(
            f'SELECT setval(pg_get_serial_sequence(%s, %s), max("{key.column}")) FROM {table}',  # noqa: S608
            [table, key.column],
        )
