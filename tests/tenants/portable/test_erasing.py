"""Nothing is left of an erased organisation; what was exported before brings it back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from storage import files
from storage.models import StoredFile
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import Organisation
from tenants.portable import erasing
from tenants.portable.erasing import erase, finish_begun, make_due, traces
from tenants.portable.files import Away
from tenants.portable.importing import import_organisation
from tenants.portable.models import Erasure
from tenants.schemas.locks import exclusive
from tests.isolation.cast import files_in
from tests.tenants.portable.conftest import Taken, rows_of
from tests.tenants.portable.test_importing import alike

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    with files_in(tmp_path / "files"):
        yield


@pytest.fixture
def full(taken: Taken) -> Organisation:
    """With one of everything."""
    made = import_organisation(taken.path).organisation
    settle()
    with entered(made):
        cache.set("own", "secret")
    return made


def settle() -> None:
    """What a commit would do: constraints that wait for it are looked at now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_erasing_leaves_nothing_and_certifies_it(full: Organisation) -> None:
    make_due(organisation=full)
    assert traces(organisation_id=full.pk, schema=full.schema_name)
    certificate = erase(organisation=full, asked_by=erasing.BY_OPERATOR)
    assert traces(organisation_id=full.pk, schema=full.schema_name) == {}
    assert certificate.removed["books_book"] == 3
    assert certificate.removed["files"] > 3
    kept = timedelta(days=configured.OCTAVO_BACKUPS_KEPT)
    assert certificate.backups_expire_at == certificate.erased_at + kept
    record = Erasure.objects.get(erased_id=full.pk)
    assert record.verified_at == certificate.erased_at
    assert "umbrella" not in json.dumps(certificate.as_json()).lower()


def test_export_erase_and_import_give_it_back(full: Organisation, taken: Taken) -> None:
    before = alike(rows_of(full))
    make_due(organisation=full)
    erase(organisation=full)
    again = import_organisation(taken.path).organisation
    assert alike(rows_of(again)) == before


def test_an_erasure_that_was_broken_off_is_finished(
    full: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    make_due(organisation=full)
    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            erase(organisation=full)
    with entered(full):
        key = f"{full.schema_name}/aa/late.pdf"
        files.place_of(StoredFile(key=key, place="default")).put(
            key,
            io.BytesIO(b"late"),
            files.about(StoredFile(name="late.pdf", size=4, sha256="", content_type="")),
        )
    assert traces(organisation_id=full.pk, schema=full.schema_name) == {"files in default": 1}
    assert finish_begun() == 1
    assert traces(organisation_id=full.pk, schema=full.schema_name) == {}
    assert Erasure.objects.get(erased_id=full.pk).verified_at is not None
    assert finish_begun() == 0


def test_one_that_somebody_holds_or_that_fails_keeps_no_other_from_its_end(
    full: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, failing, other = (f"t_{number:016x}" for number in range(1, 4))
    for schema in (held, failing, other):
        Erasure.objects.create(erased_id=uuid7(), schema_name=schema, alias="default", asked_by="owner")
    finish = erasing._finish

    def failing_once(erasure: Erasure, *rest: Any) -> Any:
        if erasure.schema_name == failing:
            raise Away("the store does not answer")
        return finish(erasure, *rest)

    with monkeypatch.context() as patched, exclusive(held, wait=0):
        patched.setattr(erasing, "_finish", failing_once)
        assert finish_begun() == 1
    assert set(Erasure.objects.filter(verified_at=None).values_list("schema_name", flat=True)) == {
        held,
        failing,
    }
    assert finish_begun() == 2


def test_what_is_left_is_told(full: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    make_due(organisation=full)
    monkeypatch.setattr(erasing, "_drop_strays", lambda schema: None)
    monkeypatch.setattr(erasing, "drop_schema", lambda organisation: None)
    with pytest.raises(erasing.SomethingLeft, match="tables on default"):
        erase(organisation=full)


def test_it_is_not_erased_before_its_time(full: Organisation) -> None:
    with pytest.raises(erasing.NotDue):
        erase(organisation=full)
    full.status, full.delete_at = "DELETING", timezone.now() + timedelta(days=1)
    full.save()
    with pytest.raises(CommandError, match="--now"):
        call_command("erase_organisation", full.slug, confirm=full.slug)
    assert Organisation.objects.filter(pk=full.pk).exists()


def test_command_asks_for_its_address_and_writes_a_certificate(full: Organisation, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not confirmed"):
        call_command("erase_organisation", full.slug, now=True, confirm="other")
    assert Organisation.objects.get(pk=full.pk).status == "ACTIVE"
    path, out = tmp_path / "certificate.json", io.StringIO()
    call_command("erase_organisation", full.slug, now=True, confirm=full.slug, certificate=path, stdout=out)
    told = json.loads(path.read_text())
    assert (told["address"], told["verified"], told["asked_by"]) == ("umbrella", True, "operator")
    assert json.loads(out.getvalue()) == told


def test_a_certificate_that_cannot_be_written_is_printed(full: Organisation, tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"it is erased, and .* cannot be written"):
        call_command(
            "erase_organisation",
            full.slug,
            now=True,
            confirm=full.slug,
            certificate=tmp_path / "no" / "folder.json",
            stdout=out,
        )
    assert json.loads(out.getvalue())["verified"] is True
