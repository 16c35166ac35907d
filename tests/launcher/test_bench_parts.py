"""Which parts of a benchmark are run."""

import pytest

from bench.parts import named_among
from launcher.commands import bench
from launcher.refusals import Refusal

PARTS = ("api_cost", "api_files", "api_of_another_day")


def test_all_parts_run_that_exist():
    assert named_among(PARTS, []) == ["api_cost", "api_files"]


@pytest.mark.parametrize("word", ["files", "api_files"])
def test_a_part_may_be_named(word):
    assert named_among(PARTS, [word]) == ["api_files"]
    bench.check_parts("api", (word,))


def test_a_part_that_there_is_not_is_refused():
    with pytest.raises(Refusal, match="api has no part 'fles', perhaps 'files'"):
        bench.check_parts("api", ("fles",))


def test_a_benchmark_without_parts_takes_none():
    with pytest.raises(Refusal, match="formats has no parts"):
        bench.check_parts("formats", ("files",))
