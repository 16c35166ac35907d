"""An organisation's first budget knows all that its calls have cost, also those that end at that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection, transaction

from billing import ledger
from billing.budgets import set_budget
from billing.models import Budget
from tenants.accounts.models import User
from tenants.keys import uuid7
from tenants.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)

DEADLINE = 20.0  # seconds


@dataclass(frozen=True)
class Used:
    provider: str = "openai"
    model: str = "gpt-5-mini"
    input_tokens: int = 1000
    cached_tokens: int = 0
    output_tokens: int = 500
    pictures: int = 0
    remote_id: str = ""


class Aside:
    """Something done in a thread with a connection of its own."""

    def __init__(self, doing: Callable[[], object]) -> None:
        self._doing = doing
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive()
        assert self._failed == []

    def is_running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._doing()
        except BaseException as error:
            self._failed.append(error)
        finally:
            connection.close()


def reserved(organisation: Organisation, micros: int) -> UUID:
    step = uuid7()
    ledger.reserve_budget(organisation_id=organisation.pk, micros=micros)
    reservation = ledger.Reservation(step, 1, uuid7(), "test.page", "openai", micros)
    ledger.reserve(organisation_id=organisation.pk, reservations=[reservation])
    return step


def wait_for_a_lock(setting: Aside) -> None:
    """Until the budget's setting waits for somebody, or is through without waiting."""
    pause = threading.Event()
    for _ in range(int(DEADLINE / 0.02)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = ("
                           "SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
            if cursor.fetchone()[0] or not setting.is_running():
                return
        pause.wait(0.02)


def test_call_that_ends_at_that_moment_is_counted(organisation: Organisation, owner: User) -> None:
    step = reserved(organisation, 900)
    with transaction.atomic():
        ledger.settle(step_id=step, fence=1, used=Used())
        setting = Aside(lambda: set_budget(organisation=organisation, by=owner, limit_micros=10_000))
        wait_for_a_lock(setting)
    setting.join()
    budget = Budget.objects.get()
    assert (budget.spent_micros, budget.reserved_micros) == (1250, 0)


def test_call_that_begins_at_that_moment_is_counted(organisation: Organisation, owner: User) -> None:
    with transaction.atomic():
        ledger.reserve_budget(organisation_id=organisation.pk, micros=900)
        setting = Aside(lambda: set_budget(organisation=organisation, by=owner, limit_micros=10_000))
        wait_for_a_lock(setting)
        step = uuid7()
        reservation = ledger.Reservation(step, 1, uuid7(), "test.page", "openai", 900)
        ledger.reserve(organisation_id=organisation.pk, reservations=[reservation])
    setting.join()
    assert Budget.objects.get().reserved_micros == 900
    ledger.settle(step_id=step, fence=1, used=Used())
    budget = Budget.objects.get()
    assert (budget.spent_micros, budget.reserved_micros) == (1250, 0)


def test_sums_agree_while_many_calls_end(organisation: Organisation, owner: User) -> None:
    def work() -> None:
        for _ in range(15):
            with transaction.atomic():
                step = reserved(organisation, 900)
            with transaction.atomic():
                ledger.settle(step_id=step, fence=1, used=Used())

    workers = [Aside(work) for _ in range(3)]
    set_budget(organisation=organisation, by=owner, limit_micros=None)
    for worker in workers:
        worker.join()
    budget = Budget.objects.get()
    assert (budget.spent_micros, budget.reserved_micros) == (3 * 15 * 1250, 0)
