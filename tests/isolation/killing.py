"""Whether the matrix notices that a guard is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.isolation.audiences import AUTHOR, GUEST, OWNER, SUPER_ADMIN
from tests.isolation.cases import Case, ask, undone
from tests.isolation.matrix import Matrix
from tests.isolation.mutants import Mutant
from tests.isolation.mutation import Code

PASSERS_BY = (OWNER, AUTHOR, GUEST, SUPER_ADMIN)
ENOUGH = 30  # routes that lead by a guard are tried before all others are

Function = tuple[str, str]  # file, qualified name


@dataclass(frozen=True)
class Fate:
    """`noticed` says what went wrong without the guard; empty: nothing did, and the mutant survives."""

    mutant: Mutant
    routes: int
    noticed: str


def fates(matrix: Matrix, mutants: Sequence[Mutant], cases: Iterable[Case]) -> list[Fate]:
    code = Code()
    reached = reach(code, matrix, mutants, cases)
    return [fate(code, matrix, mutant, reached.get((mutant.file, mutant.function), [])) for mutant in mutants]


def fate(code: Code, matrix: Matrix, mutant: Mutant, cases: Sequence[Case]) -> Fate:
    with code.mutated(mutant):
        for case in spread(cases):
            if noticed := matrix.first_fault(case):
                return Fate(mutant, len(cases), noticed)
    return Fate(mutant, len(cases), "")


def reach(
    code: Code, matrix: Matrix, mutants: Iterable[Mutant], cases: Iterable[Case]
) -> dict[Function, list[Case]]:
    """By which functions with a guard each route leads."""
    reached: dict[Function, list[Case]] = {}
    passed: set[Function] = set()
    with code.watched(mutants, lambda file, name: passed.add((file, name))):
        for case in cases:
            passed.clear()
            go_by(matrix, case)
            for function in passed:
                reached.setdefault(function, []).append(case)
    return reached


def go_by(matrix: Matrix, case: Case) -> None:
    insiders = matrix.callers.on_platform if case.on_platform else matrix.callers.inside
    for method in case.route.methods:
        for name in PASSERS_BY:
            if name in insiders:
                with undone():
                    ask(case, method, insiders[name], matrix.cast.values, case.body(matrix.cast.values))


def spread(cases: Sequence[Case]) -> list[Case]:
    """All of them, beginning with some from everywhere."""
    step = max(len(cases) // ENOUGH, 1)
    return [*cases[::step], *(case for index, case in enumerate(cases) if index % step)]
