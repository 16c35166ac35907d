"""Every operation of the API answers with a status that its description has, whatever becomes of files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from api.openapi.serving import description
from tests.factories.manuscripts import png
from tests.isolation.audiences import AUTHOR
from tests.isolation.cases import Case, cases, undone
from tests.isolation.matrix import Matrix
from tests.storage.away import away

pytestmark = pytest.mark.django_db


def statuses_of(method: str, address: str) -> set[str]:
    """Those that are described for an address; of several that fit, the one with the fewest parameters."""
    fitting = [path for path in description()["paths"] if _pattern(path).fullmatch(address)]
    path = min(fitting, key=lambda one: one.count("{"))
    return set(description()["paths"][path][method.lower()]["responses"])


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


def answers(matrix: Matrix) -> Iterator[tuple[str, str, str, int]]:
    """Each method of each operation, its address, and the status that somebody gets who may use it."""
    for case in cases("api"):
        for method in () if case.on_platform or case.name == "api:schema" else case.route.methods:
            address = case.address(matrix.cast.values)
            with undone():
                yield method, case.name, address, _status(matrix, case, method, address)


def _status(matrix: Matrix, case: Case, method: str, address: str) -> int:
    caller = next(iter(matrix.admitted(case, case.route.methods[method]).values()))
    sent: dict[str, Any] = {} if method == "GET" else {"data": case.body(matrix.cast.values)}
    if sent and case.route.as_json:
        sent["content_type"] = "application/json"
    status: int = getattr(caller.client(), method.lower())(address, **sent).status_code
    return status


@pytest.mark.parametrize("files", ["there", "away"])
def test_statuses_are_described(matrix: Matrix, settings: Any, files: str) -> None:
    told, wrong = [], []
    with away(settings) if files == "away" else nullcontext():
        for method, name, address, status in answers(matrix):
            told.append(status)
            if str(status) not in statuses_of(method, address):
                wrong.append(f"{method} {name}: {status}")
    assert wrong == []
    assert len(told) > 180
    assert (503 in told) is (files == "away")


def test_files_that_cannot_be_kept_are_a_503_that_is_described(matrix: Matrix, settings: Any) -> None:
    author, values = matrix.callers.inside[AUTHOR].client(), matrix.cast.values
    picture = f"/api/v1/books/{values['book_id']}/pictures/{values['picture_id']}/"
    sent = {"alt": "Teal", "file": SimpleUploadedFile("teal.png", png(), "image/png")}
    bundle = zipped({"book.md": "# Teal\n\n## One\n\n![Teal](teal.png)\n", "teal.png": png()})
    book = {"kind": "guide", "file": SimpleUploadedFile("book.zip", bundle, "application/zip")}
    with away(settings):
        kept = author.put(picture, encode_multipart(BOUNDARY, sent), content_type=MULTIPART_CONTENT)
        brought = author.post("/api/v1/books/import/", book)
    for method, address, answer in (("PUT", picture, kept), ("POST", "/api/v1/books/import/", brought)):
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json"), address
        assert "503" in statuses_of(method, address)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
