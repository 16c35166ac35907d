"""How long a provider asks to be left alone."""

from __future__ import annotations

import contextlib
import email.utils
import math
import time
from collections.abc import Mapping

USUAL_WAIT = 2.0  # seconds
LONGEST_WAIT = 600.0


def wait_asked_for(headers: Mapping[str, str]) -> float:
    """Seconds to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date (RFC 9110, 10.2.3)."""
    with contextlib.suppress(KeyError, ValueError):
        return _bounded(float(headers["retry-after-ms"]) / 1000)
    asked = headers.get("retry-after", "")
    with contextlib.suppress(ValueError):
        return _bounded(float(asked))
    parsed = email.utils.parsedate_tz(asked)
    if parsed is not None:
        return _bounded(email.utils.mktime_tz(parsed) - time.time())
    return USUAL_WAIT


def _bounded(seconds: float) -> float:
    return USUAL_WAIT if math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_WAIT)
