"""Books to measure with: English-like text from a seed, no paragraph of which occurs twice.

Typst and others remember what equal content came to, so a text that repeats would measure their memory.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from formats.assets import Asset
from formats.manuscript import BookMeta, BookSource, ChapterSource, Kind

WORDS = 107_000
CHAPTERS = 40
PLATES = 12
PICTURE_PAGES = 32


def _words(text: str) -> list[str]:
    return text.split()


_NOUNS = _words("""
harbour river lantern garden orchard window ladder letter captain teacher widow carpenter mountain valley
bridge market station kitchen staircase cellar candle ribbon feather anchor compass journal photograph
winter summer afternoon morning evening silence thunder promise secret question answer journey neighbour
stranger brother daughter grandfather physician magistrate merchant labourer gardener fisherman
schoolmaster traveller committee government newspaper reputation conversation recollection circumstance
inheritance correspondence satisfaction disappointment understanding responsibility possibility
generation congregation neighbourhood machinery architecture furniture timber granite limestone copper
linen velvet parchment ink bread honey barley vineyard meadow hillside coastline lighthouse estuary
current weather season century afternoon
""")
_VERBS = _words("""
remembered carried followed answered considered examined abandoned repaired discovered described imagined
promised refused returned gathered noticed expected suspected admitted overheard translated borrowed
surrendered measured whispered concealed defended recognised interrupted encouraged disappointed
persuaded understood forgave crossed painted planted buried counted opened mended weighed kept lost found
left held
""")
_ADJECTIVES = _words("""
quiet narrow ancient unfamiliar pale enormous patient stubborn generous crooked luminous ordinary
melancholy distant respectable unfinished peculiar delicate considerable inconvenient forgotten solemn
cheerful abandoned weathered reluctant astonishing provincial comfortable inexplicable tremendous careful
brittle wooden silver frozen hollow bright heavy early late second former only better worse
""")
_ADVERBS = _words("""
slowly quietly almost certainly rarely reluctantly immediately afterwards unexpectedly perhaps scarcely
evidently carefully once again seldom already presently altogether
""")
_PLACES = (
    """
by the harbour|beyond the orchard|under the stairs|across the valley|at the station|behind the old mill
in the afternoon|before the war|after the storm|on the third day|within the hour|above the kitchen
along the estuary|between two seasons|in the margin of the letter|without a word|at the edge of the meadow
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
_NAMES = _words("""
Eleanor Thomas Margaret Ambrose Judith Nathaniel Clara Edmund Rosalind Walter Beatrice Hugh Florence
Gideon Harriet Lionel
""")
_LINKS = (
    "because",
    "although",
    "while",
    "until",
    "as if",
    "so that",
    "whenever",
    "even though",
    "and",
    "but",
)


def long_book(
    *,
    words: int = WORDS,
    chapters: int = CHAPTERS,
    plates: int = PLATES,
    kind: Kind = "novel",
    seed: int = 1907,
) -> BookSource:
    """Chapters with headings, lists, tables, quotes, notes and links, and here and there a plate."""
    each = _Writer(random.Random(seed))
    pictures = tuple(
        Asset.from_bytes(f"plate-{number}", _photograph(1200, 900, seed + number)) for number in range(plates)
    )
    plated = {round((number + 0.5) * chapters / plates): number for number in range(plates)} if plates else {}
    return BookSource(
        meta=_meta("The Harbour and the Hill", kind),
        chapters=tuple(
            ChapterSource(
                title=each.title(),
                markdown=each.chapter(words // chapters, plate=plated.get(number), number=number),
            )
            for number in range(chapters)
        ),
        assets=(Asset.from_bytes("cover", _photograph(1200, 1800, seed)), *pictures),
    )


def picture_book(*, pages: int = PICTURE_PAGES, seed: int = 1908) -> BookSource:
    """A picture on every page of the story, above three sentences; six pages are covers and titles."""
    each = _Writer(random.Random(seed))
    scenes = pages - 6
    return BookSource(
        meta=_meta("The Fox Who Counted Stars", "story"),
        chapters=tuple(
            ChapterSource(
                title=each.title(),
                markdown=" ".join(each.sentence() for _ in range(3)),
                picture=f"scene-{number}",
                picture_alt=each.sentence(),
            )
            for number in range(scenes)
        ),
        assets=(
            Asset.from_bytes("cover", _photograph(1050, 1500, seed)),
            *(
                Asset.from_bytes(f"scene-{number}", _photograph(1536, 1024, seed + 1 + number))
                for number in range(scenes)
            ),
        ),
    )


def with_one_paragraph_edited(source: BookSource, *, edit: int) -> BookSource:
    """The same book with a sentence more in the middle of its middle chapter."""
    middle = len(source.chapters) // 2
    paragraphs = source.chapters[middle].markdown.split("\n\n")
    place = next(at for at in range(len(paragraphs) // 2, len(paragraphs)) if len(paragraphs[at]) > 200)
    paragraphs[place] += f" This sentence number {edit} was added by an editor late in the evening."
    chapter = replace(source.chapters[middle], markdown="\n\n".join(paragraphs))
    return replace(source, chapters=(*source.chapters[:middle], chapter, *source.chapters[middle + 1 :]))


def _meta(title: str, kind: Kind) -> BookMeta:
    return BookMeta(
        title=title,
        language="en",
        kind=kind,
        identifier=UUID("7d3f8a34-58a1-4c5c-9f0e-2f6a3f0f5c11"),
        modified=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        published=date(2026, 3, 4),
        subtitle="A book to measure with",
        authors=("Bench Marker",),
        publisher="Octavo",
        cover="cover",
        cover_alt="A shape in many colours",
    )


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def title(self) -> str:
        return f"The {self.pick(_ADJECTIVES)} {self.pick(_NOUNS)}".title()

    def chapter(self, words: int, *, plate: int | None, number: int) -> str:
        """Markdown of about so many words."""
        blocks: list[str] = []
        count, notes = 0, 0
        extras = self.extras(plate, number)
        every = max(words // 12, 120)
        while count < words:
            text = self.paragraph()
            if self.chance.random() < 0.06:
                notes += 1
                text += f"[^{notes}]"
            blocks.append(text)
            count += len(text.split())
            if count > every * (len(blocks) // 4) and len(blocks) % 4 == 0:
                extra = next(extras, None)
                if extra:
                    blocks.append(extra)
                    count += len(extra.split())
        blocks += [f"[^{note}]: {self.sentence()} {self.sentence()}" for note in range(1, notes + 1)]
        return "\n\n".join(blocks)

    def extras(self, plate: int | None, number: int) -> Iterator[str]:
        yield f"## {self.title()}"
        if plate is not None:
            yield f'![{self.sentence()}](plate-{plate} "{self.title()}")'
        yield "\n".join(f"- {self.phrase().capitalize()}" for _ in range(self.chance.randint(3, 6)))
        yield f"> {self.sentence()} {self.sentence()}"
        if number % 2:
            yield self.table()
        yield f"### {self.title()}"
        yield "\n".join(f"{item}. {self.sentence()}" for item in range(1, self.chance.randint(4, 6)))
        yield "***"

    def table(self) -> str:
        rows = [
            f"| {self.pick(_NOUNS).title()} | {self.phrase()} | {self.chance.randint(3, 4000)} |"
            for _ in range(6)
        ]
        return "\n".join(("| What | Where | How many |", "|:---|:---|---:|", *rows))

    def paragraph(self) -> str:
        """Two to nine sentences, as novels and guides have them; now and then words of a dialogue."""
        if self.chance.random() < 0.25:
            return f'"{self.sentence()}" said {self.pick(_NAMES)}. "{self.sentence()}"'
        text = " ".join(self.sentence() for _ in range(self.chance.randint(2, 9)))
        if self.chance.random() < 0.12:
            text += f" It was *{self.phrase()}*, and {self.sentence()[0].lower()}{self.sentence()[1:]}"
        if self.chance.random() < 0.03:
            address = f"https://example.org/{self.pick(_NOUNS)}/{self.chance.randint(1, 999)}"
            text += f" See [{self.phrase()}]({address})."
        return text

    def sentence(self) -> str:
        words = self.clause()
        if self.chance.random() < 0.45:
            words += f"{self.chance.choice(('', ','))} {self.pick(_LINKS)} {self.clause()}"
        if self.chance.random() < 0.2:
            words += f" in {self.chance.randint(1790, 1950)}"
        return words[0].upper() + words[1:] + self.chance.choice("......?!")

    def clause(self) -> str:
        who = self.pick(_NAMES) if self.chance.random() < 0.4 else self.phrase()
        how = f"{self.pick(_ADVERBS)} " if self.chance.random() < 0.3 else ""
        where = f" {self.pick(_PLACES)}" if self.chance.random() < 0.4 else ""
        return f"{who} {how}{self.pick(_VERBS)} {self.phrase()}{where}"

    def phrase(self) -> str:
        the = self.chance.choice(("the", "a", "his", "her", "their", "that", "no", "every"))
        if self.chance.random() < 0.5:
            return f"{the} {self.pick(_ADJECTIVES)} {self.pick(_NOUNS)}"
        return f"{the} {self.pick(_NOUNS)}"

    def pick(self, words: list[str] | tuple[str, ...]) -> str:
        return self.chance.choice(words)


def _photograph(width: int, height: int, seed: int) -> bytes:
    """A JPEG of soft shapes with some grain, about as large in bytes as a photograph of that size."""
    import numpy
    from PIL import Image

    chance = numpy.random.default_rng(seed)
    coarse = chance.integers(0, 255, (height // 60, width // 60, 3), dtype=numpy.uint8)
    picture = numpy.asarray(
        Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC), dtype=numpy.int16
    )
    grain = chance.integers(-9, 10, (height, width, 1), dtype=numpy.int16)
    out = io.BytesIO()
    Image.fromarray((picture + grain).clip(0, 255).astype(numpy.uint8)).save(out, "JPEG", quality=85)
    return out.getvalue()
