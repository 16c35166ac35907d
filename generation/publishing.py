"""What a publisher says of a book beside its text: metadata, people, front and back matter, parts.

Each is one transaction that asks for permission, tells the activity log, and has the book's files follow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Field
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from books import isbn, subjects
from books.models import Book, BookMetadata, BookSection, Chapter, Contributor
from collaboration import permissions
from generation import editing
from generation.briefs import clean
from insights import recording
from insights.actions import Action
from tenants.models import Membership

MOST_PEOPLE = 60
MOST_SECTIONS = 60
MOST_KEYWORDS = 50
LONGEST_KEYWORD = 100


class InvalidPublication(Exception):
    """Something of it cannot be so. `errors` maps each field's name to sentences for the member."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = dict(errors)


class SubjectChange(TypedDict):
    scheme: str  # "thema" or "bisac"
    code: str


class Changes(TypedDict, total=False):
    """What can be said of a book; what is left out stays. The ISBNs as people type them."""

    title: str
    subtitle: str
    dedication: str
    isbn_print: str
    isbn_ebook: str
    publisher: str
    published_on: date | None
    edition: str
    rights: str
    series: str
    series_number: str
    description: str
    back_text: str
    subjects: Sequence[SubjectChange]
    keywords: Sequence[str]
    contents_depth: int


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str = Contributor.Role.AUTHOR


OF_BOOK = frozenset({"title", "subtitle", "dedication"})
_LINES = frozenset({"description", "back_text"})


def edit_metadata(*, membership: Membership, book: Book, **changes: Unpack[Changes]) -> BookMetadata:
    """Change what is said of a book. Raises `InvalidPublication` with every fault, `PermissionDenied`."""
    with transaction.atomic():
        book = _editable(membership, book)
        metadata = BookMetadata.objects.filter(book=book).first() or BookMetadata(book=book)
        checked = _checked(metadata, changes)
        rows = {name: book if name in OF_BOOK else metadata for name in checked}
        changed = [name for name, value in checked.items() if getattr(rows[name], name) != value]
        for name in changed:
            setattr(rows[name], name, checked[name])
        if changed:
            book.save(update_fields=[*(OF_BOOK & set(changed)), "updated_at"])
            metadata.save()
            _changed(membership, book, what=changed)
    return metadata


def set_contributors(*, membership: Membership, book: Book, people: Sequence[Person]) -> list[Contributor]:
    """Name everybody who had a part in a book, in order, in place of those named before.

    The authors among them become the book's byline. Raises `InvalidPublication` with faults by
    "people.0.name" and so on, `PermissionDenied`.
    """
    wanted = _checked_people(people)
    with transaction.atomic():
        book = _editable(membership, book)
        present = list(book.contributors.all())
        if [(each.name, each.role) for each in present] == [(each.name, each.role) for each in wanted]:
            return present
        book.contributors.all().delete()
        rows = Contributor.objects.bulk_create(
            Contributor(book=book, position=place, name=each.name, role=each.role)
            for place, each in enumerate(wanted, 1)
        )
        _byline(book, wanted)
        _changed(membership, book, what=["contributors"])
    return rows


def add_section(
    *, membership: Membership, book: Book, role: str, text: str, title: str = "", placement: str = ""
) -> BookSection:
    """Add a piece of front or back matter at the end of its place.

    Without a title it gets the usual one in the book's language, without a placement the usual place for its
    role. `text` is Markdown. Raises `InvalidPublication`, `PermissionDenied`.
    """
    with transaction.atomic():
        book = _editable(membership, book)
        if book.matter.count() >= MOST_SECTIONS:
            message = _("A book has at most %(most)d pieces of front and back matter.")
            raise InvalidPublication({"role": [message % {"most": MOST_SECTIONS}]})
        section = BookSection(book=book, role=role, placement=placement or usual_placement(role))
        section.title, section.text = _one_line(title), _markdown(text)
        _check_section(section, book)
        section.position = book.matter.filter(placement=section.placement).count() + 1
        section.save()
        _changed(membership, book, what=["matter"], section=section.title)
    return section


def edit_section(
    *,
    membership: Membership,
    section: BookSection,
    role: str | None = None,
    title: str | None = None,
    text: str | None = None,
    placement: str | None = None,
) -> BookSection:
    """Change a piece of matter; what is left out stays. In another placement it goes to the end.

    Raises `InvalidPublication`, `PermissionDenied`.
    """
    with transaction.atomic():
        book = _editable(membership, section.book)
        section = BookSection.objects.get(pk=section.pk)
        before = _of(section)
        section.role = section.role if role is None else role
        section.title = section.title if title is None else _one_line(title)
        section.text = section.text if text is None else _markdown(text)
        section.placement = section.placement if placement is None else placement
        _check_section(section, book)
        if _of(section) == before:
            return section
        if section.placement != before[3]:
            section.position = book.matter.filter(placement=section.placement).count() + 1
        section.save()
        _number(book)
        _changed(membership, book, what=["matter"], section=section.title)
    return section


def move_section(*, membership: Membership, section: BookSection, position: int) -> None:
    """Put a piece of matter at a place, counted from 1, among those before or after the text."""
    with transaction.atomic():
        book = _editable(membership, section.book)
        rows = list(book.matter.filter(placement=section.placement))
        order = [row for row in rows if row.pk != section.pk]
        order.insert(max(position, 1) - 1, next(row for row in rows if row.pk == section.pk))
        if order == rows:
            return
        for place, row in enumerate(order, 1):
            row.position = place
        BookSection.objects.bulk_update(order, ["position"])
        _changed(membership, book, what=["matter"], section=section.title)


def remove_section(*, membership: Membership, section: BookSection) -> None:
    """Take a piece of matter out of the book."""
    with transaction.atomic():
        book = _editable(membership, section.book)
        book.matter.filter(pk=section.pk).delete()
        _number(book)
        _changed(membership, book, what=["matter"], section=section.title)


def name_part(*, membership: Membership, chapter: Chapter, title: str) -> Chapter:
    """Begin a part of the book with this chapter, or with no title let it go on with the part before.

    Raises `InvalidPublication`, `PermissionDenied`.
    """
    title = _one_line(title)
    faults = _too_long({"part": title}, Chapter)
    if faults:
        raise InvalidPublication(faults)
    with transaction.atomic():
        book = _editable(membership, chapter.book)
        if chapter.part != title:
            chapter.part = title
            chapter.save(update_fields=["part", "updated_at"])
            _changed(membership, book, what=["parts"], number=chapter.number, part=title)
    return chapter


_IN_FRONT = frozenset({"epigraph", "foreword", "preface", "introduction", "prologue"})


def usual_placement(role: str) -> str:
    return BookSection.Placement.FRONT if role in _IN_FRONT else BookSection.Placement.BACK


def usual_title(role: str, *, language: str) -> str:
    """What such a section is called, in the book's own language."""
    if role not in BookSection.Role or role == BookSection.Role.SECTION:
        return ""
    with translation.override(language):
        return str(BookSection.Role(role).label)


def _editable(membership: Membership, book: Book) -> Book:
    """The book's row, locked, so that two who change its order wait for each other."""
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    return Book.objects.select_for_update(no_key=True).get(pk=book.pk)


def _changed(membership: Membership, book: Book, *, what: Iterable[str], **details: Any) -> None:
    """Note that the book says something else now, also where rows are gone, and have its files follow."""
    BookMetadata.objects.update_or_create(book=book, defaults={"updated_at": timezone.now()})
    details = {"changed": sorted(what), **details}
    recording.record(Action.BOOK_CHANGED, actor=membership.user, resource=book, details=details)
    editing.texts_changed(book_id=book.pk)


def _checked(metadata: BookMetadata, changes: Changes) -> dict[str, Any]:
    """The changes as they are kept. Raises `InvalidPublication` with every fault."""
    faults: dict[str, list[str]] = {}
    checked: dict[str, Any] = dict(changes)
    for name, value in checked.items():
        if isinstance(value, str):
            checked[name] = clean(value, lines=name in _LINES)
    if checked.get("title") == "":
        faults["title"] = [_("A book needs a title.")]
    for name in ("isbn_print", "isbn_ebook"):
        if name in checked:
            _keep(checked, faults, name, isbn.read_isbn)
    _check_isbns(checked, metadata, faults)
    if "subjects" in checked:
        _keep(checked, faults, "subjects", partial(_subjects, kept_so_far=metadata.subjects))
    if "keywords" in checked:
        _keep(checked, faults, "keywords", _keywords)
    if not 0 <= checked.get("contents_depth", 1) <= 3:
        faults["contents_depth"] = [_("The contents page shows 0 to 3 levels.")]
    faults |= _too_long(checked, Book, BookMetadata, known=faults)
    if faults:
        raise InvalidPublication(faults)
    return checked


def _keep(checked: dict[str, Any], faults: dict[str, list[str]], name: str, read: Any) -> None:
    try:
        checked[name] = read(checked[name])
    except (isbn.BadIsbn, subjects.BadSubject, _Unfit) as error:
        faults[name] = [str(error)]


class _Unfit(ValueError):
    """A list that has too much in it."""


def _check_isbns(checked: dict[str, Any], metadata: BookMetadata, faults: dict[str, list[str]]) -> None:
    printed = checked.get("isbn_print", metadata.isbn_print)
    electronic = checked.get("isbn_ebook", metadata.isbn_ebook)
    if printed and printed == electronic and not faults.keys() & {"isbn_print", "isbn_ebook"}:
        name = "isbn_ebook" if "isbn_ebook" in checked else "isbn_print"
        faults[name] = [_("The printed book and the e-book are two products: each needs an ISBN of its own.")]


def _subjects(given: Sequence[SubjectChange], *, kept_so_far: Sequence[SubjectChange]) -> list[SubjectChange]:
    """Each once. What the book has already stays, also where the list has changed under it."""
    kept: list[SubjectChange] = []
    for each in given:
        subject = each
        if each not in kept_so_far:
            code = subjects.checked_code(each["scheme"], each["code"])
            subject = SubjectChange(scheme=each["scheme"], code=code)
        if subject not in kept:
            kept.append(subject)
    if len(kept) > subjects.MOST:
        raise _Unfit(_("A book has at most %(most)d subjects.") % {"most": subjects.MOST})
    return kept


def _keywords(given: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(filter(None, map(clean, given))))
    if len(kept) > MOST_KEYWORDS:
        raise _Unfit(_("A book has at most %(most)d keywords.") % {"most": MOST_KEYWORDS})
    if any(len(word) > LONGEST_KEYWORD for word in kept):
        raise _Unfit(_("A keyword has at most %(most)d characters.") % {"most": LONGEST_KEYWORD})
    return kept


def _checked_people(people: Sequence[Person]) -> list[Person]:
    faults: dict[str, list[str]] = {}
    wanted = [Person(clean(each.name), each.role) for each in people]
    for place, each in enumerate(wanted):
        if not each.name:
            faults[f"people.{place}.name"] = [_("Give a name, or leave the line out.")]
        if each.role not in Contributor.Role:
            faults[f"people.{place}.role"] = [_("Choose one of the roles.")]
        faults |= {
            f"people.{place}.{name}": sentences
            for name, sentences in _too_long({"name": each.name}, Contributor).items()
        }
    if len(wanted) > MOST_PEOPLE:
        faults["people"] = [_("A book names at most %(most)d people.") % {"most": MOST_PEOPLE}]
    if faults:
        raise InvalidPublication(faults)
    return wanted


def _byline(book: Book, people: Sequence[Person]) -> None:
    """Shelves and covers show the authors' names in one line."""
    authors = ", ".join(each.name for each in people if each.role == Contributor.Role.AUTHOR)
    longest = Book._meta.get_field("author_name").max_length or 0
    if authors:
        book.author_name = authors if len(authors) <= longest else authors[: longest - 1] + "…"
        book.save(update_fields=["author_name", "updated_at"])


def _of(section: BookSection) -> tuple[str, str, str, str]:
    return section.role, section.title, section.text, section.placement


def _check_section(section: BookSection, book: Book) -> None:
    section.title = section.title or usual_title(section.role, language=book.language)
    faults = _too_long({"title": section.title, "text": section.text}, BookSection)
    if section.role not in BookSection.Role:
        faults["role"] = [_("Choose what it is.")]
    if section.placement not in BookSection.Placement:
        faults["placement"] = [_("Choose whether it stands before or after the text.")]
    if not section.title and "role" not in faults:
        faults["title"] = [_("Give it a title.")]
    if not section.text.strip():
        faults["text"] = [_("Write its text, or leave it out.")]
    if faults:
        raise InvalidPublication(faults)


def _number(book: Book) -> None:
    """Positions without gaps, in each placement from 1."""
    for placement in BookSection.Placement.values:
        rows = list(book.matter.filter(placement=placement))
        for place, row in enumerate(rows, 1):
            row.position = place
        BookSection.objects.bulk_update(rows, ["position"])


def _too_long(
    texts: Mapping[str, Any], *models: Any, known: Mapping[str, Any] | None = None
) -> dict[str, list[str]]:
    """A sentence for each text that is longer than its column."""
    columns: dict[str, Field[Any, Any]] = {
        field.name: field for model in models for field in model._meta.concrete_fields
    }
    message = _("This is %(length)d characters long. Shorten it to %(limit)d at most.")
    return {
        name: [message % {"length": len(text), "limit": columns[name].max_length}]
        for name, text in texts.items()
        if isinstance(text, str)
        and name not in (known or {})
        and len(text) > (columns[name].max_length or len(text))
    }


def _one_line(text: str) -> str:
    return clean(text)


def _markdown(text: str) -> str:
    """Markdown with its blanks and lines as they are, without what cannot be stored or typeset."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
