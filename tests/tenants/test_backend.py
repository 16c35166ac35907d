"""Qualified names: what the ORM sends, what it refuses to send, and whose data comes back."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.core.checks import run_checks
from django.db import DatabaseError, ProgrammingError, connection, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Rank
from django.test.utils import CaptureQueriesContext, isolate_apps

from tenants.accounts.models import User
from tenants.checks import check_tables
from tenants.context import Current, NoOrganisation, entered, in_public
from tenants.models import Organisation
from tenants.postgresql.names import OrganisationTable, SharedTable, TableName
from tenants.postgresql.raw import sql
from tenants.postgresql.registry import UnknownTable
from tests.factories.tenants import OrganisationFactory, UserFactory
from tests.tenants.library.models import Label, Loan, Shelf, Volume


def volume(title="Walden", **fields):
    return Volume.objects.create(shelf=Shelf.objects.create(name="Top"), title=title, **fields)


# --- Names -------------------------------------------------------------------------------------------------


def test_tables_are_marked_by_the_app_they_belong_to():
    assert type(Shelf._meta.db_table) is OrganisationTable
    assert type(Volume.labels.through._meta.db_table) is OrganisationTable
    assert type(User._meta.db_table) is SharedTable


def test_a_query_names_the_organisations_schema(organisation):
    with entered(organisation):
        query = str(Shelf.objects.filter(name="Top").query)
    assert f'FROM "{organisation.schema_name}"."library_shelf"' in query


def test_a_shared_table_is_public_wherever_one_is(organisation):
    outside = str(User.objects.all().query)
    with entered(organisation):
        assert str(User.objects.all().query) == outside
    assert 'FROM "public"."accounts_user"' in outside


def test_a_column_spelt_like_a_table_stays_a_column(inside):
    found = Shelf.objects.annotate(library_shelf=F("name")).order_by("library_shelf")
    Shelf.objects.create(name="Top")
    assert [shelf.library_shelf for shelf in found] == ["Top"]


def test_the_search_path_shows_no_table(organisation, inside):
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("pg_catalog,ext",)
        with pytest.raises(DatabaseError, match="does not exist"), transaction.atomic():
            cursor.execute("SELECT 1 FROM accounts_user")


# --- Nobody, or nothing, is there --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "doing",
    [
        lambda: list(Shelf.objects.all()),
        lambda: Shelf.objects.create(name="Top"),
        lambda: Shelf.objects.bulk_create([Shelf(name="A"), Shelf(name="B")]),
        lambda: Shelf.objects.update(name="Low"),
        lambda: Shelf.objects.filter(name="Top").delete(),
        lambda: Shelf.objects.filter(name="Top").count(),
        lambda: list(User.objects.filter(id__in=Shelf.objects.values("keeper"))),
        lambda: sql("SELECT 1 FROM {library_shelf}"),
    ],
)
def test_without_an_organisation_nothing_is_sent(db, doing):
    with CaptureQueriesContext(connection) as sent, pytest.raises(NoOrganisation):
        doing()
    assert [query["sql"] for query in sent if "SAVEPOINT" not in query["sql"]] == []


def test_in_public_hides_the_organisation(inside):
    with in_public(), pytest.raises(NoOrganisation, match="library_shelf"):
        Shelf.objects.count()


def test_a_missing_schema_is_an_error_and_never_public(db):
    gone = Current(organisation_id=uuid4(), schema="t_gone")
    with entered(gone), pytest.raises(DatabaseError, match=r"t_gone.*does not exist"), transaction.atomic():
        Shelf.objects.count()


def test_a_table_that_is_missing_says_what_to_do(inside):
    def said(query):
        with pytest.raises(ProgrammingError) as raised, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query)
        return str(raised.value).partition("REMEDY:  ")[2]

    schema = inside.schema
    assert "migrate_organisations" in said(f"SELECT 1 FROM {schema}.library_attic")
    assert f"schema {schema} is gone" in said(f"SELECT 1 FROM {schema}.library_attic")
    assert "{library_shelf}" in said("SELECT 1 FROM library_shelf")
    assert said("SELECT 1 FROM nobodys_table") == ""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE public.accounts_user RENAME TO accounts_users")
    assert "shared tables lack a migration" in said("SELECT 1 FROM public.accounts_user")


def test_what_is_missing_stays_an_error_of_postgresql(inside):
    with pytest.raises(ProgrammingError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM library_shelf")
    assert isinstance(raised.value.__cause__, psycopg.errors.UndefinedTable)


# --- Whose data --------------------------------------------------------------------------------------------


def test_organisations_see_their_own_rows(organisation, other_organisation):
    for place, name in ((organisation, "Ours"), (other_organisation, "Theirs")):
        with entered(place):
            Shelf.objects.create(name=name)
    with entered(organisation):
        assert [shelf.name for shelf in Shelf.objects.all()] == ["Ours"]
    with entered(other_organisation):
        assert [shelf.name for shelf in Shelf.objects.all()] == ["Theirs"]


@pytest.mark.django_db(transaction=True)
def test_threads_never_mix_organisations(organisation, other_organisation):
    names = {organisation: "Ours", other_organisation: "Theirs"}
    for place, name in names.items():
        with entered(place):
            Shelf.objects.create(name=name)

    def look(place):
        try:
            for _ in range(50):
                with entered(place):
                    assert [shelf.name for shelf in Shelf.objects.all()] == [names[place]]
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, [organisation, other_organisation] * 8))


@pytest.mark.django_db(transaction=True)
async def test_async_queries_stay_in_their_organisation(organisation, other_organisation):
    for place in (organisation, other_organisation):
        with entered(place):
            await Shelf.objects.acreate(name=place.name)
    with entered(organisation):
        assert [shelf.name async for shelf in Shelf.objects.all()] == ["Acme"]
        with entered(other_organisation):
            assert (await Shelf.objects.aget()).name == "Globex"
        assert await sync_to_async(Shelf.objects.filter(name="Acme").count)() == 1


# --- Every construct ---------------------------------------------------------------------------------------


def test_shared_and_own_tables_join_in_one_query(organisation, inside, member):
    Shelf.objects.create(name="Top", keeper=member)
    Shelf.objects.create(name="Low", keeper=UserFactory())
    with CaptureQueriesContext(connection) as sent:
        found = Shelf.objects.select_related("keeper").get(keeper__memberships__organisation=organisation)
        assert found.keeper.name == "Max Member"
    assert len(sent) == 1
    assert f'"{organisation.schema_name}"."library_shelf"' in sent[0]["sql"]
    assert '"public"."tenants_membership"' in sent[0]["sql"]


def test_queries_of_every_kind(inside):
    first = volume("Walden", pages=200)
    second = volume("Emma", pages=400, sequel_to=first)
    first.labels.add(Label.objects.create(word="wood"))
    assert Volume.objects.filter(sequels__title="Emma").get() == first
    assert Volume.objects.exclude(labels__word="wood").get() == second
    assert Volume.objects.filter(Exists(Label.objects.filter(volume=OuterRef("pk")))).get() == first
    same_shelf = Volume.objects.filter(shelf=OuterRef("shelf")).values("title")[:1]
    assert {v.name for v in Volume.objects.annotate(name=Subquery(same_shelf))} == {"Walden", "Emma"}
    assert Shelf.objects.annotate(n=Count("volumes")).filter(n=1).count() == 2
    assert Volume.objects.filter(pages__gt=300).union(Volume.objects.filter(pages__lt=300)).count() == 2
    assert Volume.objects.order_by("shelf__name", "title").distinct("shelf__name").count() == 1
    assert Volume.objects.prefetch_related("labels").in_bulk(field_name="id").keys() == {first.id, second.id}
    assert [v.title for v in Volume.objects.filter(title__icontains="wal").iterator(chunk_size=1)] == [
        "Walden"
    ]
    assert (
        Volume.objects.filter(pages__gt=Volume.objects.values("pages").order_by("pages")[:1]).get() == second
    )
    assert Volume.objects.dates("added_at", "year").count() == 1
    assert Volume.objects.filter(Q(shelf__name="Top") | Q(sequel_to=None)).count() == 2
    assert "Seq Scan" in Volume.objects.all().explain()


def test_queries_with_parts_written_by_hand_or_computed_over_rows(organisation, inside):
    first, second = volume("Walden", pages=200, notes={"colour": "green"}), volume("Emma", pages=400)
    beside = Shelf.objects.extra(tables=["library_volume"], where=["library_volume.title = 'Emma'"])
    assert f', "{organisation.schema_name}"."library_volume"' in str(beside.query)
    ranked = Volume.objects.annotate(place=Window(Rank(), order_by=F("pages").desc())).order_by("title")
    assert [found.place for found in ranked] == [1, 2]
    assert ranked.filter(place=1).get() == second
    assert Volume.objects.filter(notes__colour="green").get() == first
    assert Volume.objects.filter(pk__in=Volume.objects.order_by("title").values("pk")[:1]).get() == second
    longest = (
        Volume.objects.filter(shelf=OuterRef("pk")).order_by("-pages").values(longest=F("pages") + 1)[:1]
    )
    assert set(Shelf.objects.annotate(longest=Subquery(longest)).values_list("longest", flat=True)) == {
        201,
        401,
    }
    assert Volume.objects.filter(pages=200).difference(Volume.objects.filter(title="Emma")).get() == first


def test_changes_of_every_kind(inside):
    first, second = volume("Walden"), volume("Emma")
    Volume.objects.filter(shelf__name="Top", title="Emma").update(pages=F("pages") + 7)
    second.refresh_from_db()
    assert (second.pages, second.loud_title) == (7, "EMMA")
    Label.objects.bulk_create([Label(word="a"), Label(word="b")])
    again = [Label(word="a"), Label(word="c")]
    Label.objects.bulk_create(again, update_conflicts=True, unique_fields=["word"], update_fields=["word"])
    assert set(Label.objects.values_list("word", flat=True)) >= {"a", "b", "c"}
    second.title = "Emma, again"
    Volume.objects.bulk_update([second], ["title"])
    assert Volume.objects.update_or_create(title="Emma, again", defaults={"pages": 9})[0].pages == 9
    first.shelf.delete()
    assert Volume.objects.get() == second
    Volume.objects.filter(shelf__name="Top").delete()
    assert Volume.objects.count() == 0


def test_rows_are_locked_by_the_name_they_go_by_in_the_query(inside):
    volume()
    with transaction.atomic():
        locked = Volume.objects.select_related("shelf").select_for_update(
            of=("self", "shelf"), skip_locked=True
        )
        assert locked.get().title == "Walden"


def test_raw_sql_names_its_tables_by_the_helper(organisation, inside, member):
    Shelf.objects.create(name="Top", keeper=member)
    query = sql(
        "SELECT u.name, '{}'::text[] FROM {library_shelf} s JOIN {accounts_user} u ON u.id = s.keeper_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == [("Max Member", [])]
    assert [shelf.name for shelf in Shelf.objects.raw(sql("SELECT * FROM {library_shelf}"))] == ["Top"]


def test_raw_sql_with_an_unknown_table_is_refused(inside):
    with pytest.raises(UnknownTable, match="library_attic"):
        sql("SELECT * FROM {library_attic}")
    with pytest.raises(UnknownTable, match="library_shelve': perhaps library_shelf"):
        sql("SELECT * FROM {library_shelve}")


def test_introspection_looks_where_the_table_is(organisation, inside):
    with connection.cursor() as cursor:
        own = connection.introspection.table_names(cursor)
        columns = connection.introspection.get_table_description(cursor, "library_volume")
        shared = connection.introspection.get_constraints(cursor, User._meta.db_table)
        assert connection.introspection.get_sequences(cursor, "library_label")[0]["column"] == "id"
    assert "library_volume" in own
    assert "accounts_user" not in own
    assert {"title", "loud_title"} <= {column.name for column in columns}
    assert shared["accounts_user_email_key"]["unique"]
    with in_public(), connection.cursor() as cursor:
        assert "library_volume" not in connection.introspection.table_names(cursor)


def test_sequences_and_flushing_are_qualified(organisation, inside):
    style = type("Plain", (), {"__getattr__": lambda self, name: str})()
    (reset,) = connection.ops.sequence_reset_sql(style, [Label])
    assert f'"{organisation.schema_name}"."library_label"' in reset
    (flush,) = connection.ops.sql_flush(style, [Loan._meta.db_table, User._meta.db_table])
    assert flush == f'TRUNCATE "{organisation.schema_name}"."library_loan", "public"."accounts_user";'


# --- Start-up checks ---------------------------------------------------------------------------------------


def test_the_models_of_the_project_pass_the_checks():
    assert run_checks(tags=["tenants"]) == []


def test_one_table_name_in_both_sets_is_refused(monkeypatch):
    with isolate_apps("tests.tenants.library", "insights") as isolated:

        class Ours(models.Model):
            class Meta:
                app_label = "library"
                db_table = "things"

        class Everyones(models.Model):
            class Meta:
                app_label = "insights"
                db_table = "things"

        monkeypatch.setattr("tenants.checks.apps", isolated)
        assert [error.id for error in check_tables(None)] == ["tenants.E001"]


def test_references_across_the_schemas_are_refused(monkeypatch):
    with isolate_apps("tests.tenants.library", "insights") as isolated:

        class Everyones(models.Model):
            class Meta:
                app_label = "insights"

        class Ours(models.Model):
            shared = models.ForeignKey(Everyones, models.CASCADE)

            class Meta:
                app_label = "library"

        class Backwards(models.Model):
            own = models.ForeignKey(Ours, models.CASCADE)

            class Meta:
                app_label = "insights"

        monkeypatch.setattr("tenants.checks.apps", isolated)
        assert [e.id for e in check_tables(None)] == ["tenants.E004", "tenants.E005", "tenants.E003"]


def test_names_survive_copying_and_pickling():
    import copy
    import pickle

    for name in (TableName("a"), SharedTable("a"), OrganisationTable("a")):
        assert type(copy.deepcopy(name)) is type(name)
        assert type(pickle.loads(pickle.dumps(name))) is type(name)


def test_deleting_a_person_leaves_organisations_alone(organisation, inside, member):
    Shelf.objects.create(name="Top", keeper=member)
    keeper = member.pk
    with in_public():
        member.delete()
    assert Shelf.objects.get().keeper_id == keeper


def test_an_organisation_is_not_needed_to_make_one(db):
    assert Organisation.objects.filter(pk=OrganisationFactory().pk).exists()
