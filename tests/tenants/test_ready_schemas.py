"""Schemas made in advance: how many, who gets them, and what becomes of those that nobody wants."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from tenants import tasks
from tenants.context import entered, in_public
from tenants.migrating.ledger import note_made
from tenants.models import Organisation, ReadySchema, StraySchema, new_schema_name
from tenants.organisations.addresses import AddressTaken
from tenants.schemas import artifact as ddl
from tenants.schemas import making, ready, sweeping
from tenants.schemas.locks import exclusive
from tenants.schemas.provisioning import create_organisation
from tests.factories.tenants import UserFactory
from tests.tenants.library.models import Label, Shelf

pytestmark = pytest.mark.django_db
AT_ONCE = timedelta(0)


@pytest.fixture(autouse=True)
def two_ready(settings):
    settings.OCTAVO_READY_SCHEMAS_LEAST, settings.OCTAVO_READY_SCHEMAS_MOST = 2, 4


def schemas():
    return sweeping._schemas("default")


def stray():
    """A schema that belongs to nobody."""
    name = new_schema_name()
    making.make(name, alias="default")
    return name


# --- Taking ------------------------------------------------------------------------------------------------


def test_an_organisation_takes_a_ready_schema_with_its_name():
    assert ready.refill() == 2
    first = ReadySchema.objects.order_by("made_at").first()
    with CaptureQueriesContext(connection) as sent:
        made = create_organisation(name="Acme", slug="acme", owner=UserFactory())
    assert made.schema_name == first.schema_name
    assert made.schema_state == first.artifact_hash
    assert not ReadySchema.objects.filter(pk=first.pk).exists()
    assert not [query for query in sent if "CREATE TABLE" in query["sql"]]
    with entered(made):
        assert (Shelf.objects.count(), Label.objects.count()) == (0, 1)


def test_with_none_ready_a_schema_is_made_at_once():
    made = create_organisation(name="Acme", slug="acme", owner=None)
    with entered(made):
        assert Shelf.objects.count() == 0


def test_what_was_taken_comes_back_with_what_failed():
    ready.refill()
    before = set(ReadySchema.objects.values_list("pk", flat=True))
    create_organisation(name="Acme", slug="acme", owner=None)
    with pytest.raises(AddressTaken):
        create_organisation(name="Acme", slug="acme", owner=None)
    assert len(before - set(ReadySchema.objects.values_list("pk", flat=True))) == 1


def test_a_schema_of_other_code_is_not_taken(monkeypatch):
    ready.refill()
    ReadySchema.objects.update(artifact_hash="of older code")
    made = create_organisation(name="Acme", slug="acme", owner=None)
    assert ReadySchema.objects.count() == 2
    assert made.schema_name not in ReadySchema.objects.values_list("pk", flat=True)


def test_a_schema_that_is_gone_is_not_taken():
    ready.refill()
    for schema in ReadySchema.objects.all():
        making.drop(schema.pk, alias="default")
    with entered(create_organisation(name="Acme", slug="acme", owner=None)):
        assert Shelf.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once_get_two_and_neither_waits():
    ready.refill()
    taken = []

    def take():
        taken.append(ready.take("default"))
        connection.close()

    try:
        with transaction.atomic():
            taken.append(ready.take("default"))
            other = threading.Thread(target=take)
            other.start()
            other.join(20)
            assert len(taken) == 2
        assert len(set(taken)) == 2
        assert not ReadySchema.objects.exists()
    finally:
        for schema in schemas():
            making.drop(schema, alias="default")


# --- How many ----------------------------------------------------------------------------------------------


def test_refilling_makes_what_is_missing():
    assert (ready.refill(), ready.refill()) == (2, 0)
    assert schemas() == set(ReadySchema.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(("signed_up", "wanted"), [(0, 2), (3, 3), (9, 4)])
def test_as_many_are_ready_as_the_busiest_ten_minutes_took(signed_up, wanted):
    Organisation.objects.bulk_create(
        Organisation(name=f"{number}", slug=f"s-{number}") for number in range(signed_up)
    )
    Organisation.objects.update(created_at=Now() - timedelta(hours=2))
    assert ready.wanted("default") == wanted
    Organisation.objects.update(created_at=Now() - timedelta(hours=25))
    assert ready.wanted("default") == 2


def test_none_are_kept_where_none_are_wanted(settings):
    settings.OCTAVO_READY_SCHEMAS_MOST = 0
    assert ready.refill() == 0
    create_organisation(name="Acme", slug="acme", owner=None)


def test_none_are_made_where_no_organisation_is(settings):
    settings.OCTAVO_SERVER_WEIGHTS = {"default": 0}
    assert ready.refill() == 0


def test_the_scheduler_refills_and_sweeps(settings):
    tasks.refill_ready_schemas()
    assert ReadySchema.objects.count() == 2
    tasks.sweep_schemas()
    assert ReadySchema.objects.count() == 2
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"tenants.refill_ready_schemas", "tenants.sweep_schemas"} <= scheduled


def test_while_a_version_is_being_brought_out_nothing_is_made_ready(monkeypatch, caplog):
    monkeypatch.setattr(ddl, "migrations_hash", lambda: "of code not seen before")
    tasks.refill_ready_schemas()
    tasks.sweep_schemas()
    assert not ReadySchema.objects.exists()
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_sign_up_rings_for_a_refill(django_capture_on_commit_callbacks, monkeypatch):
    rung = []
    monkeypatch.setattr("tenants.doorbell.send", lambda name, message, **options: rung.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        create_organisation(name="Acme", slug="acme", owner=None)
    assert "tenants.refill_ready_schemas" in rung


# --- Sweeping ----------------------------------------------------------------------------------------------


def test_a_stray_goes_after_the_grace(organisation):
    name = stray()
    assert sweeping.sweep().strays == 0
    assert name in schemas()
    StraySchema.objects.update(seen_at=Now() - sweeping.GRACE)
    assert sweeping.sweep() == sweeping.Swept(strays=1)
    assert name not in schemas()
    assert not StraySchema.objects.exists()


def test_what_belongs_to_somebody_stays():
    ready.refill()
    made = create_organisation(name="Acme", slug="acme", owner=None)
    assert sweeping.sweep(grace=AT_ONCE) == sweeping.Swept()
    assert schemas() == {made.schema_name, *ReadySchema.objects.values_list("pk", flat=True)}


def test_a_schema_of_an_organisation_on_another_server_stays():
    """It is being moved, or was."""
    made = create_organisation(name="Acme", slug="acme", owner=None)
    Organisation.objects.update(alias="elsewhere")
    assert sweeping.sweep(grace=AT_ONCE) == sweeping.Swept()
    assert made.schema_name in schemas()


def test_a_stray_that_holds_rows_is_told_of_and_left(caplog):
    made = create_organisation(name="Acme", slug="acme", owner=None)
    with entered(made):
        Shelf.objects.create(name="Top")
    Organisation.objects.filter(pk=made.pk).delete()
    assert sweeping.sweep(grace=AT_ONCE) == sweeping.Swept(holding_rows=1)
    assert made.schema_name in schemas()
    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert (told.stray, told.tables) == (made.schema_name, ["library_shelf"])


def test_a_stray_that_somebody_works_on_stays():
    name = stray()
    with exclusive(name, wait=0):
        assert sweeping.sweep(grace=AT_ONCE).strays == 0
    assert sweeping.sweep(grace=AT_ONCE).strays == 1


def test_a_stray_that_found_an_owner_is_no_longer_one():
    name = stray()
    sweeping.sweep()
    Organisation.objects.create(name="Late", slug="late", schema_name=name)
    note_made(name)
    assert sweeping.sweep(grace=AT_ONCE).strays == 0
    assert not StraySchema.objects.exists()


def test_ready_schemas_of_other_code_go_after_the_grace():
    ready.refill()
    ReadySchema.objects.update(artifact_hash="of older code")
    assert sweeping.sweep().outdated == 0
    assert sweeping.sweep(grace=AT_ONCE) == sweeping.Swept(outdated=2)
    assert (schemas(), ReadySchema.objects.count()) == (set(), 0)


def test_rows_of_ready_schemas_that_are_gone_go():
    ready.refill()
    gone = ReadySchema.objects.first()
    making.drop(gone.pk, alias="default")
    assert sweeping.sweep() == sweeping.Swept(missing=1)
    assert schemas() == set(ReadySchema.objects.values_list("pk", flat=True))


def test_schemas_of_other_names_are_nobodys_business():
    with in_public(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA t_of_somebody")
    sweeping.sweep(grace=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname IN ('t_of_somebody', %s)", [ddl.TEMPLATE.schema]
        )
        assert cursor.fetchone()[0] == 2
