"""Books in the making: an emulated AI service, a member who asks, and the steps run in the test itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from books.models import Book
from generation.commission import commission_book
from generation.models import BookJob
from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation
from tests.emulators.openai_stateful import KEY, OpenAIServer


class Commission(Protocol):
    def __call__(self, **fields: Any) -> tuple[Book, BookJob]: ...


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    """Files of a test lie in a folder of its own."""
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def ai(settings: Any) -> Iterator[OpenAIServer]:
    """An emulated AI service that the platform is set to use for text and for pictures."""
    with OpenAIServer() as server:
        settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = KEY, server.base_url
        settings.OPENAI_DELIVERY = "plain"
        settings.OCTAVO_TEXT_PROVIDER = settings.OCTAVO_PICTURE_PROVIDER = "openai"
        yield server


@pytest.fixture
def membership(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.fixture
def commission(inside: Current, membership: Membership) -> Commission:
    """Asks for a guide as Max would, unless the test says otherwise."""

    def ask(**fields: Any) -> tuple[Book, BookJob]:
        asked = {"topic": "Starting a community garden", "goal": "A first season", "kind": "guide", "seed": 7}
        return commission_book(membership=membership, **{**asked, **fields})

    return ask
