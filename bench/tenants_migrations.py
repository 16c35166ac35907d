"""What it takes to migrate all organisations: a column of `books_book`, and an index on it.

Part of `bench tenants`. What runs:

- `ours` is `migrate_everything` after the shared tables: it brings the template on, writes its artifact and
  replays what that took, with locks, states and ledger, on two connections. What Django does for the shared
  tables meanwhile (its record, content types, permissions) is measured by itself: the others leave it out.
- `bare` is a loop over the same schemas with the same statements and the row in `django_migrations`, written
  by hand: psycopg, one connection, and a transaction for each schema, in one round trip.
- `driven` is about the most that can be had of the server by hand: `TOGETHER` schemas in one round trip and
  transaction, on as many connections as ours. It is shown, and nothing is demanded of it: it looks at no
  schema before it changes it, writes down nothing, and would leave whatever goes wrong to the reader.
- `stock` is `migrate_schemas --tenant` of django-tenants with the same models and migrations in a database of
  its own, on `STOCK` organisations, since it is slow; its time is for each.

They take turns in one database, but for stock. Any DDL is slower where the catalog is larger, so how ours
grows from `SOME` to `MANY` is compared with how `bare` does. Commits are durable throughout. The last step of
each run with nothing to do counts the statements that find it out.
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
from tenants.migrating.options import Options

SOME: Final = 10 if SMALL else 500
MANY: Final = 30 if SMALL else 5_000
STOCK: Final = 2 if SMALL else 5
ROUNDS: Final = 1 if SMALL else 3
TOGETHER: Final = 25

DEMANDS = [
    Demand("migration_stock_over_ours", ">=", 100),
    Demand("migration_ours_over_bare", "<=", 1.5),
    Demand("migration_many_ours_over_bare", "<=", 1.5),
    Demand("migration_growth_over_bare", "<=", 1.1),
    Demand("migration_nothing_to_do_statements", "<=", 1),
]


def figures() -> dict[str, float]:
    with ExitStack() as stack:
        ours = stack.enter_context(_installation())
        stock = stack.enter_context(_stock())
        ours.ask("fill", count=SOME)
        some = _measured(ours, SOME)
        stock_ms = _stock_ms(stock)
        ours.ask("fill", count=MANY)
        many = _measured(ours, MANY)
        nothing = ours.ask("do_nothing")
    return {
        "migration_ours_ms_each": some["ours"],
        "migration_bare_ms_each": some["bare"],
        "migration_stock_ms_each": stock_ms,
        "migration_shared_tables_ms": some["shared"] * SOME,
        "migration_many_ours_ms_each": many["ours"],
        "migration_driven_ms_each": some["driven"],
        "migration_many_bare_ms_each": many["bare"],
        "migration_many_driven_ms_each": many["driven"],
        "migration_stock_over_ours": stock_ms / some["ours"],
        "migration_ours_over_bare": some["ours"] / some["bare"],
        "migration_ours_over_driven": some["ours"] / some["driven"],
        "migration_many_ours_over_bare": many["ours"] / many["bare"],
        "migration_many_ours_over_driven": many["ours"] / many["driven"],
        "migration_each_many_over_some": many["ours"] / some["ours"],
        "migration_bare_many_over_some": many["bare"] / some["bare"],
        "migration_growth_over_bare": many["ours"] / some["ours"] / (many["bare"] / some["bare"]),
        "migration_nothing_to_do_statements": nothing["statements"],
        "migration_nothing_to_do_ms": nothing["seconds"] * 1000,
    }


@contextmanager
def _installation() -> Iterator[Asked]:
    with new_database("migrating") as url, asked("bench.migrating", DATABASE_URL=url) as process:
        yield process


@contextmanager
def _stock() -> Iterator[Asked]:
    with new_database("stock") as url, asked("bench.stock_tenants", DATABASE_URL=url) as process:
        process.ask("prepare")
        for _ in range(STOCK):
            process.ask("sign_up")
        yield process


def _measured(process: Asked, organisations: int) -> dict[str, float]:
    """Milliseconds for each organisation, the median of some rounds in turn."""
    taken: dict[str, list[float]] = {"ours": [], "bare": [], "driven": [], "shared": []}
    for _ in range(ROUNDS):
        ours = process.ask("migrate")
        taken["ours"].append(ours["seconds"])
        taken["shared"].append(ours["shared_seconds"])
        taken["bare"].append(process.ask("migrate_bare", together=1, parallel=1)["seconds"])
        driven = process.ask("migrate_bare", together=TOGETHER, parallel=Options().parallel)
        taken["driven"].append(driven["seconds"])
    return {way: statistics.median(seconds) * 1000 / organisations for way, seconds in taken.items()}


def _stock_ms(process: Asked) -> float:
    return float(process.ask("migrate")["seconds"]) * 1000 / STOCK
