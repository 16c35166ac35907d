"""Books that between them hold everything an e-book can: for the checkers, and for looking at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from formats.assets import Asset
from formats.manuscript import BookSource, ChapterSource, Contributor, SectionRole, SectionSource, Subject
from tests.factories.manuscripts import EVERY_BLOCK, guide, hostile, jpeg, meta, picture_book
from tests.factories.sample_book import sample

ARABIC = """\
كان البيت عند طرف القرية، وكانت نوافذه تطل على **البحر**.[^ملاحظة] وفي كل صباح كانت *ليلى* تعد السفن.

## الميناء

- سفينة زرقاء
- سفينة بيضاء

> «من يعد السفن لا يضيع.»

| اليوم | السفن |
|:--|--:|
| الأحد | 7 |
| الاثنين | 12 |

وقالت: [“Good morning”]{lang=en}، ثم مضت.

[^ملاحظة]: هكذا سمي في الخرائط القديمة.
"""
HEBREW = "הבית עמד בקצה הכפר, וחלונותיו פנו אל הים.\n\n***\n\nבכל בוקר ספרה נעמי את הספינות: 7, 12 ושוב 7."
JAPANESE = """\
港の外れに、*小さな*家があった。窓からは海が見えた。[^灯]毎朝、彼女は船の数をかぞえた。

## 灯台

- 青い船
- 白い船

「おはよう」と彼は言った。**誰も**答えなかった。

[^灯]: 古い地図にはそう書かれている。
"""
CHINESE = (
    "村子的尽头有一座房子，窗户朝着大海。每天早晨，她都数船。\n\n> 数船的人不会迷路。"
    + "她又数了一遍。" * 150
)
KOREAN = "마을 끝에 집이 하나 있었다. 창문은 바다를 향해 있었다.\n\n***\n\n아침마다 그녀는 배를 세었다."
ROLES: tuple[SectionRole, ...] = (
    "epigraph", "foreword", "preface", "introduction", "prologue", "epilogue", "afterword", "acknowledgments",
    "about-author", "also-by", "appendix", "glossary", "bibliography", "section",
)  # fmt: skip


def written(language: str, title: str, chapters: dict[str, str], **known: object) -> BookSource:
    return BookSource(
        meta=meta(language=language, title=title, kind="novel", cover=None, ai_disclosure="", **known),
        chapters=tuple(ChapterSource(title=name, markdown=text) for name, text in chapters.items()),
    )


def scenes(*texts: str, language: str = "en") -> BookSource:
    """A picture book with these texts, whatever their length and blocks."""
    book = picture_book(language=language, scenes=len(texts))
    told = (replace(scene, markdown=text) for scene, text in zip(book.chapters, texts, strict=True))
    return replace(book, chapters=tuple(told))


def parted() -> BookSource:
    """Every role of a section and of a person, parts, headings of three levels, and all metadata."""
    text = "## One\n\nWords.\n\n### In\n\nMore.\n\n#### Deep\n\nMost.\n\n## Two\n\nThe end.[^a]\n\n[^a]: Yes."
    parts = {2: "The first half", 4: "The rest"}
    sections = tuple(SectionSource(role=role, title=role.title(), markdown=text) for role in ROLES)
    roles = ("edt", "ill", "trl", "pht", "aui", "aft", "cov", "ctb", "aut")
    return BookSource(
        meta=meta(
            title="All & Sundry", subtitle="A <test>", contents_depth=3, isbn_ebook="9781861972712",
            isbn_print="9780306406157", edition="Second edition", series="Sundries", series_number="2.1",
            subjects=(Subject("thema", "YFB"), Subject("bisac", "JUV001000")), keywords=("odds", "ends"),
            contributors=tuple(Contributor(f"Person {role}", role) for role in roles),  # type: ignore[arg-type]
            rights="All rights kept.", description="A little of everything.",
        ),
        chapters=tuple(
            ChapterSource(title=f"Chapter {n}", markdown=text, part=parts.get(n, ""))
            for n in range(1, 6)
        ),
        assets=(Asset.from_bytes("cover", jpeg(400, 600)),),
        front_matter=sections[:4],
        back_matter=sections[4:],
    )  # fmt: skip


LONG_SCENE = "The lantern swung, and the river answered in its own time, which was never anybody else's. " * 9
BOOKS: dict[str, Callable[[], BookSource]] = {
    "every block": lambda: guide(chapters=1),
    "every block, French": lambda: guide(chapters=1, language="fr"),
    "novel": lambda: sample("novel"),
    "novel, French": lambda: sample("novel", "fr"),
    "workbook": lambda: sample("workbook", "fr"),
    "parts and roles": parted,
    "hostile, Arabic": lambda: hostile(language="ar"),
    "Arabic": lambda: written("ar", "بيت البحر", {"الأول": ARABIC, "الثاني": ARABIC}, contents_depth=2),
    "Hebrew": lambda: written("he", "בית הים", {"ראשון": HEBREW}),
    "Japanese": lambda: written("ja", "港の家", {"一": JAPANESE, "二": JAPANESE}),
    "Chinese": lambda: written("zh-Hans", "海边的房子", {"一": CHINESE}),
    "Korean": lambda: written("ko", "바닷가의 집", {"하나": KOREAN}, contents_depth=0),
    "picture book": lambda: picture_book(scenes=4),
    "picture book, French, long": lambda: scenes(LONG_SCENE * 4, EVERY_BLOCK, "Fin.", language="fr"),
    "picture book, hostile": lambda: replace(
        hostile(kind="story", language="he"), chapters=hostile(kind="story").chapters[:7]
    ),
    "picture book, Japanese": lambda: scenes(JAPANESE, CHINESE, language="ja"),
    "one chapter": lambda: written("en", "Short", {"": "A line."}),
    "no language": lambda: written("nonsense!", "Short", {"One": "A line."}),
    "sixty chapters": lambda: written(
        "en", "Sixty", {f"The {n} hour": "It struck." for n in range(1, 61)}, contents_depth=2
    ),
}
# Those that wear another theme than their kind's own.
DRESSED = {
    "novel, French": "modern-novel",
    "workbook": "workbook",
    "one chapter": "large-print",
    "sixty chapters": "early-reader",
}
# Marked up like another in the list, so that a slow checker may pass them over.
LOOKS_LIKE_ANOTHER = frozenset({"novel, French", "no language", "Hebrew"})
