"""Members' pictures: made ready once when they come in, and kept as they came beside it.

ready = pictures.made_ready(data)          # in a child process; raises `BadPicture`
file = pictures.keep(data=data, ready=ready, name="gate", created_by_id=user.pk)
pictures.original(file)                    # the file as it was sent
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from storage import files
from storage.models import StoredFile
from storage.transcoding import LEAST, MOST_PIXELS, Ready

MOST_BYTES = 40 * 1024 * 1024  # of a file that is sent
MOST_MARK_BYTES = 5 * 1024 * 1024  # of a logo, or a person's picture
_SECONDS = 40
_ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}
_STARTS = {
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp",
}  # fmt: skip
SENT_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
}


class BadPicture(Exception):
    """What was sent cannot be used as a picture. `code` is one of `storage.transcoding.Fault`, or
    "picture-bytes", "mark-bytes" or "mark-kind". Its text is for the member, in the language that is active
    when it is asked for."""

    def __init__(self, code: str, width: int = 0, height: int = 0) -> None:
        super().__init__(code)
        self.code, self.width, self.height = code, width, height

    def __str__(self) -> str:
        sentences = {
            "picture-bytes": _("A picture may have at most %(most_bytes)d MB. Save it smaller, or as JPEG."),
            "picture-kind": _(
                "This is no picture that can be used. Send a JPEG, PNG, WebP, GIF or AVIF file."
            ),
            "mark-bytes": _("The picture may have at most %(most_mark_bytes)d MB. Save it smaller."),
            "mark-kind": _("This is no picture that can be used. Send a PNG, JPEG or WebP file."),
            "picture-pixels": _(
                "The picture measures %(width)d by %(height)d pixels; at most %(most)d megapixels can be "
                "used. Save it smaller."
            ),
            "picture-small": _(
                "The picture measures %(width)d by %(height)d pixels; each side needs at least %(least)d."
            ),
            "picture-damaged": _(
                "The picture is cut off or damaged. Save it once more, or send another one."
            ),
        }
        figures = {
            "width": self.width,
            "height": self.height,
            "most": MOST_PIXELS // 1_000_000,
            "least": LEAST,
        }
        bytes_ = {"most_bytes": MOST_BYTES // 2**20, "most_mark_bytes": MOST_MARK_BYTES // 2**20}
        return sentences[self.code] % {**figures, **bytes_}


def made_ready(data: bytes) -> Ready:
    """Upright, in sRGB and without metadata, as JPEG or, for drawings of few colours, PNG.

    The work is done in a child process with limits; blocks until it is there. Raises `BadPicture`.
    """
    if len(data) > MOST_BYTES:
        raise BadPicture("picture-bytes")
    return _by_child("storage.transcoding", data=data)


def logo(data: bytes) -> Ready:
    """For the head of an organisation's pages: small, as PNG, transparent where it was.

    Raises `BadPicture`.
    """
    return _mark("logo", data=data)


def portrait(data: bytes, *, position: str = "middle") -> Ready:
    """A person's picture, made square and small, as JPEG; what is kept of one that is not square: its start,
    middle or end. Raises `BadPicture`."""
    return _mark("portrait", position, data=data)


def _mark(*asked: str, data: bytes) -> Ready:
    if len(data) > MOST_MARK_BYTES:
        raise BadPicture("mark-bytes")
    try:
        return _by_child("storage.marks", *asked, data=data)
    except BadPicture as error:
        if error.code == "picture-kind":
            raise BadPicture("mark-kind") from error
        raise


def _by_child(*module: str, data: bytes) -> Ready:
    command = [sys.executable, "-m", *module]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=_ROOT, env={}, timeout=_SECONDS, check=True
        )
        line, _end, made = done.stdout.partition(b"\n")
        told = json.loads(line)
    except (subprocess.SubprocessError, ValueError) as error:  # it reached its limits
        raise BadPicture("picture-damaged") from error
    if "fault" in told:
        raise BadPicture(told["fault"], told["width"], told["height"])
    return Ready(made, told["media_type"], told["width"], told["height"])


def keep(*, data: bytes | None, ready: Ready, name: str, created_by_id: UUID | None = None) -> StoredFile:
    """Keep the picture that is shown and, as its source, the one that came, unless that is None.

    Both count as storage. Gives the one that is shown. Raises `billing.limits.LimitReached`, and keeps
    neither then: to be called outside of a transaction that is rolled back for it.
    """
    shown = files.save(
        data=ready.data,
        name=f"{name}.{SUFFIXES[ready.media_type]}",
        content_type=ready.media_type,
        kind=StoredFile.Kind.PICTURE,
        created_by_id=created_by_id,
        width=ready.width,
        height=ready.height,
    )
    if data is None or data == ready.data:
        return shown
    kind = _kind_of(data)
    try:
        shown.source = files.save(
            data=data,
            name=f"{name}-original{SENT_SUFFIXES.get(kind, '')}",
            content_type=kind,
            kind=StoredFile.Kind.UPLOAD,
            created_by_id=created_by_id,
        )
    except BaseException:
        files.delete(shown)
        raise
    shown.save(update_fields=["source"])
    return shown


def original(file: StoredFile) -> StoredFile:
    """The picture as it came: the file itself where nothing else was kept."""
    return file.source or file


def discard(file: StoredFile) -> None:
    """Remove a picture and what it was made from."""
    source = file.source
    files.delete(file)
    if source is not None:
        files.delete(source)


def _kind_of(data: bytes) -> str:
    """By the first bytes; the name and the type that a browser sends are not believed."""
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return next(
        (kind for start, kind in _STARTS.items() if data.startswith(start)), "application/octet-stream"
    )
