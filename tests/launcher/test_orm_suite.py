"""The comparison with Django's own tests: how outcomes are written, read and explained."""

from __future__ import annotations

import json
import unittest
from pathlib import Path

import pytest

from bench import orm_apps, orm_suite
from bench.orm_outcomes import Outcomes


def kinds() -> type[unittest.TestCase]:
    class Kinds(unittest.TestCase):
        def test_well(self) -> None:
            pass

        @unittest.skip("not here")
        def test_skipped(self) -> None:
            pass

        def test_parts(self) -> None:
            for number in range(3):
                with self.subTest(number=number):
                    self.assertEqual(number, 1)

        def test_end(self) -> None:
            self.addCleanup(self.fail, "at the end")

    return Kinds


def test_each_test_has_one_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "outcomes.jsonl"
    monkeypatch.setenv("OCTAVO_ORM_OUTCOMES", str(file))
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(kinds())
    with (tmp_path / "said").open("w") as said:
        unittest.TextTestRunner(stream=said, resultclass=Outcomes).run(suite)
    found = orm_suite.read(file, seconds=1.5)
    assert {test.rpartition("_")[2]: outcome for test, outcome in found.outcomes.items()} == {
        "well": "passed",
        "skipped": "skipped",
        "parts": "failed",
        "end": "failed",
    }
    assert {test.rpartition("_")[2] for test in found.failed} == {"parts", "end"}
    assert "at the end" in found.said[next(test for test in found.failed if test.endswith("end"))]


def test_a_failure_is_not_forgotten_for_what_comes_after(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.jsonl"
    lines = [("a", "passed"), ("a", "failed"), ("a", "passed")]
    file.write_text("".join(json.dumps({"test": t, "outcome": o, "said": o}) + "\n" for t, o in lines))
    assert orm_suite.read(file, seconds=0).failed == {"a"}


def test_each_allowed_test_is_in_an_app_that_is_run_and_has_a_reason() -> None:
    allowed = orm_suite.allowed_tests()
    assert {test.partition(".")[0] for test in allowed} <= set(orm_apps.APPS)
    assert all(len(reason) > 20 for reason in allowed.values())
    assert orm_suite.written_by_hand() < set(allowed)
    assert orm_suite.ALLOWED.read_text().count('\n  "') == len(allowed)  # none twice
