"""Keeps books that are being edited set in warm child processes, so that an edit costs a fraction of a build.

    pages = warm.render_pages(source, theme=theme, first=1, count=2, width_px=480)   # PNG files
    count = warm.page_count(source, theme=theme)
    built = warm.pdf(source, theme=theme)                                             # as the sandbox would make it

A child belongs to one book (`source.meta.identifier`), has the sandbox's limits and protection, and ends when it
has been idle. All functions block, are safe from several threads, and raise what `sandbox.build` raises.
"""

from __future__ import annotations

from formats.builders import Built, Theme
from formats.manuscript import BookSource


def render_pages(
    source: BookSource, *, theme: Theme, first: int, count: int, width_px: int
) -> list[bytes]:
    """PNG pictures of so many pages from the `first`, counted from 1; fewer where the book ends before.

    `width_px` is a page's width in pixels, 16 to 2000; `count` is at most 16.
    """
    raise NotImplementedError


def page_count(source: BookSource, *, theme: Theme) -> int:
    raise NotImplementedError


def pdf(source: BookSource, *, theme: Theme) -> Built:
    """The same bytes as `sandbox.build(source, format="pdf", theme=theme)`."""
    raise NotImplementedError
