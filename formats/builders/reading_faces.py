"""The faces that a reading page brings along: those of the e-book, packed for the web.

python -m formats.builders.reading_faces      # packs them anew, after `epub.prepare_faces` has cut them
"""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

from formats.builders.epub.faces import Face, every_face, faces_for
from formats.builders.themes import Theme

_FOLDER = Path(__file__).parent / "styles" / "fonts"


def rules(theme: Theme, language: str) -> str:
    """The @font-face rules of a page in this theme and language, each with its file inside."""
    return "".join(_rule(face) for face in faces_for(theme, language))


@cache
def _rule(face: Face) -> str:
    data = base64.b64encode(packed(face)).decode()
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {style}; font-weight: {face.weight}; '
        f'font-display: block; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )


def packed(face: Face) -> bytes:
    """The face as WOFF2."""
    return _path(face).read_bytes()


def _path(face: Face) -> Path:
    return _FOLDER / f"{Path(face.file_name).stem}.woff2"


def pack() -> None:
    """Pack every face, and take away those that are no longer any."""
    from fontTools.ttLib import TTFont

    _FOLDER.mkdir(parents=True, exist_ok=True)
    for old in set(_FOLDER.glob("*.woff2")) - set(map(_path, every_face())):
        old.unlink()
    for face in every_face():
        font = TTFont(io.BytesIO(face.read()), recalcTimestamp=False)
        font.flavor = "woff2"
        font.save(_path(face), reorderTables=None)


if __name__ == "__main__":
    pack()
