"""Organisations, the hosts they answer on, and who belongs to them."""

from tenants.models.domains import ClaimedDomain, Purpose, SingleSignOn
from tenants.models.organisations import (
    Domain,
    FormerAddress,
    Logo,
    Organisation,
    OrganisationStatus,
    SchemaArtifact,
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
    "Organisation",
    "OrganisationStatus",
    "Purpose",
    "Role",
    "SchemaArtifact",
    "SingleSignOn",
    "Tier",
    "new_schema_name",
]
