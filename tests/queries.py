"""Counting what a page asks of the database."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import HostClient


def queries_of(page: HostClient, address: str) -> int:
    """How many queries a page takes once the session is warm.

    Without the look-up of the host: it is remembered, but anybody who changes an organisation ends that.
    """
    page.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert page.get(address).status_code == 200
    return sum("tenants_organisation" not in query["sql"] for query in queries)
