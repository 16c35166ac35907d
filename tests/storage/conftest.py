"""Places to keep files in: a disk, and the three clouds as servers on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from config.file_places import file_storage
from storage import places
from storage.places import Place, google
from tests.emulators.clouds import Azurite, Cloud, GoogleCloud, SeaweedFS

CLOUDS: dict[str, type[Cloud]] = {"s3": SeaweedFS, "google": GoogleCloud, "azure": Azurite}


class Service(NamedTuple):
    """A cloud with its bucket, and the place that FILES_URL makes of it."""

    cloud: Cloud
    place: Place


@pytest.fixture(scope="session")
def clouds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Each is started when it is first asked for, once, and serves all tests."""
    running: dict[str, Cloud] = {}
    faults: dict[str, RuntimeError] = {}

    def cloud(name: str) -> Cloud:
        if name in faults:
            raise faults[name]
        if name not in running:
            try:
                running[name] = CLOUDS[name](tmp_path_factory.mktemp(name))
            except RuntimeError as fault:
                faults[name] = fault
                raise
        return running[name]

    yield cloud
    for one in running.values():
        one.stop()


@pytest.fixture(params=CLOUDS)
def service(
    request: pytest.FixtureRequest, clouds: Any, settings: Any, monkeypatch: Any
) -> Iterator[Service]:
    cloud: Cloud = clouds(request.param)
    use(settings, monkeypatch, cloud.address)
    place = places.named(places.DEFAULT)
    place.prepare()
    yield Service(cloud, place)
    cloud.wire.heal()


@pytest.fixture(params=["disk", *CLOUDS])
def backend(
    request: pytest.FixtureRequest, clouds: Any, settings: Any, tmp_path: Path, monkeypatch: Any
) -> str:
    """The same tests everywhere: the setting is read as an installation's would be."""
    if request.param == "disk":
        use(settings, monkeypatch, tmp_path.as_uri())
    else:
        use(settings, monkeypatch, clouds(request.param).address)
        places.named(places.DEFAULT).prepare()
    return str(request.param)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between tries."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda seconds: None))
    monkeypatch.setattr(
        "azure.storage.blob._shared.policies.StorageRetryPolicy.sleep", lambda self, settings, transport: None
    )
    quick = google._RETRY.with_delay(initial=0.01, maximum=0.02).with_timeout(0.5)
    monkeypatch.setattr("storage.places.google._RETRY", quick)


def use(settings: Any, monkeypatch: pytest.MonkeyPatch, address: str, *, as_place: str = "files") -> None:
    """Have the place of that alias be what an address in FILES_URL makes it."""
    monkeypatch.setenv("FILES_URL", address)
    settings.STORAGES = {**settings.STORAGES, as_place: file_storage("FILES_URL", Path("/nowhere"))}
