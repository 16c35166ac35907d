"""A runner of Django's tests that writes down by id how each one ended."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path
from typing import Any

from django.test.runner import DiscoverRunner

FAILED = "failed"


class Outcomes(unittest.TextTestResult):
    """Writes `{"test": id, "outcome": "passed" | "skipped" | "failed", "said": the error}`, a line for each.

    A test with several failures has several lines, and one that fails as it ends has passed before.
    """

    def addSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802
        super().addSuccess(test)
        self._note(test, "passed")

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        super().addExpectedFailure(test, err)
        self._note(test, "passed")

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:  # noqa: N802
        super().addSkip(test, reason)
        self._note(test, "skipped")

    def addError(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        super().addError(test, err)
        self._note(test, FAILED, err)

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802
        super().addFailure(test, err)
        self._note(test, FAILED, err)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802
        super().addUnexpectedSuccess(test)
        self._note(test, FAILED, (None, "an unexpected success", None))

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:  # noqa: N802
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, FAILED, err)

    def _note(self, test: unittest.TestCase, outcome: str, err: Any = (None, "", None)) -> None:
        said = f"{getattr(err[0], '__name__', '')}: {str(err[1])[:400]}" if outcome == FAILED else ""
        line = json.dumps({"test": test.id(), "outcome": outcome, "said": said})
        with Path(os.environ["OCTAVO_ORM_OUTCOMES"]).open("a") as file:
            file.write(line + "\n")


class Runner(DiscoverRunner):
    """Writes the outcomes to the file named by `OCTAVO_ORM_OUTCOMES`."""

    def get_resultclass(self) -> type[Outcomes]:
        return Outcomes
