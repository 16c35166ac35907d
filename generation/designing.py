"""Choosing how a book's pages look; the files follow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import tinycss2
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from books.models import Book
from collaboration import permissions
from formats import designs
from formats.builders.themes import LEAST_SIDE, MILLIMETRE, MOST_SIDE, TRIMS, Theme
from formats.models import BookDesign
from generation import editing
from insights import recording
from insights.actions import Action
from tenants.models import Membership

LEAST_MILLIMETRES = math.ceil(LEAST_SIDE / MILLIMETRE)
MOST_MILLIMETRES = math.floor(MOST_SIDE / MILLIMETRE)

LONGEST_STYLESHEET = 100_000  # characters


class InvalidDesign(Exception):
    """`errors` maps each field's name to sentences for the member."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme and a trim by name, each "" for what suits the book's kind; a custom trim's sides in mm."""

    theme: str = ""
    trim: str = ""
    width: Decimal | None = None
    height: Decimal | None = None


def chosen(book: Book) -> Choice:
    design = BookDesign.objects.filter(book_id=book.pk).first()
    return Choice(design.theme, design.trim, design.width, design.height) if design else Choice()


def checked(book: Book, choice: Choice) -> Choice:
    """The choice as it is kept: sides only where the trim is custom. Raises `InvalidDesign`."""
    faults: dict[str, list[str]] = {}
    if choice.theme and choice.theme not in {theme.name for theme in designs.themes_for(book)}:
        faults["theme"] = [_("Choose one of the themes.")]
    if choice.trim != designs.CUSTOM:
        if choice.trim and choice.trim not in TRIMS:
            faults["trim"] = [_("Choose one of the sizes.")]
        if not faults:
            return Choice(choice.theme, choice.trim)
        raise InvalidDesign(faults)
    sides = {"width": choice.width, "height": choice.height}
    faults |= {name: [sentence] for name, side in sides.items() if (sentence := _amiss(side))}
    if faults:
        raise InvalidDesign(faults)
    return Choice(choice.theme, choice.trim, _tenths(choice.width), _tenths(choice.height))


def theme_of(book: Book, choice: Choice) -> Theme:
    """What the book would wear. The choice has been checked."""
    design = BookDesign.objects.filter(book_id=book.pk).first() or BookDesign(book=book)
    for name, value in _columns(choice).items():
        setattr(design, name, value)
    return designs.dressed(book, design)


def choose_design(*, membership: Membership, book: Book, choice: Choice) -> bool:
    """Have the book wear another design; its files are made again. False where it does already.

    Raises `InvalidDesign`, `PermissionDenied`.
    """
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    choice = checked(book, choice)
    with transaction.atomic():
        book = Book.objects.select_for_update(no_key=True).get(pk=book.pk)
        if choice == chosen(book):
            return False
        BookDesign.objects.update_or_create(book=book, defaults=_columns(choice))
        details = {"theme": choice.theme, "trim": choice.trim}
        recording.record(Action.DESIGN_CHOSEN, actor=membership.user, resource=book, details=details)
        editing.texts_changed(book_id=book.pk)
    return True


def choose_stylesheet(*, membership: Membership, book: Book, stylesheet: str) -> bool:
    """Have the PDF's pages follow a style sheet of the member's own; an empty one takes it away again.

    False where the book has it already. Raises `InvalidDesign` for CSS that cannot be read, naming the line,
    and `PermissionDenied`.
    """
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    stylesheet = stylesheet.replace("\r\n", "\n").strip()
    if sentence := _unreadable(stylesheet):
        raise InvalidDesign({"stylesheet": [sentence]})
    with transaction.atomic():
        book = Book.objects.select_for_update(no_key=True).get(pk=book.pk)
        design, _made = BookDesign.objects.get_or_create(book=book)
        if design.stylesheet == stylesheet:
            return False
        design.stylesheet = stylesheet
        design.save(update_fields=["stylesheet"])  # the other files stay as they are
        details = {"stylesheet": len(stylesheet)}
        recording.record(Action.DESIGN_CHOSEN, actor=membership.user, resource=book, details=details)
        editing.texts_changed(book_id=book.pk)
    return True


def stylesheet_of(book: Book) -> str:
    design = BookDesign.objects.filter(book_id=book.pk).first()
    return design.stylesheet if design else ""


def _unreadable(stylesheet: str) -> str:
    """What is wrong with the CSS, by the first place where it cannot be read; empty where nothing is."""
    if len(stylesheet) > LONGEST_STYLESHEET:
        return _("A style sheet has at most %(most)s characters.") % {"most": f"{LONGEST_STYLESHEET:,}"}
    if "\0" in stylesheet:
        return _("A style sheet is plain text.")
    for rule in tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True):
        parts = [rule]
        if rule.type == "qualified-rule":
            parts += tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        for part in parts:
            if part.type == "error":
                return _("Line %(line)d cannot be read as CSS.") % {"line": part.source_line}
    return ""


def _amiss(side: Decimal | None) -> str:
    if side is None:
        return _("Give a number.")
    if not side.is_finite() or not LEAST_MILLIMETRES <= side <= MOST_MILLIMETRES:
        limits = {"least": LEAST_MILLIMETRES, "most": MOST_MILLIMETRES}
        return _("A page measures between %(least)d and %(most)d mm (4 and 14 inches) on each side.") % limits
    return ""


def _tenths(side: Decimal | None) -> Decimal | None:
    return side.quantize(Decimal("0.1")) if side is not None else None


def _columns(choice: Choice) -> dict[str, str | Decimal | None]:
    return {"theme": choice.theme, "trim": choice.trim, "width": choice.width, "height": choice.height}
