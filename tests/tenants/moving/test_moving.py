"""An organisation moves to another server: nothing is lost, and nobody is sent away."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Move, Organisation
from tenants.moving import carrying_out, old_copies, switching
from tenants.moving.asking import CannotMove, ask_for_move
from tenants.moving.carrying_out import MoveFailed, carry_out
from tenants.schemas import making
from tenants.schemas.direct import open_direct
from tenants.schemas.locks import Held, SchemaBusy, exclusive
from tests.factories.tenants import OrganisationFactory, UserFactory
from tests.on_second_server import SECOND
from tests.tenants.library.models import Label, Shelf, Volume

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(transaction=True, databases=["default", SECOND]),
]


@pytest.fixture(autouse=True)
def nothing_left(organisation):
    """Whatever the test has made is dropped on the second server; the first is looked after elsewhere."""
    yield
    with open_direct(SECOND) as second, open_direct() as first:
        for server in (first, second):
            left = server.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname = %s OR nspname ~ '^(moved|arriving)_'",
                [organisation.schema_name],
            )
            for row in left.fetchall():
                server.execute(f'DROP SCHEMA "{row[0]}" CASCADE')


@pytest.fixture
def library(organisation):
    """Some rows, an identity that is not at its beginning, and what a move finds hard."""
    with entered(organisation):
        shelf = Shelf.objects.create(name="élan — “quoted”, \\N and \t")
        first = Volume.objects.create(shelf=shelf, title="First", notes={"a": [1, None, "ü"]})
        Volume.objects.create(shelf=shelf, title="Second", sequel_to=first)
        label = Label.objects.create(word="taken")
        Label.objects.create(word="gone").delete()
        first.labels.add(label)
    return organisation


def titles(organisation):
    with entered(organisation):
        return sorted(Volume.objects.values_list("loud_title", flat=True))


def move(organisation, to=SECOND, **options):
    made = ask_for_move(organisation=organisation, to=to)
    carry_out(made, **options)
    organisation.refresh_from_db()
    return made


def schemas(alias):
    with open_direct(alias) as server:
        found = server.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(t|moved|arriving)_'")
        return {row[0] for row in found.fetchall()}


def log_and_triggers(organisation):
    with open_direct() as server:
        found = server.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s AND (c.relname ~ 'octavo_move' OR EXISTS"
            " (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))",
            [organisation.schema_name],
        )
        return found.fetchone()[0]


def test_a_move_carries_everything_over(library):
    stale = library.as_current()
    moved = move(library)
    assert (moved.state, library.alias) == (Move.State.MOVED, SECOND)
    assert titles(library) == ["FIRST", "SECOND"]
    assert library.schema_name not in schemas("default")
    assert moved.old_schema in schemas("default")
    with entered(library):
        assert Volume.objects.get(title="First").notes == {"a": [1, None, "ü"]}
        assert Label.objects.create(word="next").pk == Label.objects.get(word="taken").pk + 2
    assert 0 < moved.pause < 1000
    assert titles(stale) == ["FIRST", "SECOND"]  # who has not heard of it finds it


def test_it_moves_back_as_it_went(library):
    move(library)
    with entered(library):
        Shelf.objects.create(name="New")
    move(library, to="default")
    with entered(library):
        assert Shelf.objects.count() == 2
    assert titles(library) == ["FIRST", "SECOND"]
    assert library.schema_name not in schemas(SECOND)


def test_who_has_not_heard_of_it_writes_to_the_new_place(library):
    stale = library.as_current()
    move(library)
    with entered(stale):
        Shelf.objects.create(name="autocommit")
        Volume.objects.filter(title="First").update(title="Changed")
        with transaction.atomic():
            UserFactory(email="together@example.com")
            volume = Volume.objects.select_for_update().get(title="Second")
            volume.title = "Locked"
            volume.save()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            UserFactory(email="never@example.com")
            Shelf.objects.all().delete()
            raise ZeroDivisionError
        Shelf.objects.get(name="autocommit").delete()
    assert titles(library) == ["CHANGED", "LOCKED"]
    assert list(User.objects.values_list("email", flat=True)) == ["together@example.com"]


def test_a_transaction_that_is_open_ends_where_it_began(library):
    """Both halves of it: the move waits, and tries again."""
    began, may_end = threading.Event(), threading.Event()

    def slow():
        try:
            with entered(library), transaction.atomic():
                volume = Volume.objects.get(title="First")
                began.set()
                may_end.wait(20)
                volume.title = "Slowly"
                volume.save()
                UserFactory(email="slow@example.com")
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(20)
    tries = []

    def say(told):
        if told.state == Move.State.SWITCHING:
            tries.append(told.state)
            if len(tries) == 2:
                may_end.set()

    move(library, say=say)
    thread.join(20)
    assert len(tries) >= 2
    assert titles(library) == ["SECOND", "SLOWLY"]
    assert User.objects.filter(email="slow@example.com").exists()


class Writer(threading.Thread):
    """Somebody who goes on writing under what they once knew of the organisation."""

    def __init__(self, current, number):
        super().__init__(daemon=True)
        self.current, self.number = current, number
        self.stop = threading.Event()
        self.written, self.deleted, self.longest, self.errors = [], [], 0.0, []

    def run(self):
        try:
            with entered(self.current):
                shelf = Shelf.objects.first()
                count = 0
                while not self.stop.wait(0.02):
                    count += 1
                    self._write(shelf, f"{self.number}-{count}", count)
        except Exception as error:
            self.errors.append(error)
        finally:
            connections.close_all()

    def _write(self, shelf, title, count):
        began = time.monotonic()
        if count % 2:
            Volume.objects.create(shelf=shelf, title=title)
        else:
            with transaction.atomic():
                UserFactory(email=f"w{title}@example.com")
                volume = Volume.objects.create(shelf=shelf, title=title)
                volume.pages += 1
                volume.save()
        if count % 5 == 0:
            Volume.objects.get(title=title).delete()
            self.deleted.append(title)
        else:
            self.written.append(title)
        self.longest = max(self.longest, time.monotonic() - began)


@contextmanager
def writers(current, count):
    team = [Writer(current, number) for number in range(count)]
    for writer in team:
        writer.start()
    try:
        yield team
    finally:
        for writer in team:
            writer.stop.set()
        for writer in team:
            writer.join(30)


def test_nothing_that_is_written_meanwhile_is_lost_or_doubled(library):
    with writers(library.as_current(), 2) as team:
        moved = move(library)
        before = [len(writer.written) for writer in team]
        while any(len(writer.written) < count + 3 for writer, count in zip(team, before, strict=True)):
            assert not [error for writer in team for error in writer.errors]
            team[0].stop.wait(0.01)
    assert [writer.errors for writer in team] == [[], []]
    expected = sorted(["First", "Second", *(title for writer in team for title in writer.written)])
    with entered(library):
        assert sorted(Volume.objects.values_list("title", flat=True)) == expected
    written = sum(len(writer.written) + len(writer.deleted) for writer in team)
    assert written > 10
    assert moved.pause < 1000


STAGES = (Move.State.COPYING, Move.State.CATCHING_UP, Move.State.SWITCHING)


@pytest.mark.parametrize("stage", STAGES)
def test_an_error_leaves_it_where_it_was_and_nothing_behind(library, stage):
    def fail(told):
        if told.state == stage:
            raise OSError("the disk is full")

    with pytest.raises(MoveFailed, match="the disk is full"):
        move(library, say=fail)
    library.refresh_from_db()
    made = Move.objects.get()
    assert (library.alias, made.state, made.reason) == ("default", Move.State.FAILED, "the disk is full")
    assert titles(library) == ["FIRST", "SECOND"]
    assert log_and_triggers(library) == 0
    assert not {name for name in schemas(SECOND) if name.startswith(("arriving", library.schema_name))}
    move(library)
    assert titles(library) == ["FIRST", "SECOND"]


def test_a_copy_that_differs_is_not_switched_to(library, monkeypatch):
    def tampering(source, target, *, arriving, **rest):
        copied(source, target, arriving=arriving, **rest)
        target.execute(f'UPDATE "{arriving}".library_volume SET pages = 7')

    copied = carrying_out.copy_all
    monkeypatch.setattr(carrying_out, "copy_all", tampering)
    with pytest.raises(MoveFailed, match="checksums differ for library_volume"):
        move(library)
    library.refresh_from_db()
    assert library.alias == "default"


def test_what_was_decided_and_not_written_down_is_found_and_finished(library, monkeypatch):
    """Killed right after the commit that decides, on a way that does not begin at the default server."""
    move(library)
    stale = library.as_current()
    monkeypatch.setattr(carrying_out, "_finish", lambda *args, **named: None)
    made = ask_for_move(organisation=library, to="default")
    carry_out(made)
    library.refresh_from_db()
    assert (library.alias, made.state) == (SECOND, Move.State.SWITCHING)
    assert titles(stale) == ["FIRST", "SECOND"]  # although nothing says yet that it is there
    with entered(stale), transaction.atomic():
        Shelf.objects.create(name="in the gap")
    monkeypatch.undo()
    assert old_copies.go_on() == 1
    library.refresh_from_db()
    made.refresh_from_db()
    assert (library.alias, made.state) == ("default", Move.State.MOVED)
    with entered(library):
        assert Shelf.objects.filter(name="in the gap").exists()


SLOWLY = """
CREATE FUNCTION public.slowly() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER slowly AFTER UPDATE ON public.tenants_organisation DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION public.slowly()
"""


def test_a_commit_whose_end_nobody_has_heard_is_waited_for(library, monkeypatch):
    """The connection is lost while the source commits the switch: it is seen a moment later."""

    def unheard(way, tables, *, check):
        way.source = open_direct(application_name="octavo unheard")
        threads.append(threading.Thread(target=switch, args=(way, tables), kwargs={"check": check}))
        threads[0].start()
        with open_direct() as server:
            while not server.execute(
                "SELECT FROM pg_stat_activity WHERE application_name = 'octavo unheard'"
                " AND wait_event = 'PgSleep'"
            ).fetchall():
                assert threads[0].is_alive()
        raise psycopg.OperationalError("the connection is lost")

    threads, switch = [], carrying_out.switch
    with open_direct() as server:
        server.execute(SLOWLY)
        try:
            with (
                monkeypatch.context() as patched,
                pytest.raises(MoveFailed, match="moved, and to be written"),
            ):
                patched.setattr(carrying_out, "switch", unheard)
                move(library)
            threads[0].join(20)
        finally:
            server.execute("DROP FUNCTION public.slowly CASCADE")
    assert old_copies.go_on() == 1
    library.refresh_from_db()
    assert (library.alias, Move.objects.get().state) == (SECOND, Move.State.MOVED)
    assert titles(library) == ["FIRST", "SECOND"]


HOLDING = """
SELECT FROM pg_stat_activity
WHERE application_name = 'octavo move' AND state = 'idle in transaction' AND datname = current_database()
"""


@pytest.mark.parametrize("version", [180000, 150000])
def test_members_go_on_where_the_mover_falls_silent_in_the_pause(library, monkeypatch, version):
    def silent(held):
        with open_direct() as server:
            for _look in range(400):
                if not server.execute(HOLDING).fetchall():
                    return
                server.execute("SELECT pg_sleep(0.05)")

    monkeypatch.setattr(switching, "LET_GO", 0.3)
    monkeypatch.setattr(psycopg.ConnectionInfo, "server_version", version)
    monkeypatch.setattr(Held, "check", silent)
    with pytest.raises(MoveFailed, match="not moved"):
        move(library)
    library.refresh_from_db()
    assert (library.alias, Move.objects.get().state) == ("default", Move.State.FAILED)
    assert titles(library) == ["FIRST", "SECOND"]
    assert log_and_triggers(library) == 0
    assert schemas(SECOND).isdisjoint({library.schema_name, f"arriving_{Move.objects.get().id.hex[-16:]}"})


def test_a_target_that_is_lost_leaves_nothing_at_the_source(library, monkeypatch):
    def away(alias="default", **parameters):
        if alias == SECOND and lost:
            raise psycopg.OperationalError("connection refused")
        return open_direct(alias, **parameters)

    def say(told):
        if told.state == Move.State.CATCHING_UP:
            lost.append(True)
            raise psycopg.OperationalError("the connection is lost")

    lost = []
    monkeypatch.setattr(carrying_out, "open_direct", away)
    with pytest.raises(MoveFailed, match="the connection is lost"):
        move(library, say=say)
    assert log_and_triggers(library) == 0
    with pytest.raises(MoveFailed, match="not moved: connection refused"):
        move(library)
    assert {each.state for each in Move.objects.all()} == {Move.State.FAILED}
    assert old_copies.drop_due() == 0
    lost.clear()
    assert old_copies.drop_due() == 2
    assert not {name for name in schemas(SECOND) if name.startswith("arriving")}


def test_a_move_that_fails_in_an_unforeseen_way_stops_no_other(library, settings, monkeypatch):
    def unforeseen(move, **options):
        if move.organisation_id == library.pk:
            raise KeyError("never thought of")
        return carry_out(move, **options)

    settings.OCTAVO_PLACE_NEW = "default"
    other = OrganisationFactory()
    ask_for_move(organisation=library, to=SECOND)
    ask_for_move(organisation=other, to=SECOND)
    monkeypatch.setattr(old_copies, "carry_out", unforeseen)
    assert old_copies.go_on() == 1
    other.refresh_from_db()
    assert other.alias == SECOND
    making.drop(other.schema_name, alias=SECOND)


def test_the_scheduler_begins_again_what_nobody_is_at_work_on(library):
    ask_for_move(organisation=library, to=SECOND)
    with exclusive(library.schema_name, wait=5):
        assert old_copies.go_on() == 0
    assert old_copies.go_on() == 1
    library.refresh_from_db()
    assert library.alias == SECOND


def test_old_copies_are_dropped_when_their_time_is_over(library):
    moved = move(library)
    assert old_copies.drop_due() == 0
    Move.objects.update(drop_after=moved.asked_at)
    assert old_copies.drop_due() == 1
    assert moved.old_schema not in schemas("default")
    assert old_copies.drop_due() == 0


def test_old_copies_go_with_their_organisation(library):
    moved = move(library)
    old_copies.drop_for_erasing(organisation=library)
    assert moved.old_schema not in schemas("default")
    assert library.schema_name in schemas(SECOND)


def test_what_cannot_be_is_said(library, other_organisation):
    with pytest.raises(CannotMove, match="There is no server third"):
        ask_for_move(organisation=library, to="third")
    with pytest.raises(CannotMove, match="on this server already"):
        ask_for_move(organisation=library, to="default")
    first = ask_for_move(organisation=library, to=SECOND)
    assert ask_for_move(organisation=library, to=SECOND) == first
    with exclusive(library.schema_name, wait=5), pytest.raises(SchemaBusy):
        carry_out(first, wait=0)
    with pytest.raises(CommandError, match="there is no organisation at the address nobody"):
        call_command("move_organisation", "nobody", to=SECOND)


def test_the_command(library, capsys):
    call_command("move_organisation", library.slug, to=SECOND, dry_run=True)
    assert Organisation.objects.get(pk=library.pk).alias == "default"
    call_command("move_organisation", library.slug, to=SECOND)
    call_command("move_organisation", library.slug, status=True)
    said = capsys.readouterr().out
    assert f"{library.slug}: default → {SECOND}" in said
    assert "Moved to second" in said
    assert f"{library.slug} is on {SECOND}" in said
    assert connection.alias == "default"
