"""SQL written by hand that would not find its tables, or find those of somebody else.

No table is on the search_path, so whatever goes to the database beside the ORM has to name its tables by
`tenants.postgresql.raw.sql`. `python -m launcher.written_sql` prints a line for each place that does not. A
line that is right as it is says why: `# sql: the reason`, on one of its lines or on the one above it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from launcher.places import ROOT

ROOMS: Final = (
    "api", "billing", "books", "collaboration", "config", "formats", "generation", "insights", "jobs", "live",
    "notifications", "platform", "storage", "tenants", "web",
)  # fmt: skip
MARK: Final = re.compile(r"#\s*sql: \S")
QUALIFIES: Final = "sql"  # tenants.postgresql.raw.sql
EXTRA: Final = {"select", "where", "params", "tables", "order_by", "select_params"}
SEARCH_PATH: Final = re.compile(r"\bsearch_path\s*(=|\bTO\b)|\bset_config\(\s*'search_path'", re.IGNORECASE)
EXTENSIONS: Final = {
    "CreateExtension", "BloomExtension", "BtreeGinExtension", "BtreeGistExtension", "CITextExtension",
    "CryptoExtension", "HStoreExtension", "TrigramExtension", "UnaccentExtension",
}  # fmt: skip
ADVICE: Final = {
    "raw": "name its tables by raw(sql(...))",
    "RawSQL": "name its tables by RawSQL(sql(...), ...)",
    "extra": "say it by annotate() or filter(), or name its tables by sql(...)",
    "RunSQL": "it runs in each organisation's schema without naming it: qualify by RunPython and sql(...)",
    "extension": "list it in DATABASE_EXTENSIONS, which makes it once, in the schema ext",
    "CreateCollation": "organisations share one schema of collations: create it in a shared app, once",
    "search_path": "no schema of tables is ever on the search_path",
    "table": "name it in braces, by sql(...)",
}


@dataclass(frozen=True, order=True)
class Finding:
    """A line, counted from 1, and what is the matter with it."""

    line: int
    what: str
    advice: str


def main() -> int:
    import django

    django.setup()
    tables = table_names()
    lines = [
        f"{path.relative_to(ROOT)}:{finding.line}: {finding.what}: {finding.advice}"
        for path in sources()
        for finding in findings(path.read_text(), tables)
    ]
    print("\n".join(lines) or "all SQL names its tables")
    if lines:
        print("\nWhere a line is right as it is, say why on it:  # sql: the reason")
    return 1 if lines else 0


def sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def table_names() -> frozenset[str]:
    """Of all models, and the one that migrations are recorded in."""
    from django.apps import apps

    found = (str(model._meta.db_table) for model in apps.get_models(include_auto_created=True))
    return frozenset([*found, "django_migrations"])


def findings(source: str, tables: frozenset[str]) -> list[Finding]:
    """What is the matter with this source, lines that say why they are right left out."""
    marked = {number for number, line in enumerate(source.splitlines(), start=1) if MARK.search(line)}
    tree = ast.parse(source)
    documentation = set(_documentation(tree))
    found = set()
    for node in ast.walk(tree):
        if id(node) in documentation:
            continue
        for kind, what in _suspicions(node, tables):
            first, last = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
            if not marked & set(range(first - 1, last + 1)):
                found.add(Finding(first, what, ADVICE[kind]))
    return sorted(found)


def _documentation(tree: ast.Module) -> Iterator[int]:
    """The ids of docstrings' nodes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _suspicions(node: ast.AST, tables: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if SEARCH_PATH.search(node.value):
            yield "search_path", "sets the search_path"
        yield from (("table", f"the table {name} without its schema") for name in _bare(node.value, tables))


def _of_call(node: ast.Call) -> Iterator[tuple[str, str]]:
    name = _called(node)
    if name in ("raw", "RawSQL") and node.args and not _is_qualified(node.args[0]):
        yield name, f"{name}() of SQL that is not qualified"
    elif name == "extra" and isinstance(node.func, ast.Attribute) and _is_extra(node):
        yield name, "extra()"
    elif name in ("RunSQL", "CreateCollation"):
        yield name, name
    elif name in EXTENSIONS:
        yield "extension", name


def _is_extra(node: ast.Call) -> bool:
    return bool(node.args) or bool({keyword.arg for keyword in node.keywords} & EXTRA)


def _is_qualified(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Call) and _called(argument) == QUALIFIES


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


_AFTER: Final = re.compile(
    r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE|REFERENCES|ON)\s+(?:ONLY\s+|IF\s+EXISTS\s+)?\"?(\w+)\"?(?![\w.])"
)


def _bare(text: str, tables: frozenset[str]) -> Iterator[str]:
    """Tables of models that SQL in this text names without a schema; keywords of SQL are in capitals here."""
    yield from (name for name in _AFTER.findall(text) if name in tables)


if __name__ == "__main__":
    sys.exit(main())
