"""What our own export writes comes back as the same book; what others send is read, or refused by name."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from formats.assets import Asset
from formats.builders import build
from formats.importing import BadImport, read_book, refusals
from formats.manuscript import (
    BookSource,
    ChapterSource,
    Contributor,
    SectionSource,
    Subject,
)
from tests.factories.manuscripts import guide, hostile, jpeg, manuscript_of, meta, novel, picture_book

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def read(data: bytes, name: str = "book.md") -> BookSource:
    return read_book(data, modified=NOW, name=name)


def archive(**members: bytes | str) -> bytes:
    """A zip file; in names, two underscores stand for a slash and three for a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("___", ".").replace("__", "/"), data)
    return out.getvalue()


def everything() -> BookSource:
    """A book of which every field is known."""
    book = guide(chapters=4)
    chapters = list(book.chapters)
    chapters[0] = replace(chapters[0], part="The {first} part", picture="gate", picture_alt="A [gate]")
    chapters[0] = replace(chapters[0], picture_caption='The "old" gate')
    chapters[2] = replace(chapters[2], part="After #1")
    known: dict[str, Any] = {
        "contributors": (Contributor("Ida Berg", "ill"), Contributor("Jo: “Trans” Lator", "trl")),
        "description": "A book: about gardens.",
        "rights": "© Rosa Lind",
        "isbn_print": "9781234567897",
        "isbn_ebook": "9780306406157",
        "edition": "2nd edition",
        "series": "Growing",
        "series_number": "1a",
        "subjects": (Subject("thema", "WMP"), Subject("bisac", "GAR000000")),
        "keywords": ("soil", "people, mostly"),
        "back_text": "First.\nSecond: “quoted”.",
        "contents_depth": 0,
    }
    return replace(book, meta=replace(book.meta, **known), chapters=tuple(chapters))


BOOKS: dict[str, Callable[[], BookSource]] = {
    "everything": everything,
    "guide": guide,
    "french guide": lambda: guide(language="fr"),
    "novel": novel,
    "story": picture_book,
    "French story": lambda: picture_book(language="fr", scenes=16),
    "hostile": hostile,
    "hostile Arabic": lambda: hostile(language="ar"),
}


@pytest.mark.parametrize("name", BOOKS)
def test_export_reads_back_and_exports_to_the_same_bytes(name: str) -> None:
    once = build(manuscript_of(BOOKS[name]()), format="markdown-zip").data
    again = build(manuscript_of(read(once)), format="markdown-zip").data
    assert again == once


@pytest.mark.parametrize("name", BOOKS)
def test_single_file_reads_back_to_the_same_bytes(name: str) -> None:
    book = BOOKS[name]()
    book = replace(book, assets=(), meta=replace(book.meta, cover=None))
    once = build(manuscript_of(book), format="markdown").data
    assert build(manuscript_of(read(once)), format="markdown").data == once


def test_whole_manuscript_comes_back() -> None:
    before = manuscript_of(everything())
    after = manuscript_of(read(build(before, format="markdown-zip").data))
    assert replace(after, modified=before.modified, assets=before.assets) == before
    assert [asset.sha256 for asset in after.assets.values()] == [
        asset.sha256 for asset in before.assets.values()
    ]


def test_metadata_is_what_the_front_matter_says() -> None:
    known = read(build(manuscript_of(everything()), format="markdown-zip").data).meta
    assert (known.title, known.authors, known.published) == (
        "Starting a Garden",
        ("Rosa Lind",),
        date(2026, 3, 4),
    )
    assert (known.cover, known.cover_alt, known.contents_depth) == ("cover", "A garden gate", 0)
    assert known.subjects == (Subject("thema", "WMP"), Subject("bisac", "GAR000000"))
    assert known.identifier == UUID("12345678-1234-4234-8234-123456789abc")
    assert known.modified == NOW


# What other programs write


def chapters_of(text: str, name: str = "book.md") -> list[tuple[str, str]]:
    return [(chapter.title, chapter.markdown) for chapter in read(text.encode(), name).chapters]


def test_headings_in_code_begin_no_chapter() -> None:
    text = "# One\n\n```\n# not this\n```\n\n~~~~\n```\n# nor this\n~~~~\n\n# Two\n\nb\n"
    assert [title for title, _ in chapters_of(text)] == ["One", "Two"]


def test_underlined_titles_begin_chapters() -> None:
    assert chapters_of("One\n===\n\na\n\nTwo *three*\n=====\nb\n") == [("One", "a\n"), ("Two three", "b\n")]


def test_only_title_above_second_level_is_the_books() -> None:
    book = read(b"# My *Garden*\n\n## One\n\na\n\n### Deep\n\n## Two\n\nb\n")
    assert book.meta.title == "My Garden"
    assert [chapter.title for chapter in book.chapters] == ["One", "Two"]


def test_text_without_headings_is_one_chapter_named_by_the_book() -> None:
    assert chapters_of("---\ntitle: Letters\n---\nDear all,\n") == [("Letters", "Dear all,\n")]


def test_byte_order_mark_and_windows_lines_are_read() -> None:
    assert chapters_of("\ufeff# One\r\n\r\na\r\nb\r\n") == [("One", "a\nb\n")]


def test_notes_and_targets_gathered_at_the_end_go_where_they_are_used() -> None:
    text = "# One\n\na[^1] [b][Site]\n\n# Two\n\nc[^2]\n\n[^1]: first\n\n    more\n\n[^2]: second\n[site]: https://e.org\n"
    (_, one), (_, two) = chapters_of(text)
    assert "[^1]: first\n\n    more" in one
    assert "[site]: https://e.org" in one
    assert "second" not in one
    assert two.count("[^2]: second") == 1
    manuscript = manuscript_of(read(text.encode()))
    assert [len(chapter.footnotes) for chapter in manuscript.chapters] == [1, 1]


def test_unnumbered_headings_are_matter() -> None:
    book = read(
        b"# Foreword {.foreword}\n\nf\n\n# One\n\na\n\n# Notes {-}\n\nb\n\n# Thanks {.unnumbered}\n\nc\n"
    )
    assert [(section.role, section.title) for section in book.front_matter] == [("foreword", "Foreword")]
    assert [(section.role, section.title) for section in book.back_matter] == [
        ("section", "Notes"),
        ("section", "Thanks"),
    ]


def test_chapters_in_files_follow_their_numbers() -> None:
    data = archive(
        x__10_harvest___md="Late.\n",
        x__2_beans___md="# Beans & *peas*\n\nSown.\n",
        README___md="# Not this\n",
    )
    assert [(chapter.title, chapter.markdown) for chapter in read(data).chapters] == [
        ("Beans & peas", "Sown.\n"),
        ("Harvest", "Late.\n"),
    ]


def test_pictures_of_any_name_are_found_from_where_the_text_stands() -> None:
    text = '# One\n\n![A cat](<../My pictures/Le chât (1).jpg> "Tom") and ![x](%C3%A9.jpg) `![y](z.jpg)`\n'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("book/text/book.md", text)
        file.writestr("book/My pictures/Le chât (1).jpg", jpeg())
        file.writestr("book/text/é.jpg", jpeg(shade=3))
    book = read(out.getvalue())
    assert [asset.id for asset in book.assets] == ["Le-chat-1", "e"]
    assert '![A cat](images/Le-chat-1.jpg "Tom") and ![x](images/e.jpg)' in book.chapters[0].markdown
    (chapter,) = manuscript_of(book).chapters
    assert "images/Le-chat-1.jpg" not in str(chapter.blocks)


def test_values_are_never_anything_but_text() -> None:
    book = read(
        b"---\ntitle: 1984\nauthor: yes\nlanguage: no\nsubtitle: !!python/object:os.system x\n---\n# a\n\nb\n"
    )
    assert (book.meta.title, book.meta.authors, book.meta.language) == ("1984", ("yes",), "no")
    assert book.meta.subtitle == "x"


# What is refused, and with which words


def zip_with(name: str, data: bytes = b"x", **changes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("book.md", "# One\n\na\n")
        member = zipfile.ZipInfo(name)
        for key, value in changes.items():
            setattr(member, key, value)
        file.writestr(member, data)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(zip_with("secret.md"))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


def damaged() -> bytes:
    data = zip_with("a.jpg", jpeg())
    return data.replace(jpeg()[100:110], b"0123456789", 1)


def too_many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(refusals.MOST_MEMBERS + 1):
            file.writestr(f"{number}.md", "")
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("book.md", "# a\n\nb\n")
        with pytest.warns(UserWarning):
            file.writestr("book.md", "# a\n\nc\n")
    return out.getvalue()


def overflowing() -> bytes:
    """Members that say they unpack to more than may be unpacked, each less than may be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(6):
            file.writestr(f"{number}.bin", b"")
    data = out.getvalue()
    size = (30 * 1024 * 1024).to_bytes(4, "little")
    for start in [found for found in range(len(data)) if data.startswith(b"PK\x01\x02", found)]:
        data = data[: start + 20] + size + size + data[start + 28 :]
    return data


def huge_archive_record() -> bytes:
    data = zip_with("a.md")
    end = data.rfind(b"PK\x05\x06")
    return data[:end] + b"PK\x06\x07" + bytes(16) + data[end:]


MATTER = "---\n{}\n---\n# One\n\na\n"
REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b" \n", "empty", ""),
    "no zip": (lambda: b"\x89PNG\r\n", "not-a-zip", ""),
    "cut off": (lambda: zip_with("a.md")[:-30], "damaged", ""),
    "wrong checksum": (damaged, "damaged", "a.jpg"),
    "encrypted": (encrypted, "encrypted", "secret.md"),
    "parent folder": (lambda: zip_with("../../etc/passwd"), "outside", "../../etc/passwd"),
    "absolute": (lambda: zip_with("/etc/passwd"), "outside", "/etc/passwd"),
    "drive": (lambda: zip_with("C:/x.md"), "outside", "C:/x.md"),
    "link": (lambda: zip_with("a.md", external_attr=(stat.S_IFLNK | 0o777) << 16), "link", "a.md"),
    "device": (lambda: zip_with("a.md", external_attr=(stat.S_IFCHR | 0o777) << 16), "link", "a.md"),
    "other packing": (
        lambda: zip_with("a.md", compress_type=zipfile.ZIP_LZMA),
        "packed-unusually",
        "a.md",
    ),
    "bomb": (
        lambda: zip_with("a.md", bytes(4_000_000), compress_type=zipfile.ZIP_DEFLATED),
        "bomb",
        "a.md",
    ),
    "too much": (overflowing, "unpacked", "160"),
    "too many": (too_many, "too-many", "2000"),
    "list for huge archives": (huge_archive_record, "too-many", ""),
    "twice": (twice, "twice", "book.md"),
    "no text": (lambda: archive(a___txt="x"), "no-text", ""),
    "empty text": (lambda: archive(book___md="\n"), "no-chapter", "book.md"),
    "not UTF-8": (lambda: archive(book___md=b"# a\n\nb \xe9\n"), "not-utf-8", "book.md"),
    "bad picture": (lambda: zip_with("images/a.jpg", b"GIF89a"), "bad-picture", "images/a.jpg"),
    "cut-off picture": (lambda: zip_with("images/a.jpg", jpeg()[:40]), "bad-picture", "images/a.jpg"),
    "picture of another kind": (
        lambda: archive(book___md="# a\n\n![b](c.svg)\n", c___svg="<svg onload='x'/>"),
        "other-picture",
        "c.svg",
    ),
    "no cover": (
        lambda: archive(book___md=MATTER.format("cover: images/c.jpg")),
        "no-such-picture",
        "images/c.jpg",
    ),
    "broken front matter": (
        lambda: archive(book___md=MATTER.format("title: [a\nb")),
        "front-matter",
        "book.md",
    ),
    "aliases": (
        lambda: archive(book___md=MATTER.format("a: &a [x]\nb: [*a, *a]")),
        "front-matter",
        "book.md",
    ),
    "deep front matter": (lambda: archive(book___md=MATTER.format("[" * 50_000)), "front-matter", "book.md"),
    "long front matter": (
        lambda: archive(book___md=MATTER.format("title: " + "x" * 200_000)),
        "front-matter",
        "book.md",
    ),
    "wrong ISBN": (lambda: archive(book___md=MATTER.format("isbn-print: 12")), "field", "isbn-print"),
    "wrong kind": (lambda: archive(book___md=MATTER.format("kind: poem")), "field", "kind"),
    "wrong date": (lambda: archive(book___md=MATTER.format("date: soon")), "field", "date"),
    "wrong role": (
        lambda: archive(book___md=MATTER.format("contributor: [{name: A, role: boss}]")),
        "field",
        "contributor",
    ),
    "wrong subject": (lambda: archive(book___md=MATTER.format("subject: [WMP]")), "field", "subject"),
    "list for a title": (lambda: archive(book___md=MATTER.format("title: [a]")), "field", "title"),
    "endless title": (
        lambda: archive(book___md="# " + "x" * 30_000 + "\n\na\n"),
        "title-too-long",
        "book.md",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_by_its_name(name: str) -> None:
    make, code, named = REFUSED[name]
    with pytest.raises(BadImport) as refusal:
        read(make(), name="picture.png")
    assert refusal.value.code == code
    assert named in str(refusal.value)
    assert "%(" not in str(refusal.value)


def test_every_sentence_is_said_somewhere() -> None:
    said = {code for _, code, _ in REFUSED.values()}
    elsewhere = {"too-large", "member-too-large", "language", "too-long", "too-many-of", "refused"}
    assert set(refusals.SENTENCES) - said == elsewhere


def test_sizes_are_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formats.importing.archive.MOST_PICTURE", 100)
    with pytest.raises(BadImport, match=r"a\.jpg.*is larger than"):
        read(zip_with("a.jpg", jpeg()))
    monkeypatch.setattr("formats.importing.MOST_BYTES", 100)
    with pytest.raises(BadImport, match="larger than"):
        read(zip_with("a.jpg", jpeg()))


def test_sentence_is_in_the_members_language() -> None:
    from django.utils import translation

    with translation.override("fr"):
        assert str(BadImport("empty"))


def test_asset_names_never_clash() -> None:
    data = archive(
        book___md="# a\n\n![x](p/a.jpg) ![y](q/a.jpg)\n", p__a___jpg=jpeg(), q__a___jpg=jpeg(shade=5)
    )
    book = read(data)
    assert [asset.id for asset in book.assets] == ["a", "a-2"]
    assert "![x](images/a.jpg) ![y](images/a-2.jpg)" in book.chapters[0].markdown


def test_section_and_chapter_sources_are_plain_data() -> None:
    data = build(
        manuscript_of(
            BookSource(
                meta=meta(cover=None),
                chapters=(ChapterSource(title="One {.part}", markdown="a"),),
                front_matter=(SectionSource(role="epigraph", title="Epigraph", markdown="> b"),),
                assets=(Asset.from_bytes("unused", jpeg()),),
            )
        ),
        format="markdown-zip",
    ).data
    book = read(data)
    assert book.chapters[0].title == "One {.part}"
    assert [(each.role, each.title, each.markdown) for each in book.front_matter] == [
        ("epigraph", "Epigraph", "> b\n")
    ]
