"""Statements of hot paths are planned once for each connection, and are seen like every other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.models import Organisation
from tenants.postgresql import prepared

pytestmark = pytest.mark.django_db

TEXT = "SELECT slug FROM {tenants_organisation} WHERE id = %(organisation)s"


def test_a_statement_is_prepared_from_the_first_time_on(organisation: Organisation) -> None:
    assert _prepared_statements() == 0
    for _ in range(3):
        assert prepared.rows(TEXT, {"organisation": organisation.pk}) == [(organisation.slug,)]
    assert _prepared_statements() == 1


def test_a_statement_is_counted_with_the_others(
    organisation: Organisation, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        prepared.rows(TEXT, {"organisation": organisation.pk})
        prepared.rows(TEXT, {"organisation": organisation.pk})


def test_a_statement_is_logged_with_its_values(organisation: Organisation) -> None:
    with CaptureQueriesContext(connection) as sent:
        prepared.rows(TEXT, {"organisation": organisation.pk})
    assert organisation.pk.hex in sent[0]["sql"]


def test_a_pooler_that_loses_them_gets_whole_statements(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    assert prepared.rows(TEXT, {"organisation": organisation.pk}) == [(organisation.slug,)]
    assert _prepared_statements() == 0


def test_what_changes_rows_without_returning_any_gives_none(organisation: Organisation) -> None:
    changed = "UPDATE {tenants_organisation} SET name = %(name)s WHERE id = %(organisation)s"
    assert prepared.rows(changed, {"organisation": organisation.pk, "name": "Acme & daughters"}) == []
    organisation.refresh_from_db()
    assert organisation.name == "Acme & daughters"


def test_an_error_is_djangos(organisation: Organisation) -> None:
    clash = "UPDATE {tenants_organisation} SET name = NULL WHERE id = %(organisation)s"
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.rows(clash, {"organisation": organisation.pk})


def test_the_plan_follows_a_change_of_the_table(organisation: Organisation) -> None:
    prepared.rows(TEXT, {"organisation": organisation.pk})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE public.tenants_organisation ADD COLUMN shelf integer")
    assert prepared.rows(TEXT, {"organisation": organisation.pk}) == [(organisation.slug,)]


def _prepared_statements() -> int:
    """How many of the statement above the connection keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT slug FROM%'")
        found: int = cursor.fetchone()[0]
    return found
