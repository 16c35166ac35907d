"""One address, two answers: a whole page for a visit, its changing part for htmx."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from web.access import MemberRequest


def page_or_part(
    request: MemberRequest, context: Mapping[str, Any], *, page: str, part: str, target: str
) -> HttpResponse:
    """Render the template `part` where htmx asks for the element `target`, else `page`.

    A part is never kept by the browser: on the way back it would show it in the place of the page.
    """
    if not asks_for(request, target):
        response = render(request, page, dict(context))
    else:
        response = render(request, part, dict(context))
        add_never_cache_headers(response)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def asks_for(request: MemberRequest, target: str) -> bool:
    """Whether htmx asks for what goes into the element with this id; it sends `tag#id`."""
    return bool(request.htmx) and (request.htmx.target or "").split("#")[-1] == target
