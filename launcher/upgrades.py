"""What tenants/postgresql/ takes for granted about Django, compared with what was last looked at.

The backend overrides parts of Django's and relies on others being as they are, down to single statements: a
new release may change them without a test of ours noticing. `python -m launcher.upgrades` prints a line for
each that is not as recorded in upgrades.json; `python -m launcher.upgrades renew` records what is there now.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

RECORDED: Final = Path(__file__).with_name("upgrades.json")
BACKEND: Final = "tenants.postgresql"
# Not overridden, and yet the backend is right only as long as these do what they do.
RELIED_ON: Final = {
    "django.db.backends.postgresql.compiler": "compiler.py puts a class before each of its compilers",
    "django.db.models.options.Options.__init__": "names.py marks what is assigned to db_table",
    "django.db.models.options.Options.contribute_to_class": "names.py marks what is assigned to db_table",
    "django.db.models.options.Options.setup_proxy": "names.py marks what is assigned to db_table",
    "django.db.models.base.Model.from_db": "binding.py: what is read notes its alias",
    "django.db.models.sql.query.Query.check_related_objects": "guarding.py looks at each value",
    "django.db.models.query.ModelIterable.__iter__": "guarding.py: QuerySet.db says where rows are from",
    "django.db.models.sql.datastructures.BaseTable.as_sql": "compiler.py quotes each table of FROM",
    "django.db.models.sql.datastructures.Join.as_sql": "compiler.py quotes each table of a join",
    "django.db.models.expressions.Col.as_sql": "compiler.py quotes the table before each column",
    "django.db.models.sql.compiler.SQLCompiler.get_from_clause": "compiler.py knows the tables of extra()",
    "django.db.models.sql.compiler.SQLCompiler.get_select_for_update_of_arguments": "operations.py: OF",
    "django.db.models.sql.compiler.SQLInsertCompiler.as_sql": "operations.py quotes the table",
    "django.db.models.sql.compiler.SQLDeleteCompiler._as_sql": "compiler.py quotes the table",
    "django.db.models.sql.compiler.SQLUpdateCompiler.as_sql": "compiler.py quotes the table",
    "django.db.backends.ddl_references": "schema.py changes parts of statements",
    "django.db.backends.base.schema.BaseDatabaseSchemaEditor._delete_unique_sql": "schema.py: indexes",
    "django.db.backends.base.schema.BaseDatabaseSchemaEditor._delete_composed_index": "schema.py: indexes",
    "django.contrib.postgres.operations.CreateExtension.database_forwards": "schema.py: the schema ext",
    "django.contrib.postgres.operations.CollationOperation.create_collation": "schema.py: the schema ext",
    "django.core.cache.backends.db.BaseDatabaseCache.__init__": "names.py marks the table of the cache",
}
VISIBLE: Final = "pg_table_is_visible"  # what introspection.py replaces in Django's questions
_STATEMENT: Final = re.compile(r"\s*(ALTER(?! COLUMN)|COMMENT|CREATE|DROP|SET|UPDATE)\b")
_TABLE: Final = ("%(table)s", "%(old_table)s")


def main(words: list[str]) -> int:
    import django

    django.setup()
    if words == ["renew"]:
        RECORDED.write_text(json.dumps(found(), indent=2) + "\n")
        return 0
    lines = list(differences(read_recorded(), found()))
    if lines:
        print(*lines, sep="\n")
        print(
            f"\nDjango {django.get_version()} is not what tenants/postgresql/ was written for. Look at each "
            "line above (docs/developers/organisations.md says how), run  ./octavo bench orm  and record "
            "what is there now:  .venv/bin/python -m launcher.upgrades renew"
        )
    return 1 if lines else 0


def read_recorded() -> dict[str, Any]:
    """As `found` gave it when somebody had looked at it."""
    recorded: dict[str, Any] = json.loads(RECORDED.read_text())
    return recorded


def differences(recorded: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """A line for each thing that is not as it was, with what to look at."""
    for name in sorted(recorded["hashes"].keys() | now["hashes"].keys()):
        if name not in now["hashes"]:
            yield f"gone: {name}, which {recorded['hashes'][name][1]}"
        elif name not in recorded["hashes"]:
            yield f"new: {name}: {now['hashes'][name][1]}, and it was never recorded how it was"
        elif recorded["hashes"][name][0] != now["hashes"][name][0]:
            yield f"changed: {name}: {now['hashes'][name][1]}; read what is new in it"
    if recorded["visible"] != now["visible"]:
        yield (
            f"{VISIBLE} is used {now['visible']} times in Django and was {recorded['visible']}: "
            "introspection.py must ask for the schema in each"
        )
    for name in sorted(set(now["without_table"]) - set(recorded["without_table"])):
        yield (
            f"new: the template {name} names something without its table: "
            "schema.py must qualify it by the schema of the model"
        )


def found() -> dict[str, Any]:
    """What the installed Django is like: `hashes` with the reason for each, and two counts."""
    guarded = sorted(_guarded(), key=lambda row: row[0])
    return {
        "hashes": {name: [_hash(value), why] for name, value, why in guarded},
        "visible": _uses_of_visible(),
        "without_table": _templates_without_table(),
    }


def _guarded() -> Iterator[tuple[str, Any, str]]:
    """The dotted name, the thing itself and who depends on it."""
    from tenants.postgresql.guarding import replaced

    yield from _overridden()
    for name, stock in replaced().items():
        yield name, stock, "guarding.py replaces it"
    for name, why in RELIED_ON.items():
        yield name, _named(name), why


def _overridden() -> Iterator[tuple[str, Any, str]]:
    for ours in _our_classes():
        stock = [base for base in ours.__mro__ if base.__module__.startswith("django.")]
        for part in ours.__mro__:
            if not part.__module__.startswith(BACKEND):
                continue
            for name in vars(part):
                owner = next((base for base in stock if name in vars(base)), None)
                if owner and (not name.startswith("__") or name in ("__init__", "__exit__", "__call__")):
                    file = part.__module__.removeprefix(f"{BACKEND}.").replace(".", "/")
                    yield (
                        f"{owner.__module__}.{owner.__qualname__}.{name}",
                        vars(owner)[name],
                        f"{file}.py overrides it",
                    )


def _our_classes() -> Iterator[type]:
    package = import_module(BACKEND)
    for module in pkgutil.iter_modules(package.__path__, f"{BACKEND}."):
        loaded = import_module(module.name)
        classes = (value for value in vars(loaded).values() if isinstance(value, type))
        yield from (value for value in classes if value.__module__ == module.name)


def _named(dotted: str) -> Any:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: Any = import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            thing = vars(thing).get(part)
        return thing
    return None


def _hash(thing: Any) -> str:
    return hashlib.sha256(_text(thing).encode()).hexdigest()[:16]


def _text(thing: Any) -> str:
    if isinstance(thing, property):
        thing = thing.fget
    if isinstance(thing, cached_property) or type(thing).__name__ == "cached_property":
        thing = thing.func
    if isinstance(thing, (classmethod, staticmethod)):
        thing = thing.__func__
    if isinstance(thing, ModuleType) or inspect.isfunction(thing):
        return inspect.getsource(thing)
    return f"{thing.__module__}.{thing.__qualname__}" if isinstance(thing, type) else repr(thing)


def _uses_of_visible() -> int:
    from django.db import backends

    return sum(
        file.read_text().count(f"{VISIBLE}(")
        for folder in ("base", "postgresql")
        for file in (Path(backends.__path__[0]) / folder).glob("*.py")
    )


def _templates_without_table() -> list[str]:
    from django.db.backends.postgresql.schema import DatabaseSchemaEditor

    return [name for name in sorted(dir(DatabaseSchemaEditor)) if name.startswith("sql_")
            and names_without_table(getattr(DatabaseSchemaEditor, name))]  # fmt: skip


def names_without_table(template: str | None) -> bool:
    """Whether one of the template's statements names something, and not the table it belongs to."""
    return any(
        _STATEMENT.match(statement) and "%(" in statement and not any(table in statement for table in _TABLE)
        for statement in (template or "").split(";")
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
