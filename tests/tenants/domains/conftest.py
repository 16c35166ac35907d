"""Acme's owner, and domains of Acme; Acme and Globex are on a plan that brings web addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tenants.accounts.models import User
from tenants.domains.claiming import claim
from tenants.domains.records import record_name, record_value
from tenants.domains.verifying import check
from tenants.models import ClaimedDomain, Membership, Organisation, Purpose
from tests.emulators.name_server import Zone
from tests.factories.billing import put_on

Prove = Callable[..., ClaimedDomain]


@pytest.fixture
def organisation(organisation: Organisation) -> Organisation:
    return put_on(organisation, "PRO")


@pytest.fixture
def other_organisation(other_organisation: Organisation) -> Organisation:
    return put_on(other_organisation, "PRO")


@pytest.fixture
def owning(organisation: Organisation, owner: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def prove(zone: Zone) -> Prove:
    """Claim a domain, write its record, and have it looked at."""

    def proven(
        by: Membership, name: str = "acme.example", purpose: Purpose = Purpose.EMAIL, **more: str
    ) -> ClaimedDomain:
        domain = claim(typed=name, purpose=purpose, by=by, **more)
        zone.says(record_name(domain.name), record_value(domain.token))
        return check(domain_id=domain.pk)

    return proven
