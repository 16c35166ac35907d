"""What a member reads when a book stops: what happened, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from formats import problems
from jobs.kinds import Failure


def for_member(failure: Failure, *, own: bool = False) -> str:
    """A sentence or two in the language that is active. The log has the reason; it is not repeated here.

    `own` says that it was a call to a service that the organisation has chosen, and pays for, itself.
    """
    if own and (told := _by_code_of_own(failure.code)):
        return told
    if failure.code == "crew_inputs":
        return _("The crew asks for what a book does not have: %(names)s.") % {"names": failure.reason[:300]}
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
        "own_provider_removed": _(
            "The AI service that this book was begun with has been removed from the organisation’s settings. "
            "Begin a new book."
        ),
        "crew_failed": _("The crew has stopped with an error of its own. Try again to have it begin anew."),
        "crew_lost": _("The crew no longer knows of this book. Try again to have it begin anew."),
        "crew_silent": _(
            "The crew was asked twice to begin, and each time its answer was lost. See there whether it is "
            "at work, then try again."
        ),
        "crew_too_slow": _(
            "The crew is not done after a very long time. Try again to go on waiting for it, or cancel."
        ),
        "crew_wrong_shape": _(
            "The crew has finished, but its answer has no chapters with a title and content. "
            "Have its last task give them as JSON, then try again."
        ),
        "crew_too_much": _("The crew’s answer is far too large for a book."),
        "crew_not_found": _(
            "There is no crew at the address that is set. An owner can put it right in the organisation’s "
            "settings."
        ),
        "crew_refused": _("The crew did not accept what it was sent. Its logs may say why."),
        "crew_went_on": _(
            "The crew has gone on without waiting for the approval, so that the changes to the outline could "
            "not reach it. Try again to take the book as the crew writes it, or cancel."
        ),
        "crew_no_such_chapter": _(
            "The crew has written no text for one of the chapters. Skip the chapter to go on without it."
        ),
        "crew_cannot_rewrite": _(
            "This crew writes whole books only. To have a single chapter rewritten, give it an input called "
            "“instruction”, or choose another service for text."
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


def _by_code_of_own(code: str) -> str:
    sentences = {
        "wrong_key": _(
            "The AI service of your organisation did not accept its key. An owner can put it right in the "
            "organisation’s settings, under “AI services”; then try again."
        ),
        "no_credit": _(
            "Your organisation’s account with the AI service has no credit left. Once it is topped up there, "
            "try again."
        ),
        "not_allowed": _(
            "The AI service of your organisation does not allow its key to use the chosen model. An owner "
            "can choose another one in the organisation’s settings, under “AI services”."
        ),
        "unknown_model": _(
            "The AI service of your organisation does not know the chosen model. An owner can choose another "
            "one in the organisation’s settings, under “AI services”."
        ),
        "provider_unavailable": _(
            "The AI service of your organisation could not be reached for a while. What is written is kept; "
            "try again later."
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
