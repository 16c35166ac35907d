"""A package for a printer as a durable step: made in the child, kept, not made twice, and its faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied

from billing.models import Plan
from books.models import Book, Chapter
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from formats import problems
from formats.models import PrintPackage
from formats.printing.order import Order
from formats.printing.sentences import told
from generation import printing
from generation.errors import NotPossibleNow
from insights.models import ActivityLog
from jobs.control import request_cancel, retry_job
from jobs.models import Job
from storage import files
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
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
def book(inside: Current, member: User) -> Book:
    book = Book.objects.create(
        kind="guide", language="en", title="Beans", topic="Beans", status=Book.Status.READY, author=member
    )
    for number in range(1, 3):
        chapter = Chapter.objects.create(book=book, number=number, title=f"Part {number}")
        write_chapter(chapter_id=chapter.pk, text="Words of beans. " * 40, origin=Revision.Origin.AI)
    return book


def order(**more: Any) -> Order:
    return Order.of({"printer": "custom", "binding": "paperback", "paper": "white", "trim": "6x9", **more})


def test_files_are_made_and_kept(book: Book, membership: Membership) -> None:
    package = printing.order_package(membership=membership, book=book, order=order())
    assert package.status == PrintPackage.Status.PENDING
    assert drive() == ["formats.print"]

    package.refresh_from_db()
    assert package.status == PrintPackage.Status.READY
    assert package.interior is not None and package.cover is not None
    with pikepdf.open(files.open_file(package.interior)) as pdf:
        assert len(pdf.pages) == package.pages
        assert len(pdf.pages) % 4 == 0
    assert package.interior.name == "beans-custom-interior.pdf"
    assert {check.outcome for check in told(package.report, "interior")} == {"pass"}
    assert Job.objects.get(subject_id=package.pk).state == "DONE"
    assert ActivityLog.objects.filter(action="print.asked").count() == 1


def test_same_order_is_made_once_until_the_book_changes(book: Book, membership: Membership) -> None:
    first = printing.order_package(membership=membership, book=book, order=order())
    assert printing.order_package(membership=membership, book=book, order=order()) == first
    assert Job.objects.filter(subject_type="formats.package").count() == 1
    drive()
    first.refresh_from_db()
    made = (first.interior_id, first.cover_id)

    printing.order_package(membership=membership, book=book, order=order())
    drive()
    first.refresh_from_db()
    assert (first.interior_id, first.cover_id) == made

    write_chapter(
        chapter_id=book.chapters.earliest("number").pk, text="Other words.", origin=Revision.Origin.PERSON
    )
    printing.order_package(membership=membership, book=book, order=order())
    drive()
    first.refresh_from_db()
    assert first.interior_id not in made
    assert StoredFile.objects.exclude(sha256="").count() == 2
    assert PrintPackage.objects.count() == 1


def test_book_that_cannot_be_set_says_why(book: Book, membership: Membership) -> None:
    book.chapters.all().delete()
    package = printing.order_package(membership=membership, book=book, order=order())
    drive()
    package.refresh_from_db()
    assert package.status == PrintPackage.Status.FAILED
    assert "chapter" in problems.told(package.error)
    assert package.interior is None


def test_job_that_is_tried_again_makes_the_package(book: Book, membership: Membership) -> None:
    texts = list(book.chapters.values_list("pk", "text"))
    book.chapters.update(text="")
    package = printing.order_package(membership=membership, book=book, order=order())
    drive()
    for chapter, text in texts:
        Chapter.objects.filter(pk=chapter).update(text=text)
    retry_job(job_id=Job.objects.get(subject_id=package.pk).pk)
    package.refresh_from_db()
    assert package.status == PrintPackage.Status.PENDING
    drive()
    package.refresh_from_db()
    assert package.status == PrintPackage.Status.READY


def test_cancelled_job_leaves_no_package_waiting(book: Book, membership: Membership) -> None:
    package = printing.order_package(membership=membership, book=book, order=order())
    request_cancel(job_id=Job.objects.get(subject_id=package.pk).pk)
    drive()
    package.refresh_from_db()
    assert package.status == PrintPackage.Status.FAILED


def test_full_plan_fails_the_package(book: Book, membership: Membership) -> None:
    Plan.objects.update(storage_limit=10)
    package = printing.order_package(membership=membership, book=book, order=order())
    drive()
    package.refresh_from_db()
    assert package.status == PrintPackage.Status.FAILED


def test_deleted_package_gives_its_space_back(book: Book, membership: Membership) -> None:
    package = printing.order_package(membership=membership, book=book, order=order())
    with pytest.raises(NotPossibleNow):
        printing.delete_package(membership=membership, package=package)
    drive()
    package = PrintPackage.objects.get(pk=package.pk)
    printing.delete_package(membership=membership, package=package)
    assert not StoredFile.objects.exclude(sha256="").exists()
    assert not PrintPackage.objects.exists()


def test_only_finished_books_of_those_who_may_edit(
    book: Book, organisation: Organisation, membership: Membership
) -> None:
    guest = MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.GUEST)
    with pytest.raises(PermissionDenied):
        printing.order_package(membership=guest, book=book, order=order())
    book.status = Book.Status.GENERATING
    with pytest.raises(NotPossibleNow):
        printing.order_package(membership=membership, book=book, order=order())
    assert not PrintPackage.objects.exists()


def test_book_has_only_so_many_packages(book: Book, membership: Membership) -> None:
    for number in range(printing.MOST):
        PrintPackage.objects.create(book=book, printer="kdp", specification={"number": number})
    with pytest.raises(NotPossibleNow):
        printing.order_package(membership=membership, book=book, order=order())
