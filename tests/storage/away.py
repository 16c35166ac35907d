"""A place that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, ClassVar, NoReturn

from storage.places import About, Unavailable
from storage.places.disk import Disk


class Away(Disk):
    lends: ClassVar[bool] = True  # as clouds do, so that it is asked for links as well

    def put(self, key: str, stream: IO[bytes], about: About) -> NoReturn:
        raise Unavailable("it does not answer")

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        raise Unavailable("it does not answer")

    def seekable(self, key: str, *, size: int) -> NoReturn:
        raise Unavailable("it does not answer")

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> NoReturn:
        raise Unavailable("it does not answer")

    @contextmanager
    def told(self) -> Iterator[None]:
        raise Unavailable("it does not answer")
        yield


@contextmanager
def away(settings: Any) -> Iterator[None]:
    """The place of files does not answer meanwhile."""
    before = settings.STORAGES
    place = {"BACKEND": "tests.storage.away.Away", "OPTIONS": dict(before["files"].get("OPTIONS", {}))}
    settings.STORAGES = {**before, "files": place}
    try:
        yield
    finally:
        settings.STORAGES = before
