"""Connections to PostgreSQL of one's own: outside Django's, its pool and the organisation that is entered."""

from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError, connections

DATABASE_AWAY = (
    OperationalError,
    psycopg.OperationalError,
)  # on Django's connections, or those from here
_DJANGO_ONLY = ("context", "cursor_factory", "prepare_threshold")
# A server that is gone without a word is noticed within a minute, by whoever waits for its answer too.
_NOTICING = {
    "connect_timeout": 10,  # seconds, as the next two
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 50_000,  # milliseconds
}


def open_direct(alias: str = "default", **parameters: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A new connection to the database of this alias, in autocommit; the caller closes it.

    Where a pooler stands before the database it goes past that, if OCTAVO_DIRECT_DATABASE_URL, or
    OCTAVO_DIRECT_SERVERS, says how. `parameters` are psycopg's, and go before those of the settings. Raises
    `psycopg.OperationalError`.
    """
    known = {**connections[alias].get_connection_params(), **_direct_place(alias)}
    usual = {name: value for name, value in known.items() if name not in _DJANGO_ONLY}
    return psycopg.connect(
        **{**_NOTICING, **usual, "autocommit": True, "prepare_threshold": None, **parameters}
    )


def _direct_place(alias: str) -> dict[str, Any]:
    place: dict[str, Any] | None = settings.DIRECT_DATABASES.get(alias)
    if place is None:
        return {}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {name: place[key] for name, key in names.items() if place[key]}
    return {"host": None, "port": None, **named, **place["OPTIONS"]}  # never the pooler's host or port
