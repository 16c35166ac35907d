"""Builds in a child process give the same file, and end within their limits."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from formats.assets import Asset
from formats.builders import BUILDERS, BuildFailed, Built, FormatName, build
from formats.builders.pango import has_pango
from formats.builders.sandbox import LimitReached, Limits, build_many
from formats.builders.sandbox import build as build_apart
from formats.manuscript import BadBook, ChapterSource
from tests.factories.manuscripts import guide, jpeg, manuscript_of, picture_book


@pytest.mark.parametrize("name", BUILDERS)
def test_child_makes_the_same_file(name: FormatName) -> None:
    if name == "pdf-css" and not has_pango():
        pytest.skip("Pango is not on this machine")
    source = picture_book(scenes=2)
    apart, here = build_apart(source, format=name), build(manuscript_of(source), format=name)
    assert (apart.data, apart.warnings) == (here.data, here.warnings)


def test_one_child_makes_many_files_and_one_that_fails_leaves_the_others_be() -> None:
    formats: tuple[FormatName, ...] = ("pdf", "epub", "html")
    made = build_many(guide(), formats=formats, verify=False)
    for name in formats:
        one = made[name]
        assert isinstance(one, Built)
        assert one.data == build(manuscript_of(guide()), format=name).data
    damaged = Asset.from_bytes("cover", jpeg(300, 200)[:400])
    made = build_many(replace(guide(), assets=(damaged,)), formats=("pdf", "html"), verify=False)
    assert isinstance(made["pdf"], BuildFailed)
    assert isinstance(made["html"], Built)


def test_what_the_member_can_mend_is_told_as_such() -> None:
    source = replace(guide(), chapters=(ChapterSource(title="Big", markdown="x" * 1_000_001),))
    with pytest.raises(BadBook, match="“Big”: The text has 1,000,001 characters"):
        build_apart(source, format="html")


def test_damaged_picture_fails_in_words() -> None:
    whole = jpeg(300, 200)
    damaged = Asset.from_bytes("cover", whole[:400])
    with pytest.raises(BuildFailed, match="The PDF could not be set"):
        build_apart(replace(guide(), assets=(damaged,)), format="pdf")


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
def test_build_ends_at_its_limits(limits: Limits, words: str) -> None:
    with pytest.raises(LimitReached, match=words):
        build_apart(guide(), format="pdf", limits=limits)


def test_child_needs_neither_django_nor_pillow() -> None:
    """Its start is most of the time that a small book takes."""
    code = (
        "import sys, formats.builders.pdf; print([n for n in ('django', 'PIL', 'numpy') if n in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_child_sees_no_network_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from formats.builders import sandbox

    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    assert "secret" not in "".join(sandbox.environment(sandbox.Path("/tmp")).values())
    code = (
        "from formats.builders.child import leave_the_network\n"
        "left = leave_the_network()\n"
        "names = [line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line]\n"
        "print(not left or names == ['lo'])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "True\n"
    )
