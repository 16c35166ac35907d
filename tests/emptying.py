"""The shared tables are put back as they were before the first test, after a test that commits.

Django would empty each of them and have all content types and permissions made anew: most of what such a test
takes. Here one query finds the few tables that have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

TABLES = """
SELECT format('public.%I', tablename) FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY tablename
"""
DIGEST = "SELECT '{0}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {0} t"
ROWS = "SELECT json_agg(t)::text FROM {0} t"
PUT_BACK = "INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::{0}, %s)"
NOBODYS_YET = {"public.tenants_organisation", "public.accounts_user"}

Digests = dict[str, str | None]  # of all rows, by table; None: it has none


@dataclass(frozen=True)
class Beginning:
    """What the shared tables held before the first test; `rows` as JSON, of those that held any."""

    query: str
    digests: Digests
    rows: dict[str, str]

    @classmethod
    def of_now(cls) -> Self:
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            query = " UNION ALL ".join(DIGEST.format(table) for (table,) in cursor.fetchall())
            digests = _answer(cursor, query)
            rows = {}
            for table in (table for table, digest in digests.items() if digest):
                cursor.execute(ROWS.format(table))
                (rows[table],) = cursor.fetchone()
        if rows.keys() & NOBODYS_YET:
            raise RuntimeError("The database was kept when a run was cut short: make it anew (--create-db).")
        return cls(query, digests, rows)

    def come_back(self) -> None:
        """References may be broken meanwhile: they are looked at when all is done."""
        with transaction.atomic(), connection.cursor() as cursor:
            now = _answer(cursor, self.query)
            changed = [table for table, digest in self.digests.items() if now[table] != digest]
            cursor.execute("SET LOCAL octavo.erasing = 'on'")
            for table in changed:
                cursor.execute(f"DELETE FROM {table}")
            for table in changed:
                if table in self.rows:
                    cursor.execute(PUT_BACK.format(table), [self.rows[table]])

    def be_restored_after_tests(self) -> None:
        """By each that commits, in place of Django's own emptying, which other servers are left to."""

        def tear_down(test: TransactionTestCase) -> None:
            for alias in test._databases_names(include_mirrors=False):
                if alias == DEFAULT_DB_ALIAS:
                    self.come_back()
                else:
                    call_command("flush", verbosity=0, interactive=False, database=alias)

        TransactionTestCase._fixture_teardown = tear_down


def _answer(cursor: CursorWrapper, query: str) -> Digests:
    cursor.execute(query)
    return dict(cursor.fetchall())
