"""Making organisations: the artifact, what it makes, and what a failure leaves behind."""

import threading
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.context import Current, entered
from tenants.migrating.by_django import migrate_schema
from tenants.migrating.everything import migrate_everything
from tenants.migrating.ledger import UNKNOWN, note_made
from tenants.migrating.progress import Lines
from tenants.models import Membership, Organisation, Role, SchemaArtifact
from tenants.organisations.addresses import AddressTaken
from tenants.schemas import artifact as ddl
from tenants.schemas import ready
from tenants.schemas.catalog import NotRepresentable, describe_schema
from tenants.schemas.provisioning import create_organisation, create_schema, drop_schema
from tenants.signals import organisation_created
from tests.factories.tenants import UserFactory
from tests.tenants.library.models import Label, Shelf, Volume

CATALOG = {
    "columns": """
        SELECT c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname,
               format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               a.attcollation::regcollation::text, pg_get_expr(d.adbin, d.adrelid), a.attstorage,
               col_description(c.oid, a.attnum)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'
          AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, contype, condeferrable, condeferred, convalidated,
               pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = %s::regnamespace""",
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s""",
    "sequences": """
        SELECT s.sequencename, s.data_type::text, s.start_value, s.min_value, s.max_value, s.increment_by,
               s.cycle, s.cache_size, s.last_value
        FROM pg_sequences s WHERE s.schemaname = %s""",
    "relations": """
        SELECT relname, relkind, relpersistence, reloptions, obj_description(oid, 'pg_class')
        FROM pg_class WHERE relnamespace = %s::regnamespace""",
    "triggers": """
        SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = %s::regnamespace AND NOT t.tgisinternal""",
}


def catalog(schema):
    """All that PostgreSQL knows of a schema, with the schema's own name taken out."""
    found = {}
    with connection.cursor() as cursor:
        for part, query in CATALOG.items():
            cursor.execute(query, [schema])
            found[part] = sorted(
                tuple(v.replace(f"{schema}.", "") if isinstance(v, str) else repr(v) for v in row)
                for row in cursor.fetchall()
            )
    return found


def rows(schema):
    """Every row of every table, without the times at which migrations were applied."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(t) - \'applied\' FROM "{schema}"."{table}" t ORDER BY 1')
            found[str(table)] = cursor.fetchall()
    return found


# --- The artifact ------------------------------------------------------------------------------------------


def test_the_artifact_makes_what_the_migrations_make(db):
    migrated = Current(organisation_id=uuid4(), schema="t_migrated_one_by_one")
    made = Organisation(name="Made", slug="made")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {migrated.schema}")
    assert migrate_schema(migrated)
    create_schema(made)
    expected, found = catalog(migrated.schema), catalog(made.schema_name)
    for part in CATALOG:
        assert found[part] == expected[part], part
    assert len(found["constraints"]) > 20  # there was something to compare
    with entered(migrated):
        expected_rows = rows(migrated.schema)
    with entered(made):
        assert rows(made.schema_name) == expected_rows


def test_the_artifact_brings_the_rows_that_migrations_wrote(db):
    with entered(create_organisation(name="Acme", slug="acme", owner=None)):
        assert Label.objects.get().word == "It's new; 100%\n"
        assert Label.objects.create(word="next").pk == 2  # the sequence has moved on


def test_a_made_schema_has_nothing_left_to_migrate(organisation):
    assert migrate_schema(organisation.as_current()) is False


def test_without_an_artifact_the_remedy_is_named(db, monkeypatch):
    monkeypatch.setattr(ddl, "migrations_hash", lambda: "of code not seen before")
    with pytest.raises(ddl.ArtifactMissing, match="migrate_organisations"):
        create_organisation(name="Acme", slug="acme", owner=None)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW octavo_template.v AS SELECT 1 AS one",
        "CREATE SEQUENCE octavo_template.s",
        "CREATE FUNCTION octavo_template.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE octavo_template.mood AS ENUM ('calm')",
    ],
)
def test_what_the_artifact_cannot_say_is_refused(db, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(NotRepresentable):
        describe_schema(ddl.TEMPLATE)


# --- Organisations -----------------------------------------------------------------------------------------


def test_a_new_organisation_is_ready_for_use(db):
    owner = UserFactory()
    made = create_organisation(name="Acme Books", slug="acme-books", owner=owner)
    assert Membership.objects.get(organisation=made, user=owner).role == Role.OWNER
    assert made.subscription.plan.code == "FREE"
    assert made.schema_name.startswith("t_")
    assert "acme" not in made.schema_name
    with entered(made):
        Volume.objects.create(shelf=Shelf.objects.create(name="Top"), title="Walden")


def test_the_schema_is_made_in_one_round_trip(db):
    made = Organisation(name="Made", slug="made")
    ddl.current_artifact()
    with CaptureQueriesContext(connection) as sent:
        create_schema(made)
    assert len(sent) == 1


def test_provisioning_takes_few_round_trips(db):
    owner = UserFactory()
    ready.refill()
    with CaptureQueriesContext(connection) as sent:
        create_organisation(name="Acme", slug="acme", owner=owner)
    assert len(sent) <= 10, [query["sql"][:100] for query in sent]


def test_an_organisation_can_be_made_from_within_another(organisation, inside):
    made = create_organisation(name="Second", slug="second", owner=None)
    with entered(made):
        assert Shelf.objects.count() == 0


@pytest.mark.parametrize(
    "slug", ["", "Acme", "acme_books", "-acme", "acme-", "www", "xn--80ak6aa92e", "книги", "a.b", "a" * 64]
)
def test_a_bad_address_is_refused(db, slug):
    with pytest.raises(ValidationError) as refusal:
        create_organisation(name="Acme", slug=slug, owner=None)
    assert "slug" in refusal.value.message_dict


def test_a_failure_leaves_nothing_behind(db):
    def fail(**signal):
        raise RuntimeError("receiver failed")

    organisation_created.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="receiver failed"):
            create_organisation(name="Acme", slug="acme", owner=None)
    finally:
        organisation_created.disconnect(fail)
    assert not Organisation.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$'")
        assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_address_at_once_get_one_organisation():
    together = threading.Barrier(2)
    results = []

    def take():
        try:
            together.wait(timeout=30)
            results.append(create_organisation(name="Acme", slug="acme", owner=None))
        except AddressTaken as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (made,) = [result for result in results if isinstance(result, Organisation)]
    assert len(results) == 2
    with entered(made):
        assert Shelf.objects.count() == 0
    drop_schema(made)


def test_a_dropped_schema_is_gone(db):
    made = create_organisation(name="Acme", slug="acme", owner=None)
    drop_schema(made)
    with entered(made), pytest.raises(DatabaseError), transaction.atomic():
        Shelf.objects.count()


# --- Migrating ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_organisations_that_lack_a_migration_get_it(organisation, other_organisation):
    behind = organisation.as_current()
    with entered(behind):
        call_command("migrate", "library", "0001", interactive=False, verbosity=0)
    with entered(behind), pytest.raises(DatabaseError):
        Shelf.objects.count()
    note_made(behind.schema, state=UNKNOWN)
    assert migrate_everything().migrated == 1
    assert catalog(behind.schema)["constraints"] == catalog(other_organisation.schema_name)["constraints"]
    assert migrate_everything().migrated == 0


@pytest.mark.django_db(transaction=True)
def test_the_template_is_made_anew_for_new_code(monkeypatch):
    said = []
    monkeypatch.setattr(ddl, "migrations_hash", lambda: "of newer code")
    migrate_everything(watcher=Lines(said.append))
    assert said == ["Preparing the schema of organisations"]
    assert SchemaArtifact.objects.filter(hash="of newer code").exists()
    migrate_everything(watcher=Lines(said.append))
    assert len(said) == 1


def test_migrations_touch_public_or_an_organisation(db):
    with connection.cursor() as cursor:
        public = set(connection.introspection.table_names(cursor))
        with entered(ddl.TEMPLATE):
            own = set(connection.introspection.table_names(cursor))
    assert {"accounts_user", "tenants_organisation", "django_migrations"} <= public
    assert {"library_shelf", "django_migrations"} <= own
    assert public & own == {"django_migrations"}


def test_commands_without_an_organisation_look_at_public(db, capsys):
    call_command("showmigrations", "tenants")
    assert "[X] 0001_initial" in capsys.readouterr().out
    call_command("sqlmigrate", "accounts", "0001")
    assert 'CREATE TABLE "public"."accounts_user"' in capsys.readouterr().out
    call_command("makemigrations", "tenants", "accounts", "library", check_changes=True, dry_run=True)
