"""Pictures are measured by their headers, and what cannot be used is refused in words."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from formats.assets import Asset, BadPicture
from tests.factories.manuscripts import jpeg, png


def test_jpeg_is_measured_and_kept_as_it_came() -> None:
    data = jpeg(321, 123)
    asset = Asset.from_bytes("scene-1", data)
    assert (asset.media_type, asset.width, asset.height) == ("image/jpeg", 321, 123)
    assert asset.read() == data
    assert asset.file_name == "scene-1.jpg"


def test_picture_in_a_file_equals_the_same_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "any name"
    path.write_bytes(png(30, 40))
    assert Asset.from_path("x", path) == Asset.from_bytes("x", png(30, 40))
    assert Asset.from_path("x", path).read() == png(30, 40)


def test_picture_of_too_many_pixels_is_refused_by_its_header() -> None:
    bomb = bytearray(png())
    bomb[16:24] = struct.pack(">II", 20_000, 8_500)
    with pytest.raises(BadPicture, match="20000 by 8500"):
        Asset.from_bytes("bomb", bytes(bomb))


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8\xff", jpeg()[:40], png()[:20], png()[:-20]], ids=range(7)
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadPicture):
        Asset.from_bytes("x", data)


@pytest.mark.parametrize("name", ["", "../x", "a b", "a/b", "a.b", "é", "x" * 81])
def test_name_that_is_no_plain_name_is_refused(name: str) -> None:
    with pytest.raises(BadPicture):
        Asset.from_bytes(name, png())
