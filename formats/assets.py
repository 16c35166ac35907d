"""Pictures that a book uses: encoded bytes, or a file that holds them, with their size in pixels.

Sizes are read from the header and nothing is decoded, so a picture that would unpack to gigabytes is
refused for the price of a few bytes. JPEG goes into every format as it came.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

MOST_PIXELS = 40_000_000
MOST_SIDE = 30_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png"}


class BadPicture(ValueError):
    """The picture cannot be used; the message says why in words for the member."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One picture. Made by `Asset.from_bytes` or `Asset.from_path`, which check it.

    `id` is letters, digits, hyphens and underscores, and names the picture in Markdown: `![alt](id)` or
    `![alt](images/id.jpg)`. Exactly one of `data` and `path` is set. `sha256` is in hexadecimal.
    """

    id: str
    media_type: str
    width: int
    height: int
    sha256: str
    data: bytes | None = field(default=None, repr=False, compare=False)
    path: Path | None = field(default=None, repr=False, compare=False)

    @classmethod
    def from_bytes(cls, id: str, data: bytes) -> Asset:
        """Raises `BadPicture` for what is not a JPEG or PNG of at most 40 megapixels."""
        media_type, width, height = measure(data)
        return cls(_checked_id(id), media_type, width, height, hashlib.sha256(data).hexdigest(), data=data)

    @classmethod
    def from_path(cls, id: str, path: Path) -> Asset:
        """Like `from_bytes`, but keeps the path; the file must not change while the book is built."""
        data = path.read_bytes()
        media_type, width, height = measure(data)
        return cls(_checked_id(id), media_type, width, height, hashlib.sha256(data).hexdigest(), path=path)

    def read(self) -> bytes:
        if self.data is not None:
            return self.data
        assert self.path is not None
        return self.path.read_bytes()

    @property
    def file_name(self) -> str:
        return f"{self.id}.{_EXTENSIONS[self.media_type]}"


def measure(data: bytes) -> tuple[str, int, int]:
    """Media type, width and height in pixels, from the header. Raises `BadPicture`."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        media_type, (width, height) = "image/png", _png_size(data)
    elif data.startswith(b"\xff\xd8\xff"):
        media_type, (width, height) = "image/jpeg", _jpeg_size(data)
    else:
        raise BadPicture("The picture is neither a JPEG nor a PNG file.")
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE and width * height <= MOST_PIXELS):
        raise BadPicture(
            f"The picture measures {width} by {height} pixels; at most 40 megapixels can be used."
        )
    return media_type, width, height


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < 24 or b"IEND" not in data[-16:]:
        raise BadPicture("The PNG picture is cut off or damaged.")
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD9:  # fill bytes and markers without a length
            position += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    raise BadPicture("The JPEG picture is cut off or damaged.")


def _checked_id(id: str) -> str:
    if not _ID.fullmatch(id):
        raise BadPicture(f"A picture's name is letters, digits, hyphens and underscores, unlike {id[:80]!r}.")
    return id
