"""Stored files on their way to a browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from storage.models import StoredFile
from storage.sending import streamed

A_YEAR = 365 * 24 * 3600  # seconds


def as_picture(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """A picture that the browser keeps for itself; its address changes with its content."""
    headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable"}
    return streamed(request, file, attached=False, headers=headers)
