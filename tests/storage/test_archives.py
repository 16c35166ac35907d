"""Archives of the whole organisation in every kind of place: sent in parts, lent by link, gone again."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from django.utils import timezone

from storage import archives, files, places
from storage.portable import Store
from tenants.context import Current
from tenants.models import Organisation
from tenants.portable.files import Away
from tenants.portable.models import Export
from tenants.portable.progress import silent
from tests.storage.conftest import Service

pytestmark = pytest.mark.django_db
LARGE = os.urandom(1024) * 9 * 1024  # 9 MiB: sent in parts


def test_archive_lies_where_the_files_lie(
    backend: str, inside: Current, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "acme.octavo"
    path.write_bytes(LARGE)
    export = Export(organisation=organisation, state="READY", name=path.name, size=len(LARGE))
    export.expires_at = timezone.now() + timedelta(days=7)
    export.place, export.key = Store().place_for_archive(export.pk)
    at = {"place": export.place, "key": export.key}
    export.sha256 = Store().keep_archive(path, **at, name=path.name, say=silent)
    assert export.sha256 == sha256(LARGE).hexdigest()
    assert export.key.startswith(f"{inside.schema}/")
    link = archives.link(export)
    assert (link is None) is (backend == "disk")
    if link:
        part = httpx.get(link, headers={"Range": "bytes=9000000-"})
        assert (part.status_code, part.content) == (206, LARGE[9_000_000:])
        assert 'filename="acme.octavo"' in part.headers["Content-Disposition"]
    assert b"".join(files.blocks(archives.as_file(export), start=9_000_000)) == LARGE[9_000_000:]
    Store().remove_archive(**at)
    Store().remove_archive(**at)
    assert places.named(export.place).stat(export.key) is None


def test_place_that_is_cut_off_keeps_nothing(
    service: Service, impatient: None, inside: Current, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "acme.octavo"
    path.write_bytes(LARGE)
    place, key = Store().place_for_archive(organisation.pk)
    service.cloud.wire.cut_after = 3_000_000
    with pytest.raises(Away):
        Store().keep_archive(path, place=place, key=key, name=path.name, say=silent)
    service.cloud.wire.heal()
    assert service.place.stat(key) is None
