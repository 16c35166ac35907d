"""Erasing an organisation: its schema, its files wherever they lie, its rows of shared tables, its traces.

Everything may be repeated. `Erasure` says from the first step on what is being erased, so that one that was
killed is finished by the next run, wherever it was; the organisation's row goes with its schema and all rows
in one transaction. At the end everybody who might still have something of it is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from tenants.context import in_public
from tenants.models import Organisation, OrganisationStatus
from tenants.portable import slices
from tenants.portable.files import store
from tenants.portable.models import Erasure
from tenants.portable.progress import Progress, silent
from tenants.portable.tables import columns_of
from tenants.resolution import forget_resolutions
from tenants.schemas.locks import SchemaBusy, exclusive
from tenants.schemas.provisioning import drop_schema
from tenants.servers import aliases
from tenants.signals import organisation_erased, organisation_erasing, organisation_traces

WAIT: Final = 60.0  # seconds for whoever migrates, moves or exports it
STEPS: Final = 5
BY_OWNER: Final = "owner"
BY_OPERATOR: Final = "operator"
# Those of slices.LEFT_OUT that lead to an organisation, and how: they go with it all the same.
ALSO: Final = {
    "tenants.SchemaMigration": "organisation",
    "tenants.Move": "organisation",
    "portable.Export": "organisation",
    "notifications.Notification": "organisation",
    "billing.PaymentMethod": "organisation",
    "jobs.OrganisationLane": "organisation",
    "api.KeptAnswer": "organisation",
    "api_keys.ApiKey": "organisation",
    "api_keys.LoggedRequest": "organisation",
    "webhooks.Event": "organisation",
    "webhooks.Delivery": "organisation",
    "webhooks.Attempt": "delivery__organisation",
}

logger = logging.getLogger(__name__)


class NotDue(ValueError):
    """The organisation is not to be erased, or not yet."""


class SomethingLeft(RuntimeError):
    """It is erased, and something of it was found all the same; running it again removes it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased, and when nothing of it is left anywhere. `removed` counts rows by table, and files."""

    organisation_id: UUID
    schema: str
    asked_by: str
    asked_at: datetime | None
    erased_at: datetime
    removed: dict[str, int]
    kept: dict[str, str]
    backups_expire_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            "what": "erasure of an organisation",
            "organisation": str(self.organisation_id),
            "schema": self.schema,
            "asked_by": self.asked_by,
            "asked_at": self.asked_at.isoformat() if self.asked_at else None,
            "erased_at": self.erased_at.isoformat(),
            "removed": self.removed,
            "kept": self.kept,
            "verified": True,
            "backups_expire_at": self.backups_expire_at.isoformat(),
        }


def make_due(*, organisation: Organisation) -> None:
    """By an operator: close it, and let its waiting period be over. Nobody is told."""
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if row.status != OrganisationStatus.DELETING or not row.delete_at or row.delete_at > timezone.now():
            row.status, row.delete_at = OrganisationStatus.DELETING, timezone.now()
            row.save(update_fields=["status", "delete_at"])
        transaction.on_commit(forget_resolutions)


def erase(*, organisation: Organisation, asked_by: str = BY_OWNER, say: Progress = silent) -> Certificate:
    """Destroy an organisation whose time is over. Nothing brings it back.

    Raises `NotDue`, `schemas.locks.SchemaBusy`, whatever a receiver of `organisation_erasing` raises (its
    rows are there then, and it is tried again), and `SomethingLeft`.
    """
    with in_public(), exclusive(organisation.schema_name, wait=WAIT):
        organisation = _due(organisation)  # as it is now: it may have moved while the lock was waited for
        erasure = _begin(organisation, asked_by)
        say("Erasing", 1, STEPS)
        organisation_erasing.send(Organisation, organisation=organisation)
        say("Erasing", 2, STEPS)
        _erase_rows(organisation)
        say("Erasing", 3, STEPS)
        return _finish(erasure, organisation, say)


def finish_begun(*, say: Progress = silent) -> int:
    """Finish erasures that were broken off once the rows were gone; how many.

    One that cannot be finished now stays for the next time, and stops no other.
    """
    there = Organisation.objects.filter(pk=OuterRef("erased_id"))
    # Where its rows are there it is due, or was made due, or somebody has kept it.
    begun = Erasure.objects.filter(~Exists(there), verified_at=None)
    return sum(_finished(erasure, say) for erasure in begun)


def _finished(erasure: Erasure, say: Progress) -> bool:
    gone = Organisation(pk=erasure.erased_id, schema_name=erasure.schema_name, alias=erasure.alias)
    try:
        with in_public(), exclusive(erasure.schema_name, wait=0):
            _finish(erasure, gone, say)
    except SchemaBusy:
        return False
    except Exception:  # whatever a receiver or a store raises
        logger.exception("an erasure cannot be finished yet", extra={"schema_name": erasure.schema_name})
        return False
    return True


def unfinished(*, erased_id: UUID) -> bool:
    return Erasure.objects.filter(erased_id=erased_id, verified_at=None).exists()


def _due(organisation: Organisation, *, locked: bool = False) -> Organisation:
    """Its row. Raises `NotDue`."""
    rows = Organisation.objects.select_for_update() if locked else Organisation.objects.all()
    due: Organisation | None = rows.filter(
        pk=organisation.pk, status=OrganisationStatus.DELETING, delete_at__lte=timezone.now()
    ).first()
    if due is None:
        raise NotDue(f"{organisation.slug} is not to be erased, its time is not over, or it was kept")
    return due


def _begin(organisation: Organisation, asked_by: str) -> Erasure:
    """The record, and what there is to be removed."""
    erasure = Erasure.objects.filter(erased_id=organisation.pk, verified_at=None).first()
    if erasure is None:
        erasure = Erasure(erased_id=organisation.pk, asked_by=asked_by, asked_at=organisation.delete_at)
    erasure.schema_name, erasure.alias = organisation.schema_name, organisation.alias
    # What an earlier run has removed, which was killed, is not there to be counted any more.
    before, there = erasure.removed, _counted(organisation)
    erasure.removed = {name: max(before.get(name, 0), there.get(name, 0)) for name in before | there}
    erasure.save()
    return erasure


def _counted(organisation: Organisation) -> dict[str, int]:
    counted = {}
    for label, rows in _shared_rows(organisation.pk):
        if label not in slices.KEPT and (number := rows.count()):
            counted[f"public.{rows.model._meta.db_table}"] = number
    schema = organisation.schema_name
    with connections[organisation.alias].cursor() as cursor:
        for table in columns_of(cursor, schema):
            cursor.execute(f'SELECT count(*) FROM "{schema}"."{table}"')  # noqa: S608
            if number := cursor.fetchone()[0]:
                counted[table] = number
    if files := sum(store().lying(schema).values()):
        counted["files"] = files
    return counted


def _shared_rows(organisation_id: UUID) -> Iterator[tuple[str, Any]]:
    """Rows of every shared model that lead to an organisation, by the model's label."""
    ways = {label: one.ways for label, one in (slices.RESTORED | slices.RECORDS).items()}
    ways |= {label: (way,) for label, way in ALSO.items()}
    for label, found in ways.items():
        model: type[Model] = apps.get_model(label)
        yield label, slices.Slice(ways=found).rows(model, organisation_id)


def _erase_rows(organisation: Organisation) -> None:
    with transaction.atomic():
        _due(organisation, locked=True)
        organisation_erased.send(Organisation, organisation=organisation)
        drop_schema(organisation)
        Organisation.objects.get(pk=organisation.pk).delete()


def _finish(erasure: Erasure, organisation: Organisation, say: Progress) -> Certificate:
    # Once more, for what work in hand has left behind meanwhile.
    organisation_erasing.send(Organisation, organisation=organisation)
    _drop_strays(erasure.schema_name)
    say("Erasing", 4, STEPS)
    if left := traces(organisation_id=erasure.erased_id, schema=erasure.schema_name):
        told = ", ".join(f"{number} in {where}" for where, number in sorted(left.items()))
        raise SomethingLeft(f"of {erasure.schema_name} there is still: {told}")
    erasure.verified_at = timezone.now()
    erasure.backups_expire_at = erasure.verified_at + timedelta(days=settings.OCTAVO_BACKUPS_KEPT)
    erasure.save(update_fields=["verified_at", "backups_expire_at"])
    say("Erasing", STEPS, STEPS)
    return certificate_of(erasure)


def certificate_of(erasure: Erasure) -> Certificate:
    """Of one that is finished."""
    assert erasure.verified_at is not None and erasure.backups_expire_at is not None
    return Certificate(
        organisation_id=erasure.erased_id,
        schema=erasure.schema_name,
        asked_by=erasure.asked_by,
        asked_at=erasure.asked_at,
        erased_at=erasure.verified_at,
        removed=erasure.removed,
        kept=slices.KEPT,
        backups_expire_at=erasure.backups_expire_at,
    )


def traces(*, organisation_id: UUID, schema: str) -> dict[str, int]:
    """What is still there of an organisation: asks every shared model, every server and every store."""
    found = {
        f"public.{rows.model._meta.db_table}": rows.count()
        for label, rows in _shared_rows(organisation_id)
        if label not in slices.KEPT
    }
    for alias in aliases():
        with connections[alias].cursor() as cursor:
            found[f"tables on {alias}"] = len(columns_of(cursor, schema))
    for place, number in store().lying(schema).items():
        found[f"files in {place}"] = number
    for _receiver, told in organisation_traces.send(Organisation, schema=schema):
        found |= cast(dict[str, int], told)
    return {where: number for where, number in found.items() if number}


def _drop_strays(schema: str) -> None:
    """On servers that it was moved from, or on its own where that failed after the shared rows were gone."""
    for alias in aliases():
        with connections[alias].cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
