"""Every way in which rows of one organisation might be used inside another, and what becomes of it.

Both organisations have a shelf, a volume and a label under the same keys, so that whatever goes by the key
alone would find the other's. Each way is tried inside Globex with what was had inside Acme.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, cast

import pytest
from asgiref.sync import async_to_sync
from django.core import serializers
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from tenants.accounts.models import User
from tenants.context import Current, NoOrganisation, current, entered, in_public
from tenants.models import Organisation
from tenants.postgresql.binding import Place, WrongOrganisation, schema_of
from tenants.postgresql.raw import sql
from tests.tenants.library.models import Label, Loan, Shelf, Volume

HERE = "default"  # the alias of both


@dataclass
class Had:
    """What was read, or made, inside one organisation."""

    shelf: Shelf
    volume: Volume
    sequel: Volume
    label: Label
    deferred: Shelf
    where: Current
    shelves: QuerySet[Shelf]
    volumes: QuerySet[Volume]
    text: str


@pytest.fixture
def two(
    organisation: Organisation, other_organisation: Organisation, member: User
) -> tuple[Organisation, Organisation]:
    shelf, volume, sequel, label = Shelf(), Volume(), Volume(), Label(word="wood")
    for place, name in ((organisation, "Ours"), (other_organisation, "Theirs")):
        with entered(place):
            Shelf.objects.create(pk=shelf.pk, name=name, keeper=member)
            Volume.objects.create(pk=volume.pk, title=name, shelf_id=shelf.pk)
            Volume.objects.create(pk=sequel.pk, title=f"{name} 2", shelf_id=shelf.pk, sequel_to_id=volume.pk)
            Label.objects.create(pk=1_000, word=label.word)
            Volume.objects.get(pk=volume.pk).labels.add(1_000)
    return organisation, other_organisation


def had() -> Had:
    shelves = Shelf.objects.filter(name__startswith="")
    return Had(
        shelf=Shelf.objects.get(),
        volume=Volume.objects.get(sequel_to=None),
        sequel=Volume.objects.exclude(sequel_to=None).get(),
        label=Label.objects.get(pk=1_000),
        deferred=Shelf.objects.defer("name").get(),
        where=current(),
        shelves=shelves,
        volumes=Volume.objects.order_by("title"),
        text=sql("SELECT * FROM {library_shelf}"),
    )


def named() -> Had:
    """The same through a database that was named: no router is asked."""
    found = had()
    found.shelf = Shelf.objects.using(HERE).get()
    found.volume = Volume.objects.using(HERE).select_related("shelf").get(sequel_to=None)
    found.sequel = Volume.objects.db_manager(HERE).get(title__endswith="2")
    found.label = Label.objects.using(HERE).in_bulk([1_000])[1_000]
    found.deferred = Shelf.objects.using(HERE).only("keeper").get()
    found.shelves, found.volumes = found.shelves.using(HERE), found.volumes.using(HERE)
    return found


Way = Callable[[Had, Had], object]  # with what was had in Acme, and what is had here, in Globex


def run(coroutine: Callable[[], Coroutine[Any, Any, object]]) -> object:
    async def awaited() -> object:
        return await coroutine()

    return async_to_sync(awaited)()


def changed(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


async def each_async(rows: QuerySet[Any]) -> list[Any]:
    return [row async for row in rows]


REFUSED: dict[str, Way] = {
    # --- an instance, with the database named or not
    "save": lambda own, here: own.shelf.save(),
    "save using": lambda own, here: own.shelf.save(using=HERE),
    "save where it was had": lambda own, here: own.shelf.save(using=own.shelf._state.db),
    "save of some fields": lambda own, here: own.shelf.save(using=HERE, update_fields=["name"]),
    "save as new": lambda own, here: own.shelf.save(using=HERE, force_insert=True),
    "save_base raw, as fixtures are": lambda own, here: own.shelf.save_base(raw=True, using=HERE),
    "asave": lambda own, here: run(lambda: own.shelf.asave(using=HERE)),
    "delete": lambda own, here: own.volume.delete(),
    "delete using": lambda own, here: own.volume.delete(using=HERE),
    "adelete": lambda own, here: run(lambda: own.volume.adelete(using=HERE)),
    "refresh": lambda own, here: own.shelf.refresh_from_db(),
    "refresh using": lambda own, here: own.shelf.refresh_from_db(using=HERE),
    "refresh from a queryset": lambda own, here: own.shelf.refresh_from_db(from_queryset=Shelf.objects.all()),
    "arefresh": lambda own, here: run(lambda: own.shelf.arefresh_from_db(using=HERE)),
    "a deferred field": lambda own, here: own.deferred.name,
    "constraints": lambda own, here: own.volume.validate_constraints(),
    "pickled": lambda own, here: pickle.loads(pickle.dumps(own.shelf)).save(using=HERE),
    "copied": lambda own, here: copy.copy(own.shelf).save(using=HERE),
    "copied deeply": lambda own, here: copy.deepcopy(own.shelf).save(using=HERE),
    # --- several
    "bulk_create": lambda own, here: Shelf.objects.bulk_create([own.shelf], ignore_conflicts=True),
    "bulk_create using": lambda own, here: Shelf.objects.using(HERE).bulk_create([here.shelf, own.shelf]),
    "bulk_create over": lambda own, here: Shelf.objects.bulk_create(
        [own.shelf], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    ),
    "bulk_update": lambda own, here: Shelf.objects.bulk_update([here.shelf, own.shelf], ["name"]),
    "bulk_update using": lambda own, here: Shelf.objects.using(HERE).bulk_update([own.shelf], ["name"]),
    "abulk_update": lambda own, here: run(lambda: Shelf.objects.abulk_update([own.shelf], ["name"])),
    "bulk_update of related": lambda own, here: here.shelf.volumes.bulk_update([own.volume], ["title"]),
    # --- an instance as a value
    "a value": lambda own, here: list(Volume.objects.filter(shelf=own.shelf)),
    "a value using": lambda own, here: list(Volume.objects.using(HERE).filter(shelf=own.shelf)),
    "a value in Q": lambda own, here: Volume.objects.filter(~Q(shelf=own.shelf)).count(),
    "a value from the other side": lambda own, here: Shelf.objects.filter(volumes=own.volume).exists(),
    "a value among others": lambda own, here: Volume.objects.exclude(shelf__in=[here.shelf, own.shelf]).get(),
    "a value in update": lambda own, here: Volume.objects.update(shelf=own.shelf),
    "a value in aupdate": lambda own, here: run(lambda: Volume.objects.aupdate(shelf=own.shelf)),
    "a value in create": lambda own, here: Volume.objects.create(shelf=own.shelf, title="x"),
    "a value in get_or_create": lambda own, here: Volume.objects.get_or_create(shelf=own.shelf, title="x"),
    "a value in aget_or_create": lambda own, here: run(
        lambda: Volume.objects.aget_or_create(shelf=own.shelf, title="x")
    ),
    "a default of update_or_create": lambda own, here: Volume.objects.update_or_create(
        pk=here.volume.pk, defaults={"shelf": own.shelf}
    ),
    "a value of a new row": lambda own, here: Volume(shelf=own.shelf),
    "assigned": lambda own, here: setattr(own.volume, "shelf", here.shelf),
    "assigned the other way": lambda own, here: setattr(here.volume, "shelf", own.shelf),
    "assigned one to one": lambda own, here: Loan(volume=own.volume),
    "contains": lambda own, here: Shelf.objects.contains(own.shelf),
    "acontains": lambda own, here: run(lambda: Shelf.objects.acontains(own.shelf)),
    # --- what is related
    "related": lambda own, here: list(own.shelf.volumes.all()),
    "related using": lambda own, here: list(own.shelf.volumes.using(HERE).all()),
    "related by a manager for a database": lambda own, here: own.shelf.volumes.db_manager(HERE).count(),
    "related, one": lambda own, here: own.sequel.sequel_to,
    "related, one to one": lambda own, here: own.volume.loan,
    "related of many": lambda own, here: list(own.volume.labels.all()),
    "related.create": lambda own, here: own.shelf.volumes.create(title="x"),
    "related.get_or_create": lambda own, here: own.shelf.volumes.get_or_create(title="x"),
    "related.update_or_create": lambda own, here: own.shelf.volumes.update_or_create(title="x"),
    "related.aget_or_create": lambda own, here: run(lambda: own.shelf.volumes.aget_or_create(title="x")),
    "related.update": lambda own, here: own.shelf.volumes.update(title="x"),
    "related.delete": lambda own, here: own.shelf.volumes.using(HERE).all().delete(),
    "related.add": lambda own, here: own.shelf.volumes.add(here.volume),
    "related.add of theirs": lambda own, here: here.shelf.volumes.add(own.volume),
    "related.aadd": lambda own, here: run(lambda: here.shelf.volumes.aadd(own.volume)),
    "related.set": lambda own, here: here.shelf.volumes.set([own.volume]),
    "related.set, nullable": lambda own, here: here.volume.sequels.set([own.sequel]),
    "related.remove": lambda own, here: here.volume.sequels.remove(own.sequel),
    "related.clear": lambda own, here: own.volume.sequels.clear(),
    "many.add": lambda own, here: here.sequel.labels.add(own.label),
    "many.add to theirs": lambda own, here: own.sequel.labels.add(here.label),
    "many.add of a key": lambda own, here: own.sequel.labels.add(1_000),
    "many.aadd": lambda own, here: run(lambda: here.sequel.labels.aadd(own.label)),
    "many.set": lambda own, here: here.volume.labels.set([own.label]),
    "many.set of a queryset": lambda own, here: here.volume.labels.set(own.volume.labels.all()),
    "many.remove": lambda own, here: here.volume.labels.remove(own.label),
    "many.aremove": lambda own, here: run(lambda: here.volume.labels.aremove(own.label)),
    "many.clear": lambda own, here: own.volume.labels.clear(),
    "many.through": lambda own, here: Volume.labels.through.objects.create(volume=own.volume, label_id=1_000),
    "many.through as a value": lambda own, here: list(
        Volume.labels.through.objects.using(HERE).filter(volume=own.volume)
    ),
    "prefetching": lambda own, here: models.prefetch_related_objects([own.shelf], "volumes"),
    "prefetching among others": lambda own, here: models.prefetch_related_objects(
        [here.volume, own.volume], "shelf"
    ),
    "prefetching asynchronously": lambda own, here: run(
        lambda: models.aprefetch_related_objects([here.volume, own.volume], "labels")
    ),
    "prefetching from another's queryset": lambda own, here: list(
        Shelf.objects.prefetch_related(Prefetch("volumes", queryset=own.volumes))
    ),
    # --- a queryset that was made there
    "list": lambda own, here: list(own.shelves),
    "list using": lambda own, here: list(own.shelves.using(HERE)),
    "async for": lambda own, here: run(lambda: each_async(own.shelves)),
    "values": lambda own, here: list(own.shelves.values("name")),
    "get": lambda own, here: own.shelves.get(),
    "aget": lambda own, here: run(own.shelves.aget),
    "first": lambda own, here: own.shelves.first(),
    "count": lambda own, here: own.shelves.count(),
    "exists": lambda own, here: own.shelves.exists(),
    "aggregate": lambda own, here: own.volumes.aggregate(n=models.Sum("pages")),
    "in_bulk": lambda own, here: own.shelves.in_bulk(),
    "dates": lambda own, here: list(own.volumes.dates("added_at", "year")),
    "explain": lambda own, here: own.shelves.explain(),
    "iterator": lambda own, here: list(own.shelves.iterator()),
    "aiterator": lambda own, here: run(lambda: each_async(cast(Any, own.shelves.aiterator()))),
    "filtered here": lambda own, here: list(own.shelves.filter(pk=here.shelf.pk)),
    "update": lambda own, here: own.shelves.update(name="x"),
    "update F": lambda own, here: own.volumes.update(pages=F("pages") + 1),
    "queryset.delete": lambda own, here: own.volumes.delete(),
    "queryset.create": lambda own, here: own.shelf.volumes.all().create(title="x"),
    "select_for_update": lambda own, here: list(own.shelves.select_for_update()),
    "a copied queryset": lambda own, here: copy.deepcopy(own.shelves).count(),
    "pickled query": lambda own, here: list(
        changed(Shelf.objects.all(), query=pickle.loads(pickle.dumps(own.shelves.query)))
    ),
    "pickled queryset": lambda own, here: pickle.loads(pickled(own)).all().count(),
    "a queryset as a value": lambda own, here: list(Volume.objects.filter(shelf__in=own.shelves)),
    "its values as a value": lambda own, here: list(
        Volume.objects.filter(shelf_id__in=own.shelves.values("pk"))
    ),
    "Subquery": lambda own, here: list(Shelf.objects.annotate(n=Subquery(own.volumes.values("title")[:1]))),
    "Exists": lambda own, here: list(Shelf.objects.filter(Exists(own.volumes.filter(shelf=OuterRef("pk"))))),
    "Subquery in update": lambda own, here: Shelf.objects.update(
        name=Subquery(own.volumes.values("title")[:1])
    ),
    "union": lambda own, here: list(Shelf.objects.all().union(own.shelves)),
    "union of theirs": lambda own, here: list(own.shelves.union(Shelf.objects.all())),
    "difference": lambda own, here: list(Shelf.objects.difference(own.shelves)),
    "or": lambda own, here: list(Shelf.objects.filter(name="x") | own.shelves),
    "and": lambda own, here: list(own.shelves & Shelf.objects.filter(name="Theirs")),
    "xor": lambda own, here: list(Shelf.objects.filter(name="x") ^ own.shelves),
    # --- SQL by hand that was written there
    "raw": lambda own, here: list(Shelf.objects.raw(own.text)),
    "raw using": lambda own, here: list(Shelf.objects.raw(own.text).using(HERE)),
    "raw of a shared model": lambda own, here: list(User.objects.raw(str.__str__(own.text) and own.text)),
    "a cursor": lambda own, here: sent(own.text),
    "a cursor that records": lambda own, here: recorded(own.text),
    "many by a cursor": lambda own, here: sent_many(own.text),
    "RawSQL": lambda own, here: list(Shelf.objects.annotate(n=RawSQL(own.text, ()))),
    "a condition by hand": lambda own, here: list(Shelf.objects.extra(where=[own.text])),
}


def pickled(own: Had) -> bytes:
    """Pickling evaluates, which is done where it may be."""
    with entered(own.where):
        return pickle.dumps(own.shelves)


def sent(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def sent_many(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(text, [()])


def recorded(text: str) -> None:
    with CaptureQueriesContext(connection), connection.cursor() as cursor:
        cursor.execute(text)


@pytest.mark.parametrize("how", [had, named])
def test_no_way_leads_from_one_organisation_into_another(
    two: tuple[Organisation, Organisation], how: Callable[[], Had]
) -> None:
    """Each is refused before it has changed anything."""
    acme, globex = two
    with entered(acme):
        ours = state()
    with entered(globex):
        here, theirs = had(), state()
    passed = []
    for name, way in REFUSED.items():
        with entered(acme):
            own = how()
        with entered(globex):
            try:
                with transaction.atomic():
                    way(own, here)
            except WrongOrganisation:
                pass
            else:
                passed.append(name)
            assert state() == theirs, name
    assert passed == []
    with entered(acme):
        assert state() == ours


def state() -> list[object]:
    """All rows here, and that they are from here."""
    rows: list[Any] = [*Shelf.objects.order_by("pk"), *Volume.objects.order_by("pk"), *Label.objects.all()]
    assert {schema_of(row) for row in rows} == {current().schema}
    through = Volume.labels.through.objects.values_list("volume_id", "label_id")
    return [sorted(through), *({**vars(row), "_state": None} for row in rows)]


# --- What is not refused ------------------------------------------------------------------------------------


def test_what_was_read_along_stays_what_it_was(two: tuple[Organisation, Organisation]) -> None:
    acme, globex = two
    with entered(acme):
        volume = Volume.objects.select_related("shelf").get(sequel_to=None)
    with entered(globex):
        assert volume.shelf.name == "Ours"
        with pytest.raises(WrongOrganisation):
            volume.shelf.save()


@pytest.mark.parametrize("rows", [Shelf.objects.using(HERE), Shelf.objects.all()])
def test_an_iterator_goes_on_with_what_it_has_begun(
    two: tuple[Organisation, Organisation], rows: QuerySet[Shelf]
) -> None:
    acme, globex = two
    with entered(acme):
        Shelf.objects.create(name="Ours too")
        begun = rows.order_by("name").iterator(chunk_size=1)
        assert next(begun).name == "Ours"
    with entered(globex):
        late = next(begun)
        begun.close()  # type: ignore[attr-defined]
        assert (late.name, schema_of(late)) == ("Ours too", acme.schema_name)
        with pytest.raises(WrongOrganisation):
            late.save()


def test_an_asynchronous_iterator_goes_on_with_what_it_has_begun(
    two: tuple[Organisation, Organisation],
) -> None:
    acme, globex = two

    async def names() -> list[tuple[str, str | None]]:
        found = []
        with entered(acme):
            rows = Volume.objects.order_by("title").aiterator(chunk_size=1)
            found.append(await anext(rows))
        with entered(globex):
            found.extend([row async for row in rows])
        return [(row.title, schema_of(row)) for row in found]

    assert async_to_sync(names)() == [("Ours", acme.schema_name), ("Ours 2", acme.schema_name)]


@pytest.mark.parametrize(
    "copied",
    [
        lambda own: Shelf(pk=own.pk, name="Copied"),
        lambda own: Shelf.from_db(HERE, ["id", "name", "keeper_id"], [own.pk, "Copied", None]),
        lambda own: (
            next(
                serializers.deserialize("json", serializers.serialize("json", [changed(own, name="Copied")]))
            ).object
        ),
    ],
)
def test_what_is_made_anew_is_whose_it_is_saved_in(
    two: tuple[Organisation, Organisation], copied: Callable[[Shelf], Shelf]
) -> None:
    acme, globex = two
    with entered(acme):
        own = Shelf.objects.get()
    with entered(globex):
        made = copied(own)
        made.save(using=HERE, force_update=True)
        assert schema_of(made) == globex.schema_name
        assert Shelf.objects.get().name == "Copied"
    with entered(acme):
        assert Shelf.objects.get().name == "Ours"


def test_a_shared_row_that_was_read_along_is_everybodys(
    two: tuple[Organisation, Organisation], member: User
) -> None:
    acme, globex = two
    with entered(acme):
        keeper = Shelf.objects.select_related("keeper").get().keeper
    assert isinstance(keeper._state.db, Place)
    with entered(globex):
        assert Shelf.objects.get(keeper=keeper).name == "Theirs"
        made = Shelf.objects.create(name="Kept", keeper=keeper)
        assert (made.keeper, schema_of(keeper)) == (member, None)
        keeper.save()
        keeper.refresh_from_db()


def test_a_queryset_made_outside_is_whose_value_it_was_given(two: tuple[Organisation, Organisation]) -> None:
    acme, globex = two
    with entered(acme):
        own = Shelf.objects.get()
    kept = Volume.objects.filter(shelf=own)
    assert Volume.objects.all().query.made_in is None
    with entered(globex), pytest.raises(WrongOrganisation):
        kept.count()
    with entered(acme):
        assert kept.count() == 2


def test_shared_querysets_of_two_organisations_go_together(two: tuple[Organisation, Organisation]) -> None:
    acme, globex = two
    with entered(acme):
        first = Organisation.objects.filter(slug="acme")
    with entered(globex):
        assert len(first | Organisation.objects.filter(slug="globex")) == 2


@pytest.mark.parametrize(
    "way",
    [
        lambda own: own.shelf.save(using=HERE),
        lambda own: own.shelf.refresh_from_db(using=HERE),
        lambda own: Shelf.objects.bulk_update([own.shelf], ["name"]),
        lambda own: list(own.shelves.using(HERE)),
        lambda own: list(Shelf.objects.raw(own.text)),
        lambda own: sent(own.text),
    ],
)
def test_outside_nothing_of_an_organisations_is_used(
    two: tuple[Organisation, Organisation], way: Callable[[Had], object]
) -> None:
    with entered(two[0]):
        own = had()
        with in_public(), pytest.raises(NoOrganisation), transaction.atomic():
            way(own)
