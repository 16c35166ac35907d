"""Who hears of what: every owner and the address for invoices, in their languages, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from billing.models import BillingProfile
from billing.subscriptions import clockwork, ending, pausing
from notifications.emails import send_email
from notifications.models import Notification
from tenants.models import Membership, Role
from tests.billing.subscriptions.living import Customer
from tests.billing.subscriptions.stories import DECLINES_LATER
from tests.factories.tenants import UserFactory


@pytest.fixture
def second_owner(customer: Customer) -> Any:
    """Zoé, who reads French."""
    user = UserFactory(name="Zoé Lefèvre", email="zoe@acme.example", language="fr")
    Membership.objects.create(user=user, organisation=customer.membership.organisation, role=Role.OWNER)
    return user


@pytest.fixture
def accounts(customer: Customer) -> str:
    """An address for invoices that is nobody's account."""
    BillingProfile.objects.create(
        organisation=customer.membership.organisation, email="accounts@acme.example"
    )
    return "accounts@acme.example"


def letters() -> dict[str, list[str]]:
    """Subjects by address, of all that has been told."""
    for notification in Notification.objects.filter(by_email=True, emailed_at=None).order_by("created_at"):
        send_email(notification_id=notification.pk)
    found: dict[str, list[str]] = {}
    for letter in mail.outbox:
        found.setdefault(letter.to[0], []).append(str(letter.subject))
    mail.outbox.clear()
    return found


def test_each_owner_and_the_address_for_invoices_get_one(
    customer: Customer, second_owner: Any, accounts: str
) -> None:
    customer.subscribe("STARTER", card=DECLINES_LATER)
    letters()
    customer.wait(days=31, hours=1)
    sent = letters()
    assert set(sent) == {"ada@acme.example", "zoe@acme.example", accounts}
    assert [len(subjects) for subjects in sent.values()] == [1, 1, 1]
    assert sent["ada@acme.example"] == ["Your payment of $19.00 failed"]
    for _ in range(3):
        clockwork.run()
    assert letters() == {}


def test_whoever_gets_the_invoice_gets_no_second_letter(customer: Customer, second_owner: Any) -> None:
    customer.subscribe("STARTER")
    assert set(letters()) == {"zoe@acme.example"}
    assert Notification.objects.filter(kind="payment.received").count() == 2


def test_members_hear_nothing(customer: Customer) -> None:
    member = UserFactory()
    Membership.objects.create(user=member, organisation=customer.membership.organisation, role=Role.ADMIN)
    customer.subscribe("STARTER")
    ending.cancel(membership=customer.membership)
    assert Notification.objects.filter(user=member).count() == 0


def test_letters_say_what_to_do(customer: Customer) -> None:
    customer.subscribe("PRO", card=DECLINES_LATER)
    pausing.pause(membership=customer.membership, until=None)
    pausing.resume(membership=customer.membership)
    customer.wait(days=31, hours=1)
    kinds = Notification.objects.filter(user=customer.membership.user, by_email=True)
    (failed,) = kinds.filter(kind="payment.failed")
    send_email(notification_id=failed.pk)
    (letter,) = mail.outbox
    assert "We try again on Feb. 16, 2026." in letter.body
    assert "After March 1, 2026 the plan ends." in letter.body
    assert "/billing/card/" in letter.body
