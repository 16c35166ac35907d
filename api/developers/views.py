"""For those who write programs: guides, the reference of the API, and what its errors mean."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.developers import guides


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return _shown(request, guides.INDEX)


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    if name == guides.INDEX:
        raise Http404
    return _shown(request, name)


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation, to be tried with one's own key: Swagger UI on the description."""
    return render(request, "developers/reference.html", {**_around(), "api": settings.PUBLIC_URL})


def _shown(request: HttpRequest, name: str) -> HttpResponse:
    try:
        found = guides.guide(name)
    except guides.UnknownGuide:
        raise Http404 from None
    return render(request, "developers/guide.html", {**_around(), "guide": found})


def _around() -> dict[str, Any]:
    return {"guides": guides.guides()}
