"""A migration more than the code has, for the benchmark: a column of books, and an index on it."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from pathlib import Path

APP = "books"
_PACKAGE = "added_migrations_of_books"
_TEXT = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("books", "{before}")]
    operations = [
        migrations.AddField(
            "book", "{name}", models.CharField(max_length=20, default="", db_default="")
        ),
        migrations.AddIndex("book", models.Index(fields=["{name}"], name="books_{name}")),
    ]
"""


def add_migration(name: str) -> None:
    """Add the column `name` and its index, after all migrations that there are by now."""
    from django.conf import settings

    if _PACKAGE not in sys.modules:
        _begin()
        settings.MIGRATION_MODULES = {**settings.MIGRATION_MODULES, APP: _PACKAGE}
    folder = Path(next(iter(sys.modules[_PACKAGE].__path__)))
    before = max(file.stem for file in folder.glob("[0-9]*.py"))
    number = int(before[:4]) + 1
    (folder / f"{number:04}_{name}.py").write_text(_TEXT.format(before=before, name=name))
    importlib.invalidate_caches()


def statements(name: str) -> str:
    """What that comes to, with {schema} for the schema's name: as one would write it by hand."""
    return (
        f"ALTER TABLE {{schema}}.books_book ADD COLUMN {name} varchar(20) DEFAULT '' NOT NULL;\n"
        f"CREATE INDEX books_{name} ON {{schema}}.books_book ({name});\n"
        f"INSERT INTO {{schema}}.django_migrations (app, name, applied) VALUES ('bare', '{name}', now());\n"
    )


def _begin() -> None:
    folder = Path(tempfile.mkdtemp(prefix="octavo-bench-")) / _PACKAGE
    source = importlib.import_module("books.migrations")
    shutil.copytree(next(iter(source.__path__)), folder, ignore=shutil.ignore_patterns("__pycache__"))
    sys.path.insert(0, str(folder.parent))
    importlib.import_module(_PACKAGE)
