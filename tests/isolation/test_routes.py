"""The table is whole: it has every route and every operation that there is, and none that there is not."""

from __future__ import annotations

import pytest

from tests.isolation import found, tables


@pytest.mark.parametrize(
    ("urlconf", "table"),
    [(found.HERE, tables.HERE), (found.PLATFORM, tables.PLATFORM)],
    ids=["here", "platform"],
)
def test_table_has_every_route(urlconf: str, table: dict[str, object]) -> None:
    assert found.names(urlconf) == set(table)


def test_table_has_every_operation_of_the_api() -> None:
    assert found.operations() == {
        (path, method)
        for name, route in tables.HERE.items()
        if name.startswith("api:")
        for path in found.paths(name)
        for method in route.methods
    } - {("/api/v1/schema/", "GET")}
