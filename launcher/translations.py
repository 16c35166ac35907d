"""Catalogues of translations without GNU gettext: collected, completed, checked and compiled by Babel.

`python -m launcher.translations compile` writes the .mo files that Django reads, `update` brings the .po
files in step with the sources, `missing` lists what is not translated.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.notices import step
from launcher.places import ROOT, VAR

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LOCALES = ROOT / "locale"
LANGUAGES = ("fr",)  # the sources are English
STAMP = VAR / "translations.stamp"
WITHOUT_TEXTS = {"bench", "deploy", "docs", "launcher", "locale", "node_modules", "out", "tests", "var"}
# A function's name, and at which places it takes the text, its plural and, marked "c", its context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def ensure() -> None:
    """Compiles the catalogues if one has changed."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources())).hexdigest()
    compiled = all(path.with_suffix(".mo").exists() for path in sources())
    if compiled and STAMP.exists() and STAMP.read_text() == digest:
        return
    with step("Compiling the translations"):
        compile_all()
    VAR.mkdir(exist_ok=True)
    STAMP.write_text(digest)


def compile_all() -> None:
    from babel.messages.mofile import write_mo

    for path in sources():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def update() -> None:
    """Adds new texts to the catalogues and takes out those that no source has any more."""
    from babel.messages.pofile import write_po

    collected = collect()
    for language in LANGUAGES:
        path = catalogue(language)
        known = read(path) if path.exists() else new_catalogue(language)
        known.update(collected, no_fuzzy_matching=True, update_header_comment=False)
        known.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, known, width=110, include_lineno=False, sort_by_file=True)


def missing() -> list[str]:
    """A line for every text without a finished translation, and for every translation with wrong places."""
    collected = collect()
    lines = []
    for language in LANGUAGES:
        path = catalogue(language)
        known = read(path) if path.exists() else new_catalogue(language)
        for message in collected:
            if message.id:
                lines += [f"{language}: {fault}: {shown(message)}" for fault in faults(message, known)]
    return lines


def faults(message: Message, known: Catalog) -> Iterator[str]:
    translation = known.get(message.id, message.context)
    if translation is None:
        yield "not in the catalogue"
        return
    texts = translation.string
    if not (texts if isinstance(texts, str) else texts and all(texts)):
        yield "not translated"
    elif translation.fuzzy:
        yield "marked as fuzzy"
    else:
        yield from (str(error) for error in translation.check(known))


def shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    where = ", ".join(sorted({str(location[0]) for location in message.locations}))
    return f"{text!r} ({where})"


def collect() -> Catalog:
    """All texts of the Python files and templates."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    collected = Catalog(charset="utf-8")
    for path, source in texts():
        for line, text, comments, context in extract("python", BytesIO(source), KEYWORDS, ["Translators:"]):
            name = path.relative_to(ROOT).as_posix()
            collected.add(text, locations=[(name, line)], auto_comments=comments, context=context)
    return collected


def texts() -> Iterable[tuple[Path, bytes]]:
    """Each source as Python that a tokenizer can read."""
    from django.utils.translation.template import templatize

    for path in sorted(candidates()):
        if path.suffix == ".py":
            yield path, path.read_bytes()
        else:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # The template's own indentation means nothing to Python.
            yield path, "\n".join(line.lstrip() for line in code.splitlines()).encode()


def candidates() -> Iterator[Path]:
    rooms = (place for place in ROOT.iterdir() if place.is_dir() and place.name not in WITHOUT_TEXTS)
    for room in rooms:
        if not room.name.startswith("."):
            yield from room.rglob("*.py")
            yield from (path for path in room.rglob("templates/**/*") if path.suffix in (".html", ".txt"))


def sources() -> list[Path]:
    return [path for language in LANGUAGES if (path := catalogue(language)).exists()]


def catalogue(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def new_catalogue(language: str) -> Catalog:
    from babel.messages.catalog import Catalog

    return Catalog(
        locale=language, project="Octavo", header_comment="# Octavo's texts.", charset="utf-8", fuzzy=False
    )


def main(words: list[str]) -> int:
    match words:
        case ["compile"]:
            compile_all()
        case ["update"]:
            update()
        case ["missing"]:
            lines = missing()
            print("\n".join(lines))
            return 1 if lines else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
