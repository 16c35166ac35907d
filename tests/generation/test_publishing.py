"""What a publisher says of a book: kept as asked, refused with reasons, told in the log, in the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from books.models import Book, BookMetadata, BookSection
from generation import publishing
from generation.models import BookJob
from generation.publishing import InvalidPublication, Person
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
from tests.factories.books import make_book, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory


@pytest.fixture
def book(inside: Current, member: User) -> Book:
    return make_book(member)


@pytest.fixture
def guest(organisation: Organisation) -> Membership:
    return MembershipFactory(organisation=organisation, user=UserFactory(), role=Role.GUEST)


def rebuilds(book: Book) -> int:
    return BookJob.objects.filter(book=book, purpose=BookJob.Purpose.FORMATS).count()


def faults(doing: Callable[..., object], **asked: Any) -> dict[str, list[str]]:
    with pytest.raises(InvalidPublication) as refused:
        doing(**asked)
    return refused.value.errors


def test_metadata_is_kept_and_told(book: Book, membership: Membership) -> None:
    publishing.edit_metadata(
        membership=membership,
        book=book,
        title="A  Garden ",
        isbn_print="0-306-40615-2",
        published_on=date(2027, 3, 1),
        description="First.\r\n\r\n\r\nSecond.",
        keywords=["garden", " garden", "", "soil"],
        subjects=[{"scheme": "bisac", "code": "gar000000"}, {"scheme": "thema", "code": "WM"}],
    )

    said = BookMetadata.objects.select_related("book").get(book=book)
    assert (said.book.title, said.isbn_print, said.published_on) == (
        "A Garden",
        "9780306406157",
        date(2027, 3, 1),
    )
    assert (said.description, said.keywords) == ("First.\n\nSecond.", ["garden", "soil"])
    assert said.subjects == [{"scheme": "bisac", "code": "GAR000000"}, {"scheme": "thema", "code": "WM"}]
    logged = ActivityLog.objects.get(action="book.changed")
    assert (logged.actor_id, logged.resource_id) == (membership.user_id, str(book.pk))
    assert "isbn_print" in logged.details["changed"]
    assert rebuilds(book) == 1


def test_what_is_left_out_stays(book: Book, membership: Membership) -> None:
    publishing.edit_metadata(membership=membership, book=book, publisher="Alder Press", series="Gardens")
    publishing.edit_metadata(membership=membership, book=book, publisher="")
    said = BookMetadata.objects.get(book=book)
    assert (said.publisher, said.series) == ("", "Gardens")


def test_nothing_new_changes_nothing(book: Book, membership: Membership) -> None:
    publishing.edit_metadata(membership=membership, book=book, publisher="Alder Press")
    before = BookMetadata.objects.get(book=book).updated_at
    publishing.edit_metadata(membership=membership, book=book, publisher=" Alder  Press")
    assert BookMetadata.objects.get(book=book).updated_at == before
    assert ActivityLog.objects.filter(action="book.changed").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", " ", "A book needs a title."),
        ("title", "x" * 201, "This is 201 characters long. Shorten it to 200 at most."),
        ("isbn_print", "9780306406158", "The last digit should be 7, not 8. Look for a mistyped digit."),
        ("description", "x" * 4001, "This is 4001 characters long. Shorten it to 4000 at most."),
        ("back_text", "x" * 2001, "This is 2001 characters long. Shorten it to 2000 at most."),
        ("contents_depth", 4, "The contents page shows 0 to 3 levels."),
        ("keywords", ["x" * 101], "A keyword has at most 100 characters."),
        ("keywords", [str(n) for n in range(51)], "A book has at most 50 keywords."),
        (
            "subjects",
            [{"scheme": "bisac", "code": "X"}],
            "“X” is no BISAC code: three letters and six digits, as in JUV001000.",
        ),
        (
            "subjects",
            [{"scheme": "bisac", "code": f"JUV0000{n:02}"} for n in range(21)],
            "A book has at most 20 subjects.",
        ),
    ],
)
def test_each_fault_has_its_sentence(
    book: Book, membership: Membership, field: str, value: object, sentence: str
) -> None:
    assert faults(publishing.edit_metadata, membership=membership, book=book, **{field: value}) == {
        field: [sentence]
    }
    assert not BookMetadata.objects.exists()


def test_print_and_e_book_are_two_products(book: Book, membership: Membership) -> None:
    publishing.edit_metadata(membership=membership, book=book, isbn_print="9780306406157")
    wrong = faults(publishing.edit_metadata, membership=membership, book=book, isbn_ebook="0306406152")
    assert list(wrong) == ["isbn_ebook"]
    publishing.edit_metadata(membership=membership, book=book, isbn_print="", isbn_ebook="0306406152")


def test_all_faults_are_told_at_once(book: Book, membership: Membership) -> None:
    wrong = faults(
        publishing.edit_metadata, membership=membership, book=book, title="", isbn_print="1", isbn_ebook="2"
    )
    assert set(wrong) == {"title", "isbn_print", "isbn_ebook"}


def test_people_are_kept_in_order_and_become_the_byline(book: Book, membership: Membership) -> None:
    people = [Person("Ines Roy", "ill"), Person(" Ada  Fern "), Person("Bo Ash", "aut")]
    publishing.set_contributors(membership=membership, book=book, people=people)
    publishing.set_contributors(membership=membership, book=book, people=people[::-1])

    rows = book.contributors.values_list("position", "name", "role")
    assert list(rows) == [(1, "Bo Ash", "aut"), (2, "Ada Fern", "aut"), (3, "Ines Roy", "ill")]
    book.refresh_from_db()
    assert book.author_name == "Bo Ash, Ada Fern"
    assert rebuilds(book) == 1


def test_same_people_change_nothing(book: Book, membership: Membership) -> None:
    for _ in range(2):
        publishing.set_contributors(membership=membership, book=book, people=[Person("Ada Fern")])
    assert ActivityLog.objects.filter(action="book.changed").count() == 1


def test_people_need_names_and_roles(book: Book, membership: Membership) -> None:
    wrong = faults(
        publishing.set_contributors,
        membership=membership,
        book=book,
        people=[Person(""), Person("x" * 201), Person("Ada", "king")],
    )
    assert set(wrong) == {"people.0.name", "people.1.name", "people.2.role"}
    crowd = [Person(f"Person {n}") for n in range(61)]
    assert set(faults(publishing.set_contributors, membership=membership, book=book, people=crowd)) == {
        "people"
    }
    assert not book.contributors.exists()


def add(book: Book, membership: Membership, role: str, **more: str) -> BookSection:
    given = {"text": f"The {role}.", **more}
    return publishing.add_section(membership=membership, book=book, role=role, **given)


def order(book: Book, placement: str) -> list[tuple[int, str]]:
    return list(book.matter.filter(placement=placement).values_list("position", "role"))


def test_matter_goes_to_its_usual_place_under_its_usual_title(book: Book, membership: Membership) -> None:
    preface, about = add(book, membership, "preface"), add(book, membership, "about-author")
    assert (preface.placement, preface.title) == ("FRONT", "Preface")
    assert (about.placement, about.title) == ("BACK", "About the author")
    assert rebuilds(book) == 1


def test_matter_is_moved_edited_and_taken_out(book: Book, membership: Membership) -> None:
    rows = [add(book, membership, role) for role in ("afterword", "glossary", "appendix")]
    publishing.move_section(membership=membership, section=rows[2], position=1)
    assert order(book, "BACK") == [(1, "appendix"), (2, "afterword"), (3, "glossary")]
    publishing.edit_section(membership=membership, section=rows[2], placement="FRONT", title="Before")
    assert order(book, "FRONT") == [(1, "appendix")]
    assert order(book, "BACK") == [(1, "afterword"), (2, "glossary")]
    publishing.remove_section(membership=membership, section=rows[0])
    assert order(book, "BACK") == [(1, "glossary")]


def test_markdown_of_matter_stays_as_it_was_written(book: Book, membership: Membership) -> None:
    text = "* one\r\n    * inner  \n\n\tcode\x00\ud800"
    assert add(book, membership, "appendix", text=text).text == "* one\n    * inner  \n\n\tcode"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"role": "poem"}, "role"),
        ({"role": "section"}, "title"),
        ({"role": "preface", "text": " \n"}, "text"),
        ({"role": "preface", "text": "x" * 200_001}, "text"),
        ({"role": "preface", "title": "x" * 201}, "title"),
        ({"role": "preface", "placement": "MIDDLE"}, "placement"),
    ],
)
def test_matter_that_cannot_be_is_refused(
    book: Book, membership: Membership, asked: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidPublication) as refused:
        add(book, membership, **asked)
    assert list(refused.value.errors) == [field]
    assert not book.matter.exists()


def test_book_has_so_much_matter_and_no_more(book: Book, membership: Membership) -> None:
    BookSection.objects.bulk_create(BookSection(book=book, title="A", text="B") for _ in range(60))
    with pytest.raises(InvalidPublication):
        add(book, membership, "preface")


def test_part_begins_and_goes_on(book: Book, membership: Membership) -> None:
    chapter = write_chapter(book, 1)
    publishing.name_part(membership=membership, chapter=chapter, title=" The  sea ")
    chapter.refresh_from_db()
    assert chapter.part == "The sea"
    assert ActivityLog.objects.get(action="book.changed").details["part"] == "The sea"
    publishing.name_part(membership=membership, chapter=chapter, title="")
    chapter.refresh_from_db()
    assert chapter.part == ""
    assert set(faults(publishing.name_part, membership=membership, chapter=chapter, title="x" * 201)) == {
        "part"
    }


def test_only_who_may_edit_changes_anything(book: Book, membership: Membership, guest: Membership) -> None:
    section, chapter = add(book, membership, "preface"), write_chapter(book, 1)
    logged = ActivityLog.objects.count()
    doings: list[tuple[Callable[..., object], dict[str, Any]]] = [
        (publishing.edit_metadata, {"book": book, "title": "Mine"}),
        (publishing.set_contributors, {"book": book, "people": []}),
        (publishing.add_section, {"book": book, "role": "preface", "text": "Mine"}),
        (publishing.edit_section, {"section": section, "title": "Mine"}),
        (publishing.move_section, {"section": section, "position": 1}),
        (publishing.remove_section, {"section": section}),
        (publishing.name_part, {"chapter": chapter, "title": "Mine"}),
    ]
    for doing, asked in doings:
        with pytest.raises(PermissionDenied):
            doing(membership=guest, **asked)
    assert ActivityLog.objects.count() == logged
