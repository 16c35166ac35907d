"""The page on which owners ask for an archive of everything, and take it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from storage import archives, lending, places
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Membership, Organisation, Role
from tenants.portable.exports import asking
from tenants.portable.models import Export
from tests.conftest import HostClient
from tests.isolation.cast import files_in
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/organisation/exports/"


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    with files_in(tmp_path / "files"):
        yield


@pytest.fixture
def browser(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def said(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def ready(organisation: Organisation, **fields: Any) -> Export:
    export = Export(organisation=organisation, state="READY", place="default", name="acme.octavo", size=9)
    export.asked_at, export.expires_at = timezone.now(), timezone.now() + timedelta(days=7)
    export.sha256 = "5" * 64
    with entered(organisation):
        export.key = archives.key_of(export.pk)
        about = places.About("acme.octavo", "application/zip", 9, "")
        places.named("default").put(export.key, io.BytesIO(b"an export"), about)
    for name, value in fields.items():
        setattr(export, name, value)
    export.save()
    return export


def test_owner_asks_once_and_stops_it(browser: HostClient, organisation: Organisation) -> None:
    assert "No export yet." in said(browser.get(PAGE))
    page = said(browser.post(f"{PAGE}ask/", follow=True))
    assert "Ada Owner" in page and "It begins in a moment." in page
    assert "Export all data" not in page
    assert "An export is being made already." in said(browser.post(f"{PAGE}ask/", follow=True))
    export = Export.objects.get(organisation=organisation)
    Export.objects.update(state="RUNNING", percent=42)
    assert "42 % is done." in said(browser.get(PAGE))
    page = said(browser.post(f"{PAGE}{export.pk}/delete/", follow=True))
    assert "The export is deleted." in page and "Export all data" in page


def test_archive_is_taken_while_it_is_there(browser: HostClient, organisation: Organisation) -> None:
    export = ready(organisation)
    page = said(browser.get(PAGE))
    assert "9 bytes" in page.replace("\xa0", " ").replace("\u202f", " ") and "5" * 64 in page
    address = f"{PAGE}{export.pk}/download/"
    answer = browser.get(address)
    assert b"".join(answer.streaming_content) == b"an export"
    assert answer["Content-Disposition"] == 'attachment; filename="acme.octavo"'
    assert b"".join(browser.get(address, HTTP_RANGE="bytes=3-").streaming_content) == b"export"
    Export.objects.update(expires_at=timezone.now())
    assert "not there any more" in said(browser.get(address, follow=True))
    Export.objects.update(state="FAILED", key="", reason="no_room")
    assert "There was no room for it on our side." in said(browser.get(PAGE))


def test_link_opens_for_five_minutes(
    client: HostClient, other_client: HostClient, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = ready(organisation)
    with entered(organisation):
        token = archives.signed_token(export)
    assert b"".join(client.get(f"/exports/{token}/").streaming_content) == b"an export"
    assert other_client.get(f"/exports/{token}/").status_code == 404
    monkeypatch.setattr(archives, "LIFE", -lending.LIFE)
    assert client.get(f"/exports/{token}/").status_code == 404


def test_only_owners_find_it(browser: HostClient, member_client: HostClient, member: User) -> None:
    Membership.objects.filter(user=member).update(role=Role.ADMIN)
    assert PAGE not in member_client.get("/organisation/").content.decode()
    assert member_client.get(PAGE).status_code == 403
    assert PAGE in browser.get("/organisation/").content.decode()
    assert PAGE in browser.get("/organisation/delete/").content.decode()


def test_list_takes_no_more_queries(browser: HostClient, organisation: Organisation, owner: User) -> None:
    ready(organisation, asked_by=owner)
    few = queries_of(browser, PAGE)
    for number in range(asking.MOST_A_DAY + 20):
        asked_at = timezone.now() - timedelta(hours=number)
        Export.objects.create(organisation=organisation, asked_by=owner, state="FAILED", asked_at=asked_at)
    assert queries_of(browser, PAGE) == few
