"""./octavo demo: makes a book through the real platform and leaves its files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from launcher.arguments import DemoBook, Request, port
from launcher.bookmaking import Task
from launcher.embedded.valkey import free_port
from launcher.places import data_folder
from launcher.processes import is_free
from launcher.running import platform

# What the book is about where nobody says: topic and goal by kind and language.
SUGGESTIONS = {
    ("story", "en"): ("A lantern that is afraid of the dark", "Being brave is easier together"),
    ("story", "fr"): ("Une lanterne qui a peur du noir", "On est plus courageux à plusieurs"),
    ("guide", "en"): ("Starting a community garden", "A first season plan for beginners"),
    ("guide", "fr"): ("Créer un jardin partagé", "Un plan de première saison pour débutants"),
}
HEROES = {"en": "Maya", "fr": "Léa"}


def run(request: Request) -> int:
    book = request.book
    if book is None:
        raise AssertionError("the demo was asked for without its book")
    data = data_folder()
    with platform(data, port=demo_port()) as running:
        task = Task(
            commission=commission(book),
            out=str(book.out),
            port=running.port,
            host=running.organisation_host,
            email=running.access.member,
            password=running.access.member_password,
            logs=str(data / "log"),
        )
        # The task goes by the environment: a password on the command line would be there for all to read.
        environment = {**running.environment, "OCTAVO_TASK": json.dumps(asdict(task))}
        return running.supervisor.follow(
            [sys.executable, "-m", "launcher.bookmaking"], environment=environment, cwd=Path.cwd()
        )


def demo_port() -> int:
    """The port that was asked for; nobody looks at the demo's pages, so otherwise any free one will do."""
    wanted = port()
    return wanted if os.environ.get("OCTAVO_PORT") or is_free(wanted) else free_port()


def commission(book: DemoBook) -> Mapping[str, Any]:
    """The book as the API is asked for it."""
    topic, goal = SUGGESTIONS[book.kind, book.language]
    asked: dict[str, Any] = {
        "topic": book.topic or topic,
        "goal": book.goal or ("" if book.topic else goal),
        "kind": book.kind,
        "language": book.language,
        "author_name": "Octavo",
        "approve_outline": False,
        "hero": None,
    }
    if book.hero is not None:
        asked["hero"] = asdict(book.hero)
    elif book.kind == "story":
        asked["hero"] = {"name": HEROES[book.language], "age": 6, "pronoun": "she"}
    return asked
