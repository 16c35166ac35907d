"""Choosing, changing, pausing and ending a plan, against Paystack's stand-in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from billing.models import (
    Invoice,
    Payment,
    PaymentStatus,
    Plan,
    Subscription,
    SubscriptionStatus,
    UsageMetric,
)
from sandbox.paystack.cards import GOOD
from tenants.models import Membership, Organisation, Role
from tests.billing.subscriptions.living import Customer, price
from tests.conftest import HostClient
from tests.queries import queries_of
from tests.web.conftest import text_of, tree


def fields_of(response: Any) -> dict[str, str]:
    """What the page's form would send."""
    return {
        one.get("name"): one.get("value") for one in tree(response).xpath("//main//input[@type='hidden']")
    }


def pay(customer: Customer, page: HostClient, there: str, card: str = GOOD) -> Any:
    """What a person does on the hosted page, and what they see when they come back."""
    payment = customer.payments[-1]
    assert there == payment.hosted_url
    customer.paystack.pay(payment.reference, card)
    return page.get(f"/billing/return/?trxref={payment.reference}&reference={payment.reference}")


def test_free_plan_leads_to_the_plans(owner_page: HostClient, customer: Customer) -> None:
    page = owner_page.get("/billing/")
    assert "It costs nothing." in text_of(page)
    assert tree(page).xpath("//main//a[contains(@class, 'btn-primary')]/@href") == ["/billing/plans/"]
    assert "no money moves" in text_of(page)


def test_subscribing_by_the_hosted_page(owner_page: HostClient, customer: Customer) -> None:
    address = f"/billing/plans/{price('STARTER').pk}/"
    assert "You pay $19.00 today" in text_of(owner_page.get(address))
    leaving = owner_page.post(address)
    assert leaving.status_code == 302
    assert "You are on Starter now." in text_of(pay(customer, owner_page, leaving["Location"]))
    assert customer.plan == "STARTER"
    assert "The next payment of $19.00 is on Feb. 15, 2026." in text_of(owner_page.get("/billing/"))


def test_a_page_that_nobody_paid_on_asks_again_by_itself(owner_page: HostClient, customer: Customer) -> None:
    owner_page.post(f"/billing/plans/{price('STARTER').pk}/")
    reference = customer.payments[-1].reference
    page = owner_page.get(f"/billing/return/?reference={reference}")
    assert "One moment" in text_of(page)
    (asks,) = tree(page).xpath("//div[@id='payment']/@hx-get")
    part = owner_page.get(asks, headers={"HX-Request": "true", "HX-Target": "payment"})
    assert b"<html" not in part.content and b"looks=2" in part.content
    tired = owner_page.get(f"/billing/return/?reference={reference}&looks=20")
    assert "Not here yet" in text_of(tired)
    assert not tree(tired).xpath("//div[@id='payment']/@hx-get")


@pytest.mark.parametrize("looks", ["-1", "x", "9" * 50, "²"])
def test_nonsense_looks_are_none(owner_page: HostClient, customer: Customer, looks: str) -> None:
    owner_page.post(f"/billing/plans/{price('STARTER').pk}/")
    reference = customer.payments[-1].reference
    assert owner_page.get(f"/billing/return/?reference={reference}&looks={looks}").status_code == 200


def test_another_organisations_reference_is_not_there(
    owner_page: HostClient, customer: Customer, other_organisation: Organisation
) -> None:
    owner_page.post(f"/billing/plans/{price('STARTER').pk}/")
    Payment.objects.update(organisation_id=other_organisation.pk)
    for reference in (Payment.objects.get().reference, "nothing", "nul\x00", "x" * 500):
        assert owner_page.get("/billing/return/", {"reference": reference}).status_code == 404


def test_upgrading_charges_exactly_what_was_shown(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=10)
    address = f"/billing/plans/{price('PRO').pk}/"
    shown = owner_page.get(address)
    amount = int(fields_of(shown)["amount"])
    assert 0 < amount < 49_00 - 10_00
    done = owner_page.post(address, fields_of(shown), follow=True)
    assert "You are on Pro now." in text_of(done)
    assert Invoice.objects.order_by("-number").first().total_minor == amount


def test_an_amount_that_was_tampered_with_charges_nothing(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    customer.wait(days=10)
    address = f"/billing/plans/{price('PRO').pk}/"
    shown = fields_of(owner_page.get(address))
    for changed in (
        {"amount": "1"}, {"amount": "-1"}, {"amount": ""}, {"amount": "1" * 400}, {"amount": "²"},
        {"as_of": "2020-01-01T00:00:00+00:00"}, {"as_of": "2026-99-99T00:00:00Z"}, {"as_of": "soon"},
        {"as_of": ""},
        {"as_of": "2026-01-25T09:00:00"},
    ):  # fmt: skip
        answer = owner_page.post(address, {**shown, **changed}, follow=True)
        assert "The amount has changed since it was shown." in text_of(answer), changed
    assert customer.plan == "STARTER"
    assert len(customer.payments) == 1


def test_a_smaller_plan_begins_at_the_periods_end(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("PRO")
    UsageMetric.objects.update_or_create(
        organisation_id=customer.membership.organisation_id,
        metric="BOOKS_CREATED", window="EVER", person=None, defaults={"value": 130},
    )  # fmt: skip
    address = f"/billing/plans/{price('STARTER').pk}/"
    shown = owner_page.get(address)
    assert "You have made 130 books; Starter has room for 100." in text_of(shown)
    assert "Nothing is charged now." in text_of(shown)
    owner_page.post(address, fields_of(shown))
    assert "On Feb. 15, 2026 it becomes Starter, for $19.00." in text_of(owner_page.get("/billing/"))
    owner_page.post("/billing/keep/")
    assert "The next payment of $49.00" in text_of(owner_page.get("/billing/"))


def test_ending_says_what_happens_to_the_books(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    UsageMetric.objects.update_or_create(
        organisation_id=customer.membership.organisation_id,
        metric="BOOKS_CREATED", window="EVER", person=None, defaults={"value": 12},
    )  # fmt: skip
    before = text_of(owner_page.get("/billing/cancel/"))
    assert "Starter is paid for until Feb. 15, 2026" in before
    assert "You have made 12 books; Free has room for 10." in before
    assert "Pause it instead" in before
    assert "not renewed any more" in text_of(owner_page.post("/billing/cancel/", follow=True))
    assert "It ends on Feb. 15, 2026" in text_of(owner_page.get("/billing/"))
    assert "Your plan goes on as before." in text_of(owner_page.post("/billing/keep/", follow=True))


def test_pausing_and_going_on(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    assert owner_page.post("/billing/pause/", {"day": "never"}).status_code == 422
    too_soon = owner_page.post("/billing/pause/", {"day": "2026-01-20"}, follow=True)
    assert "Choose a day after the end" in text_of(too_soon)
    owner_page.post("/billing/pause/", {"day": ""})
    assert "It pauses on Feb. 15, 2026" in text_of(owner_page.get("/billing/"))
    customer.wait(days=32)
    assert "It is paused until you go on." in text_of(owner_page.get("/billing/"))
    assert "Your plan is paused" in text_of(owner_page.get("/"))
    assert "the payment has come" in text_of(owner_page.post("/billing/resume/", follow=True)).lower()
    assert customer.subscription.status == SubscriptionStatus.ACTIVE


def test_a_trial_needs_no_card(owner_page: HostClient, customer: Customer) -> None:
    pro = price("PRO")
    assert tree(owner_page.get("/billing/plans/")).xpath(f"//form[@action='/billing/plans/{pro.pk}/try/']")
    assert "You are trying Pro." in text_of(owner_page.post(f"/billing/plans/{pro.pk}/try/", follow=True))
    again = owner_page.post(f"/billing/plans/{pro.pk}/try/", follow=True)
    assert "There is one trial for an organisation" in text_of(again)


def test_changing_the_card_goes_by_the_hosted_page(owner_page: HostClient, customer: Customer) -> None:
    customer.subscribe("STARTER")
    leaving = owner_page.post("/billing/card/")
    assert "Your card is changed." in text_of(pay(customer, owner_page, leaving["Location"]))


def test_without_a_card_to_change_it_says_so(owner_page: HostClient, customer: Customer) -> None:
    assert "no card is needed" in text_of(owner_page.post("/billing/card/", follow=True))


def test_a_price_that_is_not_offered_is_not_there(owner_page: HostClient, customer: Customer) -> None:
    old = price("PRO")
    old.offered = False
    old.save()
    assert owner_page.get(f"/billing/plans/{old.pk}/").status_code == 404
    assert owner_page.post(f"/billing/plans/{old.pk}/").status_code == 404
    assert owner_page.post(f"/billing/plans/{old.pk}/try/").status_code == 404


def test_enterprise_covers_another_organisation(
    owner_page: HostClient, customer: Customer, other_organisation: Organisation
) -> None:
    customer.subscribe("ENTERPRISE")
    Membership.objects.create(organisation=other_organisation, user=customer.membership.user, role=Role.OWNER)
    assert "Globex" in text_of(owner_page.get("/billing/covered/"))
    owner_page.post(f"/billing/covered/{other_organisation.pk}/cover/")
    assert Subscription.objects.get(organisation=other_organisation).plan.code == "ENTERPRISE"
    theirs = HostClient(other_organisation).sign_in(customer.membership.user)
    assert "Acme pays for this plan." in text_of(theirs.get("/billing/"))
    owner_page.post(f"/billing/covered/{other_organisation.pk}/uncover/")
    assert Subscription.objects.get(organisation=other_organisation).plan.code == "FREE"


def test_only_ones_own_organisations_are_covered(
    owner_page: HostClient, customer: Customer, other_organisation: Organisation
) -> None:
    customer.subscribe("ENTERPRISE")
    assert owner_page.post(f"/billing/covered/{other_organisation.pk}/cover/").status_code == 404


def test_smaller_plans_cover_nobody(owner_page: HostClient, customer: Customer) -> None:
    assert owner_page.get("/billing/covered/").status_code == 404


def test_prices_are_in_the_currency_that_is_paid_in(owner_page: HostClient, customer: Customer) -> None:
    assert "NGN" in text_of(owner_page.get("/billing/plans/?currency=NGN"))
    customer.subscribe("STARTER")
    assert "NGN" not in text_of(owner_page.get("/billing/plans/?currency=NGN"))


@pytest.mark.parametrize(
    "query", ["currency=XXX", "interval=DAY", "currency=%00", "interval=YEAR&currency=NGN"]
)
def test_nonsense_in_the_address_is_left_out(owner_page: HostClient, customer: Customer, query: str) -> None:
    assert owner_page.get(f"/billing/plans/?{query}").status_code == 200


def test_without_a_gateway_it_says_so(owner_page: HostClient, settings: Any) -> None:
    settings.PAYSTACK_SANDBOX, settings.PAYSTACK_SECRET_KEY = False, ""
    assert "Payments are not set up here yet" in text_of(owner_page.get("/billing/"))
    assert not tree(owner_page.get("/billing/plans/")).xpath("//main//a[contains(@class, 'btn')]")
    answer = owner_page.post(f"/billing/plans/{price('PRO').pk}/", follow=True)
    assert "Payments are not set up here yet. Ask whoever runs" in text_of(answer)


def test_overdue_and_ending_trials_are_told_on_every_page(
    owner_page: HostClient, page: HostClient, organisation: Organisation
) -> None:
    soon = timezone.now() + timedelta(days=2)
    mine = Subscription.objects.filter(organisation=organisation)
    mine.update(status="PAST_DUE", grace_ends_at=soon, price=price("PRO"), plan=Plan.objects.get(code="PRO"))
    assert "The last payment of your plan failed." in text_of(owner_page.get("/"))
    assert "failed" not in text_of(page.get("/"))  # no concern of a member
    assert "Pay now or change the card" in text_of(owner_page.get("/billing/"))
    mine.update(status="TRIALING", trial_ends_at=soon, price=None)
    assert "Your trial ends on" in text_of(owner_page.get("/"))
    mine.update(trial_ends_at=soon + timedelta(days=9))
    assert "Your trial ends on" not in text_of(owner_page.get("/"))


def test_the_warning_costs_an_owner_one_query_and_a_member_none(
    owner_page: HostClient, page: HostClient, organisation: Organisation
) -> None:
    owner, member = queries_of(owner_page, "/"), queries_of(page, "/")
    Subscription.objects.filter(organisation=organisation).update(status="PAST_DUE")
    assert (queries_of(owner_page, "/"), queries_of(page, "/")) == (owner, member)
    assert owner - member <= 1


def test_plans_do_not_query_for_each(owner_page: HostClient, organisation: Organisation) -> None:
    before = queries_of(owner_page, "/billing/plans/")
    for code in ("SOLO", "DUO", "TRIO"):
        Plan.objects.create(code=code, name=code)
    assert queries_of(owner_page, "/billing/plans/") == before


def test_a_failed_payment_says_so(owner_page: HostClient, customer: Customer) -> None:
    owner_page.post(f"/billing/plans/{price('STARTER').pk}/")
    payment = customer.payments[-1]
    Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.FAILED, failure="Declined")
    said = text_of(owner_page.get(f"/billing/return/?reference={payment.reference}"))
    assert "did not come through" in said
