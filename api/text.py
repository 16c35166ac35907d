"""Text in JSON, which a number is not."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from rest_framework import serializers

Row = TypeVar("Row", bound=models.Model)


class TextField(serializers.CharField):
    """Refuses numbers, which CharField would write out."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class ModelSerializer(serializers.ModelSerializer[Row]):
    """Where a column is text, only text is taken."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: TextField,
        models.TextField: TextField,
    }
