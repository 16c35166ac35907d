"""Who is asking is said by `tenants.context` alone: every other way of saying it is found in the source.

That no SQL sets a search_path is seen to by `launcher.written_sql`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "api billing books collaboration config formats generation insights jobs live notifications platform"
FOLDERS = (*ROOMS.split(), "storage", "tenants", "web")

# Where it may be done, and why that is right.
ALLOWED = {
    "a ContextVar": {
        "tenants/context.py": "the one place",
        "insights/origin.py": "an address and a request, no organisation",
    },
    "state of a thread": {},
    "django-tenants": {
        "tenants/apps.py": "disconnects its receiver",
        "tenants/models/organisations.py": "its models",
    },
    "threads of its own": {
        "tenants/threads.py": "the one pool of threads that carries the context",
        "jobs/database.py": "carries the context, and keeps its connections",
        "jobs/runner.py": "one a process, and begins outside",
        "tenants/migrating/working.py": "says itself for whom each batch is",
        "notifications/webhooks/dispatching.py": "one a process, and begins outside",
        "tenants/api_keys/request_log.py": "one a process, and begins outside",
    },
    "a block around a yield": {},
}


def sources() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), file.read_text()


def _calls(tree: ast.AST, *names: str) -> bool:
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(getattr(one, "attr", getattr(one, "id", "")) in names for one in called)


def _threads(tree: ast.AST) -> bool:
    """Those that nobody carries the context into: `Threads` does, and `Thread(target=carried(...))`."""
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("Thread", "Timer")
    ]
    imported = any(
        isinstance(node, ast.ImportFrom) and any(name.name == "ThreadPoolExecutor" for name in node.names)
        for node in ast.walk(tree)
    )
    return imported or any("carried" not in ast.dump(node) for node in made)


def _yields_inside(tree: ast.AST) -> bool:
    """A generator that keeps a block open: whoever takes its next piece would find themselves inside."""
    return any(
        _enters(node) and any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in _own(node))
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_block(function)
        for node in _own(function)
    )


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What lies in it, but for functions of its own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _own(child)


def _enters(node: ast.AST) -> bool:
    return isinstance(node, ast.With | ast.AsyncWith) and any(
        _calls(item, "entered", "in_public", "as_now") for item in node.items
    )


def _is_block(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A block itself (`@contextmanager`) is entered and left like one."""
    return any("contextmanager" in ast.dump(one) for one in function.decorator_list)


RULES: dict[str, tuple[str, Callable[[ast.AST], bool]]] = {
    "a ContextVar": (r"\bContextVar\b", lambda tree: _calls(tree, "ContextVar")),
    "state of a thread": (r"threading\.local|\bLocal\(", lambda tree: True),
    "django-tenants": (
        r"django_tenants|set_tenant|set_schema|schema_context|tenant_context",
        lambda tree: True,
    ),
    "threads of its own": (r"ThreadPoolExecutor|\bThread\(|\bTimer\(", _threads),
    "a block around a yield": (r"\byield\b", _yields_inside),
}


def offences(rule: str, found: Iterator[tuple[str, str]]) -> list[str]:
    words, offends = RULES[rule]
    return [path for path, text in found if re.search(words, text) and offends(ast.parse(text))]


@pytest.mark.parametrize("rule", RULES)
def test_nothing_else_says_who_is_asking(rule: str) -> None:
    assert sorted(offences(rule, sources())) == sorted(ALLOWED[rule])


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("a ContextVar", "from contextvars import ContextVar\nwho = ContextVar('who')"),
        ("state of a thread", "import threading\nwho = threading.local()"),
        ("django-tenants", "with schema_context('t_acme'): ..."),
        ("django-tenants", "connection.set_tenant(acme)"),
        ("threads of its own", "from concurrent.futures import ThreadPoolExecutor"),
        ("threads of its own", "threading.Thread(target=work).start()"),
        ("a block around a yield", "def rows():\n  with entered(acme):\n    yield 1"),
        (
            "a block around a yield",
            "async def rows():\n  with in_public():\n    for x in y: yield x",
        ),
    ],
)
def test_each_rule_finds_what_it_is_about(rule: str, text: str) -> None:
    assert offences(rule, iter([("somewhere.py", text)])) == ["somewhere.py"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("threads of its own", "threading.Thread(target=carried(work)).start()"),
        ("a block around a yield", "@contextmanager\ndef held():\n  with entered(acme):\n    yield"),
        ("a block around a yield", "def rows():\n  with entered(acme):\n    found = list(x)\n  yield found"),
    ],
)
def test_no_rule_finds_what_is_right(rule: str, text: str) -> None:
    assert offences(rule, iter([("somewhere.py", text)])) == []
