"""Making an organisation from an archive: all is checked, then files are copied, then all rows at once.

Until the one transaction of the rows commits there is no organisation, only files under a prefix that nobody
knows. `Import` remembers that prefix, so that an import that was killed goes on with the files that are
missing, and so that what nobody goes on with is swept.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, connections, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from tenants.context import Current, in_public
from tenants.keys import uuid7
from tenants.migrating.ledger import note_made
from tenants.models import Invitation, Membership, Organisation, OrganisationStatus, Role
from tenants.models.organisations import new_schema_name
from tenants.organisations import addresses
from tenants.organisations.slugs import validate_slug
from tenants.portable import slices, states
from tenants.portable.files import Away, store
from tenants.portable.ids import Ids
from tenants.portable.manifest import NotAnArchive, Tampered
from tenants.portable.models import Import
from tenants.portable.people import Found, find_people
from tenants.portable.progress import Progress, silent
from tenants.portable.reading import Archive, opened
from tenants.portable.restoring import restore_public, restore_tables
from tenants.schemas import making
from tenants.schemas.artifact import current_artifact
from tenants.schemas.locks import SchemaBusy, exclusive
from tenants.servers import alias_for_new, aliases
from tenants.signals import organisation_imported

KEPT: Final = timedelta(days=1)  # an import that was broken off, to be gone on with
INVITED_FOR: Final = timedelta(days=30)
_SCHEMA: Final = re.compile(r"t_[0-9a-f]{16}\Z")

logger = logging.getLogger(__name__)


class CannotImport(ValueError):
    """The archive is whole, and it cannot be imported as it was asked for; the message says why."""


class Interrupted(RuntimeError):
    """PostgreSQL has broken it off (its disk is full, it was stopped): there are no rows, and the files that
    were copied are found by the same import."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Empty: as in the archive. `plan` is the code of an offered one, empty the first; `owner` is the
    address of an account that becomes an owner beside those of the archive. `digest` is what the SHA-256 of
    its manifest must be."""

    slug: str = ""
    name: str = ""
    plan: str = ""
    owner: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it. `since` are the migrations that the archive had not had, `left_out` rows of people who
    are not here, by table; `people` says whom it found."""

    organisation: Organisation
    rows: int
    files: int
    files_there: int
    people: Found
    since: tuple[str, ...]
    left_out: dict[str, int] = field(default_factory=dict)
    new_ids: bool = False


def import_organisation(path: Path, *, wishes: Wishes = Wishes(), say: Progress = silent) -> Imported:
    """Make the organisation of an archive here: the whole of it, or nothing.

    Raises `NotAnArchive` (`Newer`, `TooOld`, `Tampered`), `CannotImport`, `addresses.AddressTaken`,
    `schemas.locks.SchemaBusy`, and `files.Away` and `Interrupted`, after which the same import goes on where
    it was.
    """
    with opened(path, say=say) as archive, in_public():
        since = states.compare(archive.manifest).migrations
        wishes = _checked(archive, wishes)
        begun = _begin(archive, wishes)
        with exclusive(begun.schema_name, wait=0), _tidied(begun):
            _note_going_on(begun)
            copied, there = _copy_files(archive, begun, say)
            return _write(archive, begun, wishes, since=since, files=(copied, there), say=say)


def _checked(archive: Archive, wishes: Wishes) -> Wishes:
    """Wishes without gaps."""
    told = archive.manifest.organisation
    if wishes.digest and wishes.digest.lower() != archive.digest:
        raise Tampered(f"the SHA-256 of its manifest is {archive.digest}, and was to be another")
    wishes = Wishes(
        slug=wishes.slug or str(told["slug"]),
        name=wishes.name or str(told["name"]),
        plan=wishes.plan,
        owner=wishes.owner,
    )
    try:
        validate_slug(wishes.slug)
    except ValidationError as error:
        raise CannotImport(f"the address {wishes.slug}: {' '.join(error.messages)}") from error
    if addresses.is_taken(wishes.slug):
        raise CannotImport(f"the address {wishes.slug} is taken here: name another with --slug")
    plans = apps.get_model("billing.Plan").objects.filter(offered=True)
    if wishes.plan and not plans.filter(code=wishes.plan).exists():
        offered = ", ".join(plans.values_list("code", flat=True))
        raise CannotImport(f"no plan {wishes.plan} is offered here, but {offered}")
    return wishes


# --- Beginning, going on, and what is left behind ----------------------------------------------------------


def _begin(archive: Archive, wishes: Wishes) -> Import:
    """The import that was begun with the same archive and address, however long ago, or a new one."""
    begun = Import.objects.filter(digest=archive.digest, slug=wishes.slug).first()
    _sweep(Import.objects.exclude(digest=archive.digest, slug=wishes.slug))
    if begun is not None and Organisation.objects.filter(pk=begun.future_id).exists():
        _forget(begun)
        begun = None
    return begun or _begin_anew(archive, wishes)


def _begin_anew(archive: Archive, wishes: Wishes) -> Import:
    begun = Import(
        digest=archive.digest,
        slug=wishes.slug,
        future_id=_future_id(archive),
        schema_name=_future_schema(str(archive.manifest.organisation["schema"])),
        alias=alias_for_new(),
    )
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
        return begun
    except IntegrityError as error:  # somebody was quicker
        raise CannotImport("it is being imported just now: try again once that has ended") from error


def _note_going_on(begun: Import) -> None:
    """Let its waiting time begin anew, now that nobody else may end or sweep it."""
    if not Import.objects.filter(pk=begun.pk).update(begun_at=Now()):
        raise CannotImport("an import of it has just ended: run it again if there is no such organisation")


def _future_id(archive: Archive) -> UUID:
    """Its own where that is free. An archive of elsewhere does not come into what was kept of another."""
    own = UUID(str(archive.manifest.organisation["id"]))
    if Organisation.objects.filter(pk=own).exists() or Import.objects.filter(future_id=own).exists():
        return uuid7()
    kept = ((apps.get_model(label), one) for label, one in slices.RECORDS.items() if label in slices.KEPT)
    if not archive.ours and any(one.rows(model, own).exists() for model, one in kept):
        return uuid7()
    return own


def _future_schema(own: str) -> str:
    taken = (
        not _SCHEMA.match(own)
        or Organisation.objects.filter(schema_name=own).exists()
        or Import.objects.filter(schema_name=own).exists()
        or any(_schema_exists(own, alias) for alias in aliases())
        or store().lying(own)
    )
    return new_schema_name() if taken else own


@contextmanager
def _tidied(begun: Import) -> Iterator[None]:
    """What fails for good leaves nothing; what may succeed later leaves its files for then."""
    try:
        yield
    except (Away, Interrupted, OperationalError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        try:
            _forget(begun)
        except (Away, DatabaseError):  # it is swept later
            logger.exception("a failed import is not tidied up", extra={"schema_name": begun.schema_name})
        raise


def sweep_imports() -> int:
    """Remove what broken off imports have left that nobody has gone on with; how many there were.

    One that cannot be removed now stays for the next time, and stops no other.
    """
    return _sweep(Import.objects.all())


def _sweep(imports: QuerySet[Import]) -> int:
    return sum(_swept(old) for old in imports.filter(begun_at__lt=timezone.now() - KEPT))


def _swept(old: Import) -> bool:
    try:
        with exclusive(old.schema_name, wait=0):
            _forget(old)
    except SchemaBusy:  # somebody goes on with it
        return False
    except Exception:  # whatever a store or a server raises
        logger.exception("an old import cannot be removed yet", extra={"schema_name": old.schema_name})
        return False
    return True


def _forget(begun: Import) -> None:
    with in_public():
        if not Organisation.objects.filter(schema_name=begun.schema_name).exists():
            store().empty(begun.schema_name)
            making.drop(begun.schema_name, alias=begun.alias)
        Import.objects.filter(pk=begun.pk).delete()


def _schema_exists(schema: str, alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [schema])
        return bool(cursor.fetchone()[0])


# --- Files and rows ----------------------------------------------------------------------------------------


def _copy_files(archive: Archive, begun: Import, say: Progress) -> tuple[int, int]:
    """How many were copied, and how many lay there already."""
    total, done, copied, there = archive.manifest.files_size, 0, 0, 0
    for file in archive.files(begun.schema_name):
        if store().has(file):
            there += 1
        else:
            with archive.stream(file) as stream:
                store().put(file, stream)
            copied += 1
        done += file.size
        say("Files", done, total)
    return copied, there


def _write(
    archive: Archive,
    begun: Import,
    wishes: Wishes,
    *,
    since: tuple[str, ...],
    files: tuple[int, int],
    say: Progress,
) -> Imported:
    told = archive.manifest.organisation
    ids = Ids(organisation=str(told["id"]), becomes=str(begun.future_id))
    try:
        with _transactions(begun.alias):
            organisation = _make_organisation(archive, begun, wishes)
            people = find_people(archive)
            ids.people = people.ids
            inside = organisation.as_current()
            _make_schema(inside)
            left_out: dict[str, int] = {}
            rows = restore_public(archive, ids, left_out)
            rows += restore_tables(archive, ids, inside, left_out, say)
            _invite(organisation, archive, people)
            _see_to_owner(organisation, wishes)
            note_made(organisation.schema_name, organisation.alias)
            organisation_imported.send(Organisation, organisation=organisation, actor=None, plan=wishes.plan)
            Import.objects.filter(pk=begun.pk).delete()
    except OperationalError as error:
        raise Interrupted(f"PostgreSQL has broken it off: {_first_line(error)}") from error
    except DatabaseError as error:
        reason = _first_line(error)
        raise NotAnArchive(f"its rows do not fit into the database, nothing was changed: {reason}") from error
    copied, there = files
    return Imported(organisation, rows, copied + there, there, people, since, left_out, ids.are_new)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


@contextmanager
def _transactions(alias: str) -> Iterator[None]:
    """One; on another server than the shared tables a second one, which commits before."""
    with ExitStack() as stack:
        for one in dict.fromkeys(("default", alias)):
            stack.enter_context(transaction.atomic(using=one))
        yield


def _make_organisation(archive: Archive, begun: Import, wishes: Wishes) -> Organisation:
    """Open, unless it was suspended."""
    told = archive.manifest.organisation
    suspended = told["status"] == OrganisationStatus.SUSPENDED
    organisation = Organisation(
        id=begun.future_id,
        schema_name=begun.schema_name,
        alias=begun.alias,
        name=wishes.name,
        slug=wishes.slug,
        language=told["language"],
        time_zone=told["time_zone"],
        accent=told["accent"],
        personal=bool(told["personal"]),
        status=OrganisationStatus.SUSPENDED if suspended else OrganisationStatus.ACTIVE,
        created_at=told["created_at"],
    )
    try:
        organisation.clean_fields()
    except ValidationError as error:
        raise CannotImport(f"its particulars are not allowed here: {' '.join(error.messages)}") from error
    addresses.settle_at(organisation, force_insert=True)
    return organisation


def _make_schema(inside: Current) -> None:
    """In place of what a run has left there that died after the first of its two commits."""
    making.drop(inside.schema, alias=inside.alias)
    with connections[inside.alias].cursor() as cursor:
        cursor.execute(current_artifact().for_schema(inside.schema))


def _invite(organisation: Organisation, archive: Archive, people: Found) -> None:
    """Those whose address belongs to an account that has not confirmed it. No e-mail is sent."""
    if not people.unsure:
        return
    memberships = f"public/{Membership._meta.db_table}.jsonl"
    for row in archive.lines(memberships, needs=("user_id", "role")):
        email = people.unsure.get(str(row["user_id"]))
        if email is not None:
            Invitation.objects.create(
                organisation=organisation,
                email=email,
                role=Role.ADMIN if row["role"] == Role.OWNER else row["role"],
                expires_at=Now() + INVITED_FOR,
                emailed_at=Now(),
            )


def _see_to_owner(organisation: Organisation, wishes: Wishes) -> None:
    if wishes.owner:
        confirmed = apps.get_model("account.EmailAddress").objects.filter(
            email__iexact=wishes.owner, verified=True
        )
        user_id = confirmed.values_list("user_id", flat=True).first()
        if user_id is None:
            raise CannotImport(f"no account here has confirmed the address {wishes.owner}")
        Membership.objects.update_or_create(
            organisation=organisation, user_id=user_id, defaults={"role": Role.OWNER}
        )
    if not Membership.objects.filter(organisation=organisation, role=Role.OWNER).exists():
        raise CannotImport("nobody would own it here: name the address of an account with --owner")
