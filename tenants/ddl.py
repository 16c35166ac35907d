"""The DDL artifact: all statements that make an organisation's schema, as one text.

It is read from the catalog of a template schema that has been migrated, so it says what the migrations lead
to and nothing of how. It is kept in public, by a hash of the migrations' source: code of two versions running
side by side finds each its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connections

from tenants.context import Current, in_public
from tenants.models import SchemaArtifact
from tenants.scopes import organisation_apps

TEMPLATE: Final = Current(organisation_id=UUID(int=0), schema="octavo_template")
FORM = 1  # raise it when the way in which artifacts are written changes


class ArtifactMissing(LookupError):
    """No artifact fits the migrations of this code: run `migrate_organisations`."""


class NotRepresentable(TypeError):
    """The template holds something that an artifact cannot say yet."""


@dataclass(frozen=True, slots=True)
class Artifact:
    hash: str
    sql: str

    def for_schema(self, schema: str) -> str:
        """The statements for a schema of this name, which must not exist yet."""
        return self.sql.replace(f"{TEMPLATE.schema}.", f'"{schema}".').replace(
            f"CREATE SCHEMA {TEMPLATE.schema};", f'CREATE SCHEMA "{schema}";'
        )


def current_artifact() -> Artifact:
    """The artifact for the migrations of this code. Raises `ArtifactMissing`."""
    return _kept_artifact(migrations_hash())


@cache
def _kept_artifact(hash: str) -> Artifact:
    with in_public():
        kept = SchemaArtifact.objects.filter(hash=hash).first()
    if kept is None:
        raise ArtifactMissing("the database lacks the schema of this version: run `manage migrate_organisations`")
    return Artifact(hash=kept.hash, sql=kept.sql)


@cache
def migrations_hash() -> str:
    """A hash of the source of every migration of the organisations' apps."""
    digest = hashlib.sha256(f"form {FORM}".encode())
    for label in sorted(organisation_apps()):
        for file in _migration_files(label):
            digest.update(f"\n{label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _migration_files(label: str) -> list[Path]:
    package = f"{apps.get_app_config(label).name}.migrations"
    if find_spec(package) is None:
        return []
    folder = Path(next(iter(import_module(package).__path__)))
    return sorted(file for file in folder.glob("[0-9]*.py"))


def build_artifact() -> Artifact:
    """Write down the template schema as it is now and keep it for the migrations of this code."""
    hash = migrations_hash()
    sql = describe_schema(TEMPLATE)
    with in_public():
        SchemaArtifact.objects.update_or_create(hash=hash, defaults={"sql": sql})
    _kept_artifact.cache_clear()
    return Artifact(hash=hash, sql=sql)


def artifact_exists() -> bool:
    with in_public():
        return SchemaArtifact.objects.filter(hash=migrations_hash()).exists()


# --- From the catalog to statements ------------------------------------------------------------------------


def describe_schema(template: Current) -> str:
    """The statements that make a schema like this one, rows included, tables in an order that references allow."""
    with connections[template.alias].cursor() as cursor:
        _refuse_the_unsayable(cursor, template.schema)
        tables = _tables(cursor, template.schema)
        statements = [f"CREATE SCHEMA {template.schema}"]
        ordered, late = _by_reference(tables)
        statements += [table.create() for table in ordered]
        statements += [index for table in ordered for index in table.indexes]
        statements += late
        statements += [comment for table in ordered for comment in table.comments]
        statements += [row for table in ordered for row in _rows(cursor, table)]
    return ";\n".join(statements) + ";"


@dataclass(slots=True)
class _Table:
    oid: int
    name: str  # qualified and quoted where need be, as PostgreSQL prints it
    options: str
    columns: list[str]
    constraints: list[str]
    references: list[tuple[int, str]]  # oid of the other table, constraint
    indexes: list[str]
    comments: list[str]
    column_names: list[str]
    identities: list[str]

    def create(self) -> str:
        own = [definition for _, definition in self.references]
        body = ",\n  ".join([*self.columns, *self.constraints, *own])
        return f"CREATE TABLE {self.name} (\n  {body}\n){self.options}"


_TABLES = """
SELECT c.oid, format('%%I.%%I', n.nspname, c.relname), c.relname,
       coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relkind = 'r' ORDER BY c.relname
"""
_COLUMNS = """
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
       pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity, a.attnotnull,
       (SELECT conname FROM pg_constraint k
        WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]),
       (SELECT format('%%I.%%I', sn.nspname, s.relname)
        FROM pg_depend p JOIN pg_class s ON s.oid = p.objid AND s.relkind = 'S'
        JOIN pg_namespace sn ON sn.oid = s.relnamespace
        WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass AND p.deptype = 'i'
          AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum
"""
_CONSTRAINTS = """
SELECT conrelid, contype, confrelid, format('CONSTRAINT %%I %%s', conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = ANY(%s) AND contype IN ('p', 'u', 'c', 'x', 'f')
ORDER BY conrelid, contype = 'f', contype <> 'p', conname
"""
_INDEXES = """
SELECT i.indrelid, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, c.relname
"""
_COMMENTS = """
SELECT c.oid, format('COMMENT ON %%s %%I.%%I%%s IS %%L', CASE WHEN d.objsubid = 0 THEN 'TABLE' ELSE 'COLUMN' END,
       n.nspname, c.relname, CASE WHEN d.objsubid = 0 THEN '' ELSE '.' || quote_ident(a.attname) END, d.description)
FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
WHERE d.classoid = 'pg_class'::regclass AND c.oid = ANY(%s) ORDER BY c.oid, d.objsubid
"""
_UNSAYABLE = """
SELECT 'relation ' || c.relname FROM pg_class c
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind NOT IN ('r', 'i', 'S')
UNION ALL SELECT 'sequence without identity ' || c.relname FROM pg_class c
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'S'
  AND NOT EXISTS (SELECT 1 FROM pg_depend p WHERE p.objid = c.oid AND p.deptype = 'i')
UNION ALL SELECT 'trigger ' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT 'function ' || p.proname FROM pg_proc p WHERE p.pronamespace = %(schema)s::regnamespace
UNION ALL SELECT 'statistics ' || s.stxname FROM pg_statistic_ext s WHERE s.stxnamespace = %(schema)s::regnamespace
UNION ALL SELECT 'type ' || t.typname FROM pg_type t
WHERE t.typnamespace = %(schema)s::regnamespace AND t.typtype IN ('e', 'd', 'r')
"""


def _refuse_the_unsayable(cursor: Any, schema: str) -> None:
    cursor.execute(_UNSAYABLE, {"schema": schema})
    if found := [row[0] for row in cursor.fetchall()]:
        raise NotRepresentable(f"the artifact cannot say: {', '.join(found)}")


def _tables(cursor: Any, schema: str) -> list[_Table]:
    cursor.execute(_TABLES, [schema])
    rows = cursor.fetchall()
    bare_names = {oid: bare for oid, _, bare, _ in rows}
    tables = {
        oid: _Table(oid, name, options, [], [], [], [], [], [], []) for oid, name, _, options in rows
    }
    oids = list(tables)
    cursor.execute(_COLUMNS, [oids])
    for oid, name, *facts in cursor.fetchall():
        table = tables[oid]
        table.column_names.append(name)
        if facts[4]:
            table.identities.append(name)
        table.columns.append(_column(bare_names[oid], name, *facts))
    cursor.execute(_CONSTRAINTS, [oids])
    for oid, kind, other, definition in cursor.fetchall():
        if kind == "f":
            tables[oid].references.append((other, definition))
        else:
            tables[oid].constraints.append(definition)
    cursor.execute(_INDEXES, [oids])
    for oid, definition in cursor.fetchall():
        tables[oid].indexes.append(definition.replace(" USING btree ", " "))
    cursor.execute(_COMMENTS, [oids])
    for oid, statement in cursor.fetchall():
        tables[oid].comments.append(statement)
    return list(tables.values())


def _column(
    table: str,
    name: str,
    type: str,
    collation: str | None,
    default: str | None,
    generated: str,
    identity: str,
    not_null: bool,
    not_null_name: str | None,
    sequence: str | None,
) -> str:
    words = [_quoted(name), type]
    if collation:
        words.append(f"COLLATE {collation}")
    if generated:
        words.append(f"GENERATED ALWAYS AS ({default}) {'STORED' if generated == 's' else 'VIRTUAL'}")
    elif default is not None:
        words.append(f"DEFAULT {default}")
    if identity:
        always = "ALWAYS" if identity == "a" else "BY DEFAULT"
        words.append(f"GENERATED {always} AS IDENTITY (SEQUENCE NAME {sequence})")
    if not_null:
        if not_null_name and not_null_name != f"{table}_{name}_not_null":  # named since PostgreSQL 18
            words.append(f"CONSTRAINT {_quoted(not_null_name)}")
        words.append("NOT NULL")
    return " ".join(words)


def _by_reference(tables: list[_Table]) -> tuple[list[_Table], list[str]]:
    """Tables after those they refer to, and the constraints of circles, which must come last."""
    waiting = {table.oid: table for table in tables}
    ordered: list[_Table] = []
    late: list[str] = []
    while waiting:
        ready = [t for t in waiting.values() if not _open_references(t, waiting)]
        if not ready:
            circular = next(iter(waiting.values()))
            for reference in _open_references(circular, waiting):
                circular.references.remove(reference)
                late.append(f"ALTER TABLE {circular.name} ADD {reference[1]}")
            ready = [circular]
        for table in ready:
            ordered.append(waiting.pop(table.oid))
    return ordered, late


def _open_references(table: _Table, waiting: dict[int, _Table]) -> list[tuple[int, str]]:
    return [reference for reference in table.references if reference[0] in waiting and reference[0] != table.oid]


def _rows(cursor: Any, table: _Table) -> list[str]:
    """Rows that migrations have written, the record of the migrations themselves among them."""
    columns = [_quoted(name) for name in table.column_names]
    values = " || ', ' || ".join(f"quote_nullable({column}::text)" for column in columns)
    cursor.execute(f"SELECT '(' || {values} || ')' FROM {table.name} ORDER BY 1")
    rows = [row[0] for row in cursor.fetchall()]
    if not rows:
        return []
    statements = [
        f"INSERT INTO {table.name} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE VALUES\n" + ",\n".join(rows)
    ]
    for name in table.identities:
        sequence = f"pg_get_serial_sequence('{table.name}', '{name}')"
        statements.append(f"SELECT setval({sequence}, max({_quoted(name)})) FROM {table.name}")
    return statements


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
