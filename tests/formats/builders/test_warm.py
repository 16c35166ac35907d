"""A warm child sets what the sandbox sets; crashes, limits and idleness cost a new child at most."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest
from PIL import Image
from pypdf import PdfReader

from formats.assets import Asset
from formats.builders import BuildFailed, build, confinement, theme_for, warm
from formats.builders.sandbox import LimitReached, Limits
from formats.manuscript import BadBook, BookSource, ChapterSource
from tests.factories.manuscripts import guide, jpeg, manuscript_of, picture_book

THEME = theme_for("guide")
MODULE = "formats.builders.warm_child"


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    warm.close()
    assert children() == []


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if MODULE in child.cmdline()]


def edited(source: BookSource, words: str) -> BookSource:
    first = source.chapters[0]
    changed = replace(first, markdown=f"{words}\n\n{first.markdown}")
    return replace(source, chapters=(changed, *source.chapters[1:]))


def another_book(source: BookSource) -> BookSource:
    return replace(source, meta=replace(source.meta, identifier=uuid4()))


def folder_of(child: psutil.Process) -> Path:
    return Path(child.cmdline()[-2])


def is_tidy(folder: Path) -> bool:
    """Whether it is gone, or empty: a confined child cannot remove the folder itself."""
    return not folder.exists() or list(folder.iterdir()) == []


def test_edits_are_set_as_a_build_would_set_them_by_one_child() -> None:
    sources = [guide(), edited(guide(), "A new beginning."), guide()]
    made = [warm.pdf(source, theme=THEME) for source in sources]
    assert len(children()) == 1
    for source, one in zip(sources, made, strict=True):
        fresh = build(manuscript_of(source), format="pdf", theme=THEME)
        assert (one.data, one.warnings) == (fresh.data, fresh.warnings)
    assert made[0].pages == len(PdfReader(io.BytesIO(made[0].data)).pages)


def test_pages_are_drawn_at_the_width_asked_for_and_show_the_edit() -> None:
    source = picture_book(scenes=2)
    theme = theme_for("story")
    total = warm.page_count(source, theme=theme)
    pages = warm.render_pages(source, theme=theme, first=total - 1, count=5, width_px=140)
    assert len(pages) == 2  # the book ends there
    assert {Image.open(io.BytesIO(page)).size for page in pages} == {(140, 200)}
    before = warm.render_pages(source, theme=theme, first=1, count=total, width_px=70)
    after = warm.render_pages(edited(source, "Look!"), theme=theme, first=1, count=total, width_px=70)
    assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1


def test_pictures_that_were_exchanged_are_seen() -> None:
    source = guide(chapters=1)
    warm.pdf(source, theme=THEME)
    assets = (source.assets[0], Asset.from_bytes("gate", jpeg(300, 200, shade=10)))
    exchanged = replace(source, assets=assets)
    expected = build(manuscript_of(exchanged), format="pdf", theme=THEME)
    assert warm.pdf(exchanged, theme=THEME).data == expected.data


@pytest.mark.parametrize(
    ("first", "count", "width"), [(0, 1, 100), (1, 0, 100), (1, 17, 100), (1, 1, 15), (1, 1, 2001)]
)
def test_pages_that_cannot_be_are_refused(first: int, count: int, width: int) -> None:
    with pytest.raises(ValueError, match="can be drawn"):
        warm.render_pages(guide(), theme=THEME, first=first, count=count, width_px=width)
    assert children() == []


def test_child_that_was_killed_is_replaced() -> None:
    first = warm.page_count(guide(), theme=THEME)
    (child,) = children()
    folder = folder_of(child)
    os.kill(child.pid, signal.SIGKILL)
    assert warm.page_count(guide(), theme=THEME) == first
    assert [other.pid for other in children()] != [child.pid]
    assert not folder.exists()


def test_child_that_was_killed_while_it_worked_is_replaced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    warm.page_count(guide(), theme=THEME)
    (child,) = children()
    child.suspend()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(warm.page_count, edited(guide(), "More."), theme=THEME)
        while not (folder_of(child) / "asked.pickle").exists():
            assert not asked.done()
        os.kill(child.pid, signal.SIGKILL)
        assert asked.result() > 0


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(cpu_seconds=0), "too long"),
        (Limits(wall_seconds=0.02), "too long"),
        (Limits(memory_bytes=120 * 1024 * 1024), "memory"),
        (Limits(output_bytes=2000), "larger"),
    ],
    ids=["processor", "time", "memory", "size"],
)
def test_warm_child_has_the_limits_of_a_build(limits: Limits, words: str) -> None:
    warm.page_count(guide(chapters=1), theme=THEME)
    with pytest.raises(LimitReached, match=words):
        warm.pdf(guide(), theme=THEME, limits=limits)
    assert warm.page_count(guide(chapters=1), theme=THEME) > 0


def test_processor_time_is_counted_by_question() -> None:
    """Each takes far less than the limit, all together more."""
    for number in range(6):
        warm.page_count(edited(guide(), f"Edit {number}."), theme=THEME, limits=Limits(cpu_seconds=3))


def test_bad_books_are_told_as_such_and_cost_no_child() -> None:
    warm.page_count(guide(), theme=THEME)
    (child,) = children()
    with pytest.raises(BadBook, match="1,000,001 characters"):
        warm.page_count(
            replace(guide(), chapters=(ChapterSource(title="Big", markdown="x" * 1_000_001),)), theme=THEME
        )
    damaged = Asset.from_bytes("cover", jpeg(300, 200)[:400])
    with pytest.raises(BuildFailed, match="The PDF could not be set"):
        warm.pdf(replace(guide(), assets=(damaged,)), theme=THEME)
    assert warm.page_count(guide(), theme=THEME) > 0
    assert [other.pid for other in children()] == [child.pid]


def test_idle_child_ends_by_itself_and_tidies_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "IDLE_SECONDS", 0.1)
    source = guide(chapters=1)
    pages = warm.page_count(source, theme=THEME)
    (child,) = children()
    folder = folder_of(child)
    child.wait(timeout=20)
    assert is_tidy(folder)
    assert warm.page_count(source, theme=THEME) == pages


def test_child_ends_when_nobody_is_left_to_ask() -> None:
    warm.page_count(guide(chapters=1), theme=THEME)
    (child,) = children()
    (kept,) = warm._warm._idle.values()
    assert kept._process.stdin is not None
    kept._process.stdin.close()
    assert psutil.Process(child.pid).wait(timeout=20) == 0
    assert is_tidy(kept.folder)


def test_there_are_only_so_many_children_and_the_idlest_goes() -> None:
    books = [another_book(guide(chapters=1)) for _ in range(warm.MOST_BOOKS + 1)]
    seen: dict[UUID, int] = {}
    for book in books:
        warm.page_count(book, theme=THEME)
        seen[book.meta.identifier] = children()[-1].pid
        assert len(children()) <= warm.MOST_BOOKS
    assert seen[books[0].meta.identifier] not in {child.pid for child in children()}
    assert seen[books[1].meta.identifier] in {child.pid for child in children()}


def test_many_threads_may_ask_for_many_books() -> None:
    books = [another_book(guide(chapters=1)) for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(lambda book: warm.page_count(book, theme=THEME), books * 2))
    assert len(set(counts)) == 1
    assert len(children()) <= warm.MOST_BOOKS


def test_picture_from_another_place_is_read_by_a_new_child(tmp_path: Path) -> None:
    source = guide()
    plain = warm.page_count(source, theme=THEME)
    (first,) = children()
    (tmp_path / "cover").write_bytes(jpeg(400, 600))
    others = tuple(each for each in source.assets if each.id != "cover")
    from_disk = replace(source, assets=(Asset.from_path("cover", tmp_path / "cover"), *others))
    assert warm.page_count(from_disk, theme=THEME) == plain
    (second,) = children()
    assert second.pid != first.pid
    assert warm.page_count(source, theme=THEME) == plain
    assert [child.pid for child in children()] == [second.pid]


@pytest.mark.skipif(confinement.version() == 0, reason="this kernel has no Landlock")
def test_child_is_confined_from_its_first_question_on() -> None:
    warm.page_count(guide(), theme=THEME)
    (child,) = children()
    status = Path(f"/proc/{child.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status
    assert "Max open files            512" in Path(f"/proc/{child.pid}/limits").read_text()
