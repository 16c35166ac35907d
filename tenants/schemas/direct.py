"""Connections to PostgreSQL of one's own: outside Django's, its pool and the organisation that is entered."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connections

_DJANGO_ONLY = ("context", "cursor_factory", "prepare_threshold")


def open_direct(alias: str = "default", **parameters: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """A new connection to the database of this alias, in autocommit; the caller closes it.

    `parameters` are psycopg's, and go before those of the settings. Raises `psycopg.OperationalError`.
    """
    known = connections[alias].get_connection_params()
    usual = {name: value for name, value in known.items() if name not in _DJANGO_ONLY}
    return psycopg.connect(**{**usual, "autocommit": True, "prepare_threshold": None, **parameters})
