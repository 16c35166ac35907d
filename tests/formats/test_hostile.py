"""Hostile books: what comes out does nothing, nothing is fetched or read, and every build ends in words."""

from __future__ import annotations

import io
import os
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import cast

import pikepdf
import pytest

from formats.assets import Asset, BadPicture
from formats.builders import BuildFailed, FormatName
from formats.builders import build as build_here
from formats.builders.archive import zipped
from formats.builders.sandbox import LimitReached, Limits, build
from formats.manuscript import (
    BadBook,
    BookSource,
    ChapterSource,
    Contributor,
    SectionSource,
)
from tests.factories.manuscripts import guide, jpeg, manuscript_of, meta, picture_book, png
from tests.formats.hostile import inspection
from tests.formats.hostile.texts import Lures, names, refused, texts

SECRET = "The heron flies at midnight"
FORMATS: tuple[FormatName, ...] = ("pdf", "epub", "docx", "html", "markdown-zip")
LIMITS = Limits(cpu_seconds=50, wall_seconds=300)


class Listener:
    """A socket of this machine that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.visitors = 0
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        host, port = self.socket.getsockname()
        return f"{host}:{port}"

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visitors += 1
            visitor.close()

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def lures(listener: Listener, tmp_path_factory: pytest.TempPathFactory) -> Lures:
    folder = tmp_path_factory.mktemp("hostile")
    canary, pipe = folder / "canary.txt", folder / "pipe"
    canary.write_text(SECRET)
    os.utime(canary, (1, 2))  # read before it was written: the next reading moves this on
    os.mkfifo(pipe)
    return Lures(listener.address, str(canary), str(pipe))


def book_of_texts(markdowns: dict[str, str], **known: object) -> BookSource:
    return BookSource(
        meta=meta(**known),  # type: ignore[arg-type]
        chapters=tuple(
            ChapterSource(title=name, markdown=markdown)
            for name, markdown in {**markdowns, "The end": "LASTWORDS"}.items()
        ),
        assets=(Asset.from_bytes("cover", jpeg(40, 60)), Asset.from_bytes("gate", png())),
    )


def book_of_names(lures: Lures, start: int) -> BookSource:
    """Hostile words wherever a book can be given any."""
    words = cycle(names(lures))
    for _ in range(start):
        next(words)

    def some(count: int = 1) -> tuple[str, ...]:
        return tuple(islice(words, count))

    plain = (
        "title", "subtitle", "dedication", "description", "publisher", "rights", "ai_disclosure", "cover_alt",
        "edition", "series", "series_number", "back_text",
    )  # fmt: skip
    return BookSource(
        meta=meta(
            **{name: next(words)[:100] for name in plain},  # type: ignore[arg-type]
            authors=some(3),
            contributors=tuple(Contributor(name, "ill") for name in some(3)),
            keywords=some(3),
            isbn_print=next(words),
            isbn_ebook=next(words),
            language=("en", 'en" onload="x', "../x", "<b>")[start % 4],
        ),
        chapters=tuple(
            ChapterSource(
                title=next(words),
                markdown=f"x ![{next(words)}](gate)\n\n![y](gate 'z')",
                part=next(words) if number % 2 else "",
                picture="gate",
                picture_alt=next(words),
                picture_caption=next(words),
            )
            for number in range(4)
        ),
        assets=(Asset.from_bytes("cover", jpeg(40, 60)), Asset.from_bytes("gate", png())),
        front_matter=(SectionSource(role="preface", title=next(words), markdown="x"),),
        back_matter=(SectionSource(role="about-author", title=next(words), markdown="x"),),
    )


def culprits(markdowns: dict[str, str], fails: Callable[[BookSource], object]) -> list[str]:
    """Which of the inputs fail alone: halves that fail are divided until one is left."""
    if fails(book_of_texts({"Harmless": "words"})):
        return ["any book"]
    if not fails(book_of_texts(markdowns)):
        return []
    if len(markdowns) == 1:
        return list(markdowns)
    items = list(markdowns.items())
    halves = dict(items[: len(items) // 2]), dict(items[len(items) // 2 :])
    found = [name for half in halves for name in culprits(half, fails)]
    return found or [f"only together: {', '.join(markdowns)[:400]}"]


def inspected(source: BookSource, format: FormatName) -> tuple[bytes, list[str]]:
    try:
        data = build(source, format=format, limits=LIMITS).data
    except (BadBook, BuildFailed) as error:
        return b"", [str(error)]
    return data, inspection.findings(format, data)


def test_there_are_more_than_a_hundred(lures: Lures) -> None:
    assert len(texts(lures)) + len(names(lures)) + len(refused(lures)) + len(BAD_PICTURES) > 200


@pytest.mark.parametrize("format", FORMATS)
def test_texts_do_nothing_but_stand_there(format: FormatName, lures: Lures, listener: Listener) -> None:
    """The pipe would block whoever opens it until the build's time is over; the canary shows who read it."""
    markdowns = texts(lures)
    read_before = Path(lures.canary).stat().st_atime_ns
    data, found = inspected(book_of_texts(markdowns), format)
    assert not found, f"{found[:5]} in {culprits(markdowns, lambda source: inspected(source, format)[1])}"
    shown = inspection.text_of(format, data)
    assert SECRET not in shown
    assert "LASTWORDS" in shown
    assert Path(lures.canary).stat().st_atime_ns == read_before
    assert listener.visitors == 0


@pytest.mark.parametrize("format", FORMATS)
def test_names_do_nothing_either(format: FormatName, lures: Lures, listener: Listener) -> None:
    for start in range(0, 24, 12 if format == "pdf" else 6):
        data, found = inspected(book_of_names(lures, start), format)
        assert not found, f"{found[:5]} with the names from {start}"
        assert SECRET not in inspection.text_of(format, data)
    assert listener.visitors == 0


def test_inspection_finds_what_it_looks_for(lures: Lures) -> None:
    """A book that did act would be found out, and so would whoever opened the address or the file."""
    page = build_here(manuscript_of(guide(chapters=1)), format="html").data
    for planted in (
        b"<script>x</script>", b"<p onclick=x>", b"<a href=javascript:x>y</a>", b"<iframe></iframe>",
        b"<img src=http://x/y.png>", b"<svg></svg>", b"<form></form>", b"<input name=look type=radio>",
    ):  # fmt: skip
        assert inspection.findings("html", page.replace(b"</main>", planted + b"</main>"))
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        out = io.BytesIO()
        document.save(out)
    assert inspection.findings("pdf", out.getvalue())
    assert inspection.findings("markdown-zip", zipped([("book.md", b"---\na: 1\n---\n<script>x</script>")]))


def test_what_is_too_much_is_refused_with_its_line(lures: Lures) -> None:
    for name, (markdown, code, line) in refused(lures).items():
        with pytest.raises(BadBook) as caught:
            build(book_of_texts({name: markdown}), format="html")
        problem = caught.value.problem
        assert (problem.code, problem.chapter, problem.line) == (code, name, line)


# Pictures


def damaged(data: bytes) -> bytes:
    """Its header and its end are there, and nothing sensible is between them."""
    middle = len(data) // 2
    return data[: middle - 40] + b"\x00" * 80 + data[middle + 40 :]


def png_of(width: int, height: int, chunks: bytes = b"", data: bytes | None = None) -> bytes:
    """A black PNG whose bytes are a thousandth of its pixels."""
    rows = zlib.compress(b"\x00" * ((width + 7) // 8 + 1) * height, 9) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunks + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def bomb(size: int = 200_000_000) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\x00" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()


BAD_PICTURES: dict[str, Callable[[], bytes]] = {
    "170 megapixels": lambda: png_of(17_000, 10_000, data=b"x"),
    "sides beyond count": lambda: png_of(4_000_000_000, 1, data=b"x"),
    "no side": lambda: png_of(0, 100, data=b"x"),
    "a cut JPEG": lambda: jpeg()[:150],
    "a cut PNG": lambda: png()[:-14],
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "SVG by a PNG's name": lambda: b"\x89PNG\r\n<svg onload=alert(1)>",
    "a page": lambda: b"<html><script>alert(1)</script></html>",
    "a page in a GIF": lambda: b"GIF89a/*<script>*/=1;//",
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run",
    "PDF": lambda: b"%PDF-1.7 /JavaScript",
    "TIFF": lambda: b"II*\x00\x08\x00\x00\x00",
    "a zip archive": lambda: b"PK\x03\x04" + b"\x00" * 100,
    "nothing": lambda: b"",
}
# These are what their headers say; what becomes of them is for each builder to bear.
ODD_PICTURES: dict[str, Callable[[], bytes]] = {
    "a JPEG with a page behind it": lambda: jpeg() + b"<script>alert(1)</script>",
    "a JPEG with a page in its comment": lambda: (
        jpeg()[:2] + b"\xff\xfe\x00\x1b<script>alert(1)</script>" + jpeg()[2:]
    ),
    "a JPEG with an archive behind it": lambda: jpeg() + zipped([("x.js", b"alert(1)")]),
    "a PNG with a text that unpacks to 200 MB": lambda: png_of(
        20, 20, chunk(b"iTXt", b"x\x00\x01\x00\x00\x00" + bomb()) + chunk(b"zTXt", b"x\x00\x00" + bomb())
    ),
    "a PNG whose profile unpacks to 200 MB": lambda: png_of(20, 20, chunk(b"iCCP", b"x\x00\x00" + bomb())),
    "a PNG whose pixels unpack to 200 MB": lambda: png_of(20, 20, data=bomb()),
    "39 black megapixels": lambda: png_of(6_500, 6_000),
    "a damaged JPEG": lambda: damaged(jpeg()),
    "a damaged PNG": lambda: damaged(png(200, 200)),
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_what_is_no_picture_of_ours_is_refused_unread(name: str) -> None:
    with pytest.raises(BadPicture):
        Asset.from_bytes("cover", BAD_PICTURES[name]())


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_odd_picture_ends_in_a_book_or_in_words(name: str) -> None:
    cover = Asset.from_bytes("cover", ODD_PICTURES[name]())
    source = replace(book_of_texts({"One": "x"}), assets=(cover,))
    for format in FORMATS[:2]:
        try:
            data = build(source, format=format, limits=replace(LIMITS, cpu_seconds=20)).data
        except BuildFailed as error:
            assert error.problem.code in ("pdf-not-set", "too-slow", "memory", "too-large")
        else:
            assert inspection.findings(format, data) == []


def test_other_books_go_on_while_hostile_ones_end() -> None:
    endless = book_of_texts({"One": "| a |\n|---|\n" + f"| {'word ' * 300} |\n" * 500})
    good = {"guide": guide(chapters=1), "story": picture_book(scenes=1)}
    work: list[tuple[str, BookSource, FormatName, Limits]] = []
    for name, source in good.items():
        for format in ("pdf", "epub"):
            work.append((name, source, cast(FormatName, format), Limits()))
        work.append(("hostile", endless, "pdf", Limits(cpu_seconds=1)))
        work.append(("hostile", endless, "pdf", Limits(memory_bytes=150_000_000)))
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda item: _outcome(*item[1:]), work))
    for (name, source, format, _), outcome in zip(work, done, strict=True):
        if name == "hostile":
            assert isinstance(outcome, LimitReached)
            assert str(outcome)
        else:
            assert outcome == build_here(manuscript_of(source), format=format).data


def _outcome(source: BookSource, format: FormatName, limits: Limits) -> bytes | Exception:
    try:
        return build(source, format=format, limits=limits).data
    except LimitReached as error:
        return error
