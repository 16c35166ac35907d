"""The test of the test: where a guard is gone, the matrix notices.

Here for a fixed part of them, and with the routes that are known to lead by them; `./octavo bench isolation`
takes each away, with every route.
"""

from __future__ import annotations

import pytest

from tests.isolation.cases import Case, cases
from tests.isolation.checks import CHECKS
from tests.isolation.equivalent import EQUIVALENT
from tests.isolation.killing import fates
from tests.isolation.matrix import Matrix
from tests.isolation.mutants import Mutant, mutants

pytestmark = pytest.mark.django_db

EVERY = 9  # one mutant in so many, of those that these routes lead by
ROUTES = frozenset({
    "web:picture", "web:section", "web:design", "web:shelf", "web:member", "web:remove_member",
    "web:notification", "web:activity_of_all",
    "api:book-section", "api:job-detail", "console:retry_job", "usersessions_end", "handover",
    "usersessions_end_others", "go_to_organisation", "lobby:enter", "web:own_activity", "web:people",
})  # fmt: skip
FILES = (
    "collaboration/permissions.py", "tenants/people/members.py", "tenants/middleware.py",
    "tenants/people/handover.py",
    "notifications/queries.py", "notifications/tickets.py", "storage/files.py", "insights/queries.py",
    "web/access.py", "web/views/publishing.py", "web/views/files.py", "web/views/people.py",
    "api/publishing.py", "api/jobs.py", "platform/console/access.py", "tenants/accounts/sessions.py",
)  # fmt: skip


def test_matrix_notices_when_a_guard_is_gone(matrix: Matrix) -> None:
    survivors = [
        fate.mutant.name for fate in fates(matrix, part(), routes()) if fate.routes and not fate.noticed
    ]
    assert not survivors, "\n".join(survivors)


def test_nothing_is_called_equivalent_that_is_no_guard() -> None:
    assert set(EQUIVALENT) - {mutant.name for mutant in mutants()} == set()


def part() -> list[Mutant]:
    some = [mutant for mutant in mutants() if mutant.path in FILES and mutant.name not in EQUIVALENT]
    return some[::EVERY]


def routes() -> list[Case]:
    return [*(case for case in cases() if case.name in ROUTES), *CHECKS]
