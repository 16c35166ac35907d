"""Thousands of organisations in minutes, as real as those that sign up.

Each has what `create_organisation` gives it: its schema, by the DDL artifact, an owner, a membership and a
subscription. Three things make it quick:

- the artifact's text is executed for `TOGETHER` schemas in one round trip and one transaction;
- two connections do so side by side, which keeps two processors busy;
- rows of public are written a batch at a time, in the transaction of their schemas.

For the filling alone `synchronous_commit` is off, on these two connections: a commit does not wait for the
disk. `fsync` stays as the server has it, and a checkpoint at the end puts everything on the disk, so that
nothing that is measured afterwards pays for the filling. `drop_many` takes organisations away again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from tenants.models import Organisation

TOGETHER: Final = 10  # schemas in one transaction, whose locks the server has to hold: about 250 for each
CONNECTIONS: Final = 2
SMALL: Final = os.environ.get("OCTAVO_BENCH_SMALL") == "1"  # sizes for trying a benchmark out

T = TypeVar("T")


def make_many(count: int, *, alias: str = "default") -> list[Organisation]:
    """Make that many organisations, on the server of that alias; they are returned in the order of their ids.

    Their slugs begin with `many-`.
    """
    from tenants.models import Organisation
    from tenants.schemas.artifact import migrations_hash

    word = secrets.token_hex(4)
    wanted = [
        Organisation(
            name=f"Many {number}", slug=f"many-{word}-{number}", alias=alias, schema_state=migrations_hash()
        )
        for number in range(count)
    ]
    _side_by_side(_make, wanted)
    _put_on_disk(alias)
    return wanted


def drop_many(organisations: Sequence[Organisation]) -> None:
    """Destroy organisations that `make_many` has made, with their owners."""
    _side_by_side(_drop, organisations)


def _side_by_side(
    work: Callable[[Sequence[Organisation]], None], organisations: Sequence[Organisation]
) -> None:
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(work, part) for part in _parts(organisations)]:
            done.result()


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]


def _make(organisations: Sequence[Organisation]) -> None:
    from tenants.schemas.artifact import current_artifact

    artifact = current_artifact()
    with _hurried(organisations[0].alias) as connection:
        _make_rows(organisations)
        with connection.cursor() as cursor:
            cursor.execute("\n".join(artifact.for_schema(each.schema_name) for each in organisations))


def _make_rows(organisations: Sequence[Organisation]) -> None:
    from billing.models import Subscription
    from billing.plans import first_plan
    from tenants.accounts.models import User
    from tenants.models import Membership, Organisation, Role

    plan = first_plan()
    owners = [User(email=f"{each.slug}@bench.example", name=each.name) for each in organisations]
    User.objects.bulk_create(owners)
    Organisation.objects.bulk_create(organisations)
    Membership.objects.bulk_create(
        Membership(organisation=each, user=owner, role=Role.OWNER)
        for each, owner in zip(organisations, owners, strict=True)
    )
    Subscription.objects.bulk_create(Subscription(organisation=each, plan=plan) for each in organisations)


def _drop(organisations: Sequence[Organisation]) -> None:
    from tenants.accounts.models import User
    from tenants.models import Organisation

    schemas = ", ".join(f'"{each.schema_name}"' for each in organisations)
    with _hurried(organisations[0].alias) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schemas} CASCADE")
        Organisation.objects.filter(pk__in=[each.pk for each in organisations]).delete()
        User.objects.filter(email__in=[f"{each.slug}@bench.example" for each in organisations]).delete()


@contextmanager
def _hurried(alias: str) -> Iterator[BaseDatabaseWrapper]:
    """A transaction on a connection of this thread's own, whose commit does not wait for the disk."""
    from django.db import connections, transaction

    from tenants.context import in_public

    try:
        with in_public(), transaction.atomic(), transaction.atomic(using=alias):
            for used in {"default", alias}:
                with connections[used].cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")
            yield connections[alias]
    finally:
        connections.close_all()


def _put_on_disk(alias: str) -> None:
    """By a checkpoint, where the role may ask for one; else the server makes one by itself within minutes."""
    from django.db import DatabaseError, connections

    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("CHECKPOINT")
    except DatabaseError:
        return
