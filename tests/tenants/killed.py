"""A process that is killed before its n-th boundary, for every n, while it signs up or makes schemas ready.

Run as `python -m tests.tenants.killed DATABASE WORK...`. Each death is a child's, by SIGKILL: nothing is
undone by hand, no connection is closed; the next waits until the server has noticed, or it would find the
dead one's locks. A boundary is each statement, each commit, and the end. Writes a line for each child: the
work, and the boundary it died at, or `lived`.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
import time
from datetime import timedelta
from itertools import count
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

django.setup()

from django.db import connection  # noqa: E402

from tenants.accounts.models import User  # noqa: E402
from tenants.models import ReadySchema  # noqa: E402
from tenants.schemas import ready, sweeping  # noqa: E402
from tenants.schemas.artifact import current_artifact  # noqa: E402
from tenants.schemas.provisioning import create_organisation  # noqa: E402


def sign_up() -> None:
    word = secrets.token_hex(6)
    owner = User.objects.create(email=f"{word}@people.example", name="Kay Killed")
    create_organisation(name="Killed", slug=f"killed-{word}", owner=owner)


def refill() -> None:
    settings.OCTAVO_READY_SCHEMAS_LEAST = 3
    ready.refill()


def sweep() -> None:
    sweeping.sweep(grace=timedelta(0))


def age() -> None:
    """One ready schema is of older code, one nobody's."""
    for nobodys in ReadySchema.objects.all()[:1]:
        nobodys.delete()
    for outdated in ReadySchema.objects.all()[:1]:
        ReadySchema.objects.filter(pk=outdated.pk).update(artifact_hash="of older code")


PREDECESSORS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = %s AND pid <> pg_backend_pid()
"""
NAME = "octavo-tests-killed"  # of each child's connection

WORK = {"sign_up": sign_up, "refill": refill, "age": age, "sweep": sweep}


def main(database: str, names: list[str]) -> None:
    os.environ["PGAPPNAME"] = NAME
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    current_artifact()
    connection.close()
    for name in names:
        numbers = count(1)
        while was_killed(name, next(numbers)):
            pass


def was_killed(name: str, number: int) -> bool:
    child = os.fork()
    if not child:
        live(name, number)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and status:
        sys.exit(f"{name} failed")
    return os.WIFSIGNALED(status)


def live(name: str, number: int) -> None:
    boundaries = count(1)

    def go_by(boundary: str) -> None:
        if next(boundaries) == number:
            tell(name, boundary)
            os.kill(os.getpid(), signal.SIGKILL)

    def run(execute: Any, sql: str, *rest: Any) -> Any:
        go_by(sql)
        return execute(sql, *rest)

    commit = connection.commit

    def end_transaction() -> None:
        go_by("COMMIT")
        commit()

    connection.commit = end_transaction  # type: ignore[method-assign]
    wait_for_predecessor()
    try:
        with connection.execute_wrapper(run):
            WORK[name]()
            go_by("the end")
        tell(name, "lived")
    finally:
        os._exit(sys.exc_info()[0] is not None)


def wait_for_predecessor() -> None:
    with connection.cursor() as cursor:
        for _look in range(600):
            cursor.execute(PREDECESSORS, [NAME])
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    sys.exit("a connection of a killed process has stayed")


def tell(name: str, boundary: str) -> None:
    os.write(1, f"{name} {' '.join(boundary.split())[:60]}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
