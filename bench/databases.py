"""Further databases on the benchmark's own server, which are gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def new_database(name: str) -> Iterator[str]:
    """An empty database on the server of DATABASE_URL; yields its own such address."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    own = f"octavo_{name}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{own}"')
        try:
            yield urlsplit(url)._replace(path=f"/{own}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{own}" WITH (FORCE)')
