"""The words of each kind of notification, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.billing_words import OF_BILLING, words_of_billing
from notifications.models import Kind
from tenants.models import Role


@dataclass(frozen=True, slots=True)
class Words:
    """A line, a sentence, and the path on the organisation's host where the reader goes on."""

    title: str
    body: str
    path: str


def words(  # noqa: PLR0911, PLR0912 a table of kinds
    *, kind: str, data: Mapping[str, Any], language: str | None = None
) -> Words:
    """What to show for a notification; by default in the language active now.

    `data` of books: `title`, `path`, and for one that failed `reason`, which is for members to read. Of
    people: `organisation` or the `name` of whom it is about, and their `role`; of one that goes, `delete_at`.
    """
    if language is not None:
        with override(language):
            return words(kind=kind, data=data)
    title, path = str(data.get("title", "")), str(data.get("path", "/"))
    match Kind(kind):
        case Kind.BOOK_FINISHED:
            return Words(
                _("“%(title)s” is finished") % {"title": title},
                _("All chapters, pictures and files are ready."),
                path,
            )
        case Kind.BOOK_FAILED:
            return Words(
                _("“%(title)s” could not be finished") % {"title": title},
                str(
                    data.get("reason")
                    or _("What was written is safe. You can try again from where it stopped.")
                ),
                path,
            )
        case Kind.MEMBER_JOINED:
            return Words(
                _("%(name)s joined") % {"name": data.get("name", "")},
                _joined_how(data),
                path,
            )
        case Kind.ROLE_CHANGED:
            return Words(
                _("Your role in %(organisation)s changed") % {"organisation": data.get("organisation", "")},
                _("You are now: %(role)s.") % {"role": _role(data)},
                path,
            )
        case Kind.MEMBERSHIP_ENDED:
            return Words(
                _("You are no longer in %(organisation)s") % {"organisation": data.get("organisation", "")},
                _("Your account stays. The books that you made there stay with the organisation."),
                path,
            )
        case Kind.OWNERSHIP_RECEIVED:
            return Words(
                _("%(organisation)s is yours now") % {"organisation": data.get("organisation", "")},
                _("%(name)s handed it over to you.") % {"name": data.get("name", "")},
                path,
            )
        case Kind.ORGANISATION_DELETING:
            return Words(
                _("%(organisation)s is going to be deleted") % {"organisation": data.get("organisation", "")},
                _("%(name)s asked for it. Its books are erased on %(day)s; until then an owner can keep it.")
                % {"name": data.get("name", ""), "day": _day(data)},
                path,
            )
        case Kind.ORGANISATION_KEPT:
            return Words(
                _("%(organisation)s stays") % {"organisation": data.get("organisation", "")},
                _("%(name)s has kept it from being deleted. Everything is as it was.")
                % {"name": data.get("name", "")},
                path,
            )
        case Kind.BUDGET_NEARING:
            return Words(
                _("%(percent)s %% of this month’s budget is spent") % {"percent": data.get("percent", 80)},
                _("When it is used up, books wait. An owner or admin can raise it."),
                path,
            )
        case Kind.USAGE_NEARING | Kind.USAGE_REACHED:
            return _of_usage(data, path)
        case Kind.DOMAIN_VERIFIED | Kind.DOMAIN_FAILING | Kind.DOMAIN_LOST:
            return _of_a_domain(Kind(kind), str(data.get("domain", "")), path, _moment(data, "ends_at"))
        case paid if paid in OF_BILLING:
            title, body = words_of_billing(Kind(kind), data)
            return Words(title, body, path)
    raise AssertionError(f"no words for {kind}")


def _of_usage(data: Mapping[str, Any], path: str) -> Words:
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
    return Words(title % about, f"{used} {window}", path)


def _joined_how(data: Mapping[str, Any]) -> str:
    if domain := data.get("domain"):
        return _("Their address is at %(domain)s, whose people may join by themselves.") % {"domain": domain}
    return _("They followed your invitation and are a member here now.")


def _of_a_domain(kind: Kind, domain: str, path: str, day: str) -> Words:
    about = {"domain": domain, "day": day}
    if kind == Kind.DOMAIN_VERIFIED:
        title, body = _("%(domain)s is proven"), _("Its DNS record was found: the domain is yours here.")
    elif kind == Kind.DOMAIN_FAILING:
        title = _("The DNS record of %(domain)s is missing")
        body = _("It has not been found for three days. From %(day)s on, the domain is no longer yours here.")
    else:
        title = _("%(domain)s is no longer proven")
        body = _("Its DNS record has been missing for two weeks.")
    return Words(title % about, body % about, path)


def _day(data: Mapping[str, Any]) -> str:
    return _moment(data, "delete_at")


def _moment(data: Mapping[str, Any], name: str) -> str:
    moment = parse_datetime(str(data.get(name, "")))
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def _role(data: Mapping[str, Any]) -> str:
    role = str(data.get("role", ""))
    return str(Role(role).label) if role in Role else role
