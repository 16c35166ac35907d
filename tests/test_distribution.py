"""How the tests are given out to several processes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.distribution import FIRST, Distribution, turn


@pytest.fixture
def distribution() -> Any:
    return Distribution.__new__(Distribution)


def test_journeys_share_one_platform(distribution: Any) -> None:
    scopes = {
        distribution._split_scope(f"tests/journeys/{name}") for name in ("test_a.py::b", "test_c.py::d[e]")
    }
    assert len(scopes) == 1


def test_other_files_go_one_by_one(distribution: Any) -> None:
    scopes = [
        distribution._split_scope(f"tests/books/{name}") for name in ("test_a.py::b[x::y]", "test_c.py::d")
    ]
    assert scopes == ["tests/books/test_a.py", "tests/books/test_c.py"]


def test_long_ones_come_first() -> None:
    from tests.conftest import pytest_collection_modifyitems

    nodeids = ["tests/web/test_a.py::a", "tests/clients/test_b.py::b", "tests/journeys/test_c.py::c"]
    items: list[Any] = [SimpleNamespace(nodeid=nodeid) for nodeid in nodeids]
    pytest_collection_modifyitems(items)
    assert [item.nodeid for item in items] == nodeids[::-1]
    assert [turn(item.nodeid) for item in items] == sorted(turn(item.nodeid) for item in items)


def test_folders_that_come_first_are_there(pytestconfig: pytest.Config) -> None:
    assert [folder for folder in FIRST if not Path(pytestconfig.rootpath, folder).is_dir()] == []
