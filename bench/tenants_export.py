"""Taking one organisation out of thousands: its export beside nothing but COPY of the same tables.

Part of `bench tenants`. The organisation has books with chapters, and two revisions of each. COPY alone takes
its tables in one snapshot, as `export` does, and throws the rows away. The export packs them, digests them,
takes the slice of the shared tables along, writes the archive to a disk and reads all of it back. They take
turns; the ratio is that of the medians. `export_empty_s` and `copy_empty_s` are for an organisation without
a book, where what is the same for everybody is all there is.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.report import Demand, Number
from bench.tenants_many import SMALL

if TYPE_CHECKING:
    from tenants.models import Membership, Organisation

MANY: Final = 10 if SMALL else 5_000
BOOKS, CHAPTERS, REVISIONS = (1, 2, 1) if SMALL else (60, 20, 2)
WORDS: Final = 1_200  # of a chapter
ROUNDS: Final = 1 if SMALL else 5
MOST: Final = 3.0

DEMANDS = [Demand("export_over_copy", "<=", MOST), Demand("export_rows_missing", "==", 0)]


def figures() -> dict[str, Number]:
    from bench.installation import member_of_a_new_organisation
    from bench.tenants_many import drop_many, make_many

    member = member_of_a_new_organisation("exported")
    many = make_many(MANY)
    try:
        fill(member)
        with tempfile.TemporaryDirectory() as folder:
            taken = compare(member.organisation, Path(folder))
            empty = compare(many[MANY // 2], Path(folder))
        return {
            "export_among": MANY,
            **taken,
            "export_over_copy": taken["export_s"] / taken["copy_s"],
            "export_empty_s": empty["export_s"],
            "copy_empty_s": empty["copy_s"],
        }
    finally:
        drop_many([*many, member.organisation])


def compare(organisation: Organisation, folder: Path) -> dict[str, float]:
    """Medians of both, in seconds, and what was taken."""
    copied, exported, missing = [], [], 0
    for number in range(ROUNDS + 1):  # the first warms up
        target = folder / f"{organisation.slug}-{number}"
        copied.append(copy_alone(organisation))
        began = time.perf_counter()
        rows = export_to(target, organisation)
        exported.append(time.perf_counter() - began)
        missing += abs(copied[-1].rows - rows)
        packed = target.stat().st_size
        target.unlink()
    return {
        "copy_mb": copied[0].size / 1e6,
        "copy_s": statistics.median(one.seconds for one in copied[1:]),
        "export_s": statistics.median(exported[1:]),
        "export_packed_mb": packed / 1e6,
        "export_rows": copied[0].rows,
        "export_rows_missing": missing,
    }


@dataclass(frozen=True)
class Copied:
    seconds: float
    rows: int
    size: int  # bytes


def copy_alone(organisation: Organisation) -> Copied:
    """All of its tables in one snapshot, to nowhere."""
    from django.db import connections, transaction

    from tenants.portable.tables import tables_of

    rows = size = 0
    began = time.perf_counter()
    alias = organisation.alias
    with (
        Path("/dev/null").open("wb") as nowhere,
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in tables_of(cursor, organisation.schema_name):
            with cursor.copy(table.copy_out(organisation.schema_name)) as copy:
                for block in copy:
                    size += nowhere.write(block)
            rows += cursor.rowcount
    return Copied(time.perf_counter() - began, rows, size)


def export_to(target: Path, organisation: Organisation) -> int:
    """How many rows of its own tables are in the archive, which has been read back."""
    from tenants.portable.exporting import export

    made = export(organisation, to=target)
    return made.own_rows


def fill(member: Membership) -> None:
    """Books that are written, in the owner's name."""
    from books.models import Book, Chapter
    from collaboration.models import Revision
    from tenants.context import entered

    with entered(member.organisation):
        books = [
            Book(title=f"Book {number}", author=member.user, kind="guide", language="en")
            for number in range(BOOKS)
        ]
        Book.objects.bulk_create(books)
        texts = written()
        for book in books:
            chapters = [
                Chapter(book=book, number=number, title=f"Chapter {number}", text=next(texts))
                for number in range(1, CHAPTERS + 1)
            ]
            Chapter.objects.bulk_create(chapters)
            Revision.objects.bulk_create(
                Revision(
                    book=book, chapter=chapter, number=number, version=f"v1.{number}", origin="PERSON",
                    title=chapter.title, content=next(texts), words=WORDS, author=member.user,
                )
                for chapter in chapters
                for number in range(1, REVISIONS + 1)
            )  # fmt: skip


def written() -> Iterator[str]:
    """Texts of words that are as long, and come as often, as those of a language do."""
    chance = random.Random(7)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = [
        "".join(chance.choices(letters, weights=range(26, 0, -1), k=chance.randint(2, 10)))
        for _ in range(9_000)
    ]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    while True:
        yield " ".join(chance.choices(words, weights=weights, k=WORDS))
