"""Django's own commands, its database cache and its admin, inside an organisation and outside any."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.models import Organisation
from tenants.postgresql.client import DatabaseClient
from tests.tenants.library.models import Label, Shelf

pytestmark = pytest.mark.django_db


def said(*words: str, **options: object) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_nothing_is_left_to_migrate_or_to_be_made_a_migration(organisation: Organisation) -> None:
    assert "No changes detected" in said("makemigrations", check_changes=True, dry_run=True)
    with entered(organisation):
        assert "No changes detected" in said("makemigrations", check_changes=True, dry_run=True)


def test_migrations_are_shown_of_where_one_is(inside: Current) -> None:
    assert "[X] 0001_initial" in said("showmigrations", "library")
    assert "[X]" in said("showmigrations", "accounts")
    assert "No planned migration operations" in said("migrate", "library", plan=True)


def test_public_has_nothing_planned(db: None) -> None:
    assert "No planned migration operations" in said("migrate", plan=True)


def test_statements_of_an_organisations_migration_are_the_templates_where_none_is_entered(
    organisation: Organisation,
) -> None:
    assert 'CREATE TABLE "octavo_template"."library_label"' in said("sqlmigrate", "library", "0001")
    with entered(organisation):
        own = said("sqlmigrate", "library", "0001")
    assert f'CREATE TABLE "{organisation.schema_name}"."library_label"' in own
    assert 'CREATE TABLE "public"."accounts_user"' in said("sqlmigrate", "accounts", "0001")


def test_models_are_read_from_the_tables_of_where_one_is(organisation: Organisation) -> None:
    shared = said("inspectdb")
    assert "class AccountsUser(" in shared
    assert "class LibraryShelf(" not in shared
    with entered(organisation):
        own = said("inspectdb")
    assert "shelf = models.ForeignKey(" in own
    assert "class LibraryShelf(" in own
    assert "class AccountsUser(" not in own


def test_only_the_tables_of_where_one_is_would_be_emptied(organisation: Organisation) -> None:
    assert '"public"."accounts_user"' in (everybodys := said("sqlflush"))
    assert "library_shelf" not in everybodys
    with entered(organisation):
        own = said("sqlflush")
    assert f'"{organisation.schema_name}"."library_shelf"' in own
    assert '"public"' not in own


def test_rows_are_dumped_from_one_organisation_and_loaded_into_another(
    organisation: Organisation, other_organisation: Organisation, tmp_path: object
) -> None:
    file = f"{tmp_path}/shelves.json"
    with entered(organisation):
        Shelf.objects.create(name="Top")
        Label.objects.create(word="wood")
        said("dumpdata", "library", output=file)
    with entered(other_organisation):
        said("loaddata", file)
        assert Shelf.objects.get().name == "Top"
        Label.objects.create(word="the sequence goes on")


def test_a_dump_holds_what_belongs_to_where_one_is(organisation: Organisation, member: User) -> None:
    rows = json.loads(said("dumpdata", "accounts", "library"))
    assert {row["model"] for row in rows} == {"accounts.user"}
    with entered(organisation):
        Shelf.objects.create(name="Top")
        rows = json.loads(said("dumpdata", "accounts", "library"))
    assert "library.shelf" in {row["model"] for row in rows}
    assert "accounts.user" not in {row["model"] for row in rows}


def test_psql_knows_the_schema_and_has_it_on_no_search_path(organisation: Organisation) -> None:
    outside, _ = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    with entered(organisation):
        own, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    assert set(own) - set(outside) == {f'--set=own="{organisation.schema_name}"'}
    assert "PGOPTIONS" not in (environment or {})


def test_a_command_runs_inside_an_organisation(organisation: Organisation) -> None:
    assert "class LibraryShelf(" in said("inside", "acme", "inspectdb", "library_shelf")
    with pytest.raises(CommandError, match="no organisation with the address or schema 'acne'"):
        call_command("inside", "acne", "inspectdb")
    with pytest.raises(CommandError, match="say which command"):
        call_command("inside", "acme")


# --- The cache in the database -----------------------------------------------------------------------------


@pytest.fixture
def database_cache(settings: Any) -> None:
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": backend, "LOCATION": "kept_things"}}


def test_a_cache_in_the_database_is_shared(database_cache: None, organisation: Organisation) -> None:
    with entered(organisation):
        said("createcachetable", verbosity=2)
        assert "already exists" in said("createcachetable")
        caches["default"].set("word", "wood")
    assert "already exists" in said("createcachetable")
    assert caches["default"].get("word") == "wood"
    caches["default"].clear()
    assert caches["default"].get("word") is None
    assert 'CREATE TABLE "public"."others"' in said("createcachetable", "others", dry_run=True)


# --- The admin ---------------------------------------------------------------------------------------------


class Everybody:
    def has_perm(self, *what: object) -> bool:
        return True


class ShelfAdmin(admin.ModelAdmin):
    list_display = ("name", "keeper")
    list_select_related = ("keeper",)
    list_filter = ("keeper",)
    search_fields = ("name", "keeper__email")


def test_the_admin_lists_rows_with_shared_ones_in_one_query(inside: Current, member: User) -> None:
    shelf = Shelf.objects.create(name="Top", keeper=member)
    shelves = ShelfAdmin(Shelf, admin.AdminSite())
    request = RequestFactory().get("/", {"q": "max@"})
    request.user = Everybody()
    with CaptureQueriesContext(connection) as sent:
        listed = list(shelves.get_changelist_instance(request).result_list)
        assert listed[0].keeper.email == member.email
    page = next(
        query["sql"] for query in sent if "LEFT OUTER JOIN" in query["sql"] and "ORDER" in query["sql"]
    )
    assert f'"{inside.schema}"."library_shelf" LEFT OUTER JOIN "public"."accounts_user"' in page
    assert listed == [shelf]


def test_the_admin_knows_what_goes_along_with_a_row(inside: Current) -> None:
    shelf = Shelf.objects.create(name="Top")
    shelf.volumes.create(title="Walden")
    request = RequestFactory().get("/")
    request.user = Everybody()
    _, counts, _, _ = ShelfAdmin(Shelf, admin.AdminSite()).get_deleted_objects([shelf], request)
    assert counts == {"shelfs": 1, "volumes": 1}
