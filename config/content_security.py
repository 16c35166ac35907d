"""The Content-Security-Policy header: nothing inline, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.deprecation import MiddlewareMixin

HEADER = "Content-Security-Policy"


class ContentSecurityMiddleware(MiddlewareMixin):
    """Adds the policy of the settings to every answer that brings none of its own.

    Forms on an organisation's pages may lead to its own host as well. An answer's `content_security`, a
    dictionary of directives, takes the place of those for that answer.
    """

    def process_response(self, request: Any, response: Any) -> Any:
        if HEADER not in response:
            response[HEADER] = _policy(_of_own_host(request) | getattr(response, "content_security", {}))
        return response


def _of_own_host(request: Any) -> dict[str, list[str]]:
    organisation = getattr(request, "organisation", None)
    if organisation is None or not organisation.own_host:
        return {}
    own = f"{settings.PUBLIC_SCHEME}://{organisation.host}"
    return {"form-action": [*settings.CONTENT_SECURITY_POLICY["form-action"], own]}


def _policy(instead: dict[str, list[str]]) -> str:
    policy = settings.CONTENT_SECURITY_POLICY | instead
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())
