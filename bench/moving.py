"""A process of `bench.tenants_move`: it fills an organisation, writes to it, moves it, or dies on the way."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from collections import Counter
from typing import Any
from uuid import UUID

from bench.asked import Deed, answer
from bench.installation import member_of_a_new_organisation, prepare

prepare()

from django.db import connection, connections, transaction  # noqa: E402

from books.models import Book, BookKind, Chapter, Hero  # noqa: E402
from collaboration.models import Revision  # noqa: E402
from tenants.accounts.models import User  # noqa: E402
from tenants.context import Current, entered  # noqa: E402
from tenants.models import Move, Organisation  # noqa: E402
from tenants.moving import carrying_out, change_log, copying, old_copies, switching  # noqa: E402
from tenants.moving.asking import ask_for_move, plan  # noqa: E402
from tenants.schemas.locks import Held  # noqa: E402

TEXT = 8_000  # characters of one revision, of a kind that cannot be made shorter
TOGETHER = 500  # rows in one statement


def fill(megabytes: int) -> dict[str, Any]:
    """Make an organisation with a book whose revisions take so much; tells what it is called."""
    member = member_of_a_new_organisation("moved")
    with entered(member.organisation) as inside:
        book = Book.objects.create(
            kind=BookKind.GUIDE, language="en", title="Moved", topic="Moving", author=member.user
        )
        chapter = Chapter.objects.create(book=book, number=1, title="One")
        rows = megabytes * 1_000_000 // TEXT
        for first in range(0, rows, TOGETHER):
            Revision.objects.bulk_create(
                Revision(
                    book=book, chapter=chapter, number=number, version=f"1.{number}", title="One",
                    content=secrets.token_urlsafe(TEXT * 3 // 4), words=1, origin=Revision.Origin.PERSON,
                )
                for number in range(first, min(first + TOGETHER, rows))
            )  # fmt: skip
    size = plan(
        member.organisation, next(alias for alias in connections.settings if alias != "default")
    ).bytes
    return {
        "organisation": str(inside.organisation_id), "schema": inside.schema, "owner": str(member.user.pk),
        "megabytes": size / 1e6,
    }  # fmt: skip


class Writer(threading.Thread):
    """Writes so many times a second, under what was known of the organisation when it began."""

    def __init__(self, current: Current, owner: UUID, number: int, per_second: float) -> None:
        super().__init__(daemon=True)
        self._current, self._owner, self._number, self._pause = current, owner, number, 1 / per_second
        self.stopped = threading.Event()
        self.rows: dict[str, int | None] = {}  # what was committed: a hero's age, or that it is gone
        self.waits: list[float] = []  # seconds, of each write
        self.errors: list[str] = []

    def run(self) -> None:
        count, due = 0, time.monotonic()
        while not self.stopped.is_set():
            count, due = count + 1, due + self._pause
            began = time.monotonic()
            try:
                with entered(self._current):
                    self._write(count)
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {error}".splitlines()[0])
            self.waits.append(time.monotonic() - began)
            self.stopped.wait(max(0.0, due - time.monotonic()))
        connections.close_all()

    def _write(self, count: int) -> None:
        name, last, earlier = (f"{self._number}-{number}" for number in (count, count - 1, count - 2))
        if count % 4 == 0:  # a single statement, which nothing is sent before
            Hero.objects.create(name=name, age=1)
            self.rows[name] = 1
        elif count % 4 == 1 and last in self.rows:
            with transaction.atomic():
                hero = Hero.objects.select_for_update().get(name=last)
                hero.age += 1
                User.objects.filter(pk=self._owner).update(name=f"Bench {name}")
                hero.save(update_fields=["age"])
            self.rows[last] = 2
        elif count % 8 == 2 and earlier in self.rows:
            Hero.objects.filter(name=earlier).delete()
            self.rows[earlier] = None
        else:
            with transaction.atomic():
                User.objects.filter(pk=self._owner).update(name=f"Bench {name}")
                Hero.objects.create(name=name, age=1)
            self.rows[name] = 1


_writers: list[Writer] = []


def start_writing(organisation: str, owner: str, number: int, per_second: float) -> dict[str, Any]:
    current = Organisation.objects.get(pk=organisation).as_current()
    writer = Writer(current, UUID(owner), number, per_second)
    _writers.append(writer)
    writer.start()
    return {}


def look() -> dict[str, Any]:
    """How much was written up to now, and the longest wait since the last look, in seconds."""
    (writer,) = _writers
    waits, writer.waits = writer.waits, []
    return {"written": len(writer.rows), "writes": len(waits), "longest": max(waits, default=0.0)}


def stop_writing() -> dict[str, Any]:
    writer = _writers.pop()
    writer.stopped.set()
    writer.join(30)
    return {"rows": writer.rows, "errors": writer.errors}


def move(organisation: str, to: str) -> dict[str, Any]:
    """Tells of the seconds it took, and of the pause in seconds by its own account."""
    began = time.monotonic()
    made = carrying_out.carry_out(ask_for_move(organisation=Organisation.objects.get(pk=organisation), to=to))
    return {"seconds": time.monotonic() - began, "pause": (made.pause or 0) / 1000, "state": made.state}


def move_and_die(organisation: str, to: str, at: str) -> dict[str, Any]:
    """By SIGKILL: nothing is undone, no connection is closed."""
    _die_when(at)
    return move(organisation, to)


def _die_when(at: str) -> None:
    def die(*args: Any, **named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    where: dict[str, tuple[Any, str]] = {
        "after_making_tables": (change_log, "install"),
        "while_copying": (copying, "copy_rows"),
        "after_copying": (carrying_out, "_catch_up"),
        "before_switching": (carrying_out, "switch"),
        "in_the_pause": (switching, "_complete"),
        "before_deciding": (Held, "check"),
        "after_deciding": (carrying_out, "_finish"),
    }
    setattr(*where[at], die)


def go_on() -> dict[str, Any]:
    """What the scheduler does about moves that nobody is at work on."""
    began = time.monotonic()
    ended = old_copies.go_on()
    return {"ended": ended, "seconds": time.monotonic() - began}


def place(organisation: str) -> dict[str, Any]:
    found = Organisation.objects.get(pk=organisation)
    last = Move.objects.filter(organisation=found).order_by("-asked_at").first()
    return {"alias": found.alias, "state": last.state if last else ""}


def audit(organisation: str, rows: dict[str, int | None]) -> dict[str, Any]:
    """How many rows that were committed are not there as they were, and how many are there too often."""
    with entered(Organisation.objects.get(pk=organisation)):
        found = list(Hero.objects.values_list("name", "age"))
    ages = dict(found)
    expected = {name: age for name, age in rows.items() if age is not None}
    return {
        "expected": len(expected),
        "lost": sum(ages.get(name) != age for name, age in expected.items()),
        "doubled": sum(count - 1 for count in Counter(name for name, _age in found).values()),
        "risen": sum(name not in expected for name in ages),
    }


DEEDS: dict[str, Deed] = {
    "fill": fill,
    "start_writing": start_writing,
    "look": look,
    "stop_writing": stop_writing,
    "move": move,
    "move_and_die": move_and_die,
    "go_on": go_on,
    "place": place,
    "audit": audit,
}

if __name__ == "__main__":
    connection.close()
    answer(DEEDS)
