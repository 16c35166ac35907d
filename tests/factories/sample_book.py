"""Books that read like books, in English and French: for looking at pages, and for tests of how they are set.

    sample("novel", "fr")      # a BookSource; "guide", "workbook" and "reader" are the others

Between them they hold every block, front and back matter of every role, parts, footnotes that are short and
long, a table of figures and one to fill in, verse, dialogue, chapters of one line and titles of any length.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, cast
from uuid import UUID

from PIL import Image, ImageDraw

from formats.assets import Asset
from formats.manuscript import (
    BookMeta,
    BookSource,
    ChapterSource,
    Contributor,
    Kind,
    SectionRole,
    SectionSource,
)

SampleName = Literal["novel", "guide", "workbook", "reader"]
Language = Literal["en", "fr"]

_TEXTS = Path(__file__).parent / "samples"
_KINDS: dict[SampleName, Kind] = {"novel": "novel", "guide": "guide", "workbook": "guide", "reader": "novel"}
_TITLES: dict[tuple[SampleName, Language], tuple[str, str]] = {
    ("novel", "en"): ("The Light at Sker", "A novel"),
    ("novel", "fr"): ("Le Feu de Sker", "Roman"),
    ("guide", "en"): ("Common Ground", "How to start a shared garden and still be friends in the third year"),
    ("guide", "fr"): ("Terrain d’entente", "Fonder un jardin partagé et rester amis la troisième année"),
    ("workbook", "en"): ("A Week of Your Own", "A workbook for busy people"),
    ("workbook", "fr"): ("Une semaine à soi", "Un cahier pour les gens occupés"),
    ("reader", "en"): ("Ilo and the Fox", "Read it yourself"),
    ("reader", "fr"): ("Ilo et le renard", "Pour lire tout seul"),
}
_PARTS: dict[Language, tuple[str, str]] = {
    "en": ("The Sound", "The Ice"),
    "fr": ("Le détroit", "La glace"),
}


def sample(name: SampleName, language: Language = "en", *, rounds: int = 1) -> BookSource:
    """A whole book. `rounds` repeats its chapters, for a longer one."""
    chapters = tuple(_chapters(name, language)) * rounds
    if name == "novel":
        first, second = _PARTS[language]
        middle = len(chapters) // 2
        chapters = (_in_part(chapters[0], first), *chapters[1:middle], _in_part(chapters[middle], second),
                    *chapters[middle + 1 :])  # fmt: skip
    full = name in ("novel", "guide")
    return BookSource(
        meta=_meta(name, language),
        chapters=chapters,
        assets=(
            Asset.from_bytes("hills", hills()),
            Asset.from_bytes("cover", hills(width=1200, height=1800)),
        ),
        front_matter=_sections("front", language) if full else (),
        back_matter=_sections("back", language) if full else (),
    )


def _meta(name: SampleName, language: Language) -> BookMeta:
    french = language == "fr"
    title, subtitle = _TITLES[name, language]
    return BookMeta(
        title=title,
        subtitle=subtitle,
        language=language,
        kind=_KINDS[name],
        identifier=UUID("5a1e0000-0000-4000-8000-000000000001"),
        modified=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        published=date(2026, 3, 4),
        authors=("Rosa Lind",),
        contributors=(Contributor("Ida Berg", "ill"), Contributor("Amadou Keïta", "trl")),
        dedication="À celles qui comptent." if french else "For everyone who is still counting.",
        description="Un gardien, une lampe, un nombre." if french else "A keeper, a lamp and a number.",
        publisher="Fern Street Press",
        ai_disclosure=(
            "Une partie de ce livre a été écrite avec l'aide d'un logiciel."
            if french
            else "Parts of this book were written with the help of software."
        ),
        cover="cover",
        cover_alt="Des collines au-dessus de l'eau" if french else "Hills above the water",
        isbn_print="9780306406157",
        isbn_ebook="9781861972712",
        edition="Deuxième édition" if french else "Second edition",
        series="Les Feux du détroit" if french else "Lights of the Sound",
        series_number="2",
        contents_depth=2 if name == "guide" else 1,
    )


def _chapters(name: SampleName, language: Language) -> list[ChapterSource]:
    return [ChapterSource(title=title, markdown=text) for title, text in _texts(name, language)]


def _in_part(chapter: ChapterSource, part: str) -> ChapterSource:
    return ChapterSource(title=chapter.title, markdown=chapter.markdown, part=part)


def _sections(name: str, language: Language) -> tuple[SectionSource, ...]:
    """Front or back matter, whose titles in its file begin with their role, as in "epigraph: Epigraph"."""
    named = ([*title.split(": ", 1), text] for title, text in _texts(name, language))
    return tuple(
        SectionSource(role=cast(SectionRole, role), title=title, markdown=text) for role, title, text in named
    )


def _texts(name: str, language: Language) -> Iterator[tuple[str, str]]:
    """Title and text of each chapter in a file of samples."""
    text = (_TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    titled = re.split(r"^# (.+)\n", text, flags=re.MULTILINE)[1:]
    return zip(titled[::2], titled[1::2], strict=True)


@cache
def hills(*, width: int = 1500, height: int = 1000) -> bytes:
    """A JPEG landscape of rolling hills, drawn."""
    picture = Image.new("RGB", (width, height), "#f3e9d8")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.62, height * 0.12, width * 0.62 + height * 0.2, height * 0.32), fill="#e7b98a")
    for layer, shade in enumerate(("#c9cdbd", "#9db0a3", "#6f8c83", "#48695f", "#2b463f")):
        base, swell = height * (0.42 + 0.12 * layer), height * 0.07
        ridge = [
            (
                x,
                base
                + swell * math.sin(x / width * (4 + layer) + 2 * layer)
                + swell / 3 * math.sin(x / width * 17 + layer),
            )
            for x in range(0, width + 8, 8)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=shade)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
