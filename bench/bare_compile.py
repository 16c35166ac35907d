"""One bare compile: python -m bench.bare_compile FOLDER turns its main.typ into main.pdf, untagged.

What `typst compile --no-pdf-tags --ignore-system-fonts` would do, through the wheel that the builders use,
with the same fonts; it leaves as soon as the file is written, as a command would.
"""

from __future__ import annotations

import os
import sys

import typst

from formats.fonts import typst_fonts

if __name__ == "__main__":
    folder = sys.argv[1]
    compiler = typst.Compiler(
        input=f"{folder}/main.typ", root=folder, font_paths=typst_fonts(), ignore_system_fonts=True
    )
    compiler.compile(output=f"{folder}/main.pdf", format="pdf", timestamp=0, pdf_tags=False)
    os._exit(0)
