"""The console's page of an organisation's files, and moving them to another place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from insights.models import ActivityLog
from storage import moving, tasks
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.models import Organisation
from tenants.portable.models import Export
from tests.conftest import HostClient
from tests.queries import queries_of
from tests.storage.test_files import keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_disks(settings: Any, tmp_path: Path) -> None:
    """The place of FILES_URL, and one called `attic`."""
    disk = "storage.places.disk.Disk"
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {"BACKEND": disk, "OPTIONS": {"location": tmp_path / "cellar"}},
        "files-attic": {"BACKEND": disk, "OPTIONS": {"location": tmp_path / "attic"}},
    }


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture
def address(organisation: Organisation) -> str:
    return f"/console/organisations/{organisation.pk}/files/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_page_tells_where_files_lie(operator: HostClient, address: str, inside: Current) -> None:
    assert "It has no files yet." in text(operator.get(address))
    for number in range(3):
        keep(b"%d" % number)
    page = text(operator.get(address))
    assert "New files go to default (disk)." in page
    assert "3 files" in page and "still to be moved" not in page


def test_files_are_moved_while_the_page_tells_how_far(
    operator: HostClient, address: str, inside: Current, organisation: Organisation, super_admin: User
) -> None:
    for number in range(3):
        keep(b"%d" % number)
    page = text(operator.post(f"{address}move/", {"place": "attic"}, follow=True))
    assert "3 files are still to be moved." in page and 'hx-trigger="every 3s"' in page
    line = ActivityLog.objects.get(action="organisation.files_moved")
    assert (line.actor_id, line.details) == (super_admin.pk, {"before": "default", "place": "attic"})
    assert line.organisation_id == organisation.pk
    tasks.move_along()  # as the bell has it done
    page = text(operator.get(address))
    assert "still to be moved" not in page and "3 old copies are removed" in page
    assert set(StoredFile.objects.values_list("place", flat=True)) == {"attic"}


def test_what_cannot_be_moved_stays_on_the_page(operator: HostClient, address: str, inside: Current) -> None:
    kept = keep(b"lost")
    operator.post(f"{address}move/", {"place": "attic"})
    StoredFile.objects.filter(pk=kept.pk).update(sha256="0" * 64)  # its bytes are not what was kept
    tasks.move_along()
    assert moving.standing().left == 1
    assert "1 file is still to be moved." in text(operator.get(address))


def test_places_that_are_none_are_refused(
    operator: HostClient, address: str, organisation: Organisation
) -> None:
    assert operator.post(f"{address}move/", {"place": "cloud"}).status_code == 422
    organisation.refresh_from_db()
    assert organisation.file_place == ""


def test_where_there_is_one_place_nothing_is_offered(
    operator: HostClient, address: str, organisation: Organisation, settings: Any
) -> None:
    settings.STORAGES = {name: of for name, of in settings.STORAGES.items() if name != "files-attic"}
    page = text(operator.get(address))
    assert "There is one place only." in page and "<select" not in page


def test_many_files_cost_no_more_queries_than_few(
    operator: HostClient, address: str, organisation: Organisation
) -> None:
    with entered(organisation):
        keep(b"1")
    few = queries_of(operator, address)
    with entered(organisation):
        for number in range(6):
            keep(b"more %d" % number)
    assert queries_of(operator, address) == few


def test_page_tells_of_exports_and_gives_none(
    operator: HostClient, address: str, organisation: Organisation
) -> None:
    export = Export.objects.create(organisation=organisation, state="FAILED", reason="files_away", size=2048)
    page = operator.get(address)
    assert "Not made" in text(page) and "did not answer for a while" in text(page)
    assert str(export.pk) not in page.content.decode()
