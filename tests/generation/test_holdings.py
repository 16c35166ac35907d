"""What files are for, who may have them, and what room they take."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from books.models import Book, Illustration
from formats.models import BookDownload, PrintPackage
from generation import holdings
from generation.editions import keep_edition
from generation.errors import NotPossibleNow
from generation.holdings import Use
from generation.models import BookJob
from insights.models import ActivityLog
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
from tests.factories.books import add_format, make_book, make_file, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(inside: Current, member: User, isolated_files: None) -> Book:
    """With one file of each use."""
    made = make_book(member)
    Illustration.objects.all().delete()
    StoredFile.objects.all().delete()
    made.jobs.update(status=BookJob.Status.COMPLETED)
    write_chapter(made, 1)
    row = add_format(made, data=b"old" * 10)
    keep_edition(membership=_of(member), book=made, name="First")
    row = add_format(made, data=b"today" * 10)
    row.preview = _file("preview.jpg", 5)
    row.save()
    PrintPackage.objects.create(book=made, printer="kdp", interior=_file("inside.pdf", 400), cover=None)
    shown = _file("shown.jpg", 70)
    shown.source = _file("sent.png", 300)
    shown.save()
    Illustration.objects.create(book=made, kind=Illustration.Kind.COVER, file=shown)
    _file("nobody.pdf", 1)
    return made


@pytest.fixture
def isolated_files(settings: Any, tmp_path: Any) -> None:
    disk = {"BACKEND": "storage.places.disk.Disk", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": disk}


def _file(name: str, size: int) -> StoredFile:
    return make_file(b"x" * size, name=name, content_type="application/pdf")


def _of(user: User) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(user=user)


def _one(use: Use) -> StoredFile:
    return holdings.held().get(use=use)


def test_each_file_is_for_one_thing_and_of_one_book(book: Book) -> None:
    found = {use: (size, of) for use, size, of in holdings.held().values_list("use", "size", "book_id")}
    assert found == {
        "format": (50, book.pk),
        "edition": (30, book.pk),
        "print": (400, book.pk),
        "picture": (70, book.pk),
        "original": (300, book.pk),
        "preview": (5, book.pk),
        "other": (1, None),
    }


def test_room_is_told_by_use_book_and_place(book: Book, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(8):
        told = holdings.holdings()
    assert (told.size, told.count) == (856, 7)
    assert [(one.label, one.size) for one in told.uses[:2]] == [
        ("Files for printers", 400),
        ("Pictures as they were sent", 300),
    ]
    assert [(one.book, one.size, one.count) for one in told.books] == [(book, 855, 6)]
    assert [(one.use, one.size) for one in told.returnable] == [
        (Use.PRINT, 400),
        (Use.EDITION, 30),
    ]
    assert told.largest[0].name == "inside.pdf"
    assert [(one.label, one.size) for one in told.places] == [("default (disk)", 856)]


def test_files_are_seen_with_their_book(book: Book, organisation: Organisation, owner: User) -> None:
    guest = MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.GUEST)
    assert holdings.visible_files(_of(owner)).count() == 7
    assert holdings.visible_files(_of(book.author)).count() == 6  # type: ignore[arg-type]
    assert holdings.visible_files(guest).count() == 0


def test_taking_a_file_is_noted(book: Book, member: User) -> None:
    for use in (Use.FORMAT, Use.EDITION, Use.PICTURE):
        holdings.take(membership=_of(member), file=_one(use))
    assert [(one.book_id, one.user_id) for one in BookDownload.objects.all()] == [(book.pk, member.pk)] * 2
    (noted,) = ActivityLog.objects.filter(action="file.downloaded")
    assert (noted.actor_id, noted.details, noted.resource_name) == (
        member.pk,
        {"use": "picture"},
        "shown.jpg",
    )


def test_picture_as_it_was_sent_is_given_back_by_whoever_edits(
    book: Book, member: User, organisation: Organisation
) -> None:
    other = MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.MEMBER)
    with pytest.raises(PermissionDenied):
        holdings.give_back(membership=other, file=_one(Use.ORIGINAL))
    holdings.give_back(membership=_of(member), file=_one(Use.ORIGINAL))
    assert not holdings.held().filter(use=Use.ORIGINAL).exists()
    assert _one(Use.PICTURE).source is None


@pytest.mark.parametrize("use", [Use.FORMAT, Use.EDITION, Use.PRINT, Use.PICTURE, Use.PREVIEW, Use.OTHER])
def test_what_is_shown_is_not_given_back(book: Book, owner: User, use: Use) -> None:
    with pytest.raises(NotPossibleNow):
        holdings.give_back(membership=_of(owner), file=_one(use))
    assert holdings.held().filter(use=use).exists()
