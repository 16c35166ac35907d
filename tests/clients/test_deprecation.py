"""Operations that will go away say so."""

from __future__ import annotations

from datetime import date

import pytest
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from api.deprecation import deprecated, farewell_of
from api.openapi.inspecting import Inspector


class Leaving(APIView):
    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    resource = "books"

    @extend_schema(responses={204: None})
    @deprecated(since=date(2026, 11, 1))
    def get(self, request: Request) -> Response:
        """Look it up the old way."""
        if "missing" in request.query_params:
            raise NotFound
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        return Response(status=204)


@pytest.mark.parametrize(("address", "status"), [("/", 204), ("/?missing=1", 404)])
def test_every_answer_says_since_when_and_until_when(address: str, status: int) -> None:
    answer = Leaving.as_view()(APIRequestFactory().get(address))
    assert answer.status_code == status
    assert answer["Deprecation"] == "@1793491200"
    assert answer["Sunset"] == "Mon, 01 Nov 2027 00:00:00 GMT"
    assert 'rel="deprecation"' in answer["Link"]


def test_other_methods_say_nothing() -> None:
    assert "Deprecation" not in Leaving.as_view()(APIRequestFactory().delete("/"))


def test_description_says_it_too() -> None:
    operation = Inspector()
    operation.view, operation.method = Leaving(), "GET"
    assert operation.is_deprecated()
    operation.method = "DELETE"
    assert not operation.is_deprecated()


def test_less_than_a_year_is_too_soon() -> None:
    with pytest.raises(ValueError, match="twelve months"):
        deprecated(since=date(2026, 11, 1), sunset=date(2027, 10, 1))
    assert farewell_of(Leaving.delete) is None
