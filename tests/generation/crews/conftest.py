"""A book crew, and an organisation whose text it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from books.models import Book
from generation.models import BookJob, OwnProvider
from tenants.context import Current
from tenants.sealing import seal
from tests.conftest import HostClient
from tests.emulators.crewai import TOKEN, CrewServer
from tests.generation.driving import drive


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs crewai itself is there where it is asked for."""
    return True if collection_path.name == "test_real_crew.py" and not config.getoption("--crew") else None


@pytest.fixture
def crew() -> Iterator[CrewServer]:
    with CrewServer() as server:
        yield server
        assert server.problems == []


@pytest.fixture
def own_crew(crew: CrewServer, inside: Current) -> OwnProvider:
    """Acme's text is written by the crew from now on."""
    return OwnProvider.objects.create(
        purpose="text", service="crewai", address=crew.url, sealed_key=seal(TOKEN)
    )


class Telling:
    """Delivers what the crew tells, to the address that it was given, as soon as the test's rounds allow."""

    def __init__(self, crew: CrewServer) -> None:
        self.crew = crew
        self.answers: list[int] = []

    def deliver(self) -> None:
        for sent in self.crew.take_webhooks():
            self.answers.append(tell(sent.url, sent.body))


@pytest.fixture
def telling(crew: CrewServer) -> Telling:
    return Telling(crew)


def tell(url: str, body: Any, **options: Any) -> int:
    """Post a webhook; the status that it was answered with."""
    path = urlsplit(url).path
    return HostClient().post(path, body, content_type="application/json", **options).status_code


def write(job: BookJob, telling: Telling | None = None, **options: Any) -> BookJob:
    """Do all that waits for a provider, but build no files."""
    if telling is not None:
        options["meanwhile"] = telling.deliver
    drive(lanes=("calls",), **options)
    job.refresh_from_db()
    return job


def texts(book: Book) -> list[tuple[str, str]]:
    return list(book.chapters.order_by("number").values_list("title", "text"))


def as_written(*titles: str) -> list[tuple[str, str]]:
    return [(title, f"This is {title}, at length.") for title in titles]
