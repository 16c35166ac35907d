"""Files in answers: by a link to their place where it has such, else streamed from here, whole or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import parse_etags

from storage import files, lending
from storage.models import StoredFile

_RANGE = re.compile(r"bytes=([0-9]{0,19})-([0-9]{0,19})\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes from `start` up to but without `end`."""

    start: int
    end: int


class NotSatisfiable(ValueError):
    """The part that was asked for lies beyond the end."""


def handed_out(request: HttpRequest, file: StoredFile, *, content_type: str = "") -> HttpResponseBase:
    """A file to keep, for whoever was found to be allowed: 302 to its place's own link, else its bytes.

    `content_type` is told in place of the file's own. Raises `places.PlaceFault`, `places.Missing`.
    """
    link = lending.link(file)
    if link is None:
        return streamed(request, file, content_type=content_type)
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponseRedirect(link, headers=headers)


def streamed(
    request: HttpRequest,
    file: StoredFile,
    *,
    attached: bool = True,
    headers: Mapping[str, str] | None = None,
    content_type: str = "",
) -> HttpResponseBase:
    """Its bytes as they are read: 200; 206 or 416 where a part is asked for; 304 for whoever has it already
    (RFC 9110, sections 13 and 14). Several parts at once are answered with the whole, as section 14.2 allows.
    """
    tag = f'"{file.sha256}"'
    told = {"ETag": tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache", **(headers or {})}
    if _has_it(request, tag):
        return HttpResponseNotModified(headers=told)
    try:
        part = _asked_for(request, file.size, tag)
    except NotSatisfiable:
        return HttpResponse(status=416, headers={**told, "Content-Range": f"bytes */{file.size}"})
    sent = part or Part(0, file.size)
    told["Content-Length"] = str(sent.end - sent.start)
    told["Content-Disposition"] = files.about(file).disposition(attached=attached)
    if part:
        told["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    blocks = _begun(files.blocks(file, start=sent.start, end=sent.end))
    status, kind = 206 if part else 200, content_type or file.content_type
    return StreamingHttpResponse(blocks, status=status, headers=told, content_type=kind)


def part_of(asked: str, size: int) -> Part | None:
    """What a Range asks of so many bytes; None for the whole. Raises `NotSatisfiable`."""
    found = _RANGE.match(asked.replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None  # another unit, several parts or nonsense: as though it had not been asked
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise NotSatisfiable
        return Part(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NotSatisfiable
    return Part(int(first), min(int(last) + 1, size) if last else size)


def _begun(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """With the first block in hand: what cannot be read is found out before the answer begins."""
    first = next(blocks, b"")

    def going_on() -> Iterator[bytes]:
        yield first
        yield from blocks

    return going_on()


def _asked_for(request: HttpRequest, size: int, tag: str) -> Part | None:
    asked = request.headers.get("Range", "")
    if not asked or request.method != "GET":
        return None
    if request.headers.get("If-Range", tag) != tag:  # a weak tag or a date: neither is ours
        return None
    return part_of(asked, size)


def _has_it(request: HttpRequest, tag: str) -> bool:
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in held or any(one.removeprefix("W/") == tag for one in held)
