"""Migrations that a test writes: the library's own, and what the test adds to them."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.db import connection

from tenants.context import in_public
from tenants.migrating.template import prepare_template
from tenants.models import Organisation, SchemaArtifact
from tenants.schemas import artifact
from tests.factories.tenants import OrganisationFactory
from tests.tenants.library import migrations as stock

HEAD = """
from django.db import migrations, models
from tenants.migrating.operations import OrganisationSQL

class Migration(migrations.Migration):
    dependencies = [("library", "{before}")]
"""


class Written:
    """The package of migrations; `add` appends one to it, as a newer release of the code would."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name, self.last = folder, name, "0002_grown"

    def add(self, name: str, body: str, *, preamble: str = "") -> str:
        """Add a migration with this class body, and forget what was known of the older code."""
        text = dedent(preamble) + HEAD.format(before=self.last) + "\n" + indented(dedent(body))
        (self.folder / f"{name}.py").write_text(text)
        self.last = name
        self.reread()
        return artifact.migrations_hash()

    def reread(self) -> None:
        for module in [name for name in sys.modules if name.startswith(f"{self.name}.")]:
            del sys.modules[module]
        importlib.invalidate_caches()
        artifact.migrations_hash.cache_clear()


def indented(body: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").splitlines())


@pytest.fixture
def written(
    tmp_path: Path, settings: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Written]:
    """The library's migrations in a folder of the test's own. Afterwards all schemas are as before."""
    name = f"library_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    folder.mkdir()
    for file in Path(next(iter(stock.__path__))).glob("*.py"):
        shutil.copy(file, folder)
    monkeypatch.syspath_prepend(str(tmp_path))
    before = artifact.current_artifact()
    settings.MIGRATION_MODULES = {"library": name}
    package = Written(folder, name)
    package.reread()
    yield package
    del settings.MIGRATION_MODULES
    package.reread()
    with in_public(), connection.cursor() as cursor:
        for schema in Organisation.objects.values_list("schema_name", flat=True):
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        cursor.execute("DELETE FROM public.django_migrations WHERE app = 'library' AND name > '0002_grown'")
        SchemaArtifact.objects.exclude(hash=before.hash).delete()
        cursor.execute(f"DROP SCHEMA IF EXISTS {artifact.TEMPLATE.schema} CASCADE")
        cursor.execute(before.for_schema(artifact.TEMPLATE.schema))


@pytest.fixture
def some(written: Written) -> Callable[[int], list[Organisation]]:
    """Make so many organisations at the state of the code as it is."""

    def make(count: int) -> list[Organisation]:
        prepare_template()
        return [OrganisationFactory() for _ in range(count)]

    return make
