"""Bodies as JSON: at most so large and so deep, without characters that no text may have."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser

DEEPEST: Final = 50  # levels of lists and objects


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"

    def __init__(self) -> None:
        super().__init__(_("The body is too large."))


class StrictJSONParser(JSONParser):
    """Raises `ParseError`, `ValidationError` and `TooLarge`."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge
        try:
            parsed: dict[str, Any] | None = super().parse(io.BytesIO(raw), media_type, parser_context)
        except RecursionError as error:
            raise _too_deep() from error
        if parsed is None:
            raise ValidationError(_("The body has to be an object; it is null."))
        _check([parsed])
        return parsed


def _check(level: Iterable[Any]) -> None:
    """Level by level, so that depth costs no stack. Raises `ParseError`."""
    for _depth in range(DEEPEST + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.keys()
                below += one.values()
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str) and not _is_text(one):
                raise ParseError(_("The body has half of a surrogate pair, which is no character."))
        if not below:
            return
        level = below
    raise _too_deep()


def _is_text(text: str) -> bool:
    """No half of a surrogate pair, which UTF-8 cannot say. Of NUL the fields tell, by their names."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _too_deep() -> ParseError:
    return ParseError(_("The body nests too deep."))
