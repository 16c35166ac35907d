"""Small books for tests of printing."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import UUID

from PIL import Image, ImageDraw

from formats.assets import Asset
from formats.manuscript import BookMeta, BookSource, ChapterSource, Manuscript, assemble
from formats.printing.order import Order

ISBN = "9780306406157"


def picture(width: int, height: int, name: str = "picture") -> Asset:
    """A picture that is dark at all its edges."""
    image = Image.new("RGB", (width, height), (40, 90, 140))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 4, height // 4, width * 3 // 4, height * 3 // 4), fill=(240, 190, 90))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return Asset.from_bytes(name, out.getvalue())


def source(
    *,
    kind: str = "story",
    chapters: int = 6,
    words: int = 24,
    pixels: int = 1200,
    pictured: int = 99,
    **meta: object,
) -> BookSource:
    assets = (picture(pixels, pixels * 2 // 3, "scene"), picture(1700, 2400, "cover"))
    return BookSource(
        meta=BookMeta(
            **{
                "title": "The Kite",
                "language": "en",
                "kind": kind,
                "identifier": UUID(int=11),
                "modified": datetime(2026, 3, 1, tzinfo=UTC),
                "authors": ("Rosa Lind",),
                "isbn_print": ISBN,
                "publisher": "Harbour",
                "back_text": "A kite made of yesterday’s news.\nIt goes further than the garden gate.",
                "cover": "cover",
                **meta,
            }  # type: ignore[arg-type]
        ),
        chapters=tuple(
            ChapterSource(
                title=f"Wind {number}",
                markdown=" ".join(["The wind came over the hill."] * (words // 6)),
                picture="scene" if kind == "story" and number <= pictured else None,
                picture_alt="A hill",
            )
            for number in range(1, chapters + 1)
        ),
        assets=assets,
    )


def manuscript(**how: object) -> Manuscript:
    made = source(**how)  # type: ignore[arg-type]
    return assemble(made.meta, made.chapters, made.assets)


def kdp(paper: str = "premium-colour", trim: str = "8.5x8.5", **more: object) -> Order:
    return Order.of({"printer": "kdp", "binding": "paperback", "paper": paper, "trim": trim, **more})
