"""For those who write programs: guides, the reference of the API, and what its errors mean."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.developers import guides
from api.faults import FAULTS


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


@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """What each type of problem means: where its address leads."""
    return render(request, "developers/errors.html", {**_around(), "faults": FAULTS.values()})


def _shown(request: HttpRequest, name: str) -> HttpResponse:
    try:
        found = guides.guide(name)
    except guides.UnknownGuide:
        raise Http404 from None
    return render(request, "developers/guide.html", {**_around(), "guide": found})


def _around() -> dict[str, Any]:
    return {"guides": guides.guides()}
