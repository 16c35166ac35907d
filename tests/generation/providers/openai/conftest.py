from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from generation.contract import (
    Bible,
    Brief,
    ChapterPlan,
    ChapterRequest,
    Character,
    HeroBrief,
    Outline,
    Scene,
)
from generation.providers.openai.config import OpenAIConfig
from tests.emulators.aimock import KEY, Aimock


@dataclass
class RememberedCall:
    """The part of a step that a provider sees."""

    remote_id: str = ""
    remembered: list[str] = field(default_factory=list)

    async def remember(self, remote_id: str) -> None:
        self.remote_id = remote_id
        self.remembered.append(remote_id)

    async def before_sending(self) -> None:
        return None


@pytest.fixture
def call() -> RememberedCall:
    return RememberedCall()


@pytest.fixture(scope="session")
def aimock_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aimock]:
    server = Aimock(tmp_path_factory.mktemp("aimock"))
    yield server
    server.stop()


@pytest.fixture
def aimock(aimock_process: Aimock) -> Aimock:
    aimock_process.reset()
    return aimock_process


@pytest.fixture(params=["responses", "chat"])
def api(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def aimock_config(aimock: Aimock, api: str) -> OpenAIConfig:
    return OpenAIConfig(api_key=KEY, base_url=aimock.base_url, api=api, delivery="stream")  # type: ignore[arg-type]


@pytest.fixture
def guide() -> Brief:
    return Brief(
        title="",
        topic="Starting a community garden",
        goal="A first season plan for beginners",
        kind="guide",
        language="en",
        notes=("The plot faces south.",),
    )


@pytest.fixture
def story() -> Brief:
    return Brief(
        title="",
        topic="A lost kite",
        goal="",
        kind="story",
        language="fr",
        hero=HeroBrief(name="Zoé", age=5, pronoun="she"),
    )


@pytest.fixture
def outline() -> Outline:
    chapters = tuple(ChapterPlan(number, f"Chapter {number}", ("A beat.",)) for number in (1, 2, 3))
    bible = Bible(characters=(Character("Ana", "gardener", "Knows every worm."),), facts=("It is spring.",))
    return Outline("The Plot", "A season", "People dig.", bible, chapters, Scene(alt="A garden"))


@pytest.fixture
def request_for_chapter(guide: Brief, outline: Outline) -> ChapterRequest:
    return ChapterRequest(brief=guide, outline=outline, chapter=outline.chapters[1])
