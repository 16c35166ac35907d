"""Batches as their pages show them: rows in the reader's words, and what there is of each state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from generation.batches import permissions
from generation.batches.checking import column_name, reader_language
from generation.batches.columns import COLUMN
from generation.batches.models import Batch, BatchRow
from generation.batches.overview import Overview
from generation.errors import NotPossibleNow
from tenants.organisations.features import NotInPlan
from web.access import MemberRequest

PAGE = 50
_CHOSEN = ("pronoun", "skin", "hair", "hair_colour", "outfit", "colour", "companion")
CSV = "text/csv; charset=utf-8"
Response = TypeVar("Response", bound=HttpResponseBase)
_TONES = {"DONE": "good", "WRONG": "bad", "FAILED": "bad", "MAKING": "busy", "BEGINNING": "busy"}
_BATCH_TONES = {"RUNNING": "busy", "PAUSED": "bad", "COMPLETED": "good"}


@dataclass(frozen=True)
class Line:
    """A row of a batch."""

    row: BatchRow

    @property
    def name(self) -> str:
        return str((self.row.hero or self.row.given).get("name", "") or _("No name"))

    @property
    def about(self) -> str:
        """The hero as it was understood; of a wrong row what was given."""
        if self.row.hero is None:
            given = (text for key, text in self.row.given.items() if key not in ("name", "reference"))
            return " · ".join(given)
        return " · ".join(filter(None, _words(self.row)))

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The name of the column and what is wrong with it."""
        return [(column_name(key), " ".join(texts)) for key, texts in self.row.errors.items()]

    @property
    def tone(self) -> str:
        return _TONES.get(self.row.status, "")

    @property
    def is_wrong(self) -> bool:
        return self.row.status == BatchRow.Status.WRONG

    @property
    def is_left_out(self) -> bool:
        return self.row.status == BatchRow.Status.LEFT_OUT

    @property
    def can_change(self) -> bool:
        return self.row.status in (BatchRow.Status.WRONG, BatchRow.Status.LEFT_OUT, BatchRow.Status.WAITING)


def visible_batch(request: MemberRequest, batch_id: UUID) -> Batch:
    """The batch, if this member may see it; else 404."""
    return get_object_or_404(permissions.visible_batches(request.membership), pk=batch_id)


def changeable_batch(request: MemberRequest, batch_id: UUID) -> Batch:
    """The batch, if this member may change it; 403 where they may only look."""
    batch = visible_batch(request, batch_id)
    if not permissions.can_change(request.membership, batch):
        raise PermissionDenied
    return batch


@contextmanager
def warned(request: MemberRequest) -> Iterator[None]:
    """Where something is not possible, the page says why and goes on."""
    try:
        yield
    except (NotPossibleNow, NotInPlan) as refusal:
        messages.warning(request, str(refusal))


def attached(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def file_name(batch: Batch) -> str:
    """Without a suffix."""
    return slugify(batch.name, allow_unicode=True) or "batch"


def lines(rows: Iterable[BatchRow]) -> list[Line]:
    return [Line(row) for row in rows]


def tone(batch: Batch) -> str:
    return _BATCH_TONES.get(batch.status, "")


def tabs(found: Overview, path: str, chosen: str) -> Sequence[tuple[str, str, bool]]:
    """All rows, then each state of which there is a row."""
    counts = found.counts
    kinds = [
        ("", _("All"), counts.rows),
        ("wrong", _("Need a look"), counts.wrong),
        ("double", _("Twice"), found.doubles),
        ("waiting", _("Waiting"), counts.waiting),
        ("making", _("In the making"), counts.making),
        ("done", _("Finished"), counts.done),
        ("failed", _("Stopped"), counts.failed),
        ("cancelled", _("Cancelled"), counts.cancelled),
        ("left_out", _("Left out"), counts.left_out),
    ]
    return [
        (f"{path}?show={key}" if key else path, f"{name} ({number})", key == chosen)
        for key, name, number in kinds
        if number or key == chosen or not key
    ]


def _words(row: BatchRow) -> list[str]:
    hero, language = row.hero or {}, reader_language()
    word = {key: COLUMN[key].word(hero[key], language) for key in _CHOSEN}
    return [
        str(hero["age"]),
        word["pronoun"],
        f"{column_name('skin').lower()} {word['skin']}",
        f"{column_name('hair').lower()} {word['hair']}, {word['hair_colour']}",
        *(column_name(key).lower() for key in ("glasses", "freckles") if hero[key]),
        f"{word['outfit']}, {word['colour']}",
        f"{word['companion']} {hero['companion_name']}".strip(),
    ]
