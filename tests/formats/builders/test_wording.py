"""The copyright page's lines."""

from __future__ import annotations

from dataclasses import replace

from formats.builders.wording import colophon
from formats.manuscript import assemble
from tests.factories.manuscripts import guide


def test_isbns_are_printed_with_their_hyphens() -> None:
    source = guide()
    meta = replace(source.meta, isbn_print="9782070360024", isbn_ebook="9781861972712")
    lines = colophon(assemble(meta, source.chapters))
    assert "ISBN 978-2-07-036002-4 (print)" in lines
    assert "ISBN 978-1-86197-271-2 (e-book)" in lines
