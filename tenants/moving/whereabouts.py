"""Where an organisation is that is not where somebody believed it to be.

The switch is decided by one commit: the one that renames the schema on the server that is left. Whatever was
interrupted after it, the organisation is at the move's target.
"""

from __future__ import annotations

import logging

from django.db import connections

from tenants.context import Current, in_public
from tenants.models import Move, MoveState, Organisation

logger = logging.getLogger(__name__)


def find(inside: Current, *, missing_at: str) -> str:
    """The alias where its schema is, which is not at `missing_at`; that alias itself where nobody knows."""
    with in_public():
        written = (
            Organisation.objects.filter(schema_name=inside.schema).values_list("alias", flat=True).first()
        )
        if written is None:
            return missing_at
        if written != missing_at:
            return str(written)
        move = decided(schema=inside.schema, source=missing_at)
    return move.target if move else missing_at


def decided(*, schema: str, source: str) -> Move | None:
    """The move of this schema away from `source` that is decided and not written down yet."""
    move = Move.objects.filter(
        organisation__schema_name=schema, source=source, state=MoveState.SWITCHING
    ).first()
    return None if move is None or is_at(schema, alias=source) else move


def is_at(schema: str, *, alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
        found: bool = cursor.fetchone()[0]
    return found
