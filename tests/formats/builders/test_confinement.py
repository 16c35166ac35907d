"""A building process reads, runs, writes and reaches nothing but what a book needs, where the kernel can."""

from __future__ import annotations

import json
import os
import pickle
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from formats.assets import Asset
from formats.builders import BUILDERS, FormatName, theme_for
from formats.builders.confinement import version
from formats.builders.sandbox import ROOT, Limits, build, run
from tests.factories.manuscripts import guide, jpeg, picture_book

confined = pytest.mark.skipif(version() == 0, reason="this kernel has no Landlock")

_ATTEMPTS = """
import os, socket, subprocess, sys
from pathlib import Path
from formats.builders.confinement import confine

job, canary, picture, port = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
assert canary.read_text() == "secret"
assert confine(writable=job, readable=[picture]) == "landlock"

def refused(attempt):
    try:
        attempt()
    except PermissionError:
        return True
    except OSError as error:
        return repr(error)
    return False

(job / "file").write_text("x")
assert picture.read_bytes() == b"picture"
import wave  # our own programs are still read
print([
    refused(canary.read_text),
    refused(lambda: Path("/etc/passwd").read_text()),
    refused(lambda: os.listdir(canary.parent)),
    refused(lambda: canary.write_text("y")),
    refused(lambda: picture.write_text("y")),
    refused(lambda: (canary.parent / "new").write_text("y")),
    refused(lambda: os.unlink(canary)),
    refused(lambda: os.symlink(canary, job / "link") or (job / "link").read_text()),
    refused(lambda: os.rename(picture, job / "moved")),
    refused(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
])
print(refused(lambda: socket.create_connection(("127.0.0.1", port), timeout=5)))
print(Path("/proc/self/status").read_text().split("NoNewPrivs:")[1].split()[0])
"""


@confined
def test_confined_process_has_its_folder_and_its_pictures_and_no_more(tmp_path: Path) -> None:
    job, elsewhere = tmp_path / "job", tmp_path / "elsewhere"
    job.mkdir()
    elsewhere.mkdir()
    canary, picture = elsewhere / "canary", elsewhere / "picture.jpg"
    canary.write_text("secret")
    picture.write_text("picture")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", _ATTEMPTS, str(job), str(canary), str(picture), str(port)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    files, network, privileges = done.stdout.splitlines()
    assert files == str([True] * 10)
    assert version() < 4 or network == "True"
    assert privileges == "1"
    assert (canary.read_text(), picture.read_text()) == ("secret", "picture")


@confined
def test_building_child_confines_itself_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "limits.json").write_text(json.dumps(asdict(Limits())))
    with (tmp_path / "book.pickle").open("wb") as file:
        pickle.dump((guide(chapters=1), ("html",), theme_for("guide"), False), file)
    assert run("formats.builders.child", tmp_path, Limits())["confined"] == "landlock"


@pytest.mark.parametrize("format", [name for name in BUILDERS if name != "pdf-css"])
def test_every_format_is_built_from_pictures_on_the_disk(format: FormatName, tmp_path: Path) -> None:
    path = tmp_path / "cover"
    path.write_bytes(jpeg(400, 600))
    source = picture_book(scenes=1)
    kept = tuple(each for each in source.assets if each.id != "cover")
    from_disk = Asset.from_path("cover", path)
    assert os.access(path, os.R_OK)
    whole = type(source)(meta=source.meta, chapters=source.chapters, assets=(from_disk, *kept))
    assert build(whole, format=format).data == build(source, format=format).data
