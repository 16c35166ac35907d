"""Reading: text as typeset prose, the way from chapter to chapter, picture books."""

from __future__ import annotations

import pytest

from tenants.accounts.models import User
from tests.conftest import HostClient
from tests.factories.books import make_book, make_story, plan_chapter, write_chapter
from tests.queries import queries_of
from tests.web.conftest import text_of, tree
from web import prose


def test_reading_begins_with_the_first_written_chapter(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    plan_chapter(book, 1)
    write_chapter(book, 2)
    assert page.get(f"/books/{book.pk}/read/")["Location"] == f"/books/{book.pk}/read/2/"


def test_reading_what_is_not_written_leads_to_the_book(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    assert page.get(f"/books/{book.pk}/read/")["Location"] == f"/books/{book.pk}/"


def test_chapter_leads_to_its_written_neighbours(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    for number in (1, 2, 4):
        write_chapter(book, number)
    plan_chapter(book, 3)
    response = page.get(f"/books/{book.pk}/read/2/")
    assert tree(response).xpath("//a[@rel='prev']/@href") == [f"/books/{book.pk}/read/1/"]
    assert tree(response).xpath("//a[@rel='next']/@href") == [f"/books/{book.pk}/read/4/"]


def test_chapter_is_in_the_books_language(page: HostClient, shelf: User) -> None:
    book = make_book(shelf, language="fr")
    write_chapter(book, 1, "Quoi ? Rien !")
    article = tree(page.get(f"/books/{book.pk}/read/1/")).xpath("//article")[0]
    assert article.get("lang") == "fr"
    assert "Quoi\u202f? Rien\u202f!" in article.text_content()


def test_chapter_not_written_yet_says_so(page: HostClient, shelf: User) -> None:
    book = make_book(shelf)
    plan_chapter(book, 1)
    assert "is being written" in text_of(page.get(f"/books/{book.pk}/read/1/"))
    assert page.get(f"/books/{book.pk}/read/2/").status_code == 404


def test_picture_book_has_its_cover_and_pages_in_order(page: HostClient, shelf: User) -> None:
    book = make_story(shelf, dedication="For Noor")
    leaves = tree(page.get(f"/books/{book.pk}/read/")).xpath("//div[@data-pages]/section")
    assert [leaf.get("id") for leaf in leaves] == ["page-0", "page-1", "page-2"]
    assert "For Noor" in leaves[0].text_content()
    assert all(leaf.xpath(".//img/@alt") for leaf in leaves)


def test_picture_book_in_the_making_has_an_empty_page(page: HostClient, shelf: User) -> None:
    book = make_book(shelf, kind="story")
    assert "The first page is still being written." in text_of(page.get(f"/books/{book.pk}/read/"))


@pytest.mark.parametrize(
    ("markdown", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[click](javascript:alert(1))", 'javascript:alert(1)"'),
        ("<p style='color:red'>x</p>", "style='"),
        ("![x](https://tracker.example/pixel.png)", "<img"),
        ("{{ settings.SECRET_KEY }}", "octavo-secret"),
    ],
)
def test_hostile_markdown_stays_words(markdown: str, forbidden: str) -> None:
    assert forbidden not in prose.as_html(markdown, language="en")


def test_prose_has_its_structure() -> None:
    written = prose.as_html("One *two*.\n\n## Head\n\n- a\n- b\n\nA note.[^1]\n\n[^1]: Here.", language="en")
    assert "<em>two</em>" in written
    assert "<h2" in written
    assert written.count("<li>") == 2
    assert 'role="doc-noteref"' in written
    assert 'role="doc-footnote"' in written


def test_queries_do_not_grow_with_the_pages(page: HostClient, shelf: User) -> None:
    from tests.factories.books import add_picture

    def count(pages: int) -> int:
        book = make_story(shelf)
        for number in range(3, 3 + pages):
            add_picture(book, chapter=write_chapter(book, number))
        return queries_of(page, f"/books/{book.pk}/read/")

    assert count(0) == count(5)
