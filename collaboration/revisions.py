"""The only door through which a chapter's text changes: every text that it ever had is kept."""

from __future__ import annotations

import difflib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from books.models import Chapter
from collaboration.models import Revision
from notifications.webhooks.catalogue import api_url
from notifications.webhooks.events import emit

LONGEST_TEXT = 400_000


class TextChangedMeanwhile(Exception):
    """Somebody saved another text since the one that this edit started from."""

    def __init__(self, *, current: int) -> None:
        super().__init__(_("This chapter was changed meanwhile. Compare the two texts, then save again."))
        self.current = current


class TextTooLong(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("A chapter holds at most %(limit)d characters. Divide it into two.") % {"limit": LONGEST_TEXT}
        )


def write_chapter(
    *,
    chapter_id: UUID,
    text: str,
    origin: str,
    title: str | None = None,
    summary: str | None = None,
    author_id: UUID | None = None,
    instruction: str = "",
    complete: bool = True,
    expected: int | None = None,
) -> Revision | None:
    """Save a chapter's text as its next revision and show it.

    `expected` is the revision number that the writer saw: when it is no longer current,
    `TextChangedMeanwhile` is raised and nothing changes. Returns None where text and title are already so.
    `complete` is False for a text that stopped early and is to be continued.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    with transaction.atomic():
        chapter = Chapter.objects.select_for_update().get(pk=chapter_id)
        if expected is not None and expected != chapter.revision:
            raise TextChangedMeanwhile(current=chapter.revision)
        status = Chapter.Status.WRITTEN if complete else Chapter.Status.INCOMPLETE
        new_title = chapter.title if title is None else title
        if chapter.revision and (text, new_title, status) == (chapter.text, chapter.title, chapter.status):
            return None
        if summary is not None:
            chapter.summary = summary
        changes = _changes(chapter.text, text, instruction)
        first = chapter.status != Chapter.Status.WRITTEN
        chapter.text, chapter.title, chapter.status = text, new_title, status
        revision = _save(chapter, changes=changes, origin=origin, author_id=author_id)
        if complete:
            emit("chapter.written" if first else "chapter.updated", _told(revision))
        return revision


def restore_revision(*, revision: Revision, author_id: UUID | None) -> Revision | None:
    """Show an earlier text again, as a new revision: nothing between is lost."""
    return write_chapter(
        chapter_id=revision.chapter_id,
        text=revision.content,
        title=revision.title,
        origin=Revision.Origin.RESTORED,
        author_id=author_id,
    )


def count_words(text: str) -> int:
    return len(text.split())


def _save(chapter: Chapter, *, changes: dict[str, object], origin: str, author_id: UUID | None) -> Revision:
    chapter.revision += 1
    chapter.words = count_words(chapter.text)
    revision = Revision.objects.create(
        book_id=chapter.book_id,
        chapter=chapter,
        number=chapter.revision,
        version=_next_version(chapter, origin),
        origin=origin,
        title=chapter.title,
        content=chapter.text,
        words=chapter.words,
        changes=changes,
        author_id=author_id,
    )
    chapter.save(update_fields=["text", "title", "status", "words", "revision", "summary", "updated_at"])
    return revision


def _told(revision: Revision) -> dict[str, object]:
    """As `notifications.webhooks.catalogue` has it."""
    book = api_url(f"books/{revision.book_id}/")
    number = revision.chapter.number
    return {
        "book": {"id": str(revision.book_id), "url": book},
        "number": number,
        "title": revision.title,
        "words": revision.words,
        "revision": revision.number,
        "origin": str(revision.origin),
        "url": f"{book}chapters/{number}/",
    }


def _next_version(chapter: Chapter, origin: str) -> str:
    if chapter.revision == 1:
        return "v1.0"
    latest = Revision.objects.filter(chapter=chapter).values_list("version", flat=True).first() or "v1.0"
    major, minor = (int(part) for part in latest.removeprefix("v").split("."))
    return f"v{major + 1}.0" if origin == Revision.Origin.AI else f"v{major}.{minor + 1}"


def _changes(before: str, after: str, instruction: str) -> dict[str, object]:
    """How much changed, in paragraphs, and what was asked for."""
    added = removed = 0
    if before:
        old, new = before.split("\n\n"), after.split("\n\n")
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
            if tag != "equal":
                removed, added = removed + i2 - i1, added + j2 - j1
    else:
        added = after.count("\n\n") + 1 if after else 0
    changes: dict[str, object] = {"paragraphs_added": added, "paragraphs_removed": removed}
    if instruction:
        changes["instruction"] = instruction
    return changes
