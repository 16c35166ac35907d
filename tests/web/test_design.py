"""The design page: themes, sizes, and real pages of the book."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from books.models import Book
from formats.builders import warm
from formats.models import BookDesign
from generation.models import BookJob
from tenants.accounts.models import User
from tenants.models import Organisation, Role
from tests.conftest import HostClient
from tests.factories.books import make_book, make_story, write_chapter
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

PART = {"HX-Request": "true", "HX-Target": "div#preview"}


@pytest.fixture(autouse=True, scope="module")
def _children_end() -> Iterator[None]:
    yield
    warm.close()


@pytest.fixture
def book(shelf: User) -> Book:
    book = make_book(shelf)
    book.jobs.update(status=BookJob.Status.COMPLETED)
    for number in (1, 2):
        write_chapter(book, number)
    return book


@pytest.fixture
def colleague_page(organisation: Organisation) -> HostClient:
    user = UserFactory(name="Lena Looks")
    MembershipFactory(organisation=organisation, user=user, role=Role.MEMBER)
    return HostClient(organisation).sign_in(user)


def test_pages_of_the_book_are_shown_two_by_two(page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/design/"
    shown = tree(page.get(f"{address}?show=1&page=2"))
    pictures = shown.xpath("//a[@class='pages-leaf']/img")
    assert [picture.get("alt") for picture in pictures] == ["Page 2", "Page 3"]

    answer = page.get(pictures[0].get("src"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "image/webp",
        "private, max-age=31536000, immutable",
    )
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.width, round(picture.height / picture.width, 1)) == (720, 1.5)
    known = page.get(pictures[0].get("src"), headers={"If-None-Match": answer["ETag"]})
    assert known.status_code == 304


def test_page_comes_at_once_and_asks_for_the_preview(page: HostClient, book: Book) -> None:
    shown = tree(page.get(f"/books/{book.pk}/design/"))
    assert shown.xpath("//div[@id='preview']//@hx-trigger") == ["load"]
    assert shown.xpath("//input[@name='theme' and @checked]/@value") == ["non-fiction"]
    assert shown.xpath("//input[@name='trim' and @checked]/@value") == ["6x9"]


def test_another_theme_is_looked_at_without_saving(page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/design/"
    asked = {"theme": "modern-novel", "trim": "A5", "page": "3"}
    before = tree(page.get(address, {"page": "3"}, headers=PART))
    after = tree(page.get(address, asked, headers=PART))
    assert before.xpath("//img/@src") != after.xpath("//img/@src")
    (first, *_rest) = after.xpath("//img/@src")
    with Image.open(io.BytesIO(page.get(first).content)) as picture:
        assert round(picture.height / picture.width, 2) == round(210 / 148, 2)
    assert not BookDesign.objects.exists()


def test_browser_that_has_the_pages_is_sent_nothing_until_the_text_changes(
    page: HostClient, book: Book
) -> None:
    address = f"/books/{book.pk}/design/"
    shown = tree(page.get(address, headers=PART))
    (again,) = shown.xpath("//div[@class='pages-frame']/@hx-get")
    assert page.get(again, headers=PART).status_code == 204
    write_chapter(book, 3)
    changed = page.get(again, headers=PART)
    assert changed.status_code == 200
    assert tree(changed).xpath("//img/@src") != shown.xpath("//img/@src")


def test_chapters_can_be_jumped_to(page: HostClient, book: Book) -> None:
    shown = tree(page.get(f"/books/{book.pk}/design/", headers=PART))
    options = {option.text_content(): option.get("value") for option in shown.xpath("//select/option")}
    assert "1 Chapter title 1" in options
    there = tree(page.get(f"/books/{book.pk}/design/", {"page": options["2 Chapter title 2"]}, headers=PART))
    assert there.xpath("//option[@selected]/text()") == ["2 Chapter title 2"]


def test_another_theme_is_looked_at_in_the_same_place(page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/design/"
    shown = tree(page.get(address, headers=PART))
    (second,) = shown.xpath("//option[text()='2 Chapter title 2']/@value")
    (at,) = tree(page.get(address, {"page": second}, headers=PART)).xpath("//input[@name='at']/@value")
    other = page.get(address, {"theme": "early-reader", "trim": "6x9", "at": at}, headers=PART)
    assert tree(other).xpath("//option[@selected]/text()") == ["2 Chapter title 2"]


def test_saved_look_is_worn(page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/design/"
    sent = {"theme": "large-print", "trim": "custom", "width": "7", "height": "10", "unit": "in"}
    assert page.post(address, sent)["Location"] == address
    design = BookDesign.objects.get(book=book)
    assert (design.theme, design.trim, str(design.width), str(design.height)) == (
        "large-print",
        "custom",
        "177.8",
        "254.0",
    )
    assert book.jobs.filter(purpose=BookJob.Purpose.FORMATS).exists()
    shown = tree(page.get(address))
    assert shown.xpath("//input[@name='theme' and @checked]/@value") == ["large-print"]
    assert shown.xpath("//input[@name='width']/@value") == ["177.8"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"theme": "gothic"}, "theme"),
        ({"theme": "x" * 99}, "theme"),
        ({"theme": "picture-book"}, "theme"),
        ({"trim": "0x0"}, "trim"),
        ({"trim": "custom", "width": "", "height": "200"}, "width"),
        ({"trim": "custom", "width": "0", "height": "200"}, "width"),
        ({"trim": "custom", "width": "1e9", "height": "200"}, "width"),
        ({"trim": "custom", "width": "-150", "height": "200"}, "width"),
        ({"trim": "custom", "width": "NaN", "height": "200"}, "width"),
        ({"trim": "custom", "width": "wide", "height": "200"}, "width"),
        ({"trim": "custom", "width": "150", "height": "Infinity"}, "height"),
        ({"trim": "custom", "width": "9" * 400, "height": "200"}, "width"),
    ],
)
def test_look_that_cannot_be_is_told_beside_its_field(
    page: HostClient, book: Book, sent: dict[str, str], field: str
) -> None:
    address = f"/books/{book.pk}/design/"
    sent = {"theme": "non-fiction", "trim": "6x9", "unit": "mm", **sent}
    response = page.post(address, sent)
    assert response.status_code == 422
    assert tree(response).xpath(f"//*[@id='id_{field}_error']")
    part = page.get(address, sent, headers=PART)
    assert part.status_code == 200
    assert tree(part).xpath("//*[contains(@class, 'notice-warning')]")
    assert not BookDesign.objects.exists()


@pytest.mark.parametrize("asked", ["0", "-3", "x", "99999999", "٣", "1.5", ""])
@pytest.mark.parametrize("name", ["page", "at"])
def test_page_that_makes_no_sense_shows_one_that_does(
    page: HostClient, book: Book, name: str, asked: str
) -> None:
    shown = tree(page.get(f"/books/{book.pk}/design/", {name: asked}, headers=PART))
    assert shown.xpath("//a[@class='pages-leaf']")


@pytest.mark.parametrize("address", ["pages/0/", "pages/9999/", "themes/gothic/", "themes/picture-book/"])
def test_picture_of_nothing_is_not_found(page: HostClient, book: Book, address: str) -> None:
    assert page.get(f"/books/{book.pk}/design/{address}").status_code == 404


def test_theme_is_shown_by_the_books_own_first_chapter(page: HostClient, book: Book) -> None:
    answers = [page.get(f"/books/{book.pk}/design/themes/{name}/") for name in ("workbook", "large-print")]
    assert {answer["Content-Type"] for answer in answers} == {"image/webp"}
    assert answers[0].content != answers[1].content


def test_picture_book_may_wear_its_own_theme(page: HostClient, shelf: User) -> None:
    story = make_story(shelf)
    shown = tree(page.get(f"/books/{story.pk}/design/"))
    assert "picture-book" in shown.xpath("//input[@name='theme']/@value")
    assert page.get(f"/books/{story.pk}/design/pages/1/").status_code == 200


def test_book_without_text_has_no_pages_yet(page: HostClient, shelf: User) -> None:
    response = page.get(f"/books/{make_book(shelf).pk}/design/")
    assert "as soon as a chapter is written" in text_of(response)


def test_who_may_only_look_sees_pages_and_saves_nothing(colleague_page: HostClient, book: Book) -> None:
    address = f"/books/{book.pk}/design/"
    shown = tree(colleague_page.get(f"{address}?show=1"))
    assert shown.xpath("//a[@class='pages-leaf']")
    assert not shown.xpath("//form[@id='design']//button")
    assert colleague_page.post(address, {"theme": "workbook", "trim": "A5"}).status_code == 403


def test_queries_do_not_grow_with_chapters(page: HostClient, book: Book) -> None:
    few = queries_of(page, f"/books/{book.pk}/design/?show=1")
    for number in range(3, 9):
        write_chapter(book, number)
    assert queries_of(page, f"/books/{book.pk}/design/?show=1") == few
