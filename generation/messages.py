"""What a member reads when a book stops: what happened, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from formats import problems
from jobs.kinds import Failure


def for_member(failure: Failure) -> str:
    """A sentence or two in the language that is active. The log has the reason; it is not repeated here."""
    if failure.code == "format_not_built":
        reason = problems.told(failure.reason) or failure.reason[:300]
        return _("A file of the book could not be made: %(reason)s") % {"reason": reason}
    by_code = _by_code(failure.code)
    if by_code:
        return by_code
    return _by_kind(failure.kind)


def _by_code(code: str) -> str:
    sentences = {
        "wrong_key": _(
            "The AI service did not accept its key. Ask an administrator to check it, then try again."
        ),
        "no_credit": _(
            "The account with the AI service has no credit left. Once it is topped up, try again."
        ),
        "not_allowed": _(
            "The AI service does not allow this account to use the chosen model. "
            "Ask an administrator to choose another one."
        ),
        "unknown_model": _(
            "The AI service does not know the chosen model. Ask an administrator to choose another one."
        ),
        "unknown_provider": _(
            "This installation no longer has the AI service that the book was begun with. "
            "Ask an administrator to connect it, then try again."
        ),
        "storage_full": _("The plan’s storage is full. Make room or take a larger plan, then try again."),
        "too_long": _(
            "The notes and the text so far are too long for the chosen model. "
            "Begin a new book with shorter notes, or ask an administrator for a model that reads more."
        ),
        "provider_unavailable": _(
            "The AI service could not be reached for a while. What is written is kept; try again later."
        ),
        "unusable_answer": _("The AI service gave several answers that cannot be used. Try again."),
        "content_refused": _(
            "The AI service refused this text. Try again, or begin a new book with its topic in other words."
        ),
    }
    return sentences.get(code, "")


def _by_kind(kind: str) -> str:
    sentences = {
        "budget": _(
            "The budget does not cover this book. What is written is kept; "
            "once the budget is raised, try again."
        ),
        "refused": _("The AI service refused this text. Try again, or ask for it in other words."),
        "exhausted": _("One part failed several times. What is written is kept; try again."),
        "quarantined": _("One part broke off several times and was set aside. Try again or skip it."),
    }
    return sentences.get(kind) or _("Something went wrong on our side. What is written is kept; try again.")
