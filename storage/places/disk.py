"""This machine's disk, or one that several machines share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext_noop

from storage.places.contract import BLOCK, About, Lying, Missing, Place, Refused, Unavailable

_UNFINISHED = ".part"


class Disk(FileSystemStorage, Place):
    lends = False
    called = gettext_noop("disk")

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        target = Path(self.path(key))
        part = target.with_name(f"{target.name}.{uuid4().hex}{_UNFINISHED}")
        with self.told():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                stream.seek(0)
                with part.open("xb") as file:
                    while block := stream.read(BLOCK):
                        file.write(block)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        with self.told(), Path(self.path(key)).open("rb") as file:
            file.seek(start)
            while start < end and (block := file.read(min(BLOCK, end - start))):
                start += len(block)
                yield block

    def seekable(self, key: str, *, size: int) -> IO[bytes]:
        with self.told():
            return Path(self.path(key)).open("rb")

    def stat(self, key: str) -> Lying | None:
        try:
            return _lying(key, Path(self.path(key)))
        except FileNotFoundError:
            return None

    def listing(self, prefix: str) -> Iterator[Lying]:
        for folder, folders, names in os.walk(self.path(prefix)):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if not name.endswith(_UNFINISHED):
                    with suppress(FileNotFoundError):  # gone meanwhile
                        yield _lying(path.relative_to(self.location).as_posix(), path)

    def empty(self, prefix: str) -> None:
        with self.told(), suppress(FileNotFoundError):
            shutil.rmtree(self.path(prefix))

    def forget_unfinished(self, prefix: str, *, before: datetime) -> int:
        forgotten = 0
        for path in list(Path(self.path(prefix)).rglob(f"*{_UNFINISHED}")):
            with suppress(FileNotFoundError):
                if _lying("", path).modified < before:
                    path.unlink()
                    forgotten += 1
        return forgotten

    def prepare(self) -> str:
        with self.told():
            Path(self.location).mkdir(parents=True, exist_ok=True)
        return ""

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> None:
        return None

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise Missing(*error.args) from error
        except (PermissionError, NotADirectoryError) as error:
            raise Refused(str(error)) from error
        except OSError as error:  # full, or gone for the moment
            raise Unavailable(str(error)) from error


def _lying(key: str, path: Path) -> Lying:
    found = path.stat()
    return Lying(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
