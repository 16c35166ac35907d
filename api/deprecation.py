"""Operations that will go away say so for a year, in the description and in each answer."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.http import http_date

LEAST_NOTICE = timedelta(days=365)
POLICY = f"{settings.PUBLIC_URL}/developers/versions/"


@dataclass(frozen=True)
class Farewell:
    """Since when an operation is deprecated, and from which day on (UTC) it may be gone."""

    since: date
    sunset: date

    def headers(self) -> dict[str, str]:
        """Deprecation (RFC 9745), Sunset (RFC 8594) and where to read about it."""
        return {
            "Deprecation": f"@{_seconds(self.since)}",
            "Sunset": http_date(_seconds(self.sunset)),
            "Link": f'<{POLICY}>; rel="deprecation"; type="text/html"',
        }


def deprecated(*, since: date, sunset: date | None = None) -> Callable[[Callable[..., Any]], Any]:
    """Marks a view's method. All its answers, errors too, tell the caller until when it is there.

    Raises ValueError for a sunset in less than twelve months.
    """
    farewell = Farewell(since, sunset or since + LEAST_NOTICE)
    if farewell.sunset - since < LEAST_NOTICE:
        raise ValueError("an operation stays for twelve months after it is deprecated")

    def mark(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def telling(view: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            view.headers.update(farewell.headers())  # what Django REST framework puts on any answer
            return method(view, request, *args, **kwargs)

        telling.farewell = farewell  # type: ignore[attr-defined]
        return telling

    return mark


def farewell_of(method: object) -> Farewell | None:
    """Of a view's method that is marked as deprecated."""
    return getattr(method, "farewell", None)


def _seconds(day: date) -> int:
    return calendar.timegm(datetime.combine(day, time(), tzinfo=UTC).timetuple())
