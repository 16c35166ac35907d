"""A number is no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework import serializers

from api.batch_shapes import GivenHeroSerializer
from api.text import TextField
from config import urls


def test_every_text_that_a_program_writes_refuses_numbers() -> None:
    assert urls  # which brings all serializers along
    taking = {
        f"{shape.__module__}.{shape.__name__}.{name}"
        for shape in shapes(serializers.Serializer)
        if not issubclass(shape, GivenHeroSerializer)  # cells of a table
        for name, field in shape().get_fields().items()
        if not field.read_only and text_of(field) is serializers.CharField
    }
    assert taking == set()


def shapes(base: Any) -> Iterator[Any]:
    for one in base.__subclasses__():
        is_whole = hasattr(one, "Meta") or not issubclass(one, serializers.ModelSerializer)
        if one.__module__.startswith("api.") and is_whole:
            yield one
        yield from shapes(one)


def text_of(field: Any) -> type:
    return text_of(field.child) if hasattr(field, "child") else type(field)


@pytest.mark.parametrize("value", [5, 5.5, True, None, [], {}])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(serializers.ValidationError):
        TextField().run_validation(value)
