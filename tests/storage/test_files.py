"""Members' files, on a disk and in each of the clouds."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from billing.limits import LimitReached, allowance
from billing.models import Metric, Plan
from storage import files, lending, sweeping, tasks
from storage.models import StoredFile
from tenants.context import Current, entered
from tenants.models import Organisation
from tests.storage.conftest import CLOUDS, use

pytestmark = pytest.mark.django_db


def keep(data: bytes = b"a book", name: str = "book.pdf") -> StoredFile:
    return files.save(data=data, name=name, content_type="application/pdf", kind=StoredFile.Kind.BOOK)


def used(organisation: Organisation) -> int:
    return allowance(organisation.id, Metric.STORAGE_USED).used


def test_file_comes_back_as_it_was_saved(backend: str, inside: Current) -> None:
    data = bytes(range(256)) * 3000
    file = keep(data)
    assert files.read(file) == data
    assert b"".join(files.blocks(file)) == data
    assert (file.size, len(file.sha256)) == (len(data), 64)


def test_file_lies_under_the_organisations_prefix(backend: str, inside: Current) -> None:
    assert keep().key.startswith(inside.schema + "/")


def test_names_from_outside_never_become_paths(backend: str, inside: Current) -> None:
    file = keep(name="../../etc/passwd\x00.sh; rm -rf")
    assert ".." not in file.key
    assert file.key.startswith(inside.schema + "/")
    assert files.read(file) == b"a book"


def test_file_of_another_organisation_is_refused(
    backend: str, organisation: Organisation, other_organisation: Organisation
) -> None:
    with entered(organisation):
        file = keep()
    with entered(other_organisation):
        with pytest.raises(PermissionError):
            files.read(file)
        with pytest.raises(PermissionError):
            files.delete(file)


def test_signed_token_opens_one_file_for_a_while(backend: str, inside: Current) -> None:
    file = keep()
    token = lending.signed_token(file)
    assert lending.file_by_token(token) == file
    with pytest.raises(lending.LinkExpired):
        lending.file_by_token(token, max_age=timedelta(seconds=-1))
    with pytest.raises(lending.LinkExpired):
        lending.file_by_token(token + "x")


def test_signed_token_is_of_no_use_elsewhere(
    backend: str, organisation: Organisation, other_organisation: Organisation
) -> None:
    with entered(organisation):
        token = lending.signed_token(keep())
    with entered(other_organisation), pytest.raises(lending.LinkExpired):
        lending.file_by_token(token)


def test_storage_is_counted_and_given_back(
    backend: str, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    with entered(organisation):
        file = keep(b"x" * 1000)
        assert used(organisation) == 1000
        key = file.key
        with django_capture_on_commit_callbacks(execute=True):
            files.delete(file)
        assert used(organisation) == 0
        assert not storages["files"].exists(key)


def test_full_plan_refuses_the_file_and_keeps_nothing(backend: str, organisation: Organisation) -> None:
    Plan.objects.filter(code="FREE").update(storage_limit=1500)
    with entered(organisation):
        keep(b"x" * 1000)
        with pytest.raises(LimitReached):
            keep(b"x" * 1000)
        assert (used(organisation), StoredFile.objects.count()) == (1000, 1)


@pytest.mark.parametrize("name", CLOUDS)
def test_prepare_files_makes_the_bucket_and_tries_it(
    name: str, clouds: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(
        settings,
        monkeypatch,
        clouds(name).address.replace("octavo?", "made-here?").replace("/octavo", "/made-here"),
    )
    said = StringIO()
    call_command("prepare_files", stdout=said)
    call_command("prepare_files", stdout=said)
    assert said.getvalue().count("Made the bucket made-here.") == 1
    assert said.getvalue().count("Files can be kept.") == 2


def test_prepare_files_says_what_is_wrong(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    use(settings, monkeypatch, (tmp_path / "file").as_uri())
    with pytest.raises(CommandError, match="FILES_URL: files cannot be kept there"):
        call_command("prepare_files")


def test_prepare_files_misses_a_place_that_is_in_use(organisation: Organisation, backend: str) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(file_place="attic")
    with pytest.raises(CommandError, match="FILES_PLACES has to name attic still"):
        call_command("prepare_files", stdout=StringIO())


def announced() -> StoredFile:
    return files.announce(name="book.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK)


def test_announced_file_is_counted_when_it_is_adopted(
    inside: Current, organisation: Organisation, backend: str
) -> None:
    placed = files.place(announced(), b"a book")
    assert (placed.size, used(organisation)) == (6, 0)

    file = files.adopt(placed)

    assert (file.size, file.sha256, used(organisation)) == (6, placed.sha256, 6)
    assert files.read(file) == b"a book"


def test_announced_file_is_adopted_once(inside: Current, organisation: Organisation, backend: str) -> None:
    placed = files.place(announced(), b"a book")
    files.adopt(placed)
    with pytest.raises(StoredFile.DoesNotExist):
        files.adopt(placed)


def test_full_storage_adopts_nothing(inside: Current, organisation: Organisation, backend: str) -> None:
    Plan.objects.filter(subscriptions__organisation=organisation).update(storage_limit=3)
    placed = files.place(announced(), b"a book")
    with pytest.raises(LimitReached):
        files.adopt(placed)
    assert used(organisation) == 0


def test_sweep_removes_what_was_never_adopted(
    inside: Current, organisation: Organisation, backend: str
) -> None:
    left, kept, fresh, bare = announced(), announced(), announced(), announced()
    for file in (left, kept, fresh):
        files.place(file, b"a book")
    files.adopt(files.Placed(kept.pk, 6, "a" * 64))
    long_ago = timezone.now() - sweeping.ABANDONED - timedelta(minutes=1)
    StoredFile.objects.exclude(pk=fresh.pk).update(created_at=long_ago)

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert sweeping.sweep().abandoned == 2

    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.pk, fresh.pk}
    assert [storages["files"].exists(one.key) for one in (left, kept, fresh, bare)] == [
        False,
        True,
        True,
        False,
    ]
    assert used(organisation) == 6


def test_sweeping_goes_through_every_organisation(
    organisation: Organisation, other_organisation: Organisation, backend: str
) -> None:
    long_ago = timezone.now() - sweeping.ABANDONED - timedelta(minutes=1)
    for one in (organisation, other_organisation):
        with entered(one):
            announced()
            StoredFile.objects.update(created_at=long_ago)

    tasks.sweep()

    for one in (organisation, other_organisation):
        with entered(one):
            assert not StoredFile.objects.exists()
