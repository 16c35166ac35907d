"""The words of each kind of notification, in the language that is active."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from notifications.billing_words import OF_BILLING, words_of_billing
from notifications.models import Kind
from tenants.models import Role
from tenants.portable.exports import reasons


@dataclass(frozen=True, slots=True)
class Words:
    """A line, a sentence, and the path on the organisation's host where the reader goes on."""

    title: str
    body: str
    path: str


def words(*, kind: str, data: Mapping[str, Any], language: str | None = None) -> Words:
    """What to show for a notification; by default in the language active now.

    `data` of books: `title`, `path`, and for one that failed `reason`, which is for members to read. Of
    people: `organisation` or the `name` of whom it is about, and their `role`; of one that goes, `delete_at`.
    """
    if language is not None:
        with override(language):
            return words(kind=kind, data=data)
    about = {**_MISSING, **data}
    if kind in OF_BILLING:
        title, body = words_of_billing(Kind(kind), data)
    else:
        title, body = _WORDS[Kind(kind)](about)
    return Words(title, body, str(data.get("path", "/")))


def _book_finished(about: Mapping[str, Any]) -> tuple[str, str]:
    return _("“%(title)s” is finished") % about, _("All chapters, pictures and files are ready.")


def _book_failed(about: Mapping[str, Any]) -> tuple[str, str]:
    kept = _("What was written is safe. You can try again from where it stopped.")
    return _("“%(title)s” could not be finished") % about, str(about.get("reason") or kept)


def _batch_completed(about: Mapping[str, Any]) -> tuple[str, str]:
    """How many books there are, and how many could not be made."""
    books, failed = int(about.get("books", 0)), int(about.get("failed", 0))
    body = ngettext("%(books)d book is ready.", "%(books)d books are ready.", books) % {"books": books}
    if failed:
        stopped = ngettext("%(failed)d could not be made.", "%(failed)d could not be made.", failed)
        body = f"{body} {stopped % {'failed': failed}}"
    return _("The batch “%(title)s” is finished") % about, body


def _batch_paused(about: Mapping[str, Any]) -> tuple[str, str]:
    return _("The batch “%(title)s” is paused") % about, str(about.get("reason", ""))


def _member_joined(about: Mapping[str, Any]) -> tuple[str, str]:
    if about.get("domain"):
        how = _("Their address is at %(domain)s, whose people may join by themselves.") % about
    else:
        how = _("They followed your invitation and are a member here now.")
    return _("%(name)s joined") % about, how


def _role_changed(about: Mapping[str, Any]) -> tuple[str, str]:
    now = _("You are now: %(role)s.") % {"role": _role(about)}
    return _("Your role in %(organisation)s changed") % about, now


def _membership_ended(about: Mapping[str, Any]) -> tuple[str, str]:
    stays = _("Your account stays. The books that you made there stay with the organisation.")
    return _("You are no longer in %(organisation)s") % about, stays


def _ownership_received(about: Mapping[str, Any]) -> tuple[str, str]:
    return _("%(organisation)s is yours now") % about, _("%(name)s handed it over to you.") % about


def _organisation_deleting(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("%(name)s asked for it. Its books are erased on %(day)s; until then an owner can keep it.")
    day = _moment(about, "delete_at")
    return _("%(organisation)s is going to be deleted") % about, body % {"name": about["name"], "day": day}


def _organisation_kept(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("%(name)s has kept it from being deleted. Everything is as it was.")
    return _("%(organisation)s stays") % about, body % about


def _budget_nearing(about: Mapping[str, Any]) -> tuple[str, str]:
    title = _("%(percent)s %% of this month’s budget is spent")
    body = _("When it is used up, books wait. An owner or admin can raise it.")
    return title % {"percent": about.get("percent", 80)}, body


def _usage(data: Mapping[str, Any]) -> tuple[str, str]:
    """Bytes are told in GB, everything else as it is counted."""
    metric, limit = str(data.get("metric")), int(data.get("limit", 0))
    about = {"percent": data.get("percent", 100), "limit": number_format(limit, force_grouping=True)}
    match metric:
        case "BOOKS_CREATED":
            title, what = _("%(percent)s %% of your books are used"), _("of %(limit)s books")
        case "STORAGE_USED":
            about["limit"] = number_format(round(limit / 1024**3, 1))
            title, what = _("%(percent)s %% of your storage is used"), _("of %(limit)s GB")
        case _:
            title, what = _("%(percent)s %% of your API calls are used"), _("of %(limit)s API calls")
    window = {
        "DAY": _("It starts anew at midnight."),
        "MONTH": _("It starts anew with the next month."),
    }.get(str(data.get("window")), _("A larger plan has room for more."))
    used = _("%(percent)s %% %(what)s.") % {"percent": about["percent"], "what": what % about}
    return title % about, f"{used} {window}"


def _domain_verified(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("Its DNS record was found: the domain is yours here.")
    return _("%(domain)s is proven") % about, body


def _domain_failing(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("It has not been found for three days. From %(day)s on, the domain is no longer yours here.")
    title = _("The DNS record of %(domain)s is missing") % about
    return title, body % {"day": _moment(about, "ends_at")}


def _domain_lost(about: Mapping[str, Any]) -> tuple[str, str]:
    return _("%(domain)s is no longer proven") % about, _("Its DNS record has been missing for two weeks.")


def _export_ready(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("%(name)s asked for it. It holds all that is kept here, and can be downloaded until %(day)s.")
    told = {"name": about["name"], "day": _moment(about, "expires_at")}
    return _("The export of %(organisation)s is ready") % about, body % told


def _export_failed(about: Mapping[str, Any]) -> tuple[str, str]:
    title = _("The export of %(organisation)s could not be made")
    return title % about, reasons.in_words(str(about.get("reason") or reasons.BROKEN))


def _key_expiring(about: Mapping[str, Any]) -> tuple[str, str]:
    body = _("It works until %(day)s. Make another one, and put it in its place before.")
    return _("The API key “%(name)s” expires soon") % about, body % {"day": _moment(about, "ends_at")}


def _webhook_paused(about: Mapping[str, Any]) -> tuple[str, str]:
    if about.get("reason") == "GONE":
        why = _("The receiver at %(host)s answered that it is gone for good (410).")
    else:
        why = _("For five days nothing could be delivered to %(host)s.")
    kept = _("What happens meanwhile is kept for 30 days, and sent once you resume it.")
    return _("A webhook is paused"), f"{why % about} {kept}"


def _moment(data: Mapping[str, Any], name: str) -> str:
    moment = parse_datetime(str(data.get(name, "")))
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _role(data: Mapping[str, Any]) -> str:
    role = str(data.get("role", ""))
    return str(Role(role).label) if role in Role else role


_MISSING: Final = dict.fromkeys(("title", "name", "organisation", "domain", "host"), "")
_WORDS: Final[Mapping[Kind, Callable[[Mapping[str, Any]], tuple[str, str]]]] = {
    Kind.BOOK_FINISHED: _book_finished,
    Kind.BOOK_FAILED: _book_failed,
    Kind.BATCH_COMPLETED: _batch_completed,
    Kind.BATCH_PAUSED: _batch_paused,
    Kind.MEMBER_JOINED: _member_joined,
    Kind.ROLE_CHANGED: _role_changed,
    Kind.MEMBERSHIP_ENDED: _membership_ended,
    Kind.OWNERSHIP_RECEIVED: _ownership_received,
    Kind.ORGANISATION_DELETING: _organisation_deleting,
    Kind.ORGANISATION_KEPT: _organisation_kept,
    Kind.BUDGET_NEARING: _budget_nearing,
    Kind.USAGE_NEARING: _usage,
    Kind.USAGE_REACHED: _usage,
    Kind.DOMAIN_VERIFIED: _domain_verified,
    Kind.DOMAIN_FAILING: _domain_failing,
    Kind.DOMAIN_LOST: _domain_lost,
    Kind.EXPORT_READY: _export_ready,
    Kind.EXPORT_FAILED: _export_failed,
    Kind.KEY_EXPIRING: _key_expiring,
    Kind.WEBHOOK_PAUSED: _webhook_paused,
}
