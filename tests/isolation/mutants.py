"""Everything that keeps somebody out, found in the source, and each taken away in turn.

A mutant is a copy of one file's syntax tree in which one guard is gone:

- `guard`: a branch that refuses is never taken;
- `decorator`: a decorator that lets only some in is left out;
- `predicate`: a question such as `can_edit` is always answered with yes;
- `keyword`: a condition is left out of a filter;
- `filter`: what is looked up is looked up among all rows of the table.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOORS = (
    "web/access.py", "web/shelves.py", "web/journeys.py", "web/packages.py", "web/views/*.py",
    "web/forms/*.py", "api/*.py", "platform/console/*.py", "platform/lobby/*.py", "live/*.py",
)  # fmt: skip
GUARDS = (
    "collaboration/permissions.py", "tenants/people/members.py", "tenants/people/invitations.py",
    "tenants/middleware.py", "tenants/people/handover.py", "tenants/organisations/deletion.py",
    "tenants/people/groups.py", "tenants/people/tiers.py", "tenants/people/roster.py",
    "tenants/accounts/sessions.py", "tenants/accounts/views.py", "notifications/queries.py",
    "notifications/tickets.py", "insights/queries.py", "storage/files.py",
    "storage/archives.py", "tenants/portable/exports/asking.py",
)  # fmt: skip

EVERYBODYS = "platform/console/"  # whoever is let in there sees every organisation: its filters are choices

REFUSALS = frozenset({
    "PermissionDenied", "Http404", "NotAllowed", "NotForYou", "InvitationOver", "BadHandover", "BadTicket",
    "CannotKeep", "LinkExpired", "PermissionError", "DoesNotExist",
})  # fmt: skip
TURNED_AWAY = frozenset({"redirect_to_login", "logout", "_refuse", "_shut"})  # calls in branches that refuse
DECORATORS = frozenset(
    [
        "member_required",
        "staff_only",
        "super_admin_only",
        "login_required",
        "require_POST",
        "require_GET",
        "require_safe",
        "require_http_methods",
    ]
)
PREDICATES = ("can_", "may_", "is_", "has_", "_belongs", "_is_", "_may_")
LOOK_UPS = frozenset({"filter", "exclude", "get", "get_object_or_404"})
SCOPES = ("organisation", "user", "membership", "book", "actor", "group", "email", "schema")

Change = tuple[ast.AST, str]  # a node, and what is done to it: see _Changer


@dataclass(frozen=True)
class Mutant:
    """`function` is the qualified name of what is changed, `line` where it begins; `text` is what was taken
    away, in words of the source; `index` tells alike ones of a function apart."""

    path: str
    function: str
    line: int
    kind: str
    text: str
    source: ast.Module = field(compare=False, repr=False)
    change: Change = field(compare=False, repr=False)
    index: int = 0
    decorator: int = -1  # which one, from the top

    @property
    def name(self) -> str:
        again = f" ({self.index + 1})" if self.index else ""
        return f"{self.path} {self.function}: {self.kind} {self.text}{again}"

    @property
    def file(self) -> str:
        return str(ROOT / self.path)

    def tree(self) -> ast.Module:
        """The whole file without the guard."""
        node, done = self.change
        node.mutated = done  # type: ignore[attr-defined]
        changed = _Changer().visit(copy.deepcopy(self.source))
        del node.mutated  # type: ignore[attr-defined]
        return ast.fix_missing_locations(changed)


def mutants() -> list[Mutant]:
    """All, in the order of files and lines."""
    paths = sorted({path for pattern in (*DOORS, *GUARDS) for path in ROOT.glob(pattern)})
    return [mutant for path in paths for mutant in mutants_of(path)]


def mutants_of(path: Path) -> list[Mutant]:
    tree = ast.parse(path.read_text())
    name, found, counts = str(path.relative_to(ROOT)), [], {}
    for qualname, function in functions_of(tree):
        for kind, text, change, decorator in _changes(function):
            if kind in ("filter", "keyword") and name.startswith(EVERYBODYS):
                continue
            index = counts.setdefault((qualname, kind, text), 0)
            counts[qualname, kind, text] += 1
            line = min([function.lineno, *(each.lineno for each in function.decorator_list)])
            found.append(Mutant(name, qualname, line, kind, text, tree, change, index, decorator))
    return found


def functions_of(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{node.name}", node
            yield from functions_of(node, f"{prefix}{node.name}.<locals>.")
        elif isinstance(node, ast.ClassDef):
            yield from functions_of(node, f"{prefix}{node.name}.")


def _changes(function: ast.FunctionDef) -> Iterator[tuple[str, str, Change, int]]:
    for index, decorator in enumerate(function.decorator_list):
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name) and called.id in DECORATORS:
            yield "decorator", f"@{ast.unparse(decorator)}", (decorator, "keep"), index
    asks = ast.unparse(function.returns) == "bool" if function.returns else False
    for node in _own_nodes(function):
        if isinstance(node, ast.If) and _refuses(node):
            yield "guard", f"if {ast.unparse(node.test)}", (node.test, "never"), -1
        elif asks and function.name.startswith(PREDICATES) and _may_say_no(node):
            yield "predicate", ast.unparse(node), (node.value, "always"), -1
        elif isinstance(node, ast.Call):
            yield from _look_ups(node)


def _may_say_no(node: ast.AST) -> bool:
    if not isinstance(node, ast.Return) or node.value is None:
        return False
    return not (isinstance(node.value, ast.Constant) and node.value.value is True)


def _look_ups(node: ast.Call) -> Iterator[tuple[str, str, Change, int]]:
    name = _name(node.func)
    if name == "visible_books":
        yield "filter", ast.unparse(node), (node, "everything"), -1
    if name not in LOOK_UPS:
        return
    for keyword in node.keywords:
        if keyword.arg and any(scope in keyword.arg for scope in SCOPES):
            yield "keyword", f"{name}({ast.unparse(keyword)})", (keyword, "drop"), -1
    if name == "get_object_or_404" and node.args and not _is_whole_table(node.args[0]):
        yield "filter", ast.unparse(node.args[0]), (node.args[0], "everything"), -1


def _is_whole_table(node: ast.expr) -> bool:
    """A model, or all its rows, whatever is joined to them."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Attribute) and node.attr in ("filter", "exclude"):
            return False
    return isinstance(node, ast.Name) and node.id[0].isupper()


def _refuses(node: ast.If) -> bool:
    first = node.body[0]
    if isinstance(first, ast.Raise) and first.exc is not None:
        raised = _name(first.exc.func if isinstance(first.exc, ast.Call) else first.exc)
        return raised in REFUSALS and not _is_for_what_is_not_there(node.test)
    calls = [one for statement in node.body[:2] for one in ast.walk(statement) if isinstance(one, ast.Call)]
    return any(_name(call.func) in TURNED_AWAY for call in calls)


def _is_for_what_is_not_there(test: ast.expr) -> bool:
    """`if found is None`: nothing would be shown instead, only an error."""
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name | ast.Attribute)
        and isinstance(test.ops[0], ast.Is)
        and "membership" not in ast.unparse(test)
    )


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What is in the function itself, not in those defined within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            waiting[:0] = ast.iter_child_nodes(node)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class _Changer(ast.NodeTransformer):
    """What is evaluated stays evaluated, so that a function keeps the names that it closes over."""

    def visit(self, node: ast.AST) -> ast.AST | None:
        done = getattr(node, "mutated", "keep")
        node = self.generic_visit(node)
        match done:
            case "never":
                return ast.copy_location(ast.BoolOp(ast.And(), [node, ast.Constant(False)]), node)
            case "always":
                return ast.copy_location(ast.BoolOp(ast.Or(), [node, ast.Constant(True)]), node)
            case "everything":
                call = ast.Call(ast.Name("__everything__", ast.Load()), [node], [])
                return ast.copy_location(call, node)
            case "drop":
                return None
        return node
