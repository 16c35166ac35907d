"""Acme with an endpoint at a receiver of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from notifications.webhooks import endpoints
from notifications.webhooks.endpoints import Wanted
from notifications.webhooks.models import Endpoint
from tenants.accounts.models import User
from tenants.models import Membership, Organisation
from tests.emulators.receiver import Receiver, running_receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as found:
        yield found


@pytest.fixture
def by(organisation: Organisation, owner: User, on_enterprise: Organisation) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(
        user=owner, organisation=organisation
    )


@pytest.fixture
def endpoint(by: Membership, receiver: Receiver) -> Endpoint:
    """It hears of everything."""
    return endpoints.add(wanted=Wanted(receiver.url), by=by)
