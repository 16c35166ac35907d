"""Which relations lie in a schema, asked so that it takes as long among thousands of schemas as among few.

pg_class has no index by schema, so that asking it alone reads all of it: half a million rows where there are
five thousand organisations. What a schema holds depends on it, and pg_depend has an index of that.
"""

from __future__ import annotations

from typing import Final

_OF_SCHEMA: Final = "refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND refobjid = {schema}"
_RELATIONS: Final = (
    "SELECT objid FROM pg_catalog.pg_depend"
    " WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND {of_schema}"
)


def relations_in(schema: str) -> str:
    """A query for the oids of a schema's tables, views and sequences; `schema` is SQL that gives its oid.

    Indexes and TOAST tables belong to their tables, and are not among them.
    """
    return _RELATIONS.format(of_schema=of_schema(schema))


def of_schema(schema: str) -> str:
    """The condition by which pg_depend tells what lies in a schema, relations or other things."""
    return _OF_SCHEMA.format(schema=schema)
