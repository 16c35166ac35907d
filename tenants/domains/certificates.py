"""For which hosts a reverse proxy may get a certificate: it asks before the first connection to a name."""

from __future__ import annotations

import re
from ipaddress import ip_address
from secrets import compare_digest
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse

from tenants.resolution import is_platform_host, resolve_host

PATH: Final = "/internal/tls"
_HOST = re.compile(r"[a-z0-9.-]{1,253}\Z")
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def may_have_certificate(request: Any) -> HttpResponse:
    """200 for a host that we answer on, else 404: what Caddy's `on_demand_tls` asks with `?domain=`.

    Answered to a machine that knows the secret, or where there is none, to this machine's own proxy alone; to
    others it is a page that does not exist.
    """
    host = request.GET.get("domain", "").lower().rstrip(".")
    ours = _may_ask(request) and _HOST.match(host) and (is_platform_host(host) or resolve_host(host))
    return HttpResponse(status=200 if ours else 404, content_type="text/plain")


def _may_ask(request: Any) -> bool:
    if settings.OCTAVO_TLS_ASK_SECRET:
        given = request.GET.get("secret", "")
        return compare_digest(given.encode(), settings.OCTAVO_TLS_ASK_SECRET.encode())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and not any(
        header in request.META for header in _PASSED_ON
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
