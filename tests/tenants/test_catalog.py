"""What lies in a schema, asked in two ways."""

from __future__ import annotations

import pytest
from django.db import connection

from tenants.models import Organisation
from tenants.postgresql.catalog import relations_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("schema", ["public", "octavo_template", None])
def test_what_depends_on_a_schema_is_what_lies_in_it(schema: str | None, organisation: Organisation) -> None:
    name = schema or organisation.schema_name
    by_dependency = relations_in("%s::regnamespace")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT relname FROM pg_class WHERE oid IN ({by_dependency}) ORDER BY 1", [name])
        found = cursor.fetchall()
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind NOT IN ('i', 't')"
            " ORDER BY 1",
            [name],
        )
        assert found == cursor.fetchall()
    assert len(found) > 10


def test_it_is_found_by_an_index(organisation: Organisation) -> None:
    query = f"SELECT relname FROM pg_class WHERE oid IN ({relations_in('%s::regnamespace')})"
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_seqscan = off; EXPLAIN {query}", [organisation.schema_name])
        cursor.nextset()
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "pg_depend_reference_index" in plan
    assert "Seq Scan" not in plan
