"""Exports of the whole organisation over REST."""

from __future__ import annotations

from typing import Any

import pytest

from storage import archives, places
from tenants.context import entered
from tenants.models import Organisation
from tenants.portable.models import Export
from tests.conftest import HostClient
from tests.web.test_exports import _own_files, ready  # noqa: F401

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"


def test_program_asks_and_follows(owner_client: HostClient, organisation: Organisation) -> None:
    headers = {"HTTP_IDEMPOTENCY_KEY": "once"}
    asked = owner_client.post(EXPORTS, content_type="application/json", **headers)
    assert (asked.status_code, asked.json()["status"]) == (202, "ASKED")
    assert asked["Location"] == asked.json()["url"]
    again = owner_client.post(EXPORTS, content_type="application/json", **headers)
    assert again.json() == asked.json()
    refused = owner_client.post(EXPORTS, content_type="application/json")
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (409, "not-possible-now")
    export = Export.objects.get(organisation=organisation)
    address = f"{EXPORTS}{export.pk}/"
    early = owner_client.get(f"{address}download/")
    assert (early.status_code, early.json()["type"].rpartition("#")[2]) == (409, "not-ready")
    Export.objects.update(state="FAILED", reason="files_away")
    told = owner_client.get(address).json()
    assert (told["status"], told["download_url"]) == ("FAILED", None)
    assert told["error"].startswith("The place where your files lie did not answer")


def test_archive_is_taken_and_deleted(
    owner_client: HostClient, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    export = ready(organisation)
    (told,) = owner_client.get(f"{EXPORTS}?status=READY").json()["results"]
    assert (told["size"], told["sha256"], told["missing"]) == (9, export.sha256, 0)
    assert b"".join(owner_client.get(told["download_url"]).streaming_content) == b"an export"
    link = owner_client.get(f"{told['url']}link/").json()["url"]
    assert b"".join(HostClient(organisation).get(link).streaming_content) == b"an export"
    with django_capture_on_commit_callbacks(execute=True):
        assert owner_client.delete(told["url"]).status_code == 204
    export.refresh_from_db()
    assert (export.state, export.key) == ("DELETED", "")
    assert HostClient(organisation).get(link).status_code == 404
    with entered(organisation):
        assert places.named("default").stat(archives.key_of(export.pk)) is None
