"""Asking for a new book: every field, every fault beside its field, nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from billing.models import Plan
from books.models import Book
from generation import contract
from generation.models import BookJob
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.web.conftest import text_of, tree
from web.forms import looks

GUIDE = {
    "kind": "guide",
    "language": "en",
    "topic": "Starting a community garden",
    "goal": "A first season plan",
    "notes": "The tap is by the gate.\n\nSaturday is work day.",
    "begin": "straight",
}
STORY = {
    "kind": "story",
    "language": "fr",
    "topic": "Un cerf-volant perdu",
    "hero_name": "Mara",
    "hero_age": "7",
    "pronoun": "she",
    "skin": "dark",
    "hair": "puffs",
    "colour": "#3f6f9e",
    "glasses": "on",
    "companion": "owl",
    "begin": "outline",
}


def test_page_works_as_one_form(page: HostClient) -> None:
    form = tree(page.get("/books/new/")).xpath("//form[@x-data='wizard']")[0]
    assert form.get("method") == "post"
    assert form.xpath(".//button[@type='submit']")
    assert not form.xpath(".//section[@hidden]")
    named = {field.get("name") for field in form.xpath(".//input|.//select|.//textarea")}
    assert {*GUIDE, *STORY} <= named


def test_guide_is_commissioned(page: HostClient, inside: Any) -> None:
    response = page.post("/books/new/", GUIDE)
    book = Book.objects.get()
    assert response["Location"] == f"/books/{book.pk}/progress/"
    assert (book.kind, book.language, book.topic) == ("guide", "en", "Starting a community garden")
    assert book.notes == ["The tap is by the gate.", "Saturday is work day."]
    assert BookJob.objects.get().options["approve_outline"] is False


def test_story_has_the_hero_of_the_form(page: HostClient, inside: Any) -> None:
    page.post("/books/new/", STORY)
    hero = Book.objects.get().hero
    assert hero is not None
    assert (hero.name, hero.age, hero.pronoun, hero.companion) == ("Mara", 7, "she", "owl")
    assert hero.looks["skin"] == "dark"
    assert hero.looks["glasses"] is True
    assert hero.looks["colour"] == "#3f6f9e"
    assert BookJob.objects.get().options["approve_outline"] is True


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "x" * 10_000}, "topic"),
        ({"title": "t" * 201}, "title"),
        ({"language": "tlh"}, "language"),
        ({"kind": "poem"}, "kind"),
        ({"begin": ""}, "begin"),
        ({"notes": "n" * 2_001}, "notes"),
        ({"topic": "a\x00b"}, "topic"),
        ({**STORY, "hero_name": ""}, "hero_name"),
        ({**STORY, "hero_age": "0"}, "hero_age"),
        ({**STORY, "companion": "dragon"}, "companion"),
    ],
)
def test_fault_stands_beside_its_field(
    page: HostClient, inside: Any, changes: dict[str, str], field: str
) -> None:
    response = page.post("/books/new/", {**GUIDE, "audience": "Neighbours", **changes})
    assert response.status_code == 422
    errors = tree(response).xpath(f"//*[@id='id_{field}_error']//p")
    assert errors
    assert errors[0].text_content().strip()
    assert tree(response).xpath("//input[@name='audience'][@value='Neighbours']")
    assert not Book.objects.exists()


def test_fault_is_told_to_screen_readers(page: HostClient) -> None:
    control = tree(page.post("/books/new/", {**GUIDE, "topic": ""})).xpath("//textarea[@name='topic']")[0]
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_topic_help id_topic_error"


def test_used_up_plan_is_told_and_nothing_typed_is_lost(
    page: HostClient, inside: Any, organisation: Organisation
) -> None:
    Plan.objects.update(books_limit=0)
    response = page.post("/books/new/", GUIDE)
    assert response.status_code == 422
    assert tree(response).xpath("//*[@data-refused]//*[@role='alert']")
    assert GUIDE["topic"] in tree(response).xpath("//textarea[@name='topic']")[0].text
    assert not Book.objects.exists()


def test_what_it_uses_of_the_plan_is_shown(page: HostClient) -> None:
    assert "This takes one of the 10 books left in your plan." in text_of(page.get("/books/new/"))


def test_guest_cannot_commission(guest_page: HostClient) -> None:
    assert guest_page.get("/books/new/").status_code == 403
    assert guest_page.post("/books/new/", GUIDE).status_code == 403


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7*7 }}{% now %}", "../../etc/passwd", "🦊 שלום", "a\x07b\x1bc"]
)
def test_hostile_words_are_words(page: HostClient, inside: Any, text: str) -> None:
    page.post("/books/new/", {**GUIDE, "title": text, "topic": text})
    book = Book.objects.get()
    response = page.get(f"/books/{book.pk}/progress/")
    assert response.status_code == 200
    assert not tree(response).xpath("//script[not(@src)]")
    assert book.title in tree(response).xpath("//h1")[0].text_content()
    assert not {"\x07", "\x1b"} & set(book.title)


def test_preview_draws_the_hero_asked_for(page: HostClient) -> None:
    response = page.get("/heroes/preview/", {"hero_name": "Mara", "skin": "dark", "companion": "owl"})
    assert response["Content-Type"] == "image/svg+xml"
    assert etree.fromstring(response.content).tag.endswith("svg")
    assert response.content != page.get("/heroes/preview/", {"hero_name": "Mara", "skin": "light"}).content


@pytest.mark.parametrize(
    "query", [{}, {"companion": "dragon", "colour": "javascript:1", "hero_age": "-5", "skin": "<x>"}]
)
def test_preview_draws_something_for_anything(page: HostClient, query: dict[str, str]) -> None:
    response = page.get("/heroes/preview/", query)
    assert response.status_code == 200
    etree.fromstring(response.content)
    assert b"javascript" not in response.content


def test_words_for_looks_are_those_of_the_contract() -> None:
    def keys(choices: list[tuple[str, Any]]) -> set[str]:
        return {key for key, _name in choices}

    assert keys(looks.SKINS) == set(contract.SKINS)
    assert keys(looks.HAIR_STYLES) == set(contract.HAIR_STYLES)
    assert keys(looks.HAIR_COLOURS) == set(contract.HAIR_COLOURS)
    assert keys(looks.OUTFITS) == set(contract.OUTFITS)
    assert keys(looks.COMPANIONS) <= set(contract.CREATURES)
