"""What a write asks for, as a digest: the same request sent again has the same, another has not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.request import Request


def digest_of(request: Request) -> str:
    """Of method, address and body: of what the body says, not of its bytes, since a form in several parts
    has another boundary each time. Raises what parsing a body raises."""
    seen = sha256()
    for part in (request.method or "", request.get_full_path(), *_said(request.data)):
        seen.update(len(part).to_bytes(8, "big"))
        seen.update(part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass"))
    return seen.hexdigest()


def _said(data: Any) -> Iterable[str | bytes]:
    if not isinstance(data, QueryDict):
        yield json.dumps(data, sort_keys=True)
        return
    for name, values in sorted(data.lists()):
        yield name
        for value in values:
            yield from _of_file(value) if isinstance(value, UploadedFile) else (str(value),)


def _of_file(file: UploadedFile[bytes]) -> Iterable[str | bytes]:
    content = sha256()
    for piece in file.chunks():
        content.update(piece)
    file.seek(0)
    yield file.name or ""
    yield content.digest()
