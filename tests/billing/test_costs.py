"""Prices with their history, budgets, what books cost, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from billing import budgets, costs, ledger, margin, pricing
from billing.models import Budget, ExchangeRate, Invoice, LedgerEntry, PastPrice, Plan, Seller
from billing.prices import forget_prices
from notifications.models import Kind, Notification
from tenants.keys import uuid7
from tenants.models import Membership, Organisation, Role

pytestmark = pytest.mark.django_db


@dataclass
class Used:
    provider: str = "studio"
    model: str = "writer"
    input_tokens: int = 1_000_000
    cached_tokens: int = 0
    output_tokens: int = 0
    pictures: int = 0
    remote_id: str = ""


@pytest.fixture(autouse=True)
def _no_remembered_prices():
    forget_prices()
    yield
    forget_prices()


def priced(by, micros, model="writer"):
    rates = pricing.Rates(input_micros=micros, cached_micros=0, output_micros=0, picture_micros=0)
    price = pricing.set_price(by=by, provider="studio", model=model, rates=rates)
    forget_prices()
    return price


def call(
    organisation, *, job=None, kind="generation.chapter", used=None, waste=False, estimate=10, settle=True
):
    step, job = uuid7(), job or uuid7()
    reservation = ledger.Reservation(step, 1, job, kind, "studio", estimate)
    ledger.reserve_budget(organisation_id=organisation.pk, micros=estimate)
    ledger.reserve(organisation_id=organisation.pk, reservations=[reservation])
    if settle:
        ledger.settle(step_id=step, fence=1, used=used or Used(), waste=waste)
    return job


# --- prices ------------------------------------------------------------------------------------------------


def test_a_closed_entry_keeps_the_price_it_was_closed_with(organisation, super_admin):
    priced(super_admin, 5)
    call(organisation)
    priced(super_admin, 7)
    call(organisation)
    rows = LedgerEntry.objects.order_by("created_at").values_list("amount_micros", "price_version")
    assert list(rows) == [(5, 1), (7, 2)]
    history = PastPrice.objects.filter(model="writer").order_by("version")
    assert [(past.version, past.input_micros, past.set_by) for past in history] == [
        (1, 5, super_admin),
        (2, 7, super_admin),
    ]


def test_the_same_price_again_is_no_new_version(super_admin):
    priced(super_admin, 5)
    assert priced(super_admin, 5).version == 1


def test_prices_from_the_beginning_have_a_history():
    assert PastPrice.objects.filter(provider="openai", model="gpt-5", version=1).exists()


# --- what a book cost ---------------------------------------------------------------------------------------


def test_costs_of_a_book_are_told_by_kind_and_model_to_the_token(
    organisation, super_admin, django_assert_num_queries
):
    priced(super_admin, 5)
    job = call(organisation)
    call(organisation, job=job, waste=True)
    call(organisation, job=job, kind="generation.picture", used=Used(model="unheard-of", pictures=2))
    call(organisation, job=job, estimate=30, settle=False)
    call(organisation)  # another book's
    with django_assert_num_queries(2):
        found = costs.costs_of_jobs([job])
    assert [(line.kind, line.model, line.calls, line.micros) for line in found.lines] == [
        ("generation.chapter", "writer", 2, 10),
        ("generation.picture", "unheard-of", 1, 0),
    ]
    assert (found.micros, found.waste_micros, found.reserved_micros, found.unpriced) == (10, 5, 30, 1)
    assert (found.tokens, found.pictures) == (3_000_000, 2)


def test_costs_of_an_organisation_are_its_own_and_of_the_time(organisation, other_organisation, super_admin):
    priced(super_admin, 5)
    call(organisation)
    call(other_organisation)
    now = timezone.now()
    day = timedelta(days=1)
    assert costs.costs_of_organisation(organisation.pk, since=now - day, until=now + day).micros == 5
    assert costs.costs_of_organisation(organisation.pk, since=now + day, until=now + 2 * day).lines == ()


# --- budgets ------------------------------------------------------------------------------------------------


def test_a_budget_begins_with_what_the_month_has_cost(organisation, owner, super_admin):
    priced(super_admin, 60)
    call(organisation)
    call(organisation, estimate=30, settle=False)
    budgets.set_budget(organisation=organisation, by=owner, limit_micros=100)
    budget = Budget.objects.get(organisation=organisation)
    assert (budget.spent_micros, budget.reserved_micros) == (60, 30)
    assert not ledger.reserve_budget(organisation_id=organisation.pk, micros=11)
    assert ledger.reserve_budget(organisation_id=organisation.pk, micros=10)


def test_owners_are_warned_once_a_month(organisation, owner, super_admin):
    priced(super_admin, 79)
    budgets.set_budget(organisation=organisation, by=owner, limit_micros=100)
    call(organisation)
    assert budgets.warn_of_budgets() == 0
    priced(super_admin, 1)
    call(organisation)
    assert (budgets.warn_of_budgets(), budgets.warn_of_budgets()) == (1, 0)
    (told,) = Notification.objects.filter(kind=Kind.BUDGET_NEARING)
    assert told.words.title == "80 % of this month’s budget is spent"
    budgets.set_budget(organisation=organisation, by=owner, limit_micros=90)
    assert budgets.warn_of_budgets() == 1


def test_one_that_cannot_be_warned_keeps_no_other_waiting(
    organisation, owner, other_organisation, other_member, super_admin
):
    priced(super_admin, 90)
    for each, by in ((organisation, owner), (other_organisation, other_member)):
        budgets.set_budget(organisation=each, by=by, limit_micros=100)
        call(each)
    Membership.objects.filter(user=other_member).update(role=Role.OWNER)
    schema = organisation.schema_name
    Organisation.objects.filter(pk=organisation.pk).update(schema_name="public")  # which nobody can enter
    assert budgets.warn_of_budgets() == 1
    told = Notification.objects.filter(kind=Kind.BUDGET_NEARING).values_list("user__email", flat=True)
    assert list(told) == [other_member.email]
    Organisation.objects.filter(pk=organisation.pk).update(schema_name=schema)
    assert budgets.warn_of_budgets() == 1
    assert sorted(told.all()) == sorted([owner.email, other_member.email])


def test_no_limit_warns_nobody(organisation, owner, super_admin):
    priced(super_admin, 79)
    budgets.set_budget(organisation=organisation, by=owner, limit_micros=None)
    call(organisation)
    assert budgets.warn_of_budgets() == 0


# --- what is left -------------------------------------------------------------------------------------------


def invoiced(organisation, net, tax=0, currency="USD", kind="INVOICE"):
    Invoice.objects.create(
        organisation=organisation,
        seller=Seller.objects.get_or_create(current=True, defaults={"name": "S", "prefix": "T"})[0],
        kind=kind,
        number=str(uuid7()),
        status="PAID",
        currency=currency,
        net_minor=net,
        tax_minor=tax,
        total_minor=net + tax,
        due_on=date(2026, 11, 22),
    )


def this_month():
    now = datetime.now(UTC)
    return {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}


def test_margin_is_takings_without_tax_less_costs(organisation, other_organisation, super_admin):
    priced(super_admin, 3_000_000)
    invoiced(organisation, 1000, 200)
    invoiced(organisation, -250, -50, kind="CREDIT_NOTE")
    call(organisation)
    (free,) = [row for row in margin.margin_by_plan(**this_month()) if row.name == "FREE"]
    assert (free.organisations, free.takings, free.costs, free.left) == (2, 7_500_000, 3_000_000, 4_500_000)
    assert free.percent == 60


def test_versions_of_a_plan_are_one_line(organisation, other_organisation):
    """Also where a later version stands in another place, and nothing is counted twice."""
    free = Plan.objects.get(code="FREE")
    old = Plan.objects.create(code="FREE", version=99, name="Old", position=free.position + 7, offered=False)
    other_organisation.subscription.plan = old
    other_organisation.subscription.save(update_fields=["plan"])
    invoiced(organisation, 1000)
    (line,) = margin.margin_by_plan(**this_month())
    assert (line.organisations, line.takings) == (2, 10_000_000)


def test_currencies_need_a_rate(organisation, super_admin):
    invoiced(organisation, 15_000_00, currency="NGN")
    (free,) = margin.margin_by_plan(**this_month())
    assert (free.takings, free.unknown) == (0, ("NGN",))
    ExchangeRate.objects.create(currency="NGN", usd_micros=650)
    (free,) = margin.margin_by_plan(**this_month())
    assert (free.takings, free.unknown) == (9_750_000, ())


def test_whoever_costs_more_than_they_pay_is_found(organisation, other_organisation, super_admin):
    priced(super_admin, 3_000_000)
    call(organisation)
    call(other_organisation)
    invoiced(other_organisation, 1000)
    (found,) = margin.sold_below_cost(**this_month())
    assert (found[0], found[1].left) == (organisation, -3_000_000)


def test_margins_take_the_same_queries_whatever_there_is(organisation, django_assert_num_queries):
    for _ in range(3):
        invoiced(organisation, 1000)
    with django_assert_num_queries(4):
        margin.margin_by_plan(**this_month())
