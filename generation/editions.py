"""Keeping a book's files as they are now, under a name, however the text goes on.

An edition refers to the files themselves: nothing is copied and no space is counted twice. As long as one
refers to a file, it stays (`formats.records.discard`).
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from books.models import Book
from collaboration import permissions
from formats import records
from formats.models import Edition, EditionFile
from generation.briefs import clean
from generation.errors import NotPossibleNow
from insights import recording
from insights.actions import Action
from tenants.models import Membership

MOST = 50  # editions of a book
LONGEST_NAME = 120


class InvalidEdition(Exception):
    """The name cannot be used; the message says why."""

    @property
    def errors(self) -> dict[str, list[str]]:
        """By field, as forms and the API tell it."""
        return {"name": [str(self)]}


def keep_edition(*, membership: Membership, book: Book, name: str = "") -> Edition:
    """Keep the files that are there now. Without a name the edition is called by its number.

    Raises `InvalidEdition`, `NotPossibleNow` where there is no file yet or there are too many editions,
    `PermissionDenied`.
    """
    name = clean(name)
    if len(name) > LONGEST_NAME:
        raise InvalidEdition(_("A name has at most %(limit)d characters.") % {"limit": LONGEST_NAME})
    with transaction.atomic():
        book = _editable(membership, book)
        # Locked, so that a build that settles now does not take away a file that is being kept.
        # Read with their files afterwards: one that changes while it is waited for would miss its new file.
        rows = book.formats.filter(file__isnull=False)
        held = list(rows.select_for_update().values_list("pk", flat=True))
        made = list(rows.filter(pk__in=held).select_related("file"))
        if not made:
            raise NotPossibleNow(_("There is no file to keep yet."))
        if book.editions.count() >= MOST:
            raise NotPossibleNow(
                _("A book has at most %(limit)d editions. Delete one first.") % {"limit": MOST}
            )
        number = (book.editions.aggregate(last=Max("number"))["last"] or 0) + 1
        edition = Edition.objects.create(
            book=book,
            number=number,
            name=name or _("Edition %(number)d") % {"number": number},
            words=book.words,
            created_by=membership.user,
        )
        EditionFile.objects.bulk_create(
            EditionFile(
                edition=edition,
                format=row.format,
                file=row.file,
                content_hash=row.content_hash,
                engine=row.engine,
                built_at=row.built_at or edition.created_at,
            )
            for row in made
        )
        _record(Action.EDITION_KEPT, membership, edition)
    return edition


def delete_edition(*, membership: Membership, edition: Edition) -> None:
    """Forget an edition. Its files go, unless the book or another edition still has them."""
    with transaction.atomic():
        _editable(membership, edition.book)
        if not Edition.objects.filter(pk=edition.pk).exists():
            return  # somebody else was quicker
        files = [kept.file for kept in edition.files.select_related("file")]
        _record(Action.EDITION_DELETED, membership, edition)
        edition.delete()
        for file in files:
            records.discard(file)


def _editable(membership: Membership, book: Book) -> Book:
    """The book's row, locked: numbers are given out one after another."""
    if not permissions.can_edit(membership, book):
        raise PermissionDenied
    return Book.objects.select_for_update(no_key=True).get(pk=book.pk)


def _record(action: Action, membership: Membership, edition: Edition) -> None:
    details = {"number": edition.number, "name": edition.name}
    recording.record(action, actor=membership.user, resource=edition.book, details=details)
