"""Before anything is made: a batch from a file or from heroes, put right row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from collaboration import permissions as books
from generation.batches import permissions
from generation.batches.checking import check_row, checked_rows, take_over
from generation.batches.columns import COLUMN
from generation.batches.models import Batch, BatchRow
from generation.batches.sheet import BadSheet, GivenRow, Sheet, check_count
from generation.batches.states import IN_THE_MAKING, UNBEGUN, move_rows
from generation.batches.template import LONGEST_NAME, Template, checked_template
from generation.briefs import InvalidBrief, clean
from generation.errors import NotPossibleNow
from insights import recording
from insights.actions import Action
from tenants.models import Membership
from tenants.organisations import features

B, R = Batch.Status, BatchRow.Status


def create_batch(*, by: Membership, name: str, template: Template, sheet: Sheet) -> Batch:
    """A draft: nothing is made before it is begun, and no book is counted.

    Three queries for the rows of any number. Raises `InvalidBrief` for the template, `NotInPlan`,
    `PermissionDenied`.
    """
    if not books.can_commission(by):
        raise PermissionDenied
    features.check(by.organisation_id, features.BATCHES)
    name, template = _checked(name, template)
    with transaction.atomic():
        batch = Batch.objects.create(
            name=name, template=template.as_json(), remarks=list(sheet.remarks), created_by=by.user
        )
        _write_rows(batch, checked_rows(template, sheet.rows))
        recording.record(
            Action.BATCH_CREATED, actor=by.user, resource=batch, details={"rows": len(sheet.rows)}
        )
    batch.refresh_from_db()
    return batch


def preview(*, name: str, template: Template, sheet: Sheet) -> list[BatchRow]:
    """The rows as they would be, with nothing saved. Raises `InvalidBrief`."""
    _name, template = _checked(name, template)
    return checked_rows(template, sheet.rows)


def change_batch(*, by: Membership, batch: Batch, name: str, template: Template, sheet: Sheet | None) -> None:
    """Other words for all, or another file, as long as nothing is begun. Raises like `create_batch`."""
    _may_change(by, batch)
    name, template = _checked(name, template)
    with transaction.atomic():
        batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if batch.status != B.DRAFT:
            raise NotPossibleNow(_("This batch has begun: what its books are about stays as it is."))
        given = sheet.rows if sheet else [_given(row) for row in batch.rows.all()]
        numbers = batch.rows.filter(status=R.LEFT_OUT).values_list("number", flat=True)
        left_out = [] if sheet else list(numbers)
        batch.name, batch.template = name, template.as_json()
        batch.remarks = list(sheet.remarks) if sheet else batch.remarks
        batch.save(update_fields=["name", "template", "remarks", "updated_at"])
        batch.rows.all().delete()
        _write_rows(batch, checked_rows(template, given))
        move_rows(batch.rows.filter(number__in=left_out), to=R.LEFT_OUT)


def correct_row(*, by: Membership, batch: Batch, number: int, cells: Mapping[str, str]) -> BatchRow:
    """Put other texts into a row of which nothing has been made; `NotPossibleNow` once something has.

    In a batch that is under way a row that is right by now waits for its turn with the others.
    """
    _may_change(by, batch)
    given = {name: clean(text) for name, text in cells.items() if name in COLUMN and clean(text)}
    with transaction.atomic():
        row = _unbegun(batch, number)
        row.given = given
        found = check_row(Template.from_json(batch.template), given)
        take_over(row, found)
        row.same_as = _earlier(batch, row)
        row.save()
    return row


def leave_out(*, by: Membership, batch: Batch, number: int) -> None:
    """Make no book of this row."""
    _may_change(by, batch)
    with transaction.atomic():
        move_rows(BatchRow.objects.filter(pk=_unbegun(batch, number).pk), to=R.LEFT_OUT)


def leave_out_doubles(*, by: Membership, batch: Batch) -> int:
    """Make one book, not two, of rows that say the same; answers how many are left out."""
    _may_change(by, batch)
    return move_rows(batch.rows.filter(same_as__isnull=False, status=R.WAITING), to=R.LEFT_OUT)


def take_in(*, by: Membership, batch: Batch, number: int) -> BatchRow:
    """Have a row that was left out after all."""
    return correct_row(by=by, batch=batch, number=number, cells=_row(batch, number).given)


def delete_batch(*, by: Membership, batch: Batch) -> None:
    """Forget a batch and its rows. Its books stay. `NotPossibleNow` while it is under way."""
    _may_change(by, batch)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        under_way = batch.status in (B.RUNNING, B.PAUSED)
        if under_way or batch.rows.filter(status__in=IN_THE_MAKING).exists():
            raise NotPossibleNow(_("Books of this batch are in the making. Cancel it first."))
        recording.record(Action.BATCH_DELETED, actor=by.user, resource=batch)
        batch.delete()


def sheet_of_heroes(heroes: Sequence[Mapping[str, Any]]) -> Sheet:
    """As from a file, from plain data: numbers, and true or false, may stand as such. Raises `BadSheet`."""
    check_count(len(heroes))
    if not heroes:
        raise BadSheet(_("Give at least one hero."))
    rows = [GivenRow(number, _texts(hero)) for number, hero in enumerate(heroes, 1)]
    return Sheet(rows, [])


def _checked(name: str, template: Template) -> tuple[str, Template]:
    name, faults = clean(name), {}
    if not name:
        faults["name"] = [_("Give the batch a name.")]
    elif len(name) > LONGEST_NAME:
        faults["name"] = [_("Keep the name to %(limit)d characters at most.") % {"limit": LONGEST_NAME}]
    try:
        template = checked_template(template)
    except InvalidBrief as invalid:
        faults |= invalid.errors
    if faults:
        raise InvalidBrief(faults)
    return name, template


def _write_rows(batch: Batch, rows: Sequence[BatchRow]) -> None:
    for row in rows:
        row.batch = batch
    BatchRow.objects.bulk_create(rows)


def _given(row: BatchRow) -> GivenRow:
    return GivenRow(row.number, row.given)


def _texts(hero: Mapping[str, Any]) -> dict[str, str]:
    said = {True: "yes", False: "no"}
    return {
        name: said[value] if isinstance(value, bool) else str(value)
        for name, value in hero.items()
        if name in COLUMN and value is not None and value != ""
    }


def _may_change(by: Membership, batch: Batch) -> None:
    if not permissions.can_change(by, batch):
        raise PermissionDenied


def _row(batch: Batch, number: int) -> BatchRow:
    row: BatchRow = batch.rows.get(number=number)
    return row


def _unbegun(batch: Batch, number: int) -> BatchRow:
    row: BatchRow = batch.rows.select_for_update().get(number=number)
    if row.status not in UNBEGUN or batch.status == B.CANCELLED:
        raise NotPossibleNow(_("This row has its book already, or its batch was cancelled."))
    return row


def _earlier(batch: Batch, row: BatchRow) -> int | None:
    """The number of the first other row that says the same."""
    if row.hero is None:
        return None
    same = batch.rows.filter(hero=row.hero, dedication=row.dedication, number__lt=row.number)
    number: int | None = same.order_by("number").values_list("number", flat=True).first()
    return number
