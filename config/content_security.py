"""The Content-Security-Policy header: nothing inline, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.deprecation import MiddlewareMixin

HEADER = "Content-Security-Policy"


class ContentSecurityMiddleware(MiddlewareMixin):
    """Adds the policy of the settings to every answer that brings none of its own."""

    def process_response(self, request: Any, response: Any) -> Any:
        if HEADER not in response:
            response[HEADER] = _policy()
        return response


def _policy() -> str:
    return "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.CONTENT_SECURITY_POLICY.items()
    )
