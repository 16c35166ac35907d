"""A book's journey as a table of contents: which stage follows which, and what each still misses.

Every stage does only what is missing, so going on after a failure is the same as going on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generation.models import BookJob
from generation.steps import announcing, chapter, finalizing, formats, illustration, outline
from jobs.steps import NewStep

Status = BookJob.Status
Purpose = BookJob.Purpose


@dataclass(frozen=True, slots=True)
class Stage:
    """`missing` gives the steps that the stage needs still; it opens when those in `after` miss nothing."""

    name: str
    title: Promise
    status: str
    missing: Callable[[BookJob], Sequence[NewStep]]
    after: tuple[str, ...] = ()


OUTLINE = Stage("outline", _("Outline"), Status.GENERATING_OUTLINE, outline.missing)
CHAPTERS = Stage("chapters", _("Chapters"), Status.WRITING_CHAPTERS, chapter.missing, after=("outline",))
ILLUSTRATIONS = Stage(
    "illustrations",
    _("Pictures and cover"),
    Status.WRITING_CHAPTERS,
    illustration.missing,
    after=("outline",),
)
FINALIZING = Stage(
    "finalizing", _("Finishing touches"), Status.FINALIZING, finalizing.missing, after=("chapters",)
)
FORMATS = Stage(
    "formats", _("Typesetting"), Status.FINALIZING, formats.missing, after=("finalizing", "illustrations")
)
ANNOUNCING = Stage("announcing", _("Announcing"), Status.FINALIZING, announcing.missing, after=("formats",))

REWRITING = Stage("chapters", _("The chapter"), Status.WRITING_CHAPTERS, chapter.rewriting)
TYPESETTING = Stage("formats", _("Typesetting"), Status.FINALIZING, formats.missing)
TYPESETTING_AFTER = Stage(
    "formats", _("Typesetting"), Status.FINALIZING, formats.missing, after=("chapters",)
)

STAGES = (OUTLINE, CHAPTERS, ILLUSTRATIONS, FINALIZING, FORMATS, ANNOUNCING)

JOURNEYS: dict[str, tuple[Stage, ...]] = {
    Purpose.BOOK: STAGES,
    Purpose.CHAPTER: (REWRITING, TYPESETTING_AFTER, ANNOUNCING),
    Purpose.FORMATS: (TYPESETTING, ANNOUNCING),
}
