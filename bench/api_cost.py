"""What a key, a tenant and one shape of answers add to a bare view with the same statements.

Part of `bench api`. Two servers are asked in turn: ours, with a key on the platform's host, and Django's own
backend on a database for one tenant behind views without middleware, recognition or limits. Demanded is
processor time (`*_over_bare`); `*_undisturbed_over_bare` compares the quickest tenth of the answers and is
shown only, since on a busy machine it says more of its scheduler. `*_statements` are those of the database
but for transactions.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Final

from bench.databases import new_database
from bench.in_turn import Request, Server, ask_in_turn, serve
from bench.installation import ROOT, Processes, member_of_a_new_organisation
from bench.report import Demand
from bench.shelf import fill, queries_of_each, request_of

OPERATIONS: Final = ("list", "read", "write")
WARMING, ASKED = 40, 500  # requests of each operation that each server answers
MOST: Final = 1.15

DEMANDS = [
    *(Demand(f"api_{name}_over_bare", "<=", MOST) for name in OPERATIONS),
    Demand("api_list_statements", "==", 1),
    Demand("api_read_statements", "==", 1),
    *(Demand(f"api_{name}_more_statements", "==", 0) for name in OPERATIONS),
]


def figures() -> dict[str, float]:
    environment = {"OCTAVO_API_RATES": "PRO=1000000"}
    with tempfile.TemporaryDirectory() as folder, new_database("bare") as url:
        own = Processes(Path(folder), environment)
        other = Processes(Path(folder), {**environment, "DATABASE_URL": url})
        try:
            bare, bare_statements = _bare(other)
            ours, own_statements = _ours(own)
            ask_in_turn(OPERATIONS, ours, bare, warming=WARMING, asked=ASKED)
        except BaseException:
            own.show_logs()
            raise
        finally:
            for processes in (own, other):
                processes.stop()
    found: dict[str, float] = {}
    for name in OPERATIONS:
        found |= _compared(name, ours, bare)
        found[f"api_{name}_statements"] = own_statements[name]
        found[f"api_{name}_more_statements"] = own_statements[name] - bare_statements[name]
    return found


def _compared(name: str, ours: Server, bare: Server) -> dict[str, float]:
    return {
        f"api_{name}_p50_ms": ours.median(name) * 1000,
        f"bare_{name}_p50_ms": bare.median(name) * 1000,
        f"api_{name}_per_s": ASKED / sum(ours.seconds[name]),
        f"bare_{name}_per_s": ASKED / sum(bare.seconds[name]),
        f"api_{name}_processor_ms": ours.processor_ms(name),
        f"bare_{name}_processor_ms": bare.processor_ms(name),
        f"api_{name}_over_bare": ours.processor[name] / bare.processor[name],
        f"api_{name}_undisturbed_over_bare": ours.quickest(name) / bare.quickest(name),
    }


def _ours(processes: Processes) -> tuple[Server, dict[str, int]]:
    from django.conf import settings
    from django.test import Client

    from tenants.api_keys.issuing import Wanted, issue
    from tenants.context import entered

    settings.OCTAVO_REQUEST_LOG_SECONDS = None  # of this process, which counts statements
    member = member_of_a_new_organisation("cost")
    with entered(member.organisation):
        book_id = str(fill(member.user_id))
    wanted = Wanted(name="Bench", scopes=["books:read", "books:write"])
    headers = {"Authorization": f"Bearer {issue(wanted=wanted, by=member).secret}"}
    client = Client(headers={"authorization": headers["Authorization"]}, SERVER_NAME=settings.PUBLIC_HOST)
    statements = queries_of_each(client, book_id, HTTP_HOST=settings.PUBLIC_HOST)
    requests = Requests(book_id, {**headers, "Host": settings.PUBLIC_HOST})
    return serve(processes, "ours", "config.asgi:application", requests), statements


def _bare(processes: Processes) -> tuple[Server, dict[str, int]]:
    made = subprocess.run(
        [sys.executable, "-m", "bench.bare_api"],
        cwd=ROOT,
        env=processes.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(made.stdout.splitlines()[-1])
    requests = Requests(told["book"], {"Host": "localhost"})
    return serve(processes, "bare", "bench.bare_api.asgi:application", requests), told["queries"]


class Requests:
    """Those for a book. Each write says which revision it has seen."""

    def __init__(self, book_id: str, headers: dict[str, str]) -> None:
        self._book_id = book_id
        self._headers = {"Content-Type": "application/json", **headers}
        self._revisions = count(2)  # two went to counting statements

    def __call__(self, name: str) -> Request:
        revision = next(self._revisions) if name == "write" else 0
        method, path, body = request_of(name, self._book_id, revision)
        return Request(path, self._headers, method, body)
