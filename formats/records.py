"""A book's formats as rows: which are ready, from which text, and who took them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from books.models import Book
from formats.models import BookDownload, BookFormat, EditionFile, FormatType, PrintPackage
from insights.origin import origin
from storage import files
from storage.models import StoredFile


class NotReady(Exception):
    """The format has not been made yet, or could not be made."""


def expect_formats(book: Book) -> list[BookFormat]:
    """A row for each format that the book will have, waiting where there is none yet."""
    BookFormat.objects.bulk_create(
        [BookFormat(book=book, format=format_) for format_ in FormatType.values], ignore_conflicts=True
    )
    return list(book.formats.order_by("format"))


def record_ready(
    *,
    book_format: BookFormat,
    file: StoredFile,
    content_hash: str,
    engine: str,
    checks: Sequence[Mapping[str, Any]] = (),
    pages: int | None = None,
    preview: StoredFile | None = None,
) -> list[StoredFile]:
    """Note a finished build. Returns the files that it took the place of, for the caller to `discard`."""
    with transaction.atomic():
        row = BookFormat.objects.select_for_update().get(pk=book_format.pk)
        replaced = [row.file, row.preview]
        row.file, row.size, row.sha256 = file, file.size, file.sha256
        row.content_hash, row.engine, row.error = content_hash, engine, ""
        row.checks, row.pages, row.preview = list(checks), pages, preview
        row.status, row.built_at = BookFormat.Status.READY, timezone.now()
        row.save()
    return [before for before in replaced if before is not None]


def record_failure(*, book_format: BookFormat, error: str) -> None:
    """Note that a build failed. A file from an earlier build stays where it is."""
    BookFormat.objects.filter(pk=book_format.pk).update(status=BookFormat.Status.FAILED, error=error[:2000])


def take(*, book_format: BookFormat, user_id: UUID | None) -> StoredFile:
    """The file of a format, with the download logged. Raises `NotReady`."""
    if book_format.file is None:
        raise NotReady
    log(book_format=book_format, user_id=user_id)
    return book_format.file


def log(*, book_format: BookFormat, user_id: UUID | None) -> None:
    """Note who takes a file of this format, be it today's or an edition's, and from where."""
    here = origin()
    BookDownload.objects.create(
        book_id=book_format.book_id,
        format=book_format,
        user_id=user_id,
        ip_address=here.ip_address,
        user_agent=here.user_agent,
    )


def log_all(*, book_formats: Sequence[BookFormat], user_id: UUID | None) -> None:
    """The same for many at once, in one query."""
    here = origin()
    BookDownload.objects.bulk_create(
        BookDownload(
            book_id=each.book_id,
            format=each,
            user_id=user_id,
            ip_address=here.ip_address,
            user_agent=here.user_agent,
        )
        for each in book_formats
    )


def discard(file: StoredFile) -> None:
    """Remove a file, unless a format, an edition or a package for a printer shows it still."""
    if not _is_shown(file):
        files.delete(file)


def _is_shown(file: StoredFile) -> bool:
    return (
        BookFormat.objects.filter(Q(file=file) | Q(preview=file)).exists()
        or EditionFile.objects.filter(file=file).exists()
        or PrintPackage.objects.filter(Q(interior=file) | Q(cover=file)).exists()
    )
