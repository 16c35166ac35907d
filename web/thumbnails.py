"""Pictures no larger than a page shows them."""

from __future__ import annotations

import io

from django.core.cache import cache
from PIL import Image

from storage import files
from storage.models import StoredFile

WIDTHS = (360, 720, 1280)  # pixels
KEPT = 7 * 24 * 3600  # seconds


def nearest_width(asked: str) -> int | None:
    """The smallest width kept that is no smaller than asked for; None for the picture as it is."""
    if not asked.isdecimal() or len(asked) > 5:
        return None
    return next((width for width in WIDTHS if width >= int(asked)), None)


def thumbnail(file: StoredFile, *, width: int) -> bytes:
    """The picture as JPEG, at most `width` pixels wide. Kept in the organisation's cache."""
    key = f"thumbnail:{file.sha256}:{width}"
    kept = cache.get(key)
    if kept is None:
        kept = _scaled(file, width)
        cache.set(key, kept, KEPT)
    return bytes(kept)


def _scaled(file: StoredFile, width: int) -> bytes:
    with Image.open(io.BytesIO(files.read(file))) as picture:
        picture.draft("RGB", (width, width * picture.height // picture.width))
        scaled = picture.convert("RGB")
        scaled.thumbnail((width, width * 3), Image.Resampling.LANCZOS)
        answer = io.BytesIO()
        scaled.save(answer, "JPEG", quality=84, progressive=True)
    return answer.getvalue()
