"""A process of `bench.tenants_migrations`: it migrates the organisations of one database."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bench.asked import answer
from bench.installation import prepare

prepare()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.added_migrations import add_migration, statements  # noqa: E402
from bench.tenants_many import make_many  # noqa: E402
from tenants.context import in_public  # noqa: E402
from tenants.migrating.everything import migrate_everything, migrate_shared  # noqa: E402
from tenants.migrating.progress import Silence  # noqa: E402
from tenants.models import Organisation  # noqa: E402
from tenants.schemas import artifact  # noqa: E402
from tenants.schemas.direct import open_direct  # noqa: E402

_numbers = count(1)


def fill(count: int) -> dict[str, float]:
    """Bring the number of organisations to `count`."""
    make_many(count - Organisation.objects.count())
    migrate_everything()  # whatever was made is at the state of the code
    return {"organisations": Organisation.objects.count()}


def migrate() -> dict[str, float]:
    """A further migration, by all that `migrate_organisations` does; the shared tables apart."""
    add_migration(f"ours_{next(_numbers)}")
    artifact.migrations_hash.cache_clear()
    shared = time.perf_counter()
    with in_public():
        migrate_shared(Silence())
    began = time.perf_counter()
    result = migrate_everything()
    seconds = time.perf_counter() - began
    assert result.finished, result
    return {"seconds": seconds, "shared_seconds": began - shared}


def migrate_bare(together: int, parallel: int) -> dict[str, float]:
    """The same statements by the driver alone, `together` schemas in one transaction."""
    text = statements(f"bare_{next(_numbers)}")
    schemas = list(Organisation.objects.values_list("schema_name", flat=True))
    parts = [schemas[start : start + together] for start in range(0, len(schemas), together)]
    began = time.perf_counter()
    with ThreadPoolExecutor(parallel) as pool:
        for done in [pool.submit(_bare, text, parts[number::parallel]) for number in range(parallel)]:
            done.result()
    return {"seconds": time.perf_counter() - began}


def _bare(text: str, parts: list[list[str]]) -> None:
    with open_direct() as own:
        for part in parts:
            body = "".join(text.format(schema=f'"{schema}"') for schema in part)
            own.execute(f"BEGIN;{body}COMMIT")


def do_nothing() -> dict[str, float]:
    """When all are up to date: the statements and the seconds that it takes to find out."""
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as sent:
        assert migrate_everything().migrated == 0
    return {"statements": len(sent), "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    settings.DEBUG = False
    answer({"fill": fill, "migrate": migrate, "migrate_bare": migrate_bare, "do_nothing": do_nothing})
