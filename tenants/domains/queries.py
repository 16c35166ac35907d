"""Which domains are whose, as far as a DNS record has proven it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from tenants.domains.names import in_ascii
from tenants.models import ClaimedDomain, Purpose


def verified(purpose: Purpose) -> QuerySet[ClaimedDomain]:
    """The domains that organisations have proven to be theirs for a purpose."""
    return ClaimedDomain.objects.filter(purpose=purpose, verified_at__isnull=False)


def verified_email_domains(organisation_id: UUID) -> list[str]:
    """The domains of e-mail addresses that are proven to be this organisation's: ASCII, sorted."""
    found = verified(Purpose.EMAIL).filter(organisation_id=organisation_id)
    return list(found.order_by("name").values_list("name", flat=True))


def organisation_of_email_domain(domain: str) -> UUID | None:
    """The organisation that has proven that a domain is its own. A domain below it is another's, or nobody's.

    `domain` is what stands behind the @, in any case, in ASCII or in Unicode.
    """
    return (
        verified(Purpose.EMAIL)
        .filter(name=in_ascii(domain))
        .values_list("organisation_id", flat=True)
        .first()
    )
