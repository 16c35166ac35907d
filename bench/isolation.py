"""Every route asked by everybody, and whether it is noticed when a guard is gone.

Two organisations with one of everything; each route of the web app, the API, the console, the lobby and the
accounts is asked by each role, by people of the other organisation and by strangers, with the matrix of
tests/isolation. Then each guard in the source is taken away in turn, and the matrix has to notice. Nothing is
committed.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.installation import prepare
from bench.report import Demand, Number, report

if TYPE_CHECKING:
    from tests.isolation.matrix import Matrix


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    prepare()
    logging.disable()  # what is refused and what goes wrong without a guard is told below
    with two_organisations(thorough=True) as matrix:
        asked = ask_everybody(matrix)
    with two_organisations(thorough=False) as matrix:
        mutated = take_guards_away(matrix)
    return report("isolation", figures={**asked, **mutated}, demands=demands())


def demands() -> list[Demand]:
    from tests.isolation import found

    return [
        Demand("routes", "==", len(found.routes())),
        Demand("operations", "==", len(found.operations())),
        Demand("leaks", "==", 0),
        Demand("changed_rows", "==", 0),
        Demand("wrongly_refused", "==", 0),
        Demand("surviving", "==", 0),
    ]


@contextmanager
def two_organisations(*, thorough: bool) -> Iterator[Matrix]:
    """With one of everything each, gone when the block ends."""
    from django.db import transaction

    from tests.factories.tenants import OrganisationFactory
    from tests.isolation.cast import files_in
    from tests.isolation.matrix import matrix_of

    with tempfile.TemporaryDirectory() as folder, files_in(Path(folder)), transaction.atomic():
        acme, globex = (OrganisationFactory(name=name, slug=name.lower()) for name in ("Acme", "Globex"))
        yield matrix_of(acme, globex, thorough=thorough)
        transaction.set_rollback(True)


def ask_everybody(matrix: Matrix) -> dict[str, Number]:
    from tenants.models import OrganisationStatus
    from tests.isolation.cases import cases
    from tests.isolation.checks import check_all
    from tests.isolation.links import LIVE_ROUTES

    every = cases()
    matrix.run(every)
    here = [case for case in every if not case.on_platform]
    for status in (OrganisationStatus.SUSPENDED, OrganisationStatus.DELETING):
        matrix.shut(here, status)
    check_all(matrix)
    show(matrix)
    found = matrix.findings
    callers = matrix.callers
    return {
        "routes": len({(case.name, case.urlconf) for case in every}) + len(LIVE_ROUTES),
        "operations": sum(len(case.route.methods) for case in every if case.room == "api") - 1,
        "callers": len({*callers.inside, *callers.on_platform}) + len(callers.strangers),
        "attempts": found.attempts,
        "leaks": len(found.leaks),
        "changed_rows": len(found.changes),
        "wrongly_refused": len(found.faults),
    }


def show(matrix: Matrix) -> None:
    for line in matrix.findings.lines():
        print(line)


def take_guards_away(matrix: Matrix) -> dict[str, Number]:
    from tests.isolation.cases import cases
    from tests.isolation.checks import CHECKS
    from tests.isolation.equivalent import EQUIVALENT
    from tests.isolation.killing import fates
    from tests.isolation.mutants import mutants

    every = mutants()
    counts: Counter[str] = Counter()
    for fate in fates(matrix, every, [*cases(), *CHECKS]):
        equivalent = fate.mutant.name in EQUIVALENT
        outcome = "killed" if fate.noticed else "equivalent" if equivalent else "surviving"
        counts[outcome] += 1
        if outcome == "surviving":
            print(f"survives: {fate.mutant.name} ({fate.routes} routes lead by it)")
    return {"mutants": len(every), **{name: counts[name] for name in ("killed", "equivalent", "surviving")}}
