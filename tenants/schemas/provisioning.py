"""Making an organisation: its rows and its schema in one transaction."""

from __future__ import annotations

from django.db import connections, transaction

from tenants.accounts.models import User
from tenants.context import in_public
from tenants.models import Membership, Organisation, Role
from tenants.organisations import addresses
from tenants.schemas.artifact import current_artifact
from tenants.signals import organisation_created


def create_organisation(
    *, name: str, slug: str, owner: User | None, personal: bool = False, language: str = "en"
) -> Organisation:
    """Create an organisation with its schema, ready for use, and make `owner` its OWNER.

    All or nothing. Raises `ValidationError` for a bad name or slug, `AddressTaken` for one in use,
    `tenants.schemas.artifact.ArtifactMissing` when `migrate_organisations` has not been run for this code.
    """
    with in_public(), transaction.atomic():
        organisation = Organisation(name=name, slug=slug, personal=personal, language=language)
        organisation.schema_state = current_artifact().hash
        organisation.clean_fields()
        addresses.settle_at(organisation, force_insert=True)
        if owner is not None:
            Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
        create_schema(organisation)
        organisation_created.send(sender=Organisation, organisation=organisation, owner=owner)
    return organisation


def create_schema(organisation: Organisation) -> None:
    """Execute the DDL artifact under the organisation's schema name, in one round trip."""
    with connections[organisation.alias].cursor() as cursor:
        cursor.execute(current_artifact().for_schema(organisation.schema_name))


def drop_schema(organisation: Organisation) -> None:
    """Destroy all tables and rows of an organisation. Nothing brings them back."""
    with connections[organisation.alias].cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{organisation.schema_name}" CASCADE')
