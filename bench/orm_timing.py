"""Run as a process of its own: what statements cost on Django's backend and on ours, as one line of JSON.

Both are asked in turns in the same process, so that neither has the calmer machine. The tables are those of
django.contrib.auth.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

ALIASES = ("stock", "default")  # the other one is ours
ROUNDS = 10 if os.environ.get("OCTAVO_BENCH_SMALL") == "1" else 60
TIMES = 60  # that a statement is repeated in a round


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.orm_timing_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    for alias in ALIASES:
        connections[alias].prepare_database()
        call_command("migrate", database=alias, verbosity=0)
    print(json.dumps({name: seconds(statement) for name, statement in statements().items()}))


def statements() -> dict[str, Callable[[str], Any]]:
    """By alias. Compiled: the text is made and not sent. Executed: sent, and its rows made into objects."""
    from django.contrib.auth.models import Permission, User
    from django.db.models import Count, Q

    for alias in ALIASES:
        User.objects.using(alias).update_or_create(pk=1, defaults={"username": "ada"})
    one = User.objects.filter(pk=1)
    several = (
        Permission.objects.filter(Q(group__user__username="ada") | Q(user__username="ada"))
        .exclude(content_type__model="none")
        .annotate(holders=Count("user"))
        .select_related("content_type")
        .order_by("content_type__app_label", "codename")
    )
    return {
        "compile_simple": lambda alias: one.query.clone().get_compiler(alias).as_sql(),
        "compile_complex": lambda alias: several.query.clone().get_compiler(alias).as_sql(),
        "execute_simple": lambda alias: list(one.using(alias)),
        "execute_complex": lambda alias: list(several.using(alias)),
    }


def seconds(statement: Callable[[str], Any]) -> dict[str, float]:
    """Processor seconds of this process for one statement, by alias, each in its best round.

    A busy machine makes a process wait; it does not make it work more.
    """
    rounds = [{alias: _round(statement, alias) for alias in ALIASES} for _ in range(ROUNDS)]
    return {alias: min(taken[alias] for taken in rounds) / TIMES for alias in ALIASES}


def _round(statement: Callable[[str], Any], alias: str) -> float:
    begun = time.process_time()
    for _ in range(TIMES):
        statement(alias)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
