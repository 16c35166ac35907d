"""The fonts that books are set in: files from their wheels, so that no output depends on the machine.

EB Garamond for novels, Literata for guides and young readers, Fraunces for titles, Figtree for labels. The
typst wheel's own fonts (Libertinus Serif, DejaVu Sans Mono) follow as fallbacks for other alphabets and code.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import typst

_PACKAGES = ("fontpkg_literata", "fontpkg_eb_garamond", "fontpkg_fraunces", "fontpkg_figtree")


@cache
def typst_fonts() -> typst.Fonts:
    """Every font a PDF may use. Read once a process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in font_folders()],
    )


def font_folders() -> list[Path]:
    return [Path(str(resources.files(package))) / "files" for package in _PACKAGES]
