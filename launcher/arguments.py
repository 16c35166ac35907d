"""What can be asked of ./octavo, checked before anything is set up. Standard library only."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

from launcher.places import ROOT
from launcher.refusals import Refusal

Lock = Literal["base", "dev"]

HELP = """\
Octavo turns a topic into a finished book. Everything it needs is set up by itself, inside this folder.

  ./octavo demo            make a book, from a topic to PDF, EPUB, DOCX, HTML and Markdown, and look at it
  ./octavo up              run the whole platform on this machine, until Ctrl-C

Choosing the book of the demo:
  --kind story|guide       a picture book for a child, or a practical guide      (story)
  --topic TEXT             what it is about
  --goal TEXT              what the reader takes away
  --hero NAME[,AGE[,she|he|they]]
                           whom a story is about, as in  --hero Maya,6,she
  --language en|fr         the language it is written in                         (en)
  --out DIR                where its files go                                    (out)

For those who work on Octavo:
  ./octavo test [ARG ...]  all tests; arguments go to pytest, as in  ./octavo test tests/books -x
                           (--crew: also a real crew of CrewAI, 0.8 GB to install)
  ./octavo check           format, lint, types, imports between rooms, templates, translations, migrations
  ./octavo bench [NAME [PART ...]]
                           a benchmark with its demands, or parts of it; without a name, the list of them
  ./octavo clients DIR     clients of the API in Python and TypeScript, and a Postman collection
  ./octavo manage ARG ...  Django's commands, as in  ./octavo manage shell
                           (--organisation acme shell: inside the organisation of that address)
  ./octavo lock            choose the newest allowed versions of all packages again

  ./octavo --help          this page
  ./octavo --version       the version

Settings, by environment variable:
  OCTAVO_PORT              the port of the web app                               (8000)
  OCTAVO_DATA              where its database and files are kept                 (var/data)
  DATABASE_URL, REDIS_URL  a PostgreSQL and a Valkey or Redis to use instead of the ones brought along
  OPENAI_API_KEY           writes with OpenAI's models; OPENAI_BASE_URL with any server that speaks their API
"""

COMMANDS = ("demo", "up", "test", "check", "bench", "clients", "manage", "lock")
LONGEST_TEXT = 4_000  # characters, as the API takes them
HERO = re.compile(r"(?P<name>[^,]{1,60})(,\s*(?P<age>[1-9]\d?))?(,\s*(?P<pronoun>she|he|they))?")


@dataclass(frozen=True)
class Hero:
    name: str
    age: int = 6
    pronoun: str = "they"


@dataclass(frozen=True)
class DemoBook:
    """The book that the demo makes. An empty topic or goal lets the demo choose one."""

    topic: str
    goal: str
    kind: Literal["story", "guide"]
    language: Literal["en", "fr"]
    hero: Hero | None
    out: Path


@dataclass(frozen=True)
class Request:
    """One call of ./octavo. `words` are passed on as they are; `lock` is the environment it needs."""

    command: str
    words: tuple[str, ...] = ()
    book: DemoBook | None = None
    lock: Lock | None = field(default=None)


def read(words: list[str]) -> Request:
    """The request in these words. Raises Refusal with code 2 where they make no sense."""
    if not words or words[0] in ("--help", "-h", "help"):
        return Request("help")
    if words[0] in ("--version", "-V"):
        return Request("version")
    command, rest = words[0], words[1:]
    if command not in COMMANDS:
        raise wrong(
            f"there is no command {command!r}{guess_among(command, COMMANDS)}; ./octavo --help lists them."
        )
    if command in ("demo", "up", "check", "lock") and rest and rest[0] in ("--help", "-h"):
        return Request("help")
    if command == "demo":
        return Request(command, book=demo_book(rest), lock="base")
    if command in ("up", "check", "lock") and rest:
        raise wrong(f"{command} takes no arguments, and {rest[0]!r} was given.")
    if command == "clients":
        return Request(command, words=(one_folder(rest),), lock="dev")
    if command == "manage" and not rest:
        rest = ["help"]
    lock: Lock | None = {"up": "base", "manage": "base", "lock": None}.get(command, "dev")
    return Request(command, words=tuple(rest), lock=lock)


def one_folder(words: list[str]) -> str:
    if len(words) != 1:
        raise wrong("clients takes the folder to write to, as in  ./octavo clients out/clients")
    return str(writable_folder("clients", words[0]))


def demo_book(words: list[str]) -> DemoBook:
    parser = Parser(add_help=False, allow_abbrev=False)
    for option in ("topic", "goal", "kind", "hero", "language", "out"):
        parser.add_argument(f"--{option}")
    given = parser.parse_args(words)
    kind = one_of("--kind", given.kind, ("story", "guide"))
    if given.hero is not None and kind == "guide":
        raise wrong("--hero goes with --kind story; a guide has no hero.")
    return DemoBook(
        topic=text("--topic", given.topic),
        goal=text("--goal", given.goal),
        kind="guide" if kind == "guide" else "story",
        language="fr" if one_of("--language", given.language, ("en", "fr")) == "fr" else "en",
        hero=None if given.hero is None else hero(given.hero),
        out=writable_folder("--out", "out" if given.out is None else given.out),
    )


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise wrong(f"{message}; ./octavo --help shows how it is called.")


def one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> str:
    if value is None:
        return allowed[0]
    if value not in allowed:
        raise wrong(f"{option} is {' or '.join(allowed)}, not {shown(value)}.")
    return value


def text(option: str, value: str | None) -> str:
    if value is None:
        return ""
    if not value.strip():
        raise wrong(f"{option} is empty; say it in a few words, or leave it out.")
    if len(value) > LONGEST_TEXT:
        raise wrong(f"{option} has {len(value)} characters; {LONGEST_TEXT} are the most.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise wrong(f"{option} is not text in UTF-8.") from None
    return value


def hero(value: str) -> Hero:
    match = HERO.fullmatch(text("--hero", value).strip())
    if match is None or not match["name"].strip():
        raise wrong(f"--hero is a name, an age and she, he or they, as in Maya,6,she; not {shown(value)}.")
    return Hero(match["name"].strip(), int(match["age"] or Hero.age), match["pronoun"] or Hero.pronoun)


def writable_folder(option: str, value: str) -> Path:
    """The folder, made and tried out now: a book should not be made in vain."""
    try:
        if not value.strip():
            raise OSError(0, "it is empty")
        folder = Path(value).expanduser().absolute()
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise wrong(
            f"{option} must be a folder to write to, and {shown(value)} is not ({reason})."
        ) from error


def wrong(sentence: str) -> Refusal:
    return Refusal(sentence, code=2)


def guess_among(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f", perhaps {near[0]!r}" if near else ""


def shown(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:57] + "...")


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return f"Octavo {project['version']}"


def port() -> int:
    """The web app's port, from OCTAVO_PORT. Raises Refusal with code 2."""
    value = os.environ.get("OCTAVO_PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise wrong(f"OCTAVO_PORT is a number from 1 to 65535, not {shown(value)}.")
    return int(value)
