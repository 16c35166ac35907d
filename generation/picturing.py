"""A member’s own picture in place of one of the book’s: kept, told in the log, and the files follow."""

from __future__ import annotations

from django.db import transaction

from books.models import Illustration
from generation import editing
from insights import recording
from insights.actions import Action
from storage import pictures
from storage.models import StoredFile
from tenants.accounts.models import User

UPLOADED = "upload"  # the provider of a member's own picture


def replace_picture(*, illustration: Illustration, data: bytes, alt: str, actor: User) -> Illustration:
    """Show this picture, described by `alt`, from now on; the one before is removed.

    Raises `storage.pictures.BadPicture`, or `billing.limits.LimitReached` where it does not fit the plan's
    storage; nothing changes then.
    """
    ready = pictures.made_ready(data)
    file = pictures.keep(data=data, ready=ready, name=_name(illustration), created_by_id=actor.pk)
    try:
        with transaction.atomic():
            shown = Illustration.objects.select_for_update(of=("self",)).get(pk=illustration.pk)
            before = shown.file
            shown.file, shown.alt, shown.provider = file, alt, UPLOADED
            shown.save(update_fields=["file", "alt", "provider"])
            _record(shown, actor)
            editing.texts_changed(book_id=shown.book_id)
            if before is not None:
                _discard(before)
    except BaseException:
        pictures.discard(file)
        raise
    return shown


def describe_picture(*, illustration: Illustration, alt: str, actor: User) -> Illustration:
    """Describe the picture that is there in other words."""
    if illustration.alt != alt:
        with transaction.atomic():
            illustration.alt = alt
            illustration.save(update_fields=["alt"])
            _record(illustration, actor)
            editing.texts_changed(book_id=illustration.book_id)
    return illustration


def _discard(file: StoredFile) -> None:
    if not Illustration.objects.filter(file=file).exists():
        pictures.discard(file)


def _name(illustration: Illustration) -> str:
    return f"picture-{illustration.chapter.number}" if illustration.chapter else "cover"


def _record(illustration: Illustration, actor: User) -> None:
    chapter = illustration.chapter
    details = {"number": chapter.number, "title": chapter.title} if chapter else {}
    recording.record(Action.PICTURE_REPLACED, actor=actor, resource=illustration.book, details=details)
