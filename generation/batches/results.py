"""What a batch gives back: a table of its rows, and all finished files in one archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from formats import records
from formats.models import BookFormat, FormatType
from generation.batches.checking import column_name, reader_language
from generation.batches.columns import COLUMN, COLUMNS
from generation.batches.models import Batch, BatchRow
from insights import recording
from insights.actions import Action
from insights.spreadsheets import as_csv
from storage import files
from storage.models import StoredFile
from tenants import context
from tenants.accounts.models import User

_LONGEST_NAME: Final = 60
_EXAMPLES: Final = {
    "en": (
        ("Noor", "7", "she", "brown", "braids", "black", "yes", "no", "coat", "blue", "owl", "Olive",
         "For Noor, who asks the best questions.", "A-1001"),
        ("Leo", "5", "he", "fair", "short", "blond", "no", "yes", "overalls", "green", "fox", "",
         "", "A-1002"),
    ),
    "fr": (
        ("Noor", "7", "elle", "brune", "tresses", "noirs", "oui", "non", "manteau", "bleu", "chouette",
         "Olive", "Pour Noor, qui pose les meilleures questions.", "A-1001"),
        ("Léo", "5", "il", "rosée", "courts", "blonds", "non", "oui", "salopette", "vert", "renard", "",
         "", "A-1002"),
    ),
}  # fmt: skip


def example_file(language: str) -> str:
    """A file to fill in, in the words of the language; with `;` in French, as spreadsheets there expect."""
    header = [column.name(language) for column in COLUMNS]
    return "".join(as_csv([header, *_EXAMPLES[language]], separator=";" if language == "fr" else ","))


def as_table(batch: Batch, *, address: Callable[[UUID], str]) -> Iterator[str]:
    """The rows as CSV: as they were given, their books' ids, states, errors and addresses. Two queries."""
    return as_csv(_table(batch, address))


def files_of(batch: Batch, format_: str, visible: Any) -> list[tuple[BatchRow, BookFormat]]:
    """The finished files of one format among `visible` books, by row. One query."""
    ready = BookFormat.objects.filter(
        book__batch_row__batch=batch, book__in=visible, format=format_, file__isnull=False
    )
    found = ready.select_related("file", "book__batch_row").order_by("book__batch_row__number")
    return [(one.book.batch_row, one) for one in found]


def archive(found: Sequence[tuple[BatchRow, BookFormat]], *, batch: Batch, by: User) -> Iterator[bytes]:
    """One zip file of them, piece by piece as it is taken; none is held as a whole. Logged as downloads."""
    records.log_all(book_formats=[each for _row, each in found], user_id=by.pk)
    told = {"format": found[0][1].format if found else "", "books": len(found)}
    recording.record(Action.BATCH_DOWNLOADED, actor=by, resource=batch, details=told)
    named = [(_name(row, one), one.file) for row, one in found]
    return _zipped(named, context.current())


def as_format(name: str) -> str:
    """A format by its name in an address. Raises `LookupError`."""
    if name.upper() not in FormatType.values:
        raise LookupError(name)
    return name.upper()


def _table(batch: Batch, address: Callable[[UUID], str]) -> Iterator[Sequence[str]]:
    rows = list(batch.rows.select_related("book"))
    used = [column.key for column in COLUMNS if any(column.key in row.given for row in rows)]
    header = [_("Row"), *map(column_name, used)]
    yield [*header, _("State"), _("Error"), _("Title"), _("Book"), _("Address")]
    for row in rows:
        given = [row.given.get(key, "") for key in used]
        yield [str(row.number), *given, row.get_status_display(), told_errors(row), *_book(row, address)]


def _book(row: BatchRow, address: Callable[[UUID], str]) -> list[str]:
    if row.book is None:
        return ["", "", ""]
    return [row.book.display_title, str(row.book.pk), address(row.book.pk)]


def told_errors(row: BatchRow) -> str:
    """Everything that is wrong with a row, in one line."""
    colon = "\u00a0: " if reader_language() == "fr" else ": "
    sentences = [
        f"{column_name(key)}{colon}{' '.join(texts)}" if key in COLUMN else " ".join(texts)
        for key, texts in row.errors.items()
    ]
    return " ".join([*sentences, row.error]).strip()


def _name(row: BatchRow, one: BookFormat) -> str:
    """Such as `012 Noor - The lost kite.pdf`: in the order of the rows, and fit for every file system."""
    hero = str((row.hero or {}).get("name", ""))
    suffix = "." + one.file.name.rpartition(".")[2] if one.file and "." in one.file.name else ""
    words = " - ".join(filter(None, [hero, one.book.title]))
    safe = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", words)
    return f"{row.number:03d} {' '.join(safe.split())[:_LONGEST_NAME].strip(' .')}{suffix}"


def _zipped(named: Iterable[tuple[str, StoredFile | None]], inside: context.Current) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, file in named:
            if file is None:
                continue
            with archive.open(name, "w", force_zip64=True) as entry:
                for block in _inside(files.blocks(file), inside):
                    entry.write(block)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def _inside(blocks: Iterator[bytes], inside: context.Current) -> Iterator[bytes]:
    """Each block read with the organisation entered: the stream is taken after the request has left it."""
    while True:
        with context.entered(inside):
            block = next(blocks, None)
        if block is None:
            return
        yield block


class _Pipe(io.RawIOBase):
    """What is written and not yet taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
