"""Organisations, the hosts they answer on, and who belongs to them."""

from tenants.models.domains import ClaimedDomain, Purpose, Removal, SingleSignOn
from tenants.models.migrating import MigrationRun, SchemaMigration
from tenants.models.organisations import (
    Domain,
    FormerAddress,
    Logo,
    Organisation,
    OrganisationStatus,
    SchemaArtifact,
    host_of,
    new_schema_name,
)
from tenants.models.people import Group, GroupMember, Invitation, Membership, Role, Tier

__all__ = [
    "ClaimedDomain",
    "Domain",
    "FormerAddress",
    "Group",
    "GroupMember",
    "Invitation",
    "Logo",
    "Membership",
    "MigrationRun",
    "Organisation",
    "OrganisationStatus",
    "Purpose",
    "Removal",
    "Role",
    "SchemaArtifact",
    "SchemaMigration",
    "SingleSignOn",
    "Tier",
    "host_of",
    "new_schema_name",
]
