"""Sets a page in a child process with limits on time and memory, so that no text can hold up who asked.

Run as a program (`python -m billing.invoicing.press`) it is that child: the page's data comes in as JSON, the
PDF goes out. The data reaches the template as data; no text in it is read as markup or code.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 20
_MEMORY: Final = 2048 * 1024 * 1024  # bytes of address space
_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parents[1]
_FACES: Final = ("fontpkg_fraunces", "fontpkg_figtree")
_OTHER_FACES: Final = ("fontpkg_amiri", "fontpkg_frank_ruhl_libre")
_BARE_FACES: Final = ("pylopdf_fonts_jp", "pylopdf_fonts_zh_cn", "pylopdf_fonts_ko", "manimgx_fonts")
_BEYOND_LATIN: Final = re.compile("[^\u0000-\u024f\u2000-\u20cf]")


class NotSet(Exception):
    """The page could not be set; its text says why, for the log."""


def press(page: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The page as a PDF that says it was made then. Raises `NotSet`."""
    asked = json.dumps({"page": page, "made_at": int(made_at.timestamp())})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "billing.invoicing.press"],
            input=asked.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"not set within {SECONDS} seconds") from error
    except subprocess.CalledProcessError as error:
        raise NotSet(error.stderr.decode(errors="replace")[-2000:]) from error
    return done.stdout


def _child() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(_compiled(json.dumps(asked["page"], ensure_ascii=False), asked["made_at"]))


def _compiled(page: str, made_at: int) -> bytes:
    """Tagged as PDF/UA-1; where no face has a character, without that claim, as it must be."""
    import typst

    compiler = typst.Compiler(
        input=str(_HERE / "invoice.typ"),
        root=str(_HERE),
        font_paths=[str(folder) for folder in _fonts(page)],
        ignore_system_fonts=True,
        package_path=str(_HERE / "no-packages"),
        package_cache_path=str(_HERE / "no-packages"),
        sys_inputs={"page": page},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made_at)
    except typst.TypstError:
        made = compiler.compile(format="pdf", pdf_tags=True, timestamp=made_at)
    assert isinstance(made, bytes)
    return made


def _fonts(text: str) -> list[Path]:
    """Our two faces; those of other scripts only where the text needs any."""
    families = [_folder(package) / "files" for package in _FACES]
    if not _BEYOND_LATIN.search(text):
        return families
    return [
        *families,
        *(_folder(package) / "files" for package in _OTHER_FACES),
        *(_folder(package) for package in _BARE_FACES),
    ]


def _folder(package: str) -> Path:
    return Path(str(resources.files(package)))


if __name__ == "__main__":
    _child()
