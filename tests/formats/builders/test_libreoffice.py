"""The Word file as LibreOffice opens it: made into a PDF, with every word in its place.

LibreOffice comes as WebAssembly from npm, so that it is the same wherever the tests run.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest

from formats.builders import build
from launcher.frontend import node
from tests.formats.test_every_construct import CASES, every_case, plain, without_furniture

ROOT = Path(__file__).parents[3]
CONVERT = """
import { readFileSync, writeFileSync } from 'node:fs';
import { convertDocument } from '@matbee/libreoffice-converter/server';
const [source, target] = process.argv.slice(1);
const wasmPath = './node_modules/@matbee/libreoffice-converter/wasm';
const result = await convertDocument(readFileSync(source), { outputFormat: 'pdf' }, { wasmPath });
writeFileSync(target, result.data);
process.exit(0);
"""


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of the PDF, page by page."""
    folder = tmp_path_factory.mktemp("libreoffice")
    source, target = folder / "book.docx", folder / "book.pdf"
    source.write_bytes(build(every_case(), format="docx").data)
    subprocess.run(
        [node(), "--input-type=module", "--eval", CONVERT, str(source), str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=240,
    )
    document = pypdfium2.PdfDocument(target.read_bytes())
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_no_word_is_lost_on_the_way_through_libreoffice(text: str) -> None:
    lost = {}
    for number, (name, _markdown, words) in enumerate(CASES):
        start, end = text.index(f"Vor{number:02}"), text.rindex(f"Nach{number:02}")
        between = without_furniture(text[start + 5 : end], number)
        if plain(between) != plain(words):
            lost[name] = (plain(between), plain(words))
    assert lost == {}
