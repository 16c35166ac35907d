"""The child process of `formats.builders.warm`: sets one book again and again, and ends when nobody asks.

    python -m formats.builders.warm_child FOLDER IDLE_SECONDS

For each line on its standard input it reads asked.pickle in the folder, writes result.json, file and pictures
there, and answers with a line. It limits itself as the sandbox's child does, but counts the processor's time
anew with every question. From its first question on it reads no pictures but those of that question; it ends
without an answer where another one needs more, and a new child takes its place. When it ends, it empties its
folder.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import select
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formats.builders.child import leave_the_network, limit, told
from formats.builders.confinement import confine

if TYPE_CHECKING:
    from formats.builders import Built
    from formats.builders.pdf import Press
    from formats.builders.warm import Asked
    from formats.manuscript import Manuscript, Memory

_LARGE = 900 * 1024 * 1024  # bytes of memory after which a new child does better
_POINTS = 72


def main(folder: Path, idle_seconds: float) -> None:
    leave_the_network()
    answers, questions = os.dup(sys.stdout.fileno()), sys.stdin.fileno()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing but answers may go there
    try:
        book = _Book(folder)
        while _comes(questions, idle_seconds) and book.answers():
            os.write(answers, b"\n")
            if _memory() > _LARGE:
                break
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _comes(questions: int, idle_seconds: float) -> bool:
    """Whether a question came in that time; not when whoever asks has ended."""
    ready, _, _ = select.select([questions], [], [], idle_seconds)
    return bool(ready and os.read(questions, 1))


def _memory() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


class _Book:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._memory: Memory = {}
        self._press: Press | None = None
        self._set: tuple[object, Manuscript, Built] | None = None  # what was set last
        self._readable: set[Path] | None = None  # pictures, once nothing else can be read

    def answers(self) -> bool:
        """Answer a question; False where only another child can."""
        with (self._folder / "asked.pickle").open("rb") as file:
            limits, asked = pickle.load(file)  # noqa: S301 our own parent wrote it
        _limit(limits)
        pictures = {each.path for each in asked.source.assets if each.path is not None}
        if self._readable is None:
            confine(writable=self._folder, readable=pictures)
            self._readable = pictures
        if not pictures <= self._readable:
            return False
        (self._folder / "result.json").write_text(json.dumps(self._answered(asked)), encoding="utf-8")
        return True

    def _answered(self, asked: Asked) -> dict[str, object]:
        from formats.builders import BuildFailed
        from formats.manuscript import BadBook

        try:
            manuscript, built = self._built(asked)
        except BadBook as error:
            return {"bad_book": told(error.problem)}
        except BuildFailed as error:
            return {"failed": told(error.problem)}
        if asked.what == "pdf":
            (self._folder / "file").write_bytes(built.data)
        pages, pictures = _drawn(built.data, asked)
        for number, picture in enumerate(pictures):
            (self._folder / f"{number}.png").write_bytes(picture)
        return {
            "warnings": [told(warning) for warning in (*manuscript.warnings, *built.warnings)],
            "pages": pages,
            "pictures": len(pictures),
            "has_file": asked.what == "pdf",
        }

    def _built(self, asked: Asked) -> tuple[Manuscript, Built]:
        key = (asked.source, asked.theme)
        if self._set is None or self._set[0] != key:
            manuscript = self._assembled(asked)
            self._set = key, manuscript, self._pressed(manuscript, asked)
        return self._set[1:]

    def _assembled(self, asked: Asked) -> Manuscript:
        from formats.manuscript import assemble

        source = asked.source
        if len(self._memory) > 2 * len(source.chapters) + 100:  # texts of long ago
            self._memory.clear()
        return assemble(
            source.meta,
            source.chapters,
            source.assets,
            front_matter=source.front_matter,
            back_matter=source.back_matter,
            memory=self._memory,
        )

    def _pressed(self, manuscript: Manuscript, asked: Asked) -> Built:
        from formats.builders.pdf import Press

        if self._press is None:
            root = self._folder / "press"
            root.mkdir()
            self._press = Press(root)
        return self._press.set(manuscript, asked.theme)


def _limit(limits: dict[str, float]) -> None:
    """The sandbox's limits, with the processor's time counted from now."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    limit({**limits, "cpu_seconds": spent.ru_utime + spent.ru_stime + limits["cpu_seconds"]}, for_good=False)


def _drawn(data: bytes, asked: Asked) -> tuple[int, list[bytes]]:
    """How many pages there are, and PNG files of those that were asked for."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
        if asked.what != "pages":
            return pages, []
        wanted = range(asked.first - 1, min(asked.first - 1 + asked.count, pages))
        return pages, [_picture(document[number], asked.width_px) for number in wanted]
    finally:
        document.close()


def _picture(page: Any, width_px: int) -> bytes:
    import io

    out = io.BytesIO()
    page.render(scale=width_px / page.get_width()).to_pil().save(out, "PNG", compress_level=3)
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
