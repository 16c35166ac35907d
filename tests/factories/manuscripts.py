"""Books to typeset: a guide with every block, picture books in two languages, a novel, and a hostile one."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

from PIL import Image

from formats.assets import Asset
from formats.manuscript import (
    BookMeta,
    BookSource,
    ChapterSource,
    Contributor,
    Kind,
    Manuscript,
    SectionSource,
    assemble,
)


@cache
def jpeg(width: int = 300, height: int = 200, shade: int = 90) -> bytes:
    """A gradient, so that no two shades give the same file."""
    picture = Image.linear_gradient("L").resize((width, height)).point(lambda value: (value + shade) % 256)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def png(width: int = 20, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def meta(
    *, kind: Kind = "guide", language: str = "en", title: str = "Starting a Garden", **known: object
) -> BookMeta:
    values = {
        "authors": ("Rosa Lind",),
        "identifier": UUID("12345678-1234-4234-8234-123456789abc"),
        "modified": datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        "published": date(2026, 3, 4),
        "dedication": "To whoever holds the hose.",
        "ai_disclosure": "Parts of this book were written with the help of software.",
        "publisher": "Fern Street Press",
        "cover": "cover",
        "cover_alt": "A garden gate",
        **known,
    }
    return BookMeta(kind=kind, language=language, title=title, **values)  # type: ignore[arg-type]


EVERY_BLOCK = """\
Before *any* ground is **broken**, ~~nobody~~ everyone should agree on `a plan`.[^key] It's "simple" --
really...

## Choosing the ground

- Sun from the south
- A tap, or a roof
    - 120 cm is comfortable
    - 90 cm is the least

### What to ask

3. How long may we stay?
4. Who pays?

   A second paragraph of the item.

| Month | Work | Hands |
|:------|:----:|------:|
| March | Meet | 6 |
| April | *Build* | 12 |

> A quoted line.
>
> > And one within it.

- [ ] The paper is signed
- [x] Four people have promised

***

```python
print("<hello>")
```

![A gate of oak](images/gate.jpg "The old gate") and ![leaf](gate) in a line.

![A gate of oak](images/gate.jpg "The old gate")

See [the library](https://example.org/seeds?a=1&b=2), [chapter 2](#chapter-2) or
https://example.org/long today.\\
A new line, and the key again.[^key]

[^key]: A key kept by one person is a key on holiday.

    Cut *three*.
"""
FILLER = (
    "The first season is a promise that people make in public, and the second tells them what they meant. "
    * 5
)


def guide(*, chapters: int = 3, language: str = "en") -> BookSource:
    titles = ("Begin with people", "Choosing the ground", "Soil, water & light", "The first beds", "Harvest")
    return BookSource(
        meta=meta(
            subtitle="A first season", language=language, contributors=(Contributor("Ida Berg", "ill"),)
        ),
        chapters=tuple(
            ChapterSource(title=titles[n % 5], markdown=f"{EVERY_BLOCK}\n\n" + "\n\n".join([FILLER] * 9))
            for n in range(chapters)
        ),
        assets=(Asset.from_bytes("cover", jpeg(400, 600)), Asset.from_bytes("gate", jpeg())),
        front_matter=(SectionSource(role="preface", title="Preface", markdown=FILLER),),
        back_matter=(SectionSource(role="about-author", title="About the author", markdown="She gardens."),),
    )


def novel() -> BookSource:
    text = "\n\n".join(["“You came back,” she said, in 1914." + FILLER * 2] * 8)
    return BookSource(
        meta=meta(kind="novel", title="The River and the Stone"),
        chapters=tuple(ChapterSource(title=title, markdown=text) for title in ("The Harbour", "The Letters")),
        assets=(Asset.from_bytes("cover", jpeg(400, 600)),),
    )


ENGLISH_SCENES = (
    ("The missing star", '"It was right there," said Amina, "between the chimney and the pine."'),
    ("The squeaky gate", "So she took Grandpa's lantern, two apples, and one very deep breath."),
    ("A river with no bridge", '"We could go home," said Amina. "We could," said Pip, and did not move.'),
)
FRENCH_SCENES = (
    (
        "L'étoile perdue",
        "« Elle était là ! » dit Amina. Où pouvait-elle être ? Pip dit : « Au bout du ciel. »",
    ),
    (
        "Le portail",
        "Alors elle prit la lanterne de Papi, deux pommes et une très grande respiration ; puis sortit.",
    ),
    ("Une rivière sans pont", 'Il était 12:30. "On pourrait rentrer", dit Amina... Pip ne bougea pas !'),
)


def picture_book(*, language: str = "en", scenes: int = 3) -> BookSource:
    written = FRENCH_SCENES if language == "fr" else ENGLISH_SCENES
    return BookSource(
        meta=meta(kind="story", language=language, title="L'étoile" if language == "fr" else "The Star"),
        chapters=tuple(
            ChapterSource(
                title=f"{written[n % 3][0]}{'' if n < 3 else f' {n}'}",
                markdown=written[n % 3][1],
                picture=f"scene-{n}",
                picture_alt=f"Amina and Pip, picture {n + 1}",
            )
            for n in range(scenes)
        ),
        assets=(
            Asset.from_bytes("cover", jpeg(400, 600)),
            *(Asset.from_bytes(f"scene-{n}", jpeg(shade=3 * n + 1)) for n in range(scenes)),
        ),
    )


HOSTILE = (
    '<script>alert(1)</script>\n\n<div onclick="x">hi</div> <iframe src="file:///etc/passwd"> <svg/onload=x>',
    '#import "@preview/x:0.1.0": *\n\n#eval("1") #{let x=1} $x^2$ @ref <label> \\u{1F600} \\"',
    '\\\\ #read("/etc/passwd") #panic() // comment /* another */ #set page(width: 1pt)',
    "{{ 7*7 }} {% load x %} ${jndi} $(id) `id` ../../etc/passwd %s {0} ]]> --> </style>",
    "שלום עולם مرحبا 日本語 😀 👩‍👩‍👧 \u202eevil\u202c \u200b\u200d\ufeff a\u0301\u0328",
    "control \x00\x01\x08\x0b\x1b\x7f\x85\ufffe\uffff &#0; &#x1F; &#xFFFE; &nbsp; end",
    ">" * 60 + " deep\n\n" + "\n".join("  " * n + f"- level {n}" for n in range(60)),
    "![x](../../etc/passwd) ![y](file:///etc/passwd) ![z](http://x/y.png) [l](javascript:alert(1))",
    "[m](data:text/html,x) [n](https://exa%zz.org/%zz) [o](https://münchen.de/ü#é#f) [p](#nowhere)",
    "<mailto:a@b> [q](https://a.b/?x=[1]|2) https://x.y/a\"b",
    "x[^1] y[^1] z[^2] [^3]\n\n[^1]: note [^2] `c`\n\n    - list\n\n    > quote\n[^2]: [^1]\n[^3]: ",
    "| a | b |\n|---|---|\n" + "| x | y |\n" * 500,
    "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n|" + "b|" * 50,
    "- [ ] \n- [x]\n-\n\n1.\n\n999999999. big\n\n# One\n###### Six\n# \n\n***\n---\n\n&lt;b&gt; &amp;amp;",
    "a" * 5000 + " https://e.org/" + "b" * 3000,
    "",
)  # fmt: skip
HOSTILE_TITLES = ("", "<script>", '#eval("x")', "X" * 1_000, "שלום 😀", "\x00\x01", "a\\\n\"'b")


def hostile(*, kind: Kind = "guide", language: str = "en") -> BookSource:
    """What would break a builder that trusted its input."""
    return BookSource(
        meta=meta(
            kind=kind,
            language=language,
            title='T<b>"\\#{}[]&%$' + "x" * 400,
            subtitle="😀" * 100,
            authors=('A"<&>\x00', "שלום"),
            description="]]>",
            rights="<x>",
            contributors=(Contributor("<i>", "ill"),),
        ),
        chapters=tuple(
            ChapterSource(
                title=HOSTILE_TITLES[n % len(HOSTILE_TITLES)],
                markdown=markdown,
                picture="gate" if n % 3 == 0 else "missing",
                picture_alt='<"alt"&>',
            )
            for n, markdown in enumerate(HOSTILE)
        ),
        assets=(Asset.from_bytes("cover", jpeg(400, 600)), Asset.from_bytes("gate", png())),
        back_matter=(SectionSource(role="about-author", title="", markdown="x[^1]\n\n[^1]: y"),),
    )


def manuscript_of(source: BookSource) -> Manuscript:
    return assemble(
        source.meta,
        source.chapters,
        source.assets,
        front_matter=source.front_matter,
        back_matter=source.back_matter,
    )
