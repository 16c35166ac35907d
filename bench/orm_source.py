"""Django's own tests: they travel in its source distribution, which pip fetches once for each release."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import django

from launcher.environment import find_uv, surroundings
from launcher.places import ROOT, VAR

FOLDER = VAR / "cache" / "django"


def tests_of_django() -> Path:
    """The folder `tests` of the release that is installed. Raises RuntimeError where it cannot be fetched."""
    release = django.get_version()
    source = FOLDER / f"django-{release}"
    if not source.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as place:
            unpacked = _unpack(_fetch(release, Path(place)), Path(place))
            unpacked.rename(source)
    return source / "tests"


def _fetch(release: str, place: Path) -> Path:
    """The archive, compared with the checksum that the lock has of it."""
    pinned = place / "pinned.txt"
    pinned.write_text(_pinned())
    done = subprocess.run(
        [find_uv(), "tool", "run", "pip", "download", "--disable-pip-version-check", "--quiet",
         "--no-deps", "--no-binary", "Django", "--require-hashes", "--dest", str(place), "-r", str(pinned)],
        cwd=place, env=surroundings(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    archives = list(place.glob("[dD]jango-*.tar.gz"))
    if done.returncode != 0 or len(archives) != 1:
        raise RuntimeError(f"Django {release} cannot be fetched with its tests: {done.stderr.strip()[-400:]}")
    return archives[0]


def _pinned() -> str:
    """The lock's lines about Django."""
    lock = (ROOT / "requirements" / "dev.txt").read_text()
    found = re.search(r"^django==.*\n(?:    --hash=.*\n)+", lock, re.MULTILINE)
    if found is None:
        raise RuntimeError("requirements/dev.txt pins no Django: ./octavo lock")
    return found[0].rstrip().removesuffix("\\")


def _unpack(archive: Path, place: Path) -> Path:
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    archive.unlink()
    folder = next(path for path in place.iterdir() if path.is_dir())
    for other in folder.iterdir():
        if other.name != "tests":
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    return folder
