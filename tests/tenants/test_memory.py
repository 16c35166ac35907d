"""What processes remember: forgotten where it has changed, bounded, and good without Valkey."""

import threading
from itertools import count

import pytest

from tenants import memory
from tenants.memory import Memory

pytestmark = pytest.mark.django_db  # the cache is emptied before each


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass when the test says so."""

    class Clock:
        now = 1_000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(memory, "time", clock)
    return clock


@pytest.fixture
def two(clock):
    """The memories of two processes."""
    names = count()
    made = f"test.{next(names)}"
    both = [Memory(made, of_whom=lambda key, found: [found]) for _ in range(2)]
    for one in both:
        one.get("anything")  # which begins to listen
    return both


@pytest.fixture
def away(settings):
    settings.CACHES = {
        name: {**cache, "LOCATION": "redis://127.0.0.1:1/0"} for name, cache in settings.CACHES.items()
    }


def never():
    raise AssertionError("looked up although it is known")


def test_what_is_known_is_not_looked_up_again(two):
    here, _there = two
    assert here.remembered("host", lambda: "acme") == "acme"
    assert here.remembered("host", never) == "acme"
    assert here.remembered("nobody", lambda: None) is None
    assert here.remembered("nobody", never) is None


def test_a_change_is_heard_within_a_second_and_only_of_whom_it_tells(two, clock):
    here, there = two
    for one in two:
        one.remembered("acme.host", lambda: "acme")
        one.remembered("globex.host", lambda: "globex")
    here.forget("acme")
    assert here.get("acme.host") == (False, None)
    assert there.get("acme.host") == (True, "acme")
    clock.now += memory.LOOK_EVERY + 0.01
    assert there.get("acme.host") == (False, None)
    assert here.get("globex.host") == there.get("globex.host") == (True, "globex")


def test_a_name_that_led_to_nobody_is_looked_up_after_any_change(two, clock):
    here, there = two
    there.remembered("new.host", lambda: None)
    here.forget("somebody")
    clock.now += memory.LOOK_EVERY + 0.01
    assert there.remembered("new.host", lambda: "new") == "new"


def test_everybody_may_be_forgotten(two, clock):
    here, there = two
    there.remembered("acme.host", lambda: "acme")
    here.forget_all()
    clock.now += memory.LOOK_EVERY + 0.01
    assert there.get("acme.host") == (False, None)


def test_who_missed_too_much_forgets_everything(two, clock, monkeypatch):
    monkeypatch.setattr(memory, "TOLD_KEPT", 5)
    here, there = two
    there.remembered("acme.host", lambda: "acme")
    for number in range(6):
        here.forget(f"somebody {number}")
    clock.now += memory.LOOK_EVERY + 0.01
    assert there.get("acme.host") == (False, None)


def test_what_changes_while_it_is_read_is_not_kept(two):
    here, _there = two

    def read_too_early():
        here.forget("acme")
        return "acme"

    assert here.remembered("host", read_too_early) == "acme"
    assert here.get("host") == (False, None)


def test_without_valkey_entries_live_their_time_and_no_longer(clock, away):
    alone = Memory("test.away", of_whom=lambda key, found: [found])
    assert alone.remembered("host", lambda: "acme") == "acme"
    clock.now += memory.LIVES - 1
    assert alone.remembered("host", never) == "acme"
    clock.now += 2
    assert alone.remembered("host", lambda: "renamed") == "renamed"
    assert alone.remembered("nobody", lambda: None) is None
    clock.now += memory.UNKNOWN_LIVES + 1
    assert alone.remembered("nobody", lambda: "somebody") == "somebody"
    alone.forget("somebody")
    assert alone.get("nobody") == (False, None)


def test_valkey_is_asked_less_often_while_it_is_away(clock, away, caplog):
    alone = Memory("test.away")
    for _ in range(40):
        alone.get("host")
        clock.now += 0.25
    assert len([record for record in caplog.records if "away" in record.message]) == 2


def test_nobody_waits_for_who_is_looking(two, clock, monkeypatch):
    here, _there = two
    here.remembered("host", lambda: "acme")
    asked, go_on = threading.Event(), threading.Event()

    class SlowValkey:
        def told_since(self, key, last):
            asked.set()
            go_on.wait(20)
            return []

    monkeypatch.setattr(memory, "_valkey", SlowValkey)
    clock.now += memory.LOOK_EVERY + 0.01
    slow = threading.Thread(target=here.get, args=("host",))
    slow.start()
    assert asked.wait(20)
    assert here.get("host") == (True, "acme")
    go_on.set()
    slow.join()


def test_memory_is_bounded_and_made_up_names_drive_nothing_out(two, monkeypatch):
    monkeypatch.setattr(memory, "CAPACITY", 20)
    monkeypatch.setattr(memory, "UNKNOWN_CAPACITY", 10)
    here, _there = two
    here.remembered("acme.host", lambda: "acme")
    for number in range(100):
        here.remembered(f"made-up-{number}", lambda: None)
    assert here.get("acme.host") == (True, "acme")
    assert len(here._unknown) <= 10
    for number in range(100):
        here.remembered(f"host-{number}", lambda number=number: f"org-{number}")
    assert len(here._entries) <= 20
    assert len(here._keys) == len(here._entries)
    assert here.get("host-99") == (True, "org-99")
    assert here.get("acme.host") == (False, None)
