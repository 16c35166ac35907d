"""Limits under fire: twelve clients at once at the edge of each, and what a check adds to commissioning.

Part of `bench billing`. Each round a limit has room for fewer than ask at the same moment: exactly those may
get through, neither one more (`over`) nor one less (`wrongly_refused`).
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bench.report import Demand

if TYPE_CHECKING:
    from tenants.models import Membership

CLIENTS, ROUNDS = 12, 25
ROOM = 7  # of the twelve that may get through
COMMISSIONS = 40

Ask = Callable[[], bool]

DEMANDS = [
    Demand("limit_attempts", "==", 4 * CLIENTS * ROUNDS),
    Demand("limits_over", "==", 0),
    Demand("limits_wrongly_refused", "==", 0),
    Demand("limit_check_statements", "<=", 2),
    Demand("limit_check_share", "<=", 0.03),
]


def figures(membership: Membership) -> dict[str, float]:
    """All figures, on an organisation of its own without limits so far."""
    got = [
        clients_that_got_through(ask(membership, number))
        for ask in (plan, day, storage, budget)
        for number in range(ROUNDS)
    ]
    return {
        "limit_attempts": CLIENTS * len(got),
        "limits_over": sum(max(0, through - ROOM) for through in got),
        "limits_wrongly_refused": sum(max(0, ROOM - through) for through in got),
        **what_a_check_adds(membership),
    }


def clients_that_got_through(ask: Ask) -> int:
    """How many of the clients that ask at the same moment are let through."""
    from django.db import connection

    together = threading.Barrier(CLIENTS)
    through: list[bool] = []

    def client() -> None:
        together.wait(timeout=30)
        try:
            through.append(ask())
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(through)


def plan(membership: Membership, number: int) -> Ask:
    """Books for ever, as an exception in place of the plan's: room for so many more than there are."""
    return _books(membership, "EVER")


def day(membership: Membership, number: int) -> Ask:
    """Books a day, of one member."""
    return _books(membership, "DAY")


def storage(membership: Membership, number: int) -> Ask:
    """Bytes: files of a megabyte."""
    from billing import limits
    from billing.models import Limit, Metric

    size = 1024 * 1024
    _clear(membership)
    used = limits.allowance(membership.organisation_id, Metric.STORAGE_USED).used
    Limit.objects.create(
        organisation=membership.organisation,
        metric=Metric.STORAGE_USED,
        window="EVER",
        amount=used + ROOM * size + size // 2,
    )
    return lambda: _is_let_through(lambda: limits.reserve_storage(membership.organisation_id, size))


def budget(membership: Membership, number: int) -> Ask:
    """Money set aside before calls."""
    from billing import ledger
    from billing.models import Budget

    price = 1_000_000
    Budget.objects.update_or_create(
        organisation=membership.organisation,
        defaults={"limit_micros": ROOM * price + price // 2, "spent_micros": 0, "reserved_micros": 0},
    )
    return lambda: ledger.reserve_budget(organisation_id=membership.organisation_id, micros=price)


def what_a_check_adds(membership: Membership) -> dict[str, float]:
    """Statements of one check, and what it adds to the time that commissioning a book takes.

    A check counts the book as well, as is done without limits too (`limits.count`). What it adds is the rest;
    `limit_check_with_counting_share` is the whole.
    """
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from bench.installation import commission
    from billing import limits
    from billing.models import Budget, Metric

    _clear(membership)
    Budget.objects.filter(organisation=membership.organisation).delete()
    organisation, organisation_id = membership.organisation, membership.organisation_id

    def check() -> None:
        limits.reserve_book(organisation_id, membership=membership)

    def count() -> None:
        limits.count(organisation_id, Metric.BOOKS_CREATED, 1, person_id=membership.user_id)

    def within(doing: Callable[[], None]) -> float:
        with transaction.atomic():
            organisation.refresh_from_db(fields=["slug"])  # so that it doesn't pay for the BEGIN
            return _seconds(doing)

    with transaction.atomic(), CaptureQueriesContext(connection) as sent:
        check()
    times: dict[str, list[float]] = {"commission": [], "check": [], "count": []}
    for number in range(COMMISSIONS):
        for name, doing in (("check", check), ("count", count)):
            topic = f"Bees {number} {name}"
            times["commission"].append(_seconds(partial(commission, membership, topic, chapters=4)))
            times[name].append(within(doing))
    whole, checks, counts = (statistics.median(values) for values in times.values())
    return {
        "limit_check_statements": len(sent),
        "limit_check_ms": checks * 1000,
        "counting_ms": counts * 1000,
        "commission_ms": whole * 1000,
        "limit_check_share": (checks - counts) / (whole - checks + counts),
        "limit_check_with_counting_share": checks / (whole - checks),
    }


def _books(membership: Membership, window: str) -> Ask:
    from billing import limits
    from billing.models import Limit, Metric, UsageMetric

    _clear(membership)
    scope = {"membership": membership} if window == "DAY" else {"organisation": membership.organisation}
    counted = UsageMetric.objects.filter(
        organisation=membership.organisation,
        metric=Metric.BOOKS_CREATED,
        window=window,
        person=membership.user if window == "DAY" else None,
    )
    used = counted.order_by("-period").values_list("value", flat=True).first() or 0
    Limit.objects.create(metric=Metric.BOOKS_CREATED, window=window, amount=used + ROOM, **scope)

    def ask() -> bool:
        return _is_let_through(lambda: limits.reserve_book(membership.organisation_id, membership=membership))

    return ask


def _is_let_through(hold: Callable[[], object]) -> bool:
    from billing.limits import LimitReached

    try:
        hold()
    except LimitReached:
        return False
    return True


def _clear(membership: Membership) -> None:
    from billing.models import Limit

    Limit.objects.filter(organisation=membership.organisation).delete()
    Limit.objects.filter(membership=membership).delete()


def _seconds(doing: Callable[[], object]) -> float:
    began = time.perf_counter()
    doing()
    return time.perf_counter() - began
