"""Exports from and imports to a further server, where schemas and shared rows have two transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tenants.context import entered
from tenants.models import Organisation
from tenants.moving.asking import ask_for_move
from tenants.moving.carrying_out import carry_out
from tenants.portable import exporting, importing
from tenants.portable.erasing import erase, make_due, traces
from tenants.portable.exporting import export
from tenants.portable.importing import import_organisation
from tenants.portable.models import Import
from tenants.schemas.locks import exclusive
from tests.isolation.cast import files_in
from tests.on_second_server import SECOND
from tests.tenants.portable.conftest import FILES, SHELVES, Taken, rows_of
from tests.tenants.portable.test_importing import alike

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(databases=["default", SECOND]),
]


@pytest.fixture(autouse=True)
def _there(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.OCTAVO_PLACE_NEW = SECOND
    with files_in(tmp_path / "files"):
        yield


@pytest.mark.django_db(transaction=True, databases=["default", SECOND])
def test_what_was_exported_here_is_imported_there_and_exported_again(taken: Taken, tmp_path: Path) -> None:
    made = import_organisation(taken.path).organisation
    assert made.alias == SECOND
    assert alike(rows_of(made)) == alike(taken.rows)
    again = export(made, to=tmp_path / "again.octavo")
    assert again.missing == ()
    make_due(organisation=made)
    erase(organisation=made)
    assert traces(organisation_id=made.pk, schema=made.schema_name) == {}
    back = import_organisation(again.path).organisation
    assert alike(rows_of(back)) == alike(taken.rows)


def test_an_import_that_fails_leaves_nothing_there(taken: Taken, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(importing, "_see_to_owner", failing)
        import_organisation(taken.path)
    assert not importing._schema_exists(taken.cast.organisation.schema_name, SECOND)
    assert not Import.objects.exists()
    made = import_organisation(taken.path).organisation
    with entered(made):
        assert made.alias == SECOND


@pytest.mark.django_db(transaction=True, databases=["default", SECOND])
def test_one_that_moves_while_an_export_or_erasure_waits_is_found(
    acme: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def after_a_move(schema: str, *, wait: float) -> Iterator[object]:
        here = Organisation.objects.get(pk=acme.pk)
        carry_out(ask_for_move(organisation=here, to="default" if here.alias == SECOND else SECOND))
        with exclusive(schema, wait=wait) as held:
            yield held

    monkeypatch.setattr(exporting, "exclusive", after_a_move)
    made = export(Organisation.objects.get(pk=acme.pk), to=tmp_path / "acme.octavo")
    assert (made.files, Organisation.objects.get().alias) == (FILES, "default")
    make_due(organisation=acme)
    assert acme.alias == SECOND  # as whoever has waited for the lock still believes
    certificate = erase(organisation=acme)
    assert certificate.removed["library_shelf"] == SHELVES
