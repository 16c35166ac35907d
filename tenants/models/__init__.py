"""Organisations, the hosts they answer on, and who belongs to them."""

from tenants.models.domains import ClaimedDomain, Purpose, Removal, SingleSignOn
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
    "Organisation",
    "OrganisationStatus",
    "Purpose",
    "Removal",
    "Role",
    "SchemaArtifact",
    "SingleSignOn",
    "Tier",
    "host_of",
    "new_schema_name",
]
