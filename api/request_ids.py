"""The id of a request: the caller's own where it brings a fit one, else ours. Every answer tells it."""

from __future__ import annotations

import re
from typing import Any, Final

from tenants.keys import uuid7

HEADER: Final = "X-Request-Id"
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")


def id_of(request: Any) -> str:
    """Known from the first time on that somebody asks."""
    if not hasattr(request, "request_id"):
        given = request.headers.get(HEADER, "")
        request.request_id = given if _FIT.fullmatch(given) else f"req_{uuid7().hex}"
    return str(request.request_id)
