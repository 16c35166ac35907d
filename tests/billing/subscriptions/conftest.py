"""An organisation whose owner pays by Paystack's stand-in, with a clock that both go by."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import Membership, Organisation
from tests.billing.subscriptions.living import Customer
from tests.emulators.paystack import PaystackServer


@pytest.fixture
def customer(organisation: Organisation, owner: User, paystack: PaystackServer, settings: Any) -> Customer:
    """Ada, who owns Acme on the free plan, on 15 January 2026 at nine."""
    settings.PAYSTACK_SANDBOX = True
    return Customer(paystack, Membership.objects.get(user=owner, organisation=organisation))
