"""What somebody is told when a limit is reached: which, how much is left, when it resets, how to get more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.limits.rules import Of
from billing.models import Metric, Window

MEGABYTE: Final = 1024 * 1024


@dataclass
class LimitReached(Exception):
    """Nothing was taken. `left` and `limit` are in the metric's unit (bytes for storage).

    The text is for the member, in their language. `paused` says that the subscription rests, whatever is
    left of it.
    """

    metric: Metric
    limit: int
    left: int
    renewed_on: date | None
    of: Of = Of.PLAN
    window: Window = Window.EVER
    paused: bool = False

    @property
    def what(self) -> str:
        if self.paused:
            return _("Your organisation’s subscription is paused.")
        if self.metric == Metric.STORAGE_USED:
            return _("This needs more storage than the %(left)d MB that your plan has left.") % {
                "left": self.left // MEGABYTE
            }
        if self.metric == Metric.BOOKS_CREATED:
            return self._of_books()
        values = {"what": self.metric.label, "limit": number_format(self.limit, force_grouping=True)}
        return _("The limit is reached: %(what)s, %(limit)s at most.") % values

    def _of_books(self) -> str:
        values = {"limit": self.limit}
        if self.of is Of.PERSON:
            return _("Your own books are used up: %(limit)d at most.") % values
        if self.of is Of.GROUP:
            return _("The books of a member of your group are used up: %(limit)d at most.") % values
        if self.window == Window.DAY:
            return (
                ngettext(
                    "Today’s %(limit)d book of your organisation has been used.",
                    "Today’s %(limit)d books of your organisation have all been used.",
                    self.limit,
                )
                % values
            )
        return _("Your plan’s %(limit)d books have all been used.") % values

    @property
    def when(self) -> str:
        if self.renewed_on is None or self.paused:
            return ""
        if self.window == Window.DAY:
            return _("It starts anew at midnight.")
        return _("New ones come on %(day)s.") % {"day": date_format(self.renewed_on)}

    @property
    def how(self) -> str:
        if self.paused:
            return _("An owner can resume it at any time.")
        if self.of in (Of.PERSON, Of.GROUP):
            return _("An owner or admin of your organisation can raise it.")
        return _("A larger plan has room for more.")

    def __str__(self) -> str:
        return " ".join(filter(None, [self.what, self.when, self.how]))
