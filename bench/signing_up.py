"""A process of `bench.tenants_signup`: it signs up organisations in one database, and makes schemas."""

from __future__ import annotations

import secrets
import statistics
import time
from typing import Any

from bench.asked import answer
from bench.installation import prepare

prepare()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from bench.tenants_many import make_many  # noqa: E402
from tenants.accounts.models import User  # noqa: E402
from tenants.models import Organisation, new_schema_name  # noqa: E402
from tenants.schemas import ready  # noqa: E402
from tenants.schemas.artifact import current_artifact  # noqa: E402
from tenants.schemas.direct import open_direct  # noqa: E402
from tenants.schemas.provisioning import create_organisation  # noqa: E402

_direct: list[psycopg.Connection[Any]] = []


def fill(count: int) -> dict[str, float]:
    """Bring the number of organisations to `count`."""
    began = time.perf_counter()
    make_many(count - Organisation.objects.count())
    return {"seconds": time.perf_counter() - began}


def have_ready(count: int) -> dict[str, float]:
    settings.OCTAVO_READY_SCHEMAS_LEAST = settings.OCTAVO_READY_SCHEMAS_MOST = count
    return {"made": ready.refill()}


def sign_up() -> dict[str, float]:
    """Of somebody who has an account already; until it is committed, and the bell for the refill rung."""
    word = secrets.token_hex(6)
    owner = User.objects.create(email=f"{word}@bench.example", name="Bench Marker")
    began = time.perf_counter()
    create_organisation(name=word, slug=f"s-{word}", owner=owner)
    return {"seconds": time.perf_counter() - began}


def make_ready() -> dict[str, float]:
    """One schema for the pool."""
    began = time.perf_counter()
    ready._make_one("default", 1_000_000)
    return {"seconds": time.perf_counter() - began}


def execute_bare() -> dict[str, float]:
    """The same statements by the driver alone, in one transaction."""
    if not _direct:
        _direct.append(open_direct())
    text = current_artifact().for_schema(new_schema_name())
    began = time.perf_counter()
    _direct[0].execute(f"BEGIN; {text} COMMIT")
    return {"seconds": time.perf_counter() - began}


def measure_empty() -> dict[str, float]:
    """What an organisation that was just made takes: the relations of its schema, and those for long values
    (TOAST) beside them."""
    word = secrets.token_hex(6)
    made = create_organisation(name=word, slug=f"s-{word}", owner=None)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT sum(pg_total_relation_size(oid)) FILTER (WHERE relkind = 'r'), count(*),
                      count(*) FILTER (WHERE relkind = 'r'), count(*) FILTER (WHERE relkind = 'i'),
                      2 * count(*) FILTER (WHERE reltoastrelid <> 0)
               FROM pg_class WHERE relnamespace = %s::regnamespace""",
            [made.schema_name],
        )
        size, relations, tables, indexes, toast = cursor.fetchone()
    return {
        "mb": float(size) / 1e6, "relations": relations, "tables": tables, "indexes": indexes,
        "toast_relations": toast,
    }  # fmt: skip


def warm_up(times: int) -> dict[str, float]:
    return {"seconds": statistics.median(sign_up()["seconds"] for _ in range(times))}


if __name__ == "__main__":
    answer(
        {
            "fill": fill,
            "have_ready": have_ready,
            "sign_up": sign_up,
            "make_ready": make_ready,
            "execute_bare": execute_bare,
            "measure_empty": measure_empty,
            "warm_up": warm_up,
        }
    )
