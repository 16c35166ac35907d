"""Having files made again, keeping editions of them, and choosing another design."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.limits import allowance
from billing.models import Metric
from books.models import Book
from formats import designs, records
from formats.models import BookDesign, BookFormat, Edition, FormatType
from generation import commission, designing, downloads, editions
from generation.designing import Choice, InvalidDesign
from generation.errors import NotPossibleNow
from generation.models import BookJob
from insights.models import ActivityLog
from jobs.models import Step
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
from tests.factories.books import add_format, make_book, make_file, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.generation.driving import drive


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def membership(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.fixture
def reader(organisation: Organisation) -> Membership:
    """A member who may look at the book and not change it."""
    made: Membership = MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.MEMBER)
    return made


@pytest.fixture
def book(inside: Current, member: User) -> Book:
    """A finished guide of Max's, none of whose files is made yet."""
    book = make_book(member)
    book.jobs.update(status=BookJob.Status.COMPLETED)
    write_chapter(book, 1)
    records.expect_formats(book)
    return book


def formats_of(book: Book) -> dict[str, str]:
    return dict(book.formats.values_list("format", "status"))


def test_files_are_made_and_then_up_to_date_without_a_job(book: Book, membership: Membership) -> None:
    assert commission.refresh_formats(membership=membership, book=book) is not None
    drive()
    assert set(formats_of(book).values()) == {"READY"}
    jobs, steps = BookJob.objects.count(), Step.objects.count()

    assert commission.refresh_formats(membership=membership, book=book) is None

    assert (BookJob.objects.count(), Step.objects.count()) == (jobs, steps)


def test_all_formats_of_a_book_wait_side_by_side(book: Book, membership: Membership) -> None:
    job = commission.refresh_formats(membership=membership, book=book)
    assert job is not None
    waiting = Step.objects.filter(job_id=job.pk, status="PENDING", kind="formats.build")
    assert waiting.count() == len(FormatType.values)


def test_one_format_is_asked_for_by_itself(book: Book, membership: Membership) -> None:
    job = commission.refresh_formats(membership=membership, book=book, formats=["HTML"])
    drive()
    assert job is not None
    assert Step.objects.filter(job_id=job.pk, kind="formats.build").count() == 1
    made = {name for name, status in formats_of(book).items() if status == "READY"}
    assert made == {"HTML"}
    job.refresh_from_db()
    assert job.status == BookJob.Status.COMPLETED


def test_changed_text_makes_again_what_is_asked_for(book: Book, membership: Membership) -> None:
    commission.refresh_formats(membership=membership, book=book, formats=["HTML", "MARKDOWN"])
    drive()
    before = book.formats.get(format="MARKDOWN")
    write_chapter(book, 2)
    states = {file.row.format: file.state for file in downloads.files_of(book)}
    assert (states["HTML"], states["MARKDOWN"], states["PDF"]) == ("behind", "behind", "failed")

    commission.refresh_formats(membership=membership, book=book, formats=["MARKDOWN"])
    drive()

    after = book.formats.get(format="MARKDOWN")
    assert after.content_hash != before.content_hash
    states = {file.row.format: file.state for file in downloads.files_of(book)}
    assert (states["HTML"], states["MARKDOWN"]) == ("behind", "ready")


def test_asking_twice_starts_one_job(book: Book, membership: Membership) -> None:
    first = commission.refresh_formats(membership=membership, book=book)
    second = commission.refresh_formats(membership=membership, book=book)
    assert first is not None
    assert second == first
    assert {file.state for file in downloads.files_of(book)} == {"waiting"}


def test_file_that_a_stopped_job_left_is_not_waited_for(book: Book, membership: Membership) -> None:
    commission.refresh_formats(membership=membership, book=book)
    book.jobs.update(status=BookJob.Status.FAILED)
    assert {file.state for file in downloads.files_of(book)} == {"failed"}


def test_files_of_an_unfinished_book_are_not_made(book: Book, membership: Membership) -> None:
    Book.objects.filter(pk=book.pk).update(status=Book.Status.FAILED)
    book.refresh_from_db()
    with pytest.raises(NotPossibleNow):
        commission.refresh_formats(membership=membership, book=book)


def test_who_may_only_look_has_nothing_made(book: Book, reader: Membership) -> None:
    with pytest.raises(PermissionDenied):
        commission.refresh_formats(membership=reader, book=book)
    with pytest.raises(PermissionDenied):
        editions.keep_edition(membership=reader, book=book)
    with pytest.raises(PermissionDenied):
        designing.choose_design(membership=reader, book=book, choice=Choice())
    assert not BookDesign.objects.exists()


def test_colophon_says_how_the_book_was_made_and_not_who_sets_it(book: Book, membership: Membership) -> None:
    book.jobs.update(options={"text": "storyteller", "pictures": "cutpaper"})
    job = commission.refresh_formats(membership=membership, book=book, formats=["MARKDOWN"])
    assert job is not None
    job.options |= {"text": "openai"}
    job.save()
    drive()
    row = book.formats.select_related("file").get(format="MARKDOWN")
    assert row.file is not None
    assert "without a language model" in files.read(row.file).decode()


def test_edition_keeps_the_files_as_they_are(book: Book, membership: Membership, inside: Current) -> None:
    row = add_format(book, "EPUB", b"the first text")
    used = allowance(inside.organisation_id, Metric.STORAGE_USED).used

    edition = editions.keep_edition(membership=membership, book=book, name="  First\tprinting ")

    assert (edition.name, edition.number, edition.created_by) == ("First printing", 1, membership.user)
    assert [(one.format, one.file_id) for one in edition.files.all()] == [("EPUB", row.file_id)]
    assert allowance(inside.organisation_id, Metric.STORAGE_USED).used == used
    assert ActivityLog.objects.filter(action="edition.kept", details__name="First printing").exists()


def test_file_of_an_edition_outlives_the_next_build(book: Book, membership: Membership) -> None:
    row = add_format(book, "EPUB", b"the first text")
    edition = editions.keep_edition(membership=membership, book=book)
    newer = make_file(b"the second", name="b.epub", content_type="application/epub+zip")
    for before in records.record_ready(book_format=row, file=newer, content_hash="2", engine="e"):
        records.discard(before)
    kept = edition.files.select_related("file").get()
    assert files.read(kept.file) == b"the first text"

    editions.delete_edition(membership=membership, edition=edition)

    assert list(StoredFile.objects.all()) == [newer]
    assert ActivityLog.objects.filter(action="edition.deleted").exists()


def test_deleting_an_edition_leaves_what_the_book_shows(book: Book, membership: Membership) -> None:
    row = add_format(book, "EPUB", b"today")
    first, second = (editions.keep_edition(membership=membership, book=book) for _ in range(2))
    editions.delete_edition(membership=membership, edition=first)
    assert list(book.editions.all()) == [second]
    assert row.file is not None
    assert files.read(row.file) == b"today"


def test_edition_without_a_name_is_called_by_its_number(book: Book, membership: Membership) -> None:
    add_format(book)
    names = [editions.keep_edition(membership=membership, book=book).name for _ in range(2)]
    assert names == ["Edition 1", "Edition 2"]


def test_edition_needs_a_file_and_a_name_that_fits(book: Book, membership: Membership) -> None:
    with pytest.raises(NotPossibleNow):
        editions.keep_edition(membership=membership, book=book)
    add_format(book)
    with pytest.raises(editions.InvalidEdition):
        editions.keep_edition(membership=membership, book=book, name="x" * 121)
    Edition.objects.bulk_create(
        Edition(book=book, number=number, name=str(number)) for number in range(1, editions.MOST + 1)
    )
    with pytest.raises(NotPossibleNow):
        editions.keep_edition(membership=membership, book=book)


def test_chosen_design_is_worn_and_the_files_follow(book: Book, membership: Membership) -> None:
    choice = Choice("modern-novel", "custom", Decimal("130.04"), Decimal(200))
    assert designing.choose_design(membership=membership, book=book, choice=choice)
    theme = designs.design_of(book)
    assert (theme.name, round(theme.width, 2)) == ("modern-novel", 368.5)
    assert book.jobs.filter(purpose=BookJob.Purpose.FORMATS).count() == 1
    assert ActivityLog.objects.filter(action="design.chosen", details__theme="modern-novel").exists()


def test_same_design_again_changes_nothing(book: Book, membership: Membership) -> None:
    choice = Choice("modern-novel", "A5")
    designing.choose_design(membership=membership, book=book, choice=choice)
    assert not designing.choose_design(membership=membership, book=book, choice=choice)
    assert book.jobs.filter(purpose=BookJob.Purpose.FORMATS).count() == 1


def test_design_keeps_a_style_sheet_that_was_there(book: Book, membership: Membership) -> None:
    BookDesign.objects.create(book=book, stylesheet="p {color: red}")
    designing.choose_design(membership=membership, book=book, choice=Choice("modern-novel", "A5"))
    assert BookDesign.objects.get(book=book).stylesheet == "p {color: red}"


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (Choice(theme="gothic"), "theme"),
        (Choice(theme="picture-book"), "theme"),  # the book is a guide
        (Choice(trim="1x1"), "trim"),
        (Choice(trim="custom"), "width"),
        (Choice("", "custom", Decimal(0), Decimal(200)), "width"),
        (Choice("", "custom", Decimal("1e9"), Decimal(200)), "width"),
        (Choice("", "custom", Decimal(-150), Decimal(200)), "width"),
        (Choice("", "custom", Decimal("NaN"), Decimal(200)), "width"),
        (Choice("", "custom", Decimal(150), Decimal("Infinity")), "height"),
    ],
)
def test_design_that_cannot_be_is_refused_by_field(
    book: Book, membership: Membership, choice: Choice, field: str
) -> None:
    with pytest.raises(InvalidDesign) as refused:
        designing.choose_design(membership=membership, book=book, choice=choice)
    assert field in refused.value.errors
    assert not BookDesign.objects.exists()


def test_row_of_a_failed_format_is_asked_for_again(book: Book, membership: Membership) -> None:
    row = book.formats.get(format="MARKDOWN")
    records.record_failure(book_format=row, error="no room")
    assert commission.refresh_formats(membership=membership, book=book, formats=["MARKDOWN"]) is not None
    drive()
    assert BookFormat.objects.get(pk=row.pk).status == "READY"
