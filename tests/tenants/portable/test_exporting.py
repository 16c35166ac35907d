"""What is in an archive, and what becomes of one that is not finished."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from tests.tenants.portable.conftest import Taken

pytestmark = pytest.mark.django_db


def test_export_has_every_row_of_the_organisations_tables(taken: Taken) -> None:
    with zipfile.ZipFile(taken.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for table in manifest["tables"]:
            assert table["rows"] == len(taken.rows[table["name"] if "name" in table else table["table"]])
            data = archive.read(table["member"])
            assert hashlib.sha256(data).hexdigest() == table["sha256"]
    assert {"books_book", "storage_storedfile", "collaboration_revision", "generation_batch"} <= {
        one["table"] for one in manifest["tables"] if one["rows"]
    }
