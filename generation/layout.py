"""From an outline to the book's own rows: chapters, story bible, and the pictures that are to be drawn."""

from __future__ import annotations

from dataclasses import asdict

from books.models import Book, Chapter, Character, Fact, Illustration, Place
from generation import contract
from generation.contract import Bible, ChapterPlan, Outline
from generation.outlines import scene_from_json


def lay_out(book: Book, outline: Outline) -> None:
    """Write the outline's rows in place of an earlier one's; only while nothing of the book is written."""
    book.chapters.all().delete()
    book.illustrations.all().delete()
    _write_bible(book, outline.bible)
    chapters = Chapter.objects.bulk_create(_chapter(book, plan) for plan in outline.chapters)
    Illustration.objects.bulk_create(_pictures(book, outline, chapters))
    book.title = book.title or outline.title
    book.subtitle = outline.subtitle
    book.premise = outline.premise
    book.save(update_fields=["title", "subtitle", "premise", "updated_at"])


def outline_of(book: Book) -> Outline:
    """The outline as the book's rows tell it today, with the titles that members gave."""
    cover = book.illustrations.filter(kind=Illustration.Kind.COVER).first()
    return Outline(
        title=book.display_title,
        subtitle=book.subtitle,
        premise=book.premise,
        bible=_bible_of(book),
        chapters=tuple(_plan_of(chapter) for chapter in book.chapters.defer("text")),
        cover=scene_from_json(cover.scene if cover else {}),
    )


def _chapter(book: Book, plan: ChapterPlan) -> Chapter:
    return Chapter(
        book=book,
        number=plan.number,
        title=plan.title,
        beats=list(plan.beats),
        scene=asdict(plan.scene) if plan.scene else None,
        plan=dict(plan.private),
    )


def _plan_of(chapter: Chapter) -> ChapterPlan:
    return ChapterPlan(
        number=chapter.number,
        title=chapter.title or str(chapter.number),
        beats=tuple(chapter.beats),
        scene=scene_from_json(chapter.scene) if chapter.scene else None,
        private=chapter.plan,
    )


def _pictures(book: Book, outline: Outline, chapters: list[Chapter]) -> list[Illustration]:
    cover = Illustration(
        book=book, kind=Illustration.Kind.COVER, scene=asdict(outline.cover), alt=outline.cover.alt[:500]
    )
    scenes = [
        Illustration(
            book=book,
            chapter=chapter,
            kind=Illustration.Kind.SCENE,
            scene=asdict(plan.scene),
            alt=plan.scene.alt[:500],
        )
        for plan, chapter in zip(outline.chapters, chapters, strict=True)
        if plan.scene is not None
    ]
    return [cover, *scenes]


def _write_bible(book: Book, bible: Bible) -> None:
    for rows in (book.characters, book.places, book.facts):
        rows.all().delete()
    Character.objects.bulk_create(Character(book=book, **asdict(one)) for one in bible.characters)
    Place.objects.bulk_create(Place(book=book, **asdict(one)) for one in bible.places)
    Fact.objects.bulk_create(Fact(book=book, statement=statement) for statement in bible.facts)


def _bible_of(book: Book) -> Bible:
    return Bible(
        characters=tuple(
            contract.Character(one.name, one.role, one.description) for one in book.characters.all()
        ),
        places=tuple(contract.Place(one.name, one.description) for one in book.places.all()),
        facts=tuple(book.facts.values_list("statement", flat=True)),
    )
