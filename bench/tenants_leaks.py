"""Reads of the wrong organisation's rows in a million, over every way in which the product reads.

Part of `bench tenants`. A row of the same key lies in each of `ORGANISATIONS` and bears the name of its own
schema, so that each read, one statement each, shows whose row it was. The channels (see
`bench.tenants_leaks_channels`) are processes of their own, `SIDE_BY_SIDE` of them at a time, and share the
reads as `CHANNELS` says. The same harness is then given leaks that were planted, and has to find each: a
check that finds nothing anywhere would be worth nothing.

The channel `pgbouncer` needs PgBouncer, see `tests/emulators/pgbouncer.py`. Where there is none, and none can
be fetched, that is said, and its demands are missed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from bench.installation import ROOT
from bench.report import Demand
from bench.tenants_many import SMALL, drop_many, make_many

if TYPE_CHECKING:
    from tenants.models import Organisation

READS: Final = 3_000 if SMALL else 1_000_000
ORGANISATIONS: Final = 8 if SMALL else 60
SIDE_BY_SIDE: Final = 2
SERVER_CONNECTIONS: Final = 3  # that PgBouncer has to PostgreSQL, for all its clients
PLANTED_READS: Final = 600 if SMALL else 5_000  # in search of each planted leak

CHANNELS: Final = {  # parts of a hundred
    "threads": 25,
    "asyncio": 15,
    "celery": 15,
    "streams": 15,
    "pool": 15,
    "pgbouncer": 15,
}
PLANTED: Final = ("stock_behind_pgbouncer", "module_global", "open_generator", "kept_queryset")

DEMANDS = [
    Demand("leaks_reads", ">=", READS),
    Demand("leaks_wrong", "==", 0),
    *(Demand(f"leaks_{name}_wrong", "==", 0) for name in CHANNELS),
    *(Demand(f"planted_{name}_wrong", ">", 0) for name in PLANTED),
]


def figures() -> dict[str, float]:
    organisations = make_many(ORGANISATIONS)
    try:
        with tempfile.TemporaryDirectory() as folder, _pooler() as pooler:
            told = Path(folder, "told.json")
            told.write_text(json.dumps(_marked(organisations)))
            wanted = [(name, PLANTED_READS) for name in PLANTED]
            wanted += [(name, READS * part // 100) for name, part in CHANNELS.items()]
            found = _run_all(wanted, told, pooler)
    finally:
        drop_many(organisations)
    channels = [found[name] for name in CHANNELS if name in found]
    return {
        "leaks_organisations": ORGANISATIONS,
        **{f"leaks_{name}_{key}": value for name in CHANNELS for key, value in found.get(name, {}).items()},
        "leaks_reads": sum(each["reads"] for each in channels),
        "leaks_wrong": sum(each["wrong"] for each in channels),
        **{f"planted_{name}_{key}": value for name in PLANTED for key, value in found.get(name, {}).items()},
    }


def _marked(organisations: Sequence[Organisation]) -> dict[str, Any]:
    """Put the row into each; what the processes are to know."""
    from books.models import Hero
    from tenants.context import entered
    from tenants.keys import uuid7

    key = uuid7()
    for organisation in organisations:
        with entered(organisation) as inside:
            Hero.objects.create(pk=key, name=inside.schema)
    known = [[str(each.pk), each.schema_name, each.slug] for each in organisations]
    return {"key": str(key), "organisations": known}


def _run_all(
    wanted: Sequence[tuple[str, int]], told: Path, pooler: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    possible = [(name, reads) for name, reads in wanted if pooler or "pgbouncer" not in name]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        found = pool.map(lambda each: _run(each[0], each[1], told, pooler), possible)
        return dict(zip((name for name, _reads in possible), found, strict=True))


def _run(name: str, reads: int, told: Path, pooler: Mapping[str, str]) -> dict[str, float]:
    environment = {**os.environ, "OCTAVO_LOG_LEVEL": "ERROR", "OCTAVO_DATABASE_POOL_WAIT": "120"}
    environment |= _settings_of(name)
    if "pgbouncer" in name:
        environment |= pooler
    words = [sys.executable, "-m", "bench.tenants_leaks_channels", name, str(reads), str(told)]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{name}: {found['reads']:,} reads, {found['wrong']:,} wrong, {found['seconds']:,.0f} s", flush=True
    )
    return found


def _settings_of(name: str) -> dict[str, str]:
    """The pool is so small that it is fought for, and its connections are replaced all the time."""
    if name == "pool":
        return {"OCTAVO_DATABASE_POOL": "4", "OCTAVO_ORGANISATIONS_PER_CONNECTION": "10"}
    return {}


@contextlib.contextmanager
def _pooler() -> Iterator[dict[str, str]]:
    """The settings with which a process goes through PgBouncer; none where there is no PgBouncer."""
    from django.db import connection

    from tests.emulators.pgbouncer import Missing, pgbouncer

    database = {key: str(value) for key, value in connection.get_connection_params().items()}
    with contextlib.ExitStack() as stack:
        try:
            port = stack.enter_context(pgbouncer(database, size=SERVER_CONNECTIONS))
        except Missing as missing:
            print(f"Not measured through PgBouncer: {missing}", flush=True)
            yield {}
            return
        user, password = (quote(database[key], safe="") for key in ("user", "password"))
        yield {
            "DATABASE_URL": f"postgresql://{user}:{password}@127.0.0.1:{port}/{database['dbname']}",
            "OCTAVO_TRANSACTION_POOLING": "yes",
            "OCTAVO_DATABASE_POOL": "0",
        }
