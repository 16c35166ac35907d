"""The other competitor: python -m bench.pandoc_chain FOLDER turns its book.md into PDF, EPUB, DOCX and HTML.

pandoc writes Typst by its default template, which the builders' own wheel compiles; then EPUB, DOCX and one
self-contained HTML page. Every pandoc is a process of its own, as in any such chain.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    import pypandoc

    folder = Path(sys.argv[1])
    pandoc = pypandoc.get_pandoc_path()
    for name in ("main.typ", "book.epub", "book.docx", "book.html"):
        words = [pandoc, "book.md", "-f", "gfm+footnotes", "-s", "-o", name, "--metadata", "title=Bench"]
        extra = ["--embed-resources"] if name.endswith("html") else []
        subprocess.run([*words, *extra], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "bench.bare_compile", str(folder)], check=True)
    os._exit(0)
