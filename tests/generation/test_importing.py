"""A book brought along: its rows, what it takes of the plan, and the way back to the same file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.limits import LimitReached, allowance
from billing.models import Metric, Plan
from books.models import Book, BookSection, Contributor, Illustration
from collaboration.models import Revision
from formats import sources
from formats.builders import build
from formats.importing import BadImport
from formats.manuscript import BookSource, ChapterSource
from formats.models import BookFormat
from generation.importing import import_book
from generation.models import BookJob
from generation.steps.formats import disclosure_of
from insights.models import ActivityLog
from storage import files
from storage.models import StoredFile
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
from tests.factories.manuscripts import guide, manuscript_of, picture_book
from tests.formats.test_importing import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    return tmp_path


@pytest.fixture
def membership(inside: Current, organisation: Organisation, member: Any) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


def exported(source: BookSource) -> bytes:
    return build(manuscript_of(source), format="markdown-zip").data


def bytes_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_rows_are_what_the_file_says(membership: Membership) -> None:
    book, job = import_book(membership=membership, data=exported(everything()))
    assert (book.title, book.subtitle, book.author_name) == (
        "Starting a Garden", "A first season", "Rosa Lind"
    )  # fmt: skip
    assert (book.status, book.kind, book.language) == (Book.Status.READY, "guide", "en")
    assert book.author == membership.user
    assert list(book.chapters.values_list("number", "title", "part"))[:3] == [
        (1, "Begin with people", "The {first} part"),
        (2, "Choosing the ground", ""),
        (3, "Soil, water & light", "After #1"),
    ]
    assert list(book.contributors.values_list("name", "role")) == [
        ("Rosa Lind", "aut"), ("Ida Berg", "ill"), ("Jo: “Trans” Lator", "trl")
    ]  # fmt: skip
    assert (book.metadata.isbn_print, book.metadata.series_number) == ("9781234567897", "1a")
    assert list(book.matter.values_list("placement", "role", "title")) == [
        (BookSection.Placement.BACK, "about-author", "About the author"),
        (BookSection.Placement.FRONT, "preface", "Preface"),
    ]
    assert book.words > 1000
    assert job.purpose == BookJob.Purpose.FORMATS
    assert set(book.formats.values_list("status", flat=True)) == {BookFormat.Status.PENDING}


def test_texts_are_revisions_that_were_imported(membership: Membership) -> None:
    book, _ = import_book(membership=membership, data=exported(guide(chapters=2)))
    rows = Revision.objects.filter(book=book)
    assert {(row.number, row.version, row.origin) for row in rows} == {(1, "v1.0", Revision.Origin.IMPORTED)}
    assert {row.author_id for row in rows} == {membership.user_id}


def kept(book: Book) -> BookSource:
    return sources.book_source(book, disclosure=disclosure_of(book))


@pytest.mark.parametrize("source", [everything(), picture_book(language="fr")], ids=["guide", "story"])
def test_imported_book_is_the_one_that_was_exported(membership: Membership, source: BookSource) -> None:
    """But for the identifier, and the names of the pictures that chapters open with."""
    book, _ = import_book(membership=membership, data=exported(source))
    before, after = manuscript_of(source), manuscript_of(kept(book))
    for one, other in zip(before.chapters, after.chapters, strict=True):
        assert (one.title, one.opens, one.blocks, one.footnotes) == (
            other.title,
            other.opens,
            other.blocks,
            other.footnotes,
        )
        shown = [(figure.alt, figure.caption) if figure else None for figure in (one.picture, other.picture)]
        assert shown[0] == shown[1]
    whole = replace(after, identifier=before.identifier, modified=before.modified, assets=before.assets)
    assert replace(whole, cover=before.cover, chapters=before.chapters) == before


@pytest.mark.parametrize("source", [everything(), picture_book(language="fr")], ids=["guide", "story"])
def test_export_of_an_import_gives_the_same_bytes_again(membership: Membership, source: BookSource) -> None:
    first, _ = import_book(membership=membership, data=exported(source))
    once = exported(kept(first))
    second, _ = import_book(membership=membership, data=once)
    again = kept(second)
    assert exported(replace(again, meta=replace(again.meta, identifier=first.pk))) == once


def test_pictures_are_kept_with_what_they_stand_for(membership: Membership) -> None:
    book, _ = import_book(membership=membership, data=exported(everything()))
    rows = {
        (row.name, row.chapter.number if row.chapter else None): row
        for row in book.illustrations.select_related("chapter")
    }
    assert {key: row.kind for key, row in rows.items()} == {
        ("", None): Illustration.Kind.COVER,
        ("", 1): Illustration.Kind.SCENE,
        ("gate", None): Illustration.Kind.SCENE,
    }
    opening = rows["", 1]
    assert (opening.alt, opening.caption) == ("A [gate]", "The “old” gate")
    assert opening.file
    assert (opening.file.width, opening.file.height) == (300, 200)
    assert opening.file.sha256 == everything().assets[1].sha256
    assert rows["", None].alt == "A garden gate"


def test_names_that_the_book_gives_itself_never_take_a_texts_picture(membership: Membership) -> None:
    """The text of chapter 1 shows a picture called as chapter 2's own will be."""
    source = picture_book()
    first, second, *_ = source.chapters
    assets = tuple(replace(each, id=each.id.replace("scene", "picture")) for each in source.assets)
    chapters = (
        ChapterSource(title=first.title, markdown="![A](images/picture-2.jpg) and ![B](images/cover.jpg)"),
        ChapterSource(title=second.title, markdown="b", picture="picture-1"),
    )
    book, _ = import_book(
        membership=membership, data=exported(replace(source, chapters=chapters, assets=assets))
    )
    shown = {asset.id: asset.sha256 for asset in kept(book).assets}
    named = {asset.id: asset.sha256 for asset in assets}
    assert shown == {
        "cover": named["cover"],
        "picture-2": named["picture-1"],
        "in-text-picture-2": named["picture-2"],
        "in-text-cover": named["cover"],
    }


def test_it_takes_a_book_of_the_plan_and_is_recorded(
    membership: Membership, organisation: Organisation
) -> None:
    book, _ = import_book(membership=membership, data=exported(guide(chapters=1)))
    assert allowance(organisation.pk, Metric.BOOKS_CREATED).used == 1
    used = allowance(organisation.pk, Metric.STORAGE_USED).used
    assert used == sum(StoredFile.objects.values_list("size", flat=True)) > 0
    (entry,) = ActivityLog.objects.filter(action="book.imported")
    assert (entry.resource_id, entry.actor_id) == (str(book.pk), membership.user_id)
    assert entry.details == {"chapters": 1, "pictures": 2}


def test_nothing_is_said_of_ai_where_nothing_is_known(membership: Membership) -> None:
    source = guide(chapters=1)
    book, _ = import_book(membership=membership, data=exported(source))
    assert kept(book).meta.ai_disclosure == source.meta.ai_disclosure
    quiet = replace(source, meta=replace(source.meta, ai_disclosure=""))
    book, _ = import_book(membership=membership, data=exported(quiet))
    assert kept(book).meta.ai_disclosure == ""


@pytest.mark.parametrize(("limit", "value"), [("books_limit", 0), ("storage_limit", 3_000)])
def test_full_plan_leaves_nothing_behind(
    membership: Membership,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
    limit: str,
    value: int,
) -> None:
    Plan.objects.update(**{limit: value})
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(LimitReached):
        import_book(membership=membership, data=exported(guide(chapters=1)))
    assert not Book.objects.exists()
    assert not StoredFile.objects.exists()
    assert bytes_in(folder) == []
    assert not ActivityLog.objects.filter(action="book.imported").exists()


def test_guest_may_not(membership: Membership) -> None:
    membership.role = Role.GUEST
    with pytest.raises(PermissionDenied):
        import_book(membership=membership, data=b"# a\n\nb\n")


def archive(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("book.md", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\nlanguage: de\n---\n# a\n\nb", "language"),
        (f"---\ntitle: {'x' * 201}\n---\n# a\n\nb", "too-long"),
        (f"# {'x' * 201}\n\nb", "too-long"),
        ("# a\n\n" + "x " * 200_001, "refused"),
        ("---\nisbn-print: 978-1-234-56789-0\n---\n# a\n\nb", "refused"),
        ("---\nsubject: [{scheme: bisac, code: 'A1'}]\n---\n# a\n\nb", "refused"),
        ("# a\n\nb\n\n" * 501, "too-many-of"),
    ],
)
def test_what_has_no_room_is_told(membership: Membership, text: str, code: str) -> None:
    with pytest.raises(BadImport) as refusal:
        import_book(membership=membership, data=archive(text))
    assert refusal.value.code == code
    assert str(refusal.value)
    assert not Book.objects.exists()


def test_variant_of_a_language_is_the_language(membership: Membership) -> None:
    book, _ = import_book(membership=membership, data=archive("---\nlanguage: fr-CA\n---\n# a\n\nb"))
    assert book.language == "fr"


def test_kind_is_asked_for_where_the_file_names_none(membership: Membership) -> None:
    book, _ = import_book(membership=membership, data=b"# a\n\nb\n", name="my-book.md", kind="novel")
    assert (book.kind, book.title) == ("novel", "a")


def test_people_of_an_imported_book_can_be_named_again(membership: Membership) -> None:
    book, _ = import_book(membership=membership, data=exported(everything()))
    assert Contributor.objects.filter(book=book).count() == 3
    assert files.read(book.illustrations.get(kind=Illustration.Kind.COVER).file)  # type: ignore[arg-type]
