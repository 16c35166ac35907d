"""Making an organisation: its rows and its schema in one transaction."""

from __future__ import annotations

from django.db import transaction

from tenants.accounts.models import User
from tenants.context import in_public
from tenants.doorbell import enqueue
from tenants.models import Membership, Organisation, Role
from tenants.organisations import addresses
from tenants.schemas import making, ready
from tenants.schemas.artifact import current_artifact
from tenants.servers import alias_for_new
from tenants.signals import organisation_created


def create_organisation(
    *, name: str, slug: str, owner: User | None, personal: bool = False, language: str = "en"
) -> Organisation:
    """Create an organisation with its schema, ready for use, and make `owner` its OWNER.

    It takes a ready schema, name and all; where there is none, its schema is made at once. All or nothing.
    Raises `ValidationError` for a bad name or slug, `AddressTaken` for one in use,
    `tenants.schemas.artifact.ArtifactMissing` when `migrate_organisations` has not been run for this code.
    """
    with in_public(), transaction.atomic():
        organisation = Organisation(
            name=name, slug=slug, personal=personal, language=language, alias=alias_for_new()
        )
        organisation.clean_fields()
        organisation.schema_state = current_artifact().hash
        taken = ready.take(organisation.alias)
        organisation.schema_name = taken or organisation.schema_name
        addresses.settle_at(organisation, force_insert=True)
        if owner is not None:
            Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
        if taken is None:
            create_schema(organisation)
        organisation_created.send(sender=Organisation, organisation=organisation, owner=owner)
        enqueue("tenants.refill_ready_schemas")
    return organisation


def create_schema(organisation: Organisation) -> None:
    """Execute the DDL artifact under the organisation's schema name, in one round trip."""
    making.make(organisation.schema_name, alias=organisation.alias)


def drop_schema(organisation: Organisation) -> None:
    """Destroy all tables and rows of an organisation. Nothing brings them back."""
    making.drop(organisation.schema_name, alias=organisation.alias)
