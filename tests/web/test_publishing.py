"""What a publisher says of a book, on its pages: seen by members, changed by editors, faults by fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from books.models import Book, BookMetadata, BookSection, Contributor
from collaboration.models import BookCollaborator
from generation import publishing
from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.books.test_subjects import lists
from tests.conftest import HostClient
from tests.factories.books import add_format, make_book, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

__all__ = ["lists"]

FORM = {
    "title": "Beans",
    "subtitle": "A year",
    "series": "Gardens",
    "series_number": "2",
    "edition": "Second edition",
    "dedication": "For Bo",
    "contents_depth": "2",
    "publisher": "Alder Press",
    "published_on": "2027-03-01",
    "isbn_print": "0-306-40615-2",
    "isbn_ebook": "978-2-07-036002-4",
    "rights": "",
    "description": "First.\r\n\r\nSecond.",
    "back_text": "On the back.",
    "keywords": "soil, seeds\nbeans",
    "thema": "WMP, 1ddf",
    "bisac": "gar000000",
}


@pytest.fixture
def book(shelf: User) -> Book:
    return make_book(shelf)


@pytest.fixture
def viewer(book: Book, organisation: Organisation) -> HostClient:
    """The browser of a guest who was asked to look, not to change."""
    guest = UserFactory(name="Vera Viewer")
    MembershipFactory(organisation=organisation, user=guest, role=Role.GUEST)
    BookCollaborator.objects.create(
        book=book,
        user_id=guest.pk,
        role=BookCollaborator.Role.VIEWER,
        status=BookCollaborator.Status.ACTIVE,
    )
    return HostClient(organisation).sign_in(guest)


def add(book: Book, membership: Membership, role: str) -> BookSection:
    return publishing.add_section(membership=membership, book=book, role=role, text=f"The {role}.")


def rows_of(people: list[tuple[str, str]], **more: str) -> dict[str, str]:
    """The formset as a browser sends it."""
    sent = {"people-TOTAL_FORMS": str(len(people)), "people-INITIAL_FORMS": "0", **more}
    for place, (name, role) in enumerate(people):
        sent |= {f"people-{place}-name": name, f"people-{place}-role": role}
        sent.setdefault(f"people-{place}-ORDER", str(place + 1))
    return sent


def error_of(response: Any, field: str) -> str:
    assert response.status_code == 422
    (error,) = tree(response).xpath(f"//*[@id='id_{field}_error']")
    return " ".join(error.text_content().split())


def test_overview_of_a_book_of_which_nothing_was_said(page: HostClient, book: Book) -> None:
    shown = text_of(page.get(f"/books/{book.pk}/publishing/"))
    assert "not given yet" in shown
    assert "Max Member" in shown
    assert "Give the publisher or imprint." in shown
    assert tree(page.get(f"/books/{book.pk}/publishing/")).xpath("//a[contains(@href, '?role=preface')]")


def test_metadata_is_saved_and_shown(page: HostClient, book: Book) -> None:
    response = page.post(f"/books/{book.pk}/publishing/metadata/", FORM, follow=True)
    shown = text_of(response)
    assert "The ISBN of 10 digits became the one of 13: 978-0-306-40615-7." in shown
    for part in ("Alder Press", "978-2-07-036002-4", "Thema WMP", "BISAC GAR000000", "soil, seeds, beans"):
        assert part in shown
    said = BookMetadata.objects.get(book=book)
    assert (said.isbn_print, said.contents_depth, said.description) == (
        "9780306406157",
        2,
        "First.\n\nSecond.",
    )
    form = tree(page.get(f"/books/{book.pk}/publishing/metadata/"))
    values = {one.get("name"): one.get("value") for one in form.xpath("//input")}
    assert values["isbn_print"] == "978-0-306-40615-7"
    assert (values["published_on"], values["thema"]) == ("2027-03-01", "WMP 1DDF")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("isbn_print", "9780306406158", "The last digit should be 7"),
        ("isbn_print", "9782070360024", ""),
        ("isbn_ebook", "12", "An ISBN has 13 digits"),
        ("published_on", "tomorrow", "Enter a valid date."),
        ("contents_depth", "9", "not one of the available choices"),
        ("description", "x" * 4001, "Shorten it to 4000"),
        ("keywords", "x" * 101, "A keyword has at most 100"),
        ("thema", "YFB nonsense!", "no Thema code"),
        ("bisac", "JUV", "no BISAC code"),
        ("bisac", " ".join(f"JUV0{n:05}" for n in range(21)), ""),
        ("publisher", "x" * 201, "at most 200"),
    ],
)
def test_bad_metadata_is_refused_beside_its_field(
    page: HostClient, book: Book, field: str, value: str, sentence: str
) -> None:
    response = page.post(f"/books/{book.pk}/publishing/metadata/", {**FORM, field: value})
    shown = {"9782070360024": "isbn_ebook"}.get(value, field)
    shown = "thema" if len(value) > 150 and field == "bisac" else shown
    assert sentence in error_of(response, shown)
    assert not BookMetadata.objects.exists()


def test_more_keywords_than_kdp_takes_are_kept_with_a_hint(page: HostClient, book: Book) -> None:
    words = "\n".join(f"word {number}" for number in range(8))
    response = page.post(f"/books/{book.pk}/publishing/metadata/", {**FORM, "keywords": words}, follow=True)
    assert "Amazon KDP takes at most 7 keywords" in text_of(response)
    assert len(BookMetadata.objects.get(book=book).keywords) == 8


def test_people_begin_with_the_byline(page: HostClient, book: Book) -> None:
    form = tree(page.get(f"/books/{book.pk}/publishing/people/"))
    assert form.xpath("//input[@name='people-0-name']/@value") == ["Max Member"]
    assert form.xpath("//select[@name='people-0-role']/option[@selected]/@value") == ["aut"]


def test_people_are_ordered_and_left_out_without_scripts(page: HostClient, book: Book) -> None:
    sent = rows_of(
        [("Ada Fern", "aut"), ("Gone", "edt"), ("Ines Roy", "ill"), ("", "aut")],
        **{"people-0-ORDER": "2", "people-2-ORDER": "1", "people-1-DELETE": "on"},
    )
    shown = text_of(page.post(f"/books/{book.pk}/publishing/people/", sent, follow=True))
    assert list(book.contributors.values_list("name", "role")) == [("Ines Roy", "ill"), ("Ada Fern", "aut")]
    assert "Illustrator" in shown


@pytest.mark.parametrize(
    "sent",
    [
        rows_of([("x" * 201, "aut")]),
        rows_of([("Ada", "king")]),
        rows_of([("Ada", "aut")], **{"people-0-ORDER": "first"}),
        rows_of([(f"Person {number}", "aut") for number in range(61)]),
        {},
        {"people-TOTAL_FORMS": "x", "people-INITIAL_FORMS": "0"},
        {"people-TOTAL_FORMS": "100000", "people-INITIAL_FORMS": "0"},
    ],
)
def test_bad_people_are_refused(page: HostClient, book: Book, sent: dict[str, str]) -> None:
    response = page.post(f"/books/{book.pk}/publishing/people/", sent)
    assert response.status_code == 422
    assert not Contributor.objects.exists()


def test_section_is_added_changed_moved_and_taken_out(
    page: HostClient, book: Book, membership: Membership
) -> None:
    address = f"/books/{book.pk}/publishing/matter/"
    sent = {"role": "about-author", "title": "", "placement": "", "text": "She *gardens*."}
    shown = text_of(page.post(address, sent, follow=True))
    assert "After the text About the author" in shown
    first = book.matter.get()
    second = add(book, membership, "glossary")

    page.post(f"{address}{second.pk}/move/", {"to": "up"})
    assert list(book.matter.values_list("role", flat=True)) == ["glossary", "about-author"]
    page.post(f"{address}{second.pk}/move/", {"to": "up"})
    page.post(f"{address}{second.pk}/move/", {"to": "down"})
    assert list(book.matter.values_list("role", flat=True)) == ["about-author", "glossary"]

    page.post(f"{address}{first.pk}/", {**sent, "title": "Her", "placement": "FRONT"})
    first.refresh_from_db()
    assert (first.title, first.placement, first.text) == ("Her", "FRONT", "She *gardens*.")

    assert "She *gardens*." in text_of(page.get(f"{address}{first.pk}/remove/"))
    assert book.matter.count() == 2
    page.post(f"{address}{first.pk}/remove/")
    assert book.matter.get() == second


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"role": "poem", "text": "A"}, "role"),
        ({"role": "section", "text": "A"}, "title"),
        ({"role": "preface", "text": " "}, "text"),
        ({"role": "preface", "text": "x" * 200_001}, "text"),
        ({"role": "preface", "text": "A", "placement": "MIDDLE"}, "placement"),
        ({"role": "preface", "text": "A", "title": "x" * 201}, "title"),
    ],
)
def test_bad_section_is_refused_beside_its_field(
    page: HostClient, book: Book, sent: dict[str, str], field: str
) -> None:
    assert error_of(page.post(f"/books/{book.pk}/publishing/matter/", sent), field)
    assert not BookSection.objects.exists()


def test_section_of_another_book_is_not_found(
    page: HostClient, book: Book, shelf: User, membership: Membership
) -> None:
    elsewhere = add(make_book(shelf), membership, "preface")
    for part in ("", "move/", "remove/"):
        address = f"/books/{book.pk}/publishing/matter/{elsewhere.pk}/{part}"
        assert page.post(address, {"role": "preface", "text": "Mine"}).status_code == 404


def test_part_begins_on_the_contents_page(page: HostClient, book: Book) -> None:
    write_chapter(book, 1)
    assert "Begin a part here" in text_of(page.get(f"/books/{book.pk}/"))
    shown = text_of(page.post(f"/books/{book.pk}/chapters/1/part/", {"part": "The sea"}, follow=True))
    assert "The sea" in shown
    assert "Change the part" in shown
    assert error_of(page.post(f"/books/{book.pk}/chapters/1/part/", {"part": "x" * 201}), "part")
    page.post(f"/books/{book.pk}/chapters/1/part/", {"part": "The sea", "remove": "1"})
    assert book.chapters.get().part == ""


def test_onix_is_downloaded_once_everything_is_there(page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/publishing/onix/"
    assert "Give the date of publication." in text_of(page.get(address, follow=True))
    page.post(f"/books/{book.pk}/publishing/metadata/", FORM)
    add_format(book, "EPUB")
    response = page.get(address)
    assert response["Content-Type"] == "application/xml"
    assert response["Content-Disposition"] == 'attachment; filename="beans.onix.xml"'
    assert b"<SenderName>Acme</SenderName>" in response.content
    assert response.content.count(b"<Product>") == 2
    assert tree(page.get(f"/books/{book.pk}/publishing/")).xpath(f"//a[@href='{address}']")


def test_viewer_sees_and_cannot_change(viewer: HostClient, book: Book, membership: Membership) -> None:
    section = add(book, membership, "preface")
    write_chapter(book, 1)
    response = viewer.get(f"/books/{book.pk}/publishing/")
    assert "Preface" in text_of(response)
    assert not tree(response).xpath("//main//form | //main//a[contains(@href, '/publishing/m')]")
    base = f"/books/{book.pk}/publishing/"
    for address in (
        f"{base}metadata/",
        f"{base}people/",
        f"{base}matter/",
        f"{base}matter/{section.pk}/",
        f"{base}matter/{section.pk}/remove/",
        f"/books/{book.pk}/chapters/1/part/",
    ):
        assert viewer.get(address).status_code == 403, address
        assert viewer.post(address, {}).status_code == 403, address
    assert viewer.post(f"{base}matter/{section.pk}/move/", {"to": "down"}).status_code == 403


def test_subjects_are_searched_and_added_where_a_list_is_there(
    page: HostClient, viewer: HostClient, book: Book, lists: Path
) -> None:
    assert "Search Thema’s subjects" in text_of(page.get(f"/books/{book.pk}/publishing/"))
    address = f"/books/{book.pk}/publishing/subjects/"
    assert "Animal stories YFP" in text_of(page.get(address, {"q": "animal"}))
    assert "No subject has these words." in text_of(page.get(address, {"q": "<b>"}))
    page.post(f"/books/{book.pk}/publishing/metadata/", {**FORM, "thema": "YFB"})
    shown = text_of(page.post(f"{address}?q=animal", {"code": "YFP"}, follow=True))
    assert "Animal stories YFP Chosen" in shown
    assert "is not in Thema 1.6." in text_of(page.post(address, {"code": "YFX"}, follow=True))
    assert [each["code"] for each in BookMetadata.objects.get(book=book).subjects] == [
        "YFB",
        "GAR000000",
        "YFP",
    ]
    assert "Children’s fiction: general" in text_of(page.get(f"/books/{book.pk}/publishing/"))
    assert not tree(viewer.get(address, {"q": "animal"})).xpath("//main//button[@name='code']")
    assert viewer.post(address, {"code": "Y"}).status_code == 403


def test_subject_that_a_newer_list_lacks_stays(page: HostClient, book: Book, lists: Path) -> None:
    old = [{"scheme": "thema", "code": "YFX"}]
    BookMetadata.objects.create(book=book, subjects=old)
    address = f"/books/{book.pk}/publishing/metadata/"
    assert page.post(address, {**FORM, "thema": "YFX YFP", "bisac": ""}).status_code == 302
    assert [each["code"] for each in BookMetadata.objects.get(book=book).subjects] == ["YFX", "YFP"]
    assert page.post(address, {**FORM, "thema": "YFX YFZ"}).status_code == 422


def test_queries_do_not_grow_with_what_was_said(
    page: HostClient, shelf: User, membership: Membership
) -> None:
    def count(each: int) -> int:
        book = make_book(shelf)
        for number in range(1, each + 1):
            write_chapter(book, number)
            add(book, membership, "preface")
            add(book, membership, "glossary")
            Contributor.objects.create(book=book, name=f"Person {number}", role="ill")
        add_format(book)
        return queries_of(page, f"/books/{book.pk}/publishing/")

    assert count(1) == count(6)
