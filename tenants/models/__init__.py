"""Organisations, the hosts they answer on, and who belongs to them."""

from tenants.models.domains import ClaimedDomain, Purpose, Removal, SingleSignOn
from tenants.models.migrating import MigrationRun, SchemaMigration
from tenants.models.moves import Move, MoveState
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
from tenants.models.schemas import ReadySchema, StraySchema

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
    "Move",
    "MoveState",
    "Organisation",
    "OrganisationStatus",
    "Purpose",
    "ReadySchema",
    "Removal",
    "Role",
    "SchemaArtifact",
    "SchemaMigration",
    "SingleSignOn",
    "StraySchema",
    "Tier",
    "host_of",
    "new_schema_name",
]
