"""From PostgreSQL's catalog of one schema to the statements that make another like it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connections

from tenants.context import Current
from tenants.postgresql.catalog import of_schema, relations_in


class NotRepresentable(TypeError):
    """The schema holds something that cannot be said here yet, such as a view or a trigger."""


def describe_schema(template: Current, *, rows_of: Collection[str] | None = None) -> str:
    """The statements that make a schema like this one, rows included, as one text.

    Tables come in the order that their references allow. Names are qualified with the template's schema.
    `rows_of` names the tables whose rows are wanted; all of them unless it is said.
    """
    with connections[template.alias].cursor() as cursor:
        _refuse_the_unsayable(cursor, template.schema)
        ordered, late = _by_reference(_tables(cursor, template.schema))
        wanted = [table for table in ordered if rows_of is None or table.bare_name in rows_of]
        statements = [
            f"CREATE SCHEMA {template.schema}",
            *(table.create() for table in ordered),
            *(index for table in ordered for index in table.indexes),
            *late,
            *(comment for table in ordered for comment in table.comments),
            *(statement for table in wanted for statement in _rows(cursor, table)),
        ]
    return ";\n".join(statements) + ";"


class _Column(NamedTuple):
    name: str
    type: str
    collation: str | None
    default: str | None
    generated: str
    identity: str
    not_null: bool
    not_null_name: str | None
    sequence: str | None

    def define(self, table: str) -> str:
        parts = [_quoted(self.name), self.type, self._collate(), self._default(), self._identity()]
        return " ".join(filter(None, [*parts, self._not_null(table)]))

    def _collate(self) -> str:
        return f"COLLATE {self.collation}" if self.collation else ""

    def _default(self) -> str:
        if self.generated:
            kept = "STORED" if self.generated == "s" else "VIRTUAL"
            return f"GENERATED ALWAYS AS ({self.default}) {kept}"
        return f"DEFAULT {self.default}" if self.default is not None else ""

    def _identity(self) -> str:
        if not self.identity:
            return ""
        when = "ALWAYS" if self.identity == "a" else "BY DEFAULT"
        return f"GENERATED {when} AS IDENTITY (SEQUENCE NAME {self.sequence})"

    def _not_null(self, table: str) -> str:
        if not self.not_null:
            return ""
        if self.not_null_name in (None, f"{table}_{self.name}_not_null"):
            return "NOT NULL"
        return f"CONSTRAINT {_quoted(str(self.not_null_name))} NOT NULL"  # it has a name since PostgreSQL 18


@dataclass(slots=True)
class _Table:
    oid: int
    bare_name: str
    name: str  # qualified, and quoted where need be
    options: str
    columns: list[_Column] = field(default_factory=list)
    constraints: list[str] = field(default_factory=list)
    references: list[tuple[int, str]] = field(default_factory=list)  # oid of the other table, constraint
    indexes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def create(self) -> str:
        lines = [column.define(self.bare_name) for column in self.columns]
        lines += [*self.constraints, *(definition for _, definition in self.references)]
        body = ",\n  ".join(lines)
        return f"CREATE TABLE {self.name} (\n  {body}\n){self.options}"


_TABLES = f"""
SELECT c.oid, c.relname, format('%%I.%%I', n.nspname, c.relname),
       coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid IN ({relations_in("%s::regnamespace")}) AND c.relkind = 'r' ORDER BY c.relname
"""  # noqa: S608
_COLUMNS = """
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
       pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity, a.attnotnull,
       (SELECT conname FROM pg_constraint k
        WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]),
       (SELECT format('%%I.%%I', sn.nspname, s.relname)
        FROM pg_depend p JOIN pg_class s ON s.oid = p.objid AND s.relkind = 'S'
        JOIN pg_namespace sn ON sn.oid = s.relnamespace
        WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
          AND p.deptype = 'i' AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum)
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
SELECT i.indrelid, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint k
    WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, c.relname
"""
_COMMENTS = """
SELECT c.oid,
       CASE WHEN d.objsubid = 0
            THEN format('COMMENT ON TABLE %%I.%%I IS %%L', n.nspname, c.relname, d.description)
            ELSE format('COMMENT ON COLUMN %%I.%%I.%%I IS %%L',
                        n.nspname, c.relname, a.attname, d.description)
       END
FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
WHERE d.classoid = 'pg_class'::regclass AND c.oid = ANY(%s) ORDER BY c.oid, d.objsubid
"""
_UNSAYABLE = f"""
WITH here AS (SELECT classid, objid FROM pg_depend WHERE {of_schema("%s::regnamespace")}),
     relations AS (SELECT c.* FROM pg_class c JOIN here ON classid = 'pg_class'::regclass AND objid = c.oid)
SELECT 'relation ' || relname FROM relations WHERE relkind NOT IN ('r', 'S')
UNION ALL
SELECT 'sequence without identity ' || relname FROM relations
WHERE relkind = 'S' AND NOT EXISTS (
    SELECT 1 FROM pg_depend p
    WHERE p.classid = 'pg_class'::regclass AND p.objid = relations.oid AND p.deptype = 'i')
UNION ALL
SELECT 'trigger ' || t.tgname FROM pg_trigger t JOIN relations ON relations.oid = t.tgrelid
WHERE NOT t.tgisinternal
UNION ALL
SELECT 'function ' || p.proname FROM pg_proc p
JOIN here ON classid = 'pg_proc'::regclass AND objid = p.oid
UNION ALL
SELECT 'statistics ' || s.stxname FROM pg_statistic_ext s
JOIN here ON classid = 'pg_statistic_ext'::regclass AND objid = s.oid
UNION ALL
SELECT 'type ' || t.typname FROM pg_type t JOIN here ON classid = 'pg_type'::regclass AND objid = t.oid
WHERE t.typtype IN ('c', 'd', 'e', 'r')
"""  # noqa: S608


def _refuse_the_unsayable(cursor: Any, schema: str) -> None:
    cursor.execute(_UNSAYABLE, [schema])
    if found := [row[0] for row in cursor.fetchall()]:
        raise NotRepresentable(f"the artifact cannot say: {', '.join(found)}")


def _tables(cursor: Any, schema: str) -> list[_Table]:
    cursor.execute(_TABLES, [schema])
    tables = {row[0]: _Table(*row) for row in cursor.fetchall()}
    for oid, *column in _of_tables(cursor, _COLUMNS, tables):
        tables[oid].columns.append(_Column(*column))
    for oid, kind, other, definition in _of_tables(cursor, _CONSTRAINTS, tables):
        if kind == "f":
            tables[oid].references.append((other, definition))
        else:
            tables[oid].constraints.append(definition)
    for oid, definition in _of_tables(cursor, _INDEXES, tables):
        tables[oid].indexes.append(definition.replace(" USING btree ", " "))
    for oid, statement in _of_tables(cursor, _COMMENTS, tables):
        tables[oid].comments.append(statement)
    return list(tables.values())


def _of_tables(cursor: Any, query: str, tables: dict[int, _Table]) -> list[tuple[Any, ...]]:
    cursor.execute(query, [list(tables)])
    return list(cursor.fetchall())


def _by_reference(tables: list[_Table]) -> tuple[list[_Table], list[str]]:
    """Tables after those they refer to, and the constraints of circles, which must come last."""
    waiting = {table.oid: table for table in tables}
    ordered: list[_Table] = []
    late: list[str] = []
    while waiting:
        ready = [table for table in waiting.values() if not _open_references(table, waiting)]
        if not ready:
            ready = [next(iter(waiting.values()))]
            for reference in _open_references(ready[0], waiting):
                ready[0].references.remove(reference)
                late.append(f"ALTER TABLE {ready[0].name} ADD {reference[1]}")
        for table in ready:
            ordered.append(waiting.pop(table.oid))
    return ordered, late


def _open_references(table: _Table, waiting: dict[int, _Table]) -> list[tuple[int, str]]:
    return [
        reference for reference in table.references if reference[0] in waiting and reference[0] != table.oid
    ]


def _rows(cursor: Any, table: _Table) -> list[str]:
    """Rows that migrations have written, the record of the migrations themselves among them."""
    columns = [_quoted(column.name) for column in table.columns if not column.generated]
    values = " || ', ' || ".join(f"quote_nullable({column}::text)" for column in columns)
    cursor.execute(f"SELECT '(' || {values} || ')' FROM {table.name} ORDER BY 1")  # noqa: S608
    rows = [row[0] for row in cursor.fetchall()]
    if not rows:
        return []
    into = f"{table.name} ({', '.join(columns)})"
    return [
        f"INSERT INTO {into} OVERRIDING SYSTEM VALUE VALUES\n" + ",\n".join(rows),
        *(_advance(table, column.name) for column in table.columns if column.identity),
    ]


def _advance(table: _Table, column: str) -> str:
    sequence = f"pg_get_serial_sequence('{table.name}', '{column}')"
    return f"SELECT setval({sequence}, max({_quoted(column)})) FROM {table.name}"  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
