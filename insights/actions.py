"""Everything the activity log can tell of. A new action is added here, with a word on when it is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    # People and organisations
    SIGNED_UP = "user.signed_up", _("Signed up")  # resource: the user
    SIGNED_IN = "user.signed_in", _("Signed in")  # resource: the user
    ORGANISATION_CREATED = "organisation.created", _("Created the organisation")
    ORGANISATION_SUSPENDED = "organisation.suspended", _("Suspended the organisation")
    ORGANISATION_RESUMED = "organisation.resumed", _("Resumed the organisation")
    # Books; resource: the book
    BOOK_COMMISSIONED = "book.commissioned", _("Commissioned a book")
    BOOK_OUTLINE_APPROVED = "book.outline_approved", _("Approved the outline")
    BOOK_FINISHED = "book.finished", _("The book was finished")
    BOOK_FAILED = "book.failed", _("The book could not be finished")
    BOOK_CANCELLED = "book.cancelled", _("Cancelled the book")
    BOOK_RETRIED = "book.retried", _("Tried again")
    BOOK_CHANGED = "book.changed", _("Changed the book’s details")
    BOOK_DELETED = "book.deleted", _("Deleted the book")
    # Chapters; resource: the book, details: chapter number and title
    CHAPTER_EDITED = "chapter.edited", _("Edited a chapter")
    CHAPTER_REGENERATED = "chapter.regenerated", _("Had a chapter rewritten")
    CHAPTER_RESTORED = "chapter.restored", _("Restored an earlier version of a chapter")
    # Files; resource: the book, details: format and size in bytes
    FORMAT_BUILT = "format.built", _("A file was made")
    FORMAT_DOWNLOADED = "format.downloaded", _("Downloaded a file")
    # Work behind the scenes, done by the platform's staff; resource: the job or step
    JOB_CANCELLED = "job.cancelled", _("Cancelled a job")
    JOB_RETRIED = "job.retried", _("Retried a job")
    STEP_RETRIED = "step.retried", _("Retried a step")
    STEP_SKIPPED = "step.skipped", _("Skipped a step")
