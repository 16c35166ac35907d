"""Wherever the product goes on with a piece of work, it is still for the same organisation."""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from celery import chain, chord, group, shared_task
from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory
from prometheus_client import REGISTRY

from config.celery import app
from config.logging import name_organisation
from jobs import metrics
from notifications.stream import channel
from storage.files import own_key
from storage.models import StoredFile
from tenants.context import Current, NoOrganisation, current_or_none, entered, in_public
from tenants.labels import organisation_label
from tenants.management.commands.inside import Command
from tenants.models import Organisation
from tenants.postgresql.binding import WrongOrganisation
from tests.tenants.library.models import Shelf, Volume

Two = tuple[Organisation, Organisation]


@pytest.fixture
def shelves(organisation: Organisation, other_organisation: Organisation) -> Two:
    """Two organisations with a shelf each, under one key."""
    first = Shelf(name="Ours")
    with entered(organisation):
        first.save(force_insert=True)
    with entered(other_organisation):
        Shelf.objects.create(pk=first.pk, name="Theirs")
    return organisation, other_organisation


# --- querysets ----------------------------------------------------------------------------------------------


def test_a_queryset_of_one_organisation_is_refused_in_another(shelves: Two) -> None:
    acme, globex = shelves
    with entered(acme):
        kept = Shelf.objects.filter(name__startswith="")
    with entered(globex):
        for use in (list, lambda rows: rows.count(), lambda rows: rows.update(name="x")):
            told = pytest.raises(WrongOrganisation, match=r"library\.Shelf was made inside t_ready_first")
            with told, transaction.atomic():
                use(kept.all())  # type: ignore[operator]
        with pytest.raises(WrongOrganisation):
            list(Volume.objects.filter(shelf__in=kept))
        assert [shelf.name for shelf in Shelf.objects.all()] == ["Theirs"]
    with entered(acme):
        assert [shelf.name for shelf in kept] == ["Ours"]


def test_a_queryset_made_outside_belongs_to_whoever_evaluates_it(shelves: Two) -> None:
    acme, globex = shelves
    anybodys, nobodys = Shelf.objects.all(), Shelf.objects.none()
    for organisation, name in ((acme, "Ours"), (globex, "Theirs")):
        with entered(organisation):
            assert [shelf.name for shelf in anybodys.all()] == [name]
            assert list(nobodys.all()) == []
    with entered(acme):
        empty = Shelf.objects.none()
    with entered(globex):
        assert list(empty.all()) == []


def test_a_queryset_evaluated_after_the_block_names_the_remedy(shelves: Two) -> None:
    with entered(shelves[0]):
        kept = Shelf.objects.all()
    with pytest.raises(NoOrganisation, match=r"use tenants\.context\.entered\(organisation\)"):
        list(kept)


def test_a_shared_queryset_may_be_made_and_used_anywhere(shelves: Two) -> None:
    with entered(shelves[0]):
        kept = Organisation.objects.order_by("slug")
    with entered(shelves[1]):
        assert len(kept) == 2


# --- instances ----------------------------------------------------------------------------------------------


def test_an_instance_of_one_organisation_is_refused_in_another(shelves: Two) -> None:
    acme, globex = shelves
    with entered(acme):
        ours = Shelf.objects.get()
        made = Volume.objects.create(shelf=ours, title="Ours")
    uses: list[Callable[[], object]] = [
        ours.save,
        ours.delete,
        ours.refresh_from_db,
        lambda: list(ours.volumes.all()),
        lambda: Volume.objects.bulk_create([made]),
        made.save,
        lambda: Volume(shelf=ours),
        lambda: pickle.loads(pickle.dumps(ours)).save(),
    ]
    with entered(globex):
        for use in uses:
            told = pytest.raises(WrongOrganisation, match=r"of t_ready_first is used inside")
            with told, transaction.atomic():
                use()
        theirs = Shelf.objects.get()
        with pytest.raises(WrongOrganisation, match="cannot be related"):
            made.shelf = theirs
        assert not Volume.objects.exists()
    with entered(acme):
        ours.name = "Still ours"
        ours.save()
        made.delete()
        ours.refresh_from_db()
        assert (ours.name, list(ours.volumes.all())) == ("Still ours", [])


def test_an_instance_is_saved_nowhere_else_than_where_it_was_read(shelves: Two) -> None:
    with entered(shelves[0]):
        ours = Shelf.objects.get()
    with pytest.raises(NoOrganisation):
        ours.save()


# --- templates, signals, threads ----------------------------------------------------------------------------


def test_a_template_that_is_rendered_later_says_so(shelves: Two) -> None:
    template = engines["django"].from_string("{% for shelf in shelves %}{{ shelf.name }}{% endfor %}")
    acme, globex = shelves
    with entered(acme):
        page = TemplateResponse(RequestFactory().get("/"), template, {"shelves": Shelf.objects.all()})
    with pytest.raises(NoOrganisation):
        page.render()
    with entered(globex), pytest.raises(WrongOrganisation):
        page.render()
    with entered(acme):
        assert page.render().content == b"Ours"


def test_receivers_of_signals_are_inside(shelves: Two) -> None:
    seen: list[Current | None] = []

    def look(**signal: Any) -> None:
        seen.append(current_or_none())

    post_save.connect(look, sender=Shelf)
    try:
        with entered(shelves[1]):
            Shelf.objects.create(name="Another")
    finally:
        post_save.disconnect(look, sender=Shelf)
    assert seen == [shelves[1].as_current()]


def test_a_generator_that_outlives_its_block_reads_nobodys_rows(shelves: Two) -> None:
    acme = shelves[0]

    def names() -> Iterator[str]:
        for _ in range(3):
            yield Shelf.objects.get().name

    with entered(acme):
        late = names()
        assert next(late) == "Ours"
    with pytest.raises(NoOrganisation):
        next(late)


# --- records ------------------------------------------------------------------------------------------------


def test_each_record_of_the_log_names_the_organisation(organisation: Organisation) -> None:
    inside = organisation.as_current()
    with entered(inside):
        assert name_organisation(None, "info", {})["organisation"] == str(organisation.pk)
    with in_public():
        assert name_organisation(None, "info", {}) == {}
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.processors.JSONRenderer()], foreign_pre_chain=[name_organisation]
    )
    with entered(inside):
        line = formatter.format(logging.LogRecord("any", logging.INFO, "", 0, "heard", (), None))
    assert str(organisation.pk) in line


def test_metrics_name_the_organisation_where_that_is_wanted(
    organisation: Organisation, settings: Any
) -> None:
    with entered(organisation):
        assert organisation_label() == ""
        settings.OCTAVO_METRICS_BY_ORGANISATION = True
        assert organisation_label() == organisation.schema_name
        metrics.ended("tests.step", "DONE")
    assert organisation_label() == ""
    labels = {"kind": "tests.step", "outcome": "DONE", "organisation": organisation.schema_name}
    assert REGISTRY.get_sample_value("octavo_steps_ended_total", labels) == 1


def test_names_of_streams_and_files_are_the_organisations(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    for each in (organisation, other_organisation):
        with entered(each):
            assert channel("book") == f"live:{each.schema_name}:book"
            with pytest.raises(PermissionError):
                own_key(StoredFile(key="t_somebody/aa/file.pdf"))
            assert own_key(StoredFile(key=f"{each.schema_name}/aa/file.pdf"))
    with pytest.raises(NoOrganisation):
        channel("book")


# --- tasks --------------------------------------------------------------------------------------------------

seen: list[tuple[str, str | None]] = []
told = threading.Semaphore(0)


def _note(mark: str) -> None:
    inside = current_or_none()
    seen.append((mark, inside.schema if inside else None))
    told.release()
    connection.close()


@shared_task(name="tests.note")
def note(*args: Any) -> str:
    _note(args[-1])
    return str(args[-1])


@shared_task(name="tests.note_again", bind=True, max_retries=2)
def note_again(self: Any, mark: str) -> None:
    _note(f"{mark} {self.request.retries}")
    if self.request.retries < 2:
        raise self.retry(countdown=0)


@pytest.fixture
def heard() -> list[tuple[str, str | None]]:
    seen.clear()
    while told.acquire(blocking=False):
        pass
    return seen


def test_an_eager_task_is_where_its_caller_is(
    organisation: Organisation, other_organisation: Organisation, heard: list[tuple[str, str | None]]
) -> None:
    here, there = organisation.schema_name, other_organisation.schema_name
    with entered(organisation):
        note.apply(["eagerly"])
        note("called")
        with entered(other_organisation):
            note.apply(["within"])
        with in_public():
            note.apply(["outside"])
        note_again.apply(["again"])
    assert heard == [
        ("eagerly", here),
        ("called", here),
        ("within", there),
        ("outside", None),
        *((f"again {number}", here) for number in range(3)),
    ]


def test_a_chord_that_is_eager_is_where_its_caller_is(
    organisation: Organisation, heard: list[tuple[str, str | None]]
) -> None:
    app.conf.task_always_eager = True
    try:
        with entered(organisation):
            chord(group(note.si("part"), note.si("part")), note.si("body")).apply_async()
            chain(note.si("first"), note.si("second")).apply_async()
    finally:
        app.conf.task_always_eager = False
    assert [mark for mark, _schema in heard] == ["part", "part", "body", "first", "second"]
    assert {schema for _mark, schema in heard} == {organisation.schema_name}


@pytest.mark.usefixtures("kept_logging")
@pytest.mark.django_db(transaction=True)
def test_what_celery_sends_by_itself_is_for_the_same_organisation(
    organisation: Organisation, other_organisation: Organisation, heard: list[tuple[str, str | None]]
) -> None:
    here, there = organisation.schema_name, other_organisation.schema_name
    app.control.purge()  # what other tests have rung for
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        with entered(organisation):
            chain(note.si("first"), note.si("second"), note.si("third")).apply_async()
            note.apply_async(["before"], link=note.si("linked"))
            note_again.delay("again")
            with entered(other_organisation):
                chain(note.si("theirs"), note.si("theirs too")).apply_async()
            with in_public():
                chain(note.si("outside"), note.si("outside too")).apply_async()
        for _ in range(12):
            assert told.acquire(timeout=30), heard
    assert dict(heard) == {
        **dict.fromkeys(("first", "second", "third", "before", "linked"), here),
        **{f"again {number}": here for number in range(3)},
        **dict.fromkeys(("theirs", "theirs too"), there),
        **dict.fromkeys(("outside", "outside too"), None),
    }


# --- commands -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # a command closes its connections
def test_a_command_runs_inside_an_organisation(shelves: Two, capsys: pytest.CaptureFixture[str]) -> None:
    code = "from tests.tenants.library.models import Shelf; print(Shelf.objects.get().name)"
    for organisation, name in zip(shelves, ("Ours", "Theirs"), strict=True):
        words = ["inside", organisation.slug, "shell", "--no-imports", "--command", code]
        Command().run_from_argv(["manage.py", *words])
        assert capsys.readouterr().out.strip() == name
    assert current_or_none() is None


def test_a_command_for_nobody_is_refused_in_a_line(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "inside", "nobody", "shell", "--command", "1"])
    assert ended.value.code == 1
    told = "CommandError: there is no organisation with the address or schema 'nobody'."
    assert capsys.readouterr().err.strip() == told
