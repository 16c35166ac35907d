"""What state each organisation's schema is at, and what became of it in each run of the migrations."""

from __future__ import annotations

from tenants.context import in_public
from tenants.models import Organisation
from tenants.schemas.artifact import migrations_hash

UNKNOWN = ""  # the next run looks into the schema itself


def note_made(schema_name: str, alias: str = "default", *, state: str | None = None) -> None:
    """Write down that a schema was made at a state: that of this code's artifact, unless another is said.

    For whoever makes, imports or moves an organisation, in the transaction that writes its row. `state` is an
    artifact's hash, or `UNKNOWN` where nobody can tell.
    """
    with in_public():
        Organisation.objects.filter(schema_name=schema_name, alias=alias).update(
            schema_state=migrations_hash() if state is None else state
        )
