"""One e-mail with everything since the last, for those who wish their e-mails together.

Once for each due moment, even where two workers build it or one dies: moving `EmailPace.next_at` on, by a
conditional UPDATE, claims the digest and locks the row; the notifications are marked and the letter is put
into the outbox in the same transaction. A worker that dies leaves everything as it was, for the next.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from notifications import stopping
from notifications.emails import language_of
from notifications.letters import letter_to
from notifications.models import EmailPace, Notification
from notifications.pace import following, waiting
from notifications.wording import Words, words
from tenants.accounts.models import User
from tenants.models import Membership, Organisation

SHOWN = 10  # of one organisation; beyond that their number is told

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    title: str
    url: str


@dataclass(slots=True)
class Place:
    """An organisation in a digest. `more` is how many are not shown."""

    name: str
    news: list[News] = field(default_factory=list)
    more: int = 0


def send_due_digests(*, most: int = 500) -> int:
    """Send the digests whose hour has come; how many there were that had something to tell."""
    due = EmailPace.objects.filter(next_at__lte=timezone.now()).order_by("next_at")
    return sum(_try(user_id) for user_id in list(due.values_list("pk", flat=True)[:most]))


def _try(user_id: UUID) -> bool:
    """One that cannot be written keeps nobody else's waiting."""
    try:
        return send_digest(user_id=user_id)
    except Exception:
        logger.exception("digest not sent", extra={"reader": str(user_id)})
        return False


def send_digest(*, user_id: UUID) -> bool:
    """Send somebody's digest if it is due, and settle when the next is; tells whether there was one."""
    now = timezone.now()
    with transaction.atomic():
        wish = EmailPace.objects.select_related("user").filter(pk=user_id, next_at__lte=now).first()
        if wish is None:
            return False
        due = EmailPace.objects.filter(pk=user_id, next_at=wish.next_at)
        if not due.update(next_at=following(wish, now)):
            return False
        news = _claimed(wish.user)
        if not news:
            return False
        message(wish.user, news).send()
    return True


def _claimed(user: User) -> list[Notification]:
    """What is to be told, marked so; not what was read in the app or is nothing of theirs any more."""
    rows = waiting(user_id=user.pk)
    ids = list(_to_tell(user, rows).values_list("pk", flat=True)) if user.is_active else []
    rows.exclude(pk__in=ids).update(by_email=False)
    rows.filter(pk__in=ids).update(emailed_at=Now())
    told = Notification.objects.filter(pk__in=ids).select_related("organisation")
    return list(told.order_by("organisation__name", "organisation_id", "-created_at", "-id"))


def _to_tell(user: User, rows: QuerySet[Notification]) -> QuerySet[Notification]:
    theirs = Membership.objects.filter(user=user, organisation=OuterRef("organisation"))
    return rows.filter(Q(organisation=None) | Exists(theirs), read_at=None)


def message(user: User, news: list[Notification]) -> EmailMultiAlternatives:
    """The digest as it will be sent; `news` is ordered by organisation."""
    first = next((one.organisation for one in news if one.organisation), None)
    language = language_of(user, first.language if first else "")
    stop_url = stopping.url(user_id=user.pk, what=stopping.DIGEST)
    with override(language):
        context = {
            "words": Words(_title(news), "", ""),
            "reader": user.get_short_name(),
            "places": _places(news),
            "url": first.url("/notifications/") if first else settings.PUBLIC_URL,
            "settings_url": first.url("/profile/") if first else stop_url,
            "stop_url": stop_url,
        }
    headers = stopping.headers(stop_url)
    return letter_to(user.email, template="digest", language=language, context=context, headers=headers)


def _title(news: list[Notification]) -> str:
    names = list(dict.fromkeys(one.organisation.name for one in news if one.organisation))
    count = ngettext("%(count)s piece of news", "%(count)s pieces of news", len(news)) % {"count": len(news)}
    if len(names) != 1:
        return count
    return _("%(news)s from %(organisation)s") % {"news": count, "organisation": names[0]}


def _places(news: Iterable[Notification]) -> list[Place]:
    places = []
    for organisation, rows in groupby(news, key=lambda one: one.organisation):
        shown = list(rows)
        place = Place(name=organisation.name if organisation else "Octavo", more=max(0, len(shown) - SHOWN))
        place.news = [_news(organisation, one) for one in shown[:SHOWN]]
        places.append(place)
    return places


def _news(organisation: Organisation | None, one: Notification) -> News:
    found = words(kind=one.kind, data=one.data)
    return News(found.title, organisation.url(found.path) if organisation else settings.PUBLIC_URL)
