"""Whether the matrix notices that a guard is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.isolation.audiences import GUEST, MEMBER
from tests.isolation.cases import Case, ask, undone
from tests.isolation.checks import Check
from tests.isolation.matrix import Matrix
from tests.isolation.mutants import Mutant
from tests.isolation.mutation import Code

ENOUGH = 30  # routes that lead by a guard are tried before all others are

Function = tuple[str, str]  # file, qualified name


@dataclass(frozen=True)
class Fate:
    """`noticed` says what went wrong without the guard; empty: nothing did, and the mutant survives."""

    mutant: Mutant
    routes: int
    noticed: str


def fates(matrix: Matrix, mutants: Sequence[Mutant], cases: Iterable[Case | Check]) -> list[Fate]:
    code = Code()
    reached = reach(code, matrix, mutants, cases)
    return [fate(code, matrix, mutant, reached.get((mutant.file, mutant.function), [])) for mutant in mutants]


def fate(code: Code, matrix: Matrix, mutant: Mutant, cases: Sequence[Case | Check]) -> Fate:
    with code.mutated(mutant):
        for case in spread(cases):
            if noticed := first_fault(matrix, case):
                return Fate(mutant, len(cases), noticed)
    return Fate(mutant, len(cases), "")


def reach(
    code: Code, matrix: Matrix, mutants: Iterable[Mutant], cases: Iterable[Case | Check]
) -> dict[Function, list[Case | Check]]:
    """By which functions with a guard each route leads."""
    reached: dict[Function, list[Case | Check]] = {}
    passed: set[Function] = set()
    with code.watched(mutants, lambda file, name: passed.add((file, name))):
        for case in cases:
            passed.clear()
            case.faults(matrix) if isinstance(case, Check) else go_by(matrix, case)
            for function in passed:
                reached.setdefault(function, []).append(case)
    return reached


def first_fault(matrix: Matrix, case: Case | Check) -> str:
    try:
        if isinstance(case, Case):
            return matrix.first_fault(case)
        return next(iter(case.faults(matrix)), "")
    except Exception as error:  # whatever it is, it is noticed
        return f"{case.name}: {type(error).__name__}"


def go_by(matrix: Matrix, case: Case) -> None:
    """By one of those who may and by some who perhaps may not."""
    insiders = matrix.insiders(case)
    for method, audience in case.route.methods.items():
        admitted = list(matrix.admitted(case, audience).values())
        for caller in [*admitted[:1], *admitted[-1:], insiders[GUEST], insiders[MEMBER]]:
            with undone():
                ask(case, method, caller, matrix.cast.values, case.body(matrix.cast.values))


def spread(cases: Sequence[Case | Check]) -> list[Case | Check]:
    """All of them, beginning with some from everywhere."""
    step = max(len(cases) // ENOUGH, 1)
    return [*cases[::step], *(case for index, case in enumerate(cases) if index % step)]
