"""Putting a mutant in the place of the code that runs, and taking it away again.

Functions that exist already get the code of the mutant, wherever they are referred to from; a decorator is
taken out of the chain of wrappers that a route calls. Nothing is imported anew and no process is started.
"""

from __future__ import annotations

import ast
import builtins
import copy
import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from types import CodeType, FunctionType
from typing import Any

from django.db.models import Manager, QuerySet
from django.db.models.sql.where import WhereNode
from django.urls import URLPattern

from tests.isolation import found
from tests.isolation.mutants import ROOT, Mutant, functions_of

Key = tuple[str, str, int]  # file, qualified name, first line


class Code:
    """The functions of the product that exist in this process, by where they are written."""

    def __init__(self) -> None:
        self._routes = [
            pattern for urlconf in (found.HERE, found.PLATFORM) for _name, pattern in found.patterns(urlconf)
        ]
        self._functions: dict[Key, list[FunctionType]] = {}
        for one in gc.get_objects():
            if type(one) is FunctionType and one.__code__.co_filename.startswith(str(ROOT)):
                self._functions.setdefault(_key(one.__code__), []).append(one)
        builtins.__everything__ = everything  # type: ignore[attr-defined]

    @contextmanager
    def mutated(self, mutant: Mutant) -> Iterator[None]:
        with ExitStack() as stack:
            if mutant.kind == "decorator":
                stack.enter_context(self._undecorated(mutant))
            else:
                stack.enter_context(self._swapped(mutant.file, mutant.tree(), {mutant.function}))
            yield

    @contextmanager
    def watched(self, mutants: Iterable[Mutant], passed: Callable[[str, str], None]) -> Iterator[None]:
        """Tells the file and the qualified name of each function with a guard that is called."""
        builtins.__passed__ = passed  # type: ignore[attr-defined]
        sources = {mutant.file: mutant.source for mutant in mutants}
        functions = {(mutant.file, mutant.function) for mutant in mutants}
        with ExitStack() as stack:
            for file, source in sources.items():
                names = {function for path, function in functions if path == file}
                stack.enter_context(self._swapped(file, telling(source, file, names), names))
            yield

    @contextmanager
    def _swapped(self, file: str, tree: ast.Module, names: Collection[str]) -> Iterator[None]:
        kept: list[tuple[FunctionType, CodeType]] = []
        for code in _nested(compile(tree, file, "exec")):
            if any(_is_within(code.co_qualname, name) for name in names):
                for function in self._functions.get(_key(code), ()):
                    kept.append((function, function.__code__))
                    function.__code__ = code
        try:
            yield
        finally:
            for function, code in kept:
                function.__code__ = code

    @contextmanager
    def _undecorated(self, mutant: Mutant) -> Iterator[None]:
        patterns = [pattern for pattern in self._routes if _is_of(pattern, mutant)]
        chain = _chain(patterns[0].callback) if patterns else []
        place = mutant.decorator
        if place == 0:
            for pattern in patterns:
                pattern.callback = chain[1]
        elif chain:
            cell = _cell(chain[place - 1], chain[place])
            cell.cell_contents = chain[place + 1]
        try:
            yield
        finally:
            if place == 0:
                for pattern in patterns:
                    pattern.callback = chain[0]
            elif chain:
                cell.cell_contents = chain[place]


def telling(source: ast.Module, file: str, names: Collection[str]) -> ast.Module:
    """The same file, whose functions of these names say that they are called."""
    tree = copy.deepcopy(source)
    for name, function in functions_of(tree):
        if name in names:
            call = ast.parse(f"__passed__({file!r}, {name!r})").body[0]
            for node in ast.walk(call):
                ast.copy_location(node, function.body[0])
            function.body.insert(0, call)
    return ast.fix_missing_locations(tree)


def everything(rows: Any) -> Any:
    """All rows of the table that these are of, with what is joined to them."""
    whole: QuerySet[Any] = rows.all() if isinstance(rows, Manager | QuerySet) else rows._default_manager.all()
    whole.query.where = WhereNode()
    return whole


def _chain(view: Any) -> list[Any]:
    """A view's wrappers, from the outermost, and the view itself last."""
    chain = [view]
    while hasattr(chain[-1], "__wrapped__"):
        chain.append(chain[-1].__wrapped__)
    return chain


def _is_of(pattern: URLPattern, mutant: Mutant) -> bool:
    code = getattr(_chain(pattern.callback)[-1], "__code__", None)
    return code is not None and _key(code) == (mutant.file, mutant.function, mutant.line)


def _cell(wrapper: Any, wrapped: Any) -> Any:
    """Where a wrapper keeps what it wraps."""
    return next(cell for cell in wrapper.__closure__ if cell.cell_contents is wrapped)


def _nested(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _nested(constant)


def _is_within(qualname: str, function: str) -> bool:
    return qualname == function or qualname.startswith(f"{function}.<locals>.")


def _key(code: CodeType) -> Key:
    return code.co_filename, code.co_qualname, code.co_firstlineno
