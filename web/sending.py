"""Stored files on their way to a browser."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified

from storage import files
from storage.models import StoredFile

A_YEAR = 365 * 24 * 3600  # seconds


def as_attachment(file: StoredFile) -> FileResponse:
    return FileResponse(
        files.open_file(file), as_attachment=True, filename=file.name, content_type=file.content_type
    )


def as_picture(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """A picture that the browser keeps for itself; its address changes with its content."""
    tag = f'"{file.sha256[:24]}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(files.open_file(file), content_type=file.content_type)
    response["ETag"] = tag
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response
