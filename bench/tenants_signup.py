"""What signing up takes: with a schema that is ready, among few organisations and among thousands.

Part of `bench tenants`. Three databases on one server, each with a process of its own, asked in turn so that
whatever else the machine does falls on all: one with `FEW` organisations, one with `MANY` (made by
`bench.tenants_many`), and one of stock django-tenants with the same models and migrations. Commits are
durable throughout. A sign-up is `create_organisation`, with owner, subscription and line in the activity log;
the peer's is the organisation's row and its `create_schema`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from bench.asked import Asked, asked
from bench.databases import new_database
from bench.report import Demand
from bench.tenants_many import SMALL

FEW: Final = 3 if SMALL else 10
MANY: Final = 20 if SMALL else 5_000
SIGN_UPS: Final = 4 if SMALL else 60  # in each of our databases
WARMING: Final = 1 if SMALL else 5
STOCK: Final = 1 if SMALL else 3  # sign-ups of the peer
MADE: Final = 3 if SMALL else 30  # schemas, in either way

DEMANDS = [
    Demand("signup_stock_over_ours", ">=", 100),
    Demand("signup_many_over_few", "<=", 1.25),
    Demand("ready_over_bare_ddl", "<=", 1.3),
    Demand("empty_organisation_mb", "<=", 1.0),
    Demand("empty_organisation_relations", "<=", 120),
]


def figures() -> dict[str, float]:
    with ExitStack() as stack:
        few = stack.enter_context(_installation("few"))
        many = stack.enter_context(_installation("many"))
        stock = stack.enter_context(_stock())
        few.ask("fill", count=FEW)
        filling = many.ask("fill", count=MANY)["seconds"]
        return {
            "filling_s": filling,
            "filling_ms_each": filling / MANY * 1000,
            **_sign_ups(few, many, stock),
            **_schemas(few),
            **{f"empty_organisation_{name}": value for name, value in few.ask("measure_empty").items()},
        }


@contextmanager
def _installation(name: str) -> Iterator[Asked]:
    with new_database(name) as url, asked("bench.signing_up", DATABASE_URL=url) as process:
        yield process


@contextmanager
def _stock() -> Iterator[Asked]:
    with new_database("stock") as url, asked("bench.stock_tenants", DATABASE_URL=url) as process:
        process.ask("prepare")
        yield process


def _sign_ups(few: Asked, many: Asked, stock: Asked) -> dict[str, float]:
    seconds: dict[Asked, list[float]] = {few: [], many: [], stock: []}
    for ours in (few, many):
        ours.ask("have_ready", count=SIGN_UPS + WARMING)
        ours.ask("warm_up", times=WARMING)
    for number in range(SIGN_UPS):
        if number % (SIGN_UPS // STOCK) == 0:
            seconds[stock].append(stock.ask("sign_up")["seconds"])
        for ours in (few, many) if number % 2 else (many, few):
            seconds[ours].append(ours.ask("sign_up")["seconds"])
    median = {process: statistics.median(taken) * 1000 for process, taken in seconds.items()}
    return {
        "signup_few_ms": median[few],
        "signup_many_ms": median[many],
        "signup_stock_ms": median[stock],
        "signup_stock_over_ours": median[stock] / median[many],
        "signup_many_over_few": median[many] / median[few],
    }


def _schemas(ours: Asked) -> dict[str, float]:
    """A schema for the pool against its bare statements, in turn; at first both connections get warm."""
    ours.ask("make_ready")
    ours.ask("execute_bare")
    seconds: dict[str, list[float]] = {"make_ready": [], "execute_bare": []}
    for number in range(MADE):
        for way in ("make_ready", "execute_bare") if number % 2 else ("execute_bare", "make_ready"):
            seconds[way].append(ours.ask(way)["seconds"])
    ready, bare = (statistics.median(taken) * 1000 for taken in seconds.values())
    return {"ready_ms": ready, "bare_ddl_ms": bare, "ready_over_bare_ddl": ready / bare}
