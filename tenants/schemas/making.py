"""Making a schema from the artifact, and dropping it, on whichever server it is."""

from __future__ import annotations

from django.db import connections

from tenants.context import SCHEMA_NAME
from tenants.schemas.artifact import Artifact, current_artifact
from tenants.schemas.locks import KEY
from tenants.servers import DEFAULT


def make(schema: str, *, alias: str) -> Artifact:
    """Execute the artifact under this name, in one round trip; all of it or nothing.

    For use within a transaction on `default` that writes the row it belongs to. On another server the schema
    is there before that transaction ends, so its name is locked until then: the sweeper leaves it alone.
    Raises `ArtifactMissing`.
    """
    artifact = current_artifact()
    if alias != DEFAULT:
        with connections[DEFAULT].cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({KEY})", [schema])
    with connections[alias].cursor() as cursor:
        cursor.execute(artifact.for_schema(checked(schema)))
    return artifact


def drop(schema: str, *, alias: str) -> None:
    """Destroy a schema with its tables and rows. Nothing brings them back."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{checked(schema)}" CASCADE')


def checked(schema: str) -> str:
    """The name, fit to stand in SQL between quotes. Raises ValueError."""
    if not SCHEMA_NAME.match(schema) or schema == "public":
        raise ValueError(f"not the name of an organisation's schema: {schema!r}")
    return schema
