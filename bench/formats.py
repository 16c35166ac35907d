"""Every format of a long book and of a picture book, against one bare `typst compile` of the same text.

A book is built as the platform builds it: a child process in the sandbox, from its start to its end, so
that importing, parsing, typography, pictures and limits all count. The long book has 107,000 words in 40
chapters with 12 plates, the picture book 32 pages. All times are processor seconds of a process and its
children, and the lowest of some rounds; the competitors take turns with the builders, so that a busy
machine is busy for all of them. What the bare compile has and has not is told in `bench.bare_typst`.
Verifying the finished files (page count, checks, preview), which the platform does in the same child, is
measured on its own.
"""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import bare_typst
from bench.installation import ROOT
from bench.manuscripts import long_book, picture_book, with_one_paragraph_edited
from bench.report import Demand, report
from formats.builders import BuildFailed, Built, FormatName, sandbox, theme_for, warm
from formats.builders.markdown import build_zip
from formats.manuscript import BookSource, Manuscript, assemble

ROUNDS = 3
OTHERS: tuple[FormatName, ...] = ("epub", "docx", "html")
ALL: tuple[FormatName, ...] = ("pdf", *OTHERS)
_MEGABYTE = 1024  # kilobytes, as the kernel counts the most memory of a process
_EDITS = 4
THREADS = {"RAYON_NUM_THREADS": "2"}  # as the sandbox gives its children
_SHORT, _LONG = 2_600, 172_000  # words: about 20 and 650 pages of the novel's theme
DEMANDS = [
    Demand("pdf_over_bare", "<=", 1.20),
    Demand("others_over_bare", "<=", 0.20),
    Demand("all_over_bare", "<=", 1.35),
    Demand("all_over_pandoc_chain", "<=", 0.25),
    Demand("picture_pdf_over_bare", "<=", 1.20),
    Demand("picture_others_over_bare", "<=", 0.20),
    Demand("picture_all_over_bare", "<=", 1.35),
    Demand("edit_over_build", "<=", 0.15),
    Demand("memory_mb", "<=", 450.0),
    Demand("growth_over_linear", "<=", 1.2),
]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="octavo-bench-") as folder:
        root = Path(folder)
        book, pictures = long_book(), picture_book()
        figures = {
            **against_bare(book, root / "bare", prefix="", pandoc=root / "pandoc"),
            **against_bare(pictures, root / "bare-picture", prefix="picture_"),
            **editing(book),
            **growth(),
            **engines(book, root / "others"),
        }
        figures["edit_over_build"] = figures["edit_cpu_s"] / figures["pdf_cpu_s"]
        return report("formats", figures=figures, demands=DEMANDS)


def against_bare(
    book: BookSource, folder: Path, *, prefix: str, pandoc: Path | None = None
) -> dict[str, float]:
    """The builders, the bare compile and, with a folder for it, the chain of pandoc, by turns."""
    manuscript = assembled(book)
    folder.mkdir()
    bare_typst.write(manuscript, theme_for(book.meta.kind), folder)
    works: dict[str, Callable[[], object]] = {
        "bare": lambda: run_module("bench.bare_compile", folder),
        "pdf": lambda: build(book, ("pdf",)),
        "others": lambda: build(book, OTHERS),
        "all": lambda: build(book, ALL),
        "verified": lambda: build(book, ALL, verify=True),
    }
    if pandoc:
        unpack(manuscript, pandoc)
        works["pandoc_chain"] = lambda: run_module("bench.pandoc_chain", pandoc)
    spent = by_turns(works)
    bare = spent["bare"].seconds
    figures = {f"{prefix}{name}_cpu_s": each.seconds for name, each in spent.items() if name != "verified"}
    figures |= {
        f"{prefix}verifying_cpu_s": spent["verified"].seconds - spent["all"].seconds,
        f"{prefix}pdf_over_bare": spent["pdf"].seconds / bare,
        f"{prefix}others_over_bare": spent["others"].seconds / bare,
        f"{prefix}all_over_bare": spent["all"].seconds / bare,
        f"{prefix}memory_mb": spent["all"].memory / _MEGABYTE,
        f"{prefix}bare_memory_mb": spent["bare"].memory / _MEGABYTE,
    }
    if pandoc:
        figures["all_over_pandoc_chain"] = spent["all"].seconds / spent["pandoc_chain"].seconds
    return figures


def editing(book: BookSource) -> dict[str, float]:
    """Another paragraph, then the whole new PDF, by a warm child. The first setting is not counted."""
    theme = theme_for(book.meta.kind)

    def edit(times: int) -> None:
        edited = book
        warm.pdf(book, theme=theme)
        for number in range(times):
            edited = with_one_paragraph_edited(edited, edit=number)
            warm.pdf(edited, theme=theme)
        warm.close()

    spent = by_turns({"once": lambda: edit(0), "edits": lambda: edit(_EDITS)}, rounds=2)
    each = (spent["edits"].seconds - spent["once"].seconds) / _EDITS
    return {"edit_cpu_s": each, "warm_memory_mb": spent["edits"].memory / _MEGABYTE}


def growth() -> dict[str, float]:
    """How much more a page costs in a book of about 650 pages than in one of about 20."""
    books = {
        "short": long_book(words=_SHORT, chapters=3, plates=1),
        "long": long_book(words=_LONG, chapters=60, plates=18),
    }
    pages, works = {}, {}
    for name, book in books.items():
        pages[name] = warm.page_count(book, theme=theme_for(book.meta.kind))
        works[name] = lambda book=book: build(book, ("pdf",))
    warm.close()
    spent = by_turns(works, rounds=2)
    a_page = {name: spent[name].seconds / pages[name] for name in books}
    return {
        "short_pages": pages["short"],
        "long_pages": pages["long"],
        "short_cpu_s": spent["short"].seconds,
        "long_cpu_s": spent["long"].seconds,
        "long_memory_mb": spent["long"].memory / _MEGABYTE,
        "growth_over_linear": a_page["long"] / a_page["short"],
    }


def engines(book: BookSource, folder: Path) -> dict[str, float]:
    """How long two other engines take for the book's HTML page, where they are there.

    It has no footnotes at the foot, no running heads and no contents with page numbers in either. These are
    not processor seconds, since some of Chromium's processes are never waited for.
    """
    folder.mkdir()
    page = folder / "book.html"
    page.write_bytes(build(book, ("html",))["html"].data)
    works: dict[str, Callable[[], object]] = {
        "weasyprint": lambda: run_module("weasyprint", page, folder / "w.pdf")
    }
    if chromium := shutil.which("chromium") or os.environ.get("OCTAVO_BROWSER"):
        words = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        printing = [chromium, *words, f"--print-to-pdf={folder}/c.pdf", page.as_uri()]
        works["chromium"] = lambda: run(printing)
    figures = {}
    for name, work in works.items():
        began = time.monotonic()
        try:
            spent_by(work)
            figures[f"{name}_wall_s"] = time.monotonic() - began
        except MeasuringFailed as error:
            print(f"{name} does not run here: {error}")
    if "chromium" not in works:
        print("chromium is not installed here.")
    return figures


# What is measured


def build(
    book: BookSource, formats: Sequence[FormatName], *, verify: bool = False
) -> dict[FormatName, Built]:
    built = sandbox.build_many(book, formats=formats, verify=verify)
    for name, each in built.items():
        if isinstance(each, BuildFailed) or each.warnings:
            raise MeasuringFailed(f"{name}: {each}")
    return built  # type: ignore[return-value]  # none has failed


def run_module(module: str, *words: object) -> None:
    run([sys.executable, "-m", module, *map(str, words)])


def run(words: Sequence[str]) -> None:
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | THREADS, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MeasuringFailed((done.stderr.strip().splitlines() or ["no word of why"])[-1])


def assembled(book: BookSource) -> Manuscript:
    return assemble(book.meta, book.chapters, book.assets)


def unpack(manuscript: Manuscript, folder: Path) -> None:
    """The book's Markdown with its pictures, as pandoc reads it."""
    with zipfile.ZipFile(io.BytesIO(build_zip(manuscript, theme_for(manuscript.kind)).data)) as archive:
        archive.extractall(folder)
        (text,) = (name for name in archive.namelist() if name.endswith(".md"))
    (folder / text).rename(folder / "book.md")


# How it is measured


class MeasuringFailed(Exception):
    """What should have been measured did not run."""


@dataclass(frozen=True)
class Spent:
    """By a piece of work in the processes it started: processor seconds; kilobytes of the largest of them."""

    seconds: float
    memory: int


def by_turns(works: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, Spent]:
    """The least seconds and the most memory of each, measured one after the other in every round."""
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(spent_by(work))
    return {
        name: Spent(min(each.seconds for each in spent), max(each.memory for each in spent))
        for name, spent in found.items()
    }


def spent_by(work: Callable[[], object]) -> Spent:
    """Run it in a fork, whose children are those of the work alone. Raises `MeasuringFailed`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        answer: dict[str, object] = {}
        try:
            work()
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            answer = {"seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss}
        except Exception as error:  # told to whoever waits, and raised there
            answer = {"failed": f"{type(error).__name__}: {error}"}
        finally:
            os.write(writing, json.dumps(answer).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = json.loads(pipe.read())
    os.waitpid(child, 0)
    if "failed" in told:
        raise MeasuringFailed(told["failed"])
    return Spent(**told)
