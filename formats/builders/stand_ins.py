"""Small JPEG files that stand in for a book's photographs while Typst sets it.

Typst decodes every photograph only to learn its size and colours, and then writes its bytes into the PDF as they
came. For a picture book that is most of the time a build takes. So Typst is shown a grey picture of the same
proportions, colour channels, profile and orientation that takes no time to decode, and the photograph's own
bytes are put in its place in the finished file: `for_photograph`, then `put_back`.
"""

from __future__ import annotations

import math
import re
import struct
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

_KEPT = {0xE0: b"JFIF", 0xE1: b"Exif", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}  # what says how to show it
_COMMENT, _TABLES, _CODES, _SCAN, _FRAME = 0xFE, 0xDB, 0xC4, 0xDA, 0xC0
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended and progressive: those that PDF readers know
_END = b"\xff\xd9"
_OBJECT = re.compile(
    rb"<</Length \d+(/Type/XObject/Subtype/Image/Filter/DCTDecode)/Width \d+/Height \d+([^<>]*>>\nstream\n)\Z"
)
_MOST_BEFORE = 300  # bytes of such an object before its stream
_ENTRY = 20  # bytes of a line in the table of objects


class NotPutBack(Exception):
    """A photograph's place is not found in the PDF."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """`data` is the JPEG file, `shown` what stands in for it; sizes are in pixels."""

    data: bytes
    shown: bytes
    width: int
    height: int


def for_photograph(data: bytes, *, name: str) -> Photograph | None:
    """None for a JPEG that Typst had better see itself: with four channels, more than 8 bits, or damaged.

    The name makes it another file than any other stand-in, since Typst writes equal ones once.
    """
    kept: list[bytes] = []
    for marker, body in _segments(data):
        if marker in _KEPT and body.startswith(_KEPT[marker]):
            kept.append(_segment(marker, body))
        elif marker in _FRAMES:
            bits, height, width, channels = struct.unpack(">BHHB", body[:6])
            whole = len(body) == 6 + 3 * channels and _END in data[-64:]
            if bits != 8 or channels not in (1, 3) or not whole:
                return None
            common = math.gcd(width, height)
            ids = body[6::3]
            grey = _grey(width // common, height // common, ids)
            shown = b"\xff\xd8" + b"".join(kept) + _segment(_COMMENT, name.encode()) + grey
            return Photograph(data, shown, width, height)
    return None


def put_back(pdf: bytes, photographs: Mapping[str, Photograph], *, shown: set[str]) -> bytes:
    """The PDF with the photographs where their stand-ins are. Raises `NotPutBack`, also where one of those that
    are `shown`, by name, has no stand-in in it."""
    places: dict[int, tuple[int, int, tuple[bytes, bytes]]] = {}  # by where they are: equal ones share one
    for name, photograph in photographs.items():
        at = pdf.find(photograph.shown)
        if at >= 0:
            places[at] = _place(pdf, at, photograph)
        elif name in shown:
            raise NotPutBack(name)
    return _spliced(pdf, [places[at] for at in sorted(places)]) if places else pdf


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers and what they hold, up to the picture itself."""
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:  # fills
            position += 1
            continue
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        if marker in (_SCAN, 0x01) or 0xD0 <= marker <= 0xD9 or length < 2:
            return
        yield marker, data[position + 4 : position + 2 + length]
        position += 2 + length


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _grey(width: int, height: int, channels: bytes) -> bytes:
    """From its tables to its end: each block of 8 by 8 pixels is one bit of colour and one that ends the block."""
    one_code = bytes([1, *[0] * 15, 0])  # the code 0, for the value 0
    frame = struct.pack(">BHHB", 8, height, width, len(channels))
    bits = 2 * len(channels) * -(-width // 8) * -(-height // 8)
    picture = bytearray(-(-bits // 8))
    picture[-1] |= (1 << (-bits % 8)) - 1
    return b"".join((
        _segment(_TABLES, b"\x00" + b"\x01" * 64),
        _segment(_FRAME, frame + b"".join(bytes([each, 0x11, 0]) for each in channels)),
        _segment(_CODES, b"\x00" + one_code),
        _segment(_CODES, b"\x10" + one_code),
        _segment(_SCAN, bytes([len(channels)]) + b"".join(bytes([each, 0]) for each in channels) + b"\x00\x3f\x00"),
        bytes(picture),
        _END,
    ))  # fmt: skip


def _place(pdf: bytes, at: int, photograph: Photograph) -> tuple[int, int, tuple[bytes, bytes]]:
    """Where the stand-in's object begins and ends, and what comes there."""
    before = pdf[max(at - _MOST_BEFORE, 0) : at]
    start = before.rfind(b"<<")
    match = _OBJECT.fullmatch(before, max(start, 0))
    if start < 0 or match is None:
        raise NotPutBack("unknown object")
    size = b"/Width %d/Height %d" % (photograph.width, photograph.height)
    head = b"<</Length %d%b%b%b" % (len(photograph.data), match[1], size, match[2])
    return at - len(before) + start, at + len(photograph.shown), (head, photograph.data)


def _spliced(pdf: bytes, places: list[tuple[int, int, tuple[bytes, bytes]]]) -> bytes:
    """The file with other bytes at the places, and its table of objects set right."""
    starts = [start for start, _, _ in places]
    grown = (sum(map(len, new)) - (end - start) for start, end, new in places)
    shifts = list(accumulate(grown, initial=0))

    def moved(offset: int) -> int:
        return offset + shifts[bisect(starts, offset)]

    table, last = _table(pdf)
    pieces: list[bytes | memoryview] = []
    whole, done = memoryview(pdf), 0
    for start, end, new in places:
        pieces += [whole[done:start], *new]
        done = end
    pieces.append(whole[done:table])
    for entry in range(table, last, _ENTRY):
        line = pdf[entry : entry + _ENTRY]
        pieces.append(b"%010d%b" % (moved(int(line[:10])), line[10:]) if line[17:18] == b"n" else line)
    trailer = pdf.rindex(b"startxref\n")
    number, rest = pdf[trailer + 10 :].split(b"\n", 1)
    pieces += [whole[last : trailer + 10], b"%d\n" % moved(int(number)), rest]
    return b"".join(pieces)


def _table(pdf: bytes) -> tuple[int, int]:
    """Where the lines of the table of objects begin and end."""
    match = re.compile(rb"xref\n0 (\d+)\n").match(
        pdf, int(pdf[pdf.rindex(b"startxref\n") + 10 :].split(b"\n")[0])
    )
    if match is None:
        raise NotPutBack("unknown table")
    return match.end(), match.end() + _ENTRY * int(match[1])
