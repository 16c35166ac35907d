"""What the organisation's files are for: of which book, who may have them, and what room they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from books.models import Book, Illustration
from collaboration import permissions
from formats import records
from formats.models import BookFormat, EditionFile, PrintPackage
from generation.errors import NotPossibleNow
from insights import recording
from insights.actions import Action
from storage import files, places
from storage.models import StoredFile
from tenants.models import Membership
from tenants.people.members import may_run


class Use(models.TextChoices):
    """What a file is for; of a file that is for several things, the first of these."""

    FORMAT = "format", gettext_lazy("Books’ files")
    EDITION = "edition", gettext_lazy("Files of earlier editions")
    PRINT = "print", gettext_lazy("Files for printers")
    PICTURE = "picture", gettext_lazy("Pictures")
    ORIGINAL = "original", gettext_lazy("Pictures as they were sent")
    PREVIEW = "preview", gettext_lazy("Pictures of first pages")
    OTHER = "other", gettext_lazy("Everything else")


GIVEN_BACK: Final = (Use.EDITION, Use.PRINT)  # what members can delete and still have the whole book
_SHOWN: Final = 10  # books or files of a list


@dataclass(frozen=True, slots=True)
class Share:
    """Room that some files take: `size` in bytes."""

    label: str
    size: int
    count: int


@dataclass(frozen=True, slots=True)
class BookShare:
    """The same of one book, and of one use where `use` says so."""

    book: Book
    size: int
    count: int
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    size: int
    count: int
    uses: list[Share]
    books: list[BookShare]  # those that take most
    returnable: list[BookShare]  # what could be given back, the most first
    largest: list[StoredFile]  # with `use` and `book_id`
    places: list[Share]


def held() -> QuerySet[Any]:
    """All files of the organisation, each with its `use` and its `book_id`, None where no book has it."""
    this = OuterRef("pk")
    sources: dict[Use, list[tuple[QuerySet[Any], str]]] = {
        Use.FORMAT: [(BookFormat.objects.filter(file=this), "book_id")],
        Use.EDITION: [(EditionFile.objects.filter(file=this), "edition__book_id")],
        Use.PRINT: [
            (PrintPackage.objects.filter(interior=this), "book_id"),
            (PrintPackage.objects.filter(cover=this), "book_id"),
        ],
        Use.PICTURE: [(Illustration.objects.filter(file=this), "book_id")],
        Use.ORIGINAL: [(Illustration.objects.filter(file__source=this), "book_id")],
        Use.PREVIEW: [(BookFormat.objects.filter(preview=this), "book_id")],
    }
    every = [(use, *source) for use, found in sources.items() for source in found]
    return StoredFile.objects.exclude(sha256="").annotate(
        use=Case(
            *(When(Exists(rows), then=Value(use.value)) for use, rows, _book in every),
            default=Value(Use.OTHER.value),
        ),
        book_id=Coalesce(*(Subquery(rows.values(book)[:1]) for _use, rows, book in every)),
    )


def visible_files(membership: Membership) -> QuerySet[Any]:
    """A file is seen by whoever sees its book; what belongs to none by owners and admins."""
    found = held()
    if may_run(membership):
        return found
    return found.filter(book_id__in=permissions.visible_books(membership).values("pk"))


def take(*, membership: Membership, file: StoredFile) -> None:
    """Note that this file of `visible_files` is taken: by whom and when, and from where."""
    row = _format_of(file)
    if row is not None:
        records.log(book_format=row, user_id=membership.user_id)
        return
    recording.record(
        Action.FILE_DOWNLOADED, actor=membership.user, resource=file, details={"use": _use(file).value}
    )


def give_back(*, membership: Membership, file: StoredFile) -> None:
    """Delete a picture as it was sent; the one that is shown stays. Raises `PermissionDenied`, and
    `NotPossibleNow` for files that are shown somewhere."""
    if _use(file) is not Use.ORIGINAL:
        raise NotPossibleNow(
            _("This file is in use: delete the edition, the package or the book it belongs to.")
        )
    if not permissions.can_edit(membership, Book.objects.get(pk=_book_id(file))):
        raise PermissionDenied
    with transaction.atomic():
        recording.record(
            Action.FILE_DELETED, actor=membership.user, resource=file, details={"size": file.size}
        )
        files.delete(file)


def holdings() -> Holdings:
    """Of the organisation entered, in eight queries whatever it holds."""
    whole = held().aggregate(size=Coalesce(Sum("size"), 0), count=Count("pk"))
    return Holdings(
        size=whole["size"],
        count=whole["count"],
        uses=[Share(str(Use(one["use"]).label), one["total"], one["count"]) for one in _sums(held(), "use")],
        books=_by_book(_sums(held().exclude(book_id=None), "book_id")[:_SHOWN]),
        returnable=_by_book(
            _sums(held().filter(use__in=GIVEN_BACK).exclude(book_id=None), "book_id", "use")[:_SHOWN]
        ),
        largest=list(held().order_by("-size", "pk")[:_SHOWN]),
        places=[Share(_called(one["place"]), one["total"], one["count"]) for one in _sums(held(), "place")],
    )


def _sums(found: QuerySet[Any], *by: str) -> QuerySet[Any]:
    sums: QuerySet[Any] = found.values(*by).annotate(total=Sum("size"), count=Count("pk"))
    return sums.order_by("-total", *by)


def _by_book(sums: Sequence[dict[str, Any]] | QuerySet[Any]) -> list[BookShare]:
    found = list(sums)
    titles = Book.objects.in_bulk([one["book_id"] for one in found])
    return [
        BookShare(
            titles[one["book_id"]], one["total"], one["count"], Use(one["use"]) if "use" in one else None
        )
        for one in found
        if one["book_id"] in titles
    ]


def _called(place: str) -> str:
    try:
        return f"{place} ({places.named(place).called})"
    except places.UnknownPlace:
        return place


def _format_of(file: StoredFile) -> BookFormat | None:
    """The format whose downloads are counted, of a book's file or an edition's."""
    if _use(file) is Use.FORMAT:
        return BookFormat.objects.filter(file=file).first()
    kept = EditionFile.objects.filter(file=file).select_related("edition").first()
    if kept is None:
        return None
    return BookFormat.objects.filter(book_id=kept.edition.book_id, format=kept.format).first()


def _use(file: StoredFile) -> Use:
    return Use(file.use)  # type: ignore[attr-defined] # of `held`


def _book_id(file: StoredFile) -> UUID:
    found: UUID = file.book_id  # type: ignore[attr-defined] # of `held`
    return found
