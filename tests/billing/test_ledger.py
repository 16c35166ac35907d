"""The ledger's sums are exact, whatever happens in whatever order."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.db.models import Sum

from billing import ledger
from billing.ledger import Movement, NoSuchEntry, Reservation
from billing.models import Budget, LedgerEntry, Price
from billing.prices import Cost, Rate, cost, estimate_micros, forget_prices, priced
from tenants.keys import uuid7
from tenants.models import Organisation


@dataclass(frozen=True)
class Call:
    provider: str = "openai"
    model: str = "gpt-5-mini"
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    pictures: int = 0
    remote_id: str = ""


@pytest.fixture(autouse=True)
def _prices(db: None) -> None:
    Price.objects.update_or_create(
        provider="openai",
        model="gpt-5-mini",
        defaults={"input_micros": 250_000, "cached_micros": 25_000, "output_micros": 2_000_000},
    )
    Price.objects.update_or_create(provider="studio", model="*", defaults={"picture_micros": 40_000})
    forget_prices()


def reserved(organisation: Organisation, micros: int, *, fence: int = 1, step: UUID | None = None) -> UUID:
    step_id = step or uuid7()
    ledger.reserve(
        organisation_id=organisation.id,
        reservations=[Reservation(step_id, fence, uuid7(), "test.page", "openai", micros)],
    )
    return step_id


def test_cost_counts_cached_tokens_at_their_own_price_and_rounds_up() -> None:
    rate = Rate(input=250_000, cached=25_000, output=2_000_000, picture=7)
    assert priced(Call(input_tokens=1_000_000), rate) == 250_000
    assert priced(Call(input_tokens=1_000_000, cached_tokens=400_000), rate) == 160_000
    assert priced(Call(output_tokens=3), rate) == 6
    assert priced(Call(input_tokens=1), rate) == 1
    assert priced(Call(pictures=2), rate) == 14
    assert priced(Call(input_tokens=10, cached_tokens=99), rate) == 1


def test_cost_is_found_by_model_by_dated_model_and_by_provider() -> None:
    assert cost(Call(output_tokens=1000)) == Cost(2000, 1)
    assert cost(Call(model="gpt-5-mini-2025-08-07", output_tokens=1000)) == Cost(2000, 1)
    assert cost(Call(provider="studio", model="anything", pictures=2)) == Cost(80_000, 1)
    assert cost(Call(provider="unheard-of", output_tokens=1000)) is None
    assert cost(Call(model="gpt-5-minimal", output_tokens=1000)) != 2000


def test_estimate_is_the_cost_of_a_call_of_that_size() -> None:
    assert estimate_micros(provider="openai", model="gpt-5-mini", output_tokens=4000) == 8000
    assert estimate_micros(provider="unheard-of", model="x", output_tokens=4000) == 0


def test_settled_entry_holds_what_was_used_and_what_it_cost(organisation: Organisation) -> None:
    step = reserved(organisation, 5000)
    used = Call(input_tokens=1000, cached_tokens=200, output_tokens=300, remote_id="resp_9")
    movement = ledger.settle(step_id=step, fence=1, used=used)
    assert movement == Movement(reserved=-5000, spent=805)
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.amount_micros, entry.unpriced, entry.remote_id) == (
        "SETTLED",
        805,
        False,
        "resp_9",
    )
    assert (entry.input_tokens, entry.cached_tokens, entry.output_tokens) == (1000, 200, 300)


def test_unknown_price_is_flagged_and_counts_as_estimated(organisation: Organisation) -> None:
    step = reserved(organisation, 5000)
    movement = ledger.settle(step_id=step, fence=1, used=Call(provider="unheard-of"))
    entry = LedgerEntry.objects.get()
    assert (entry.amount_micros, entry.unpriced) == (None, True)
    assert movement == Movement(reserved=-5000, spent=5000)


def test_closed_entry_does_not_move_again(organisation: Organisation) -> None:
    step = reserved(organisation, 100)
    assert ledger.void(step_id=step, fence=1) == Movement(reserved=-100)
    assert ledger.settle(step_id=step, fence=1, used=Call(output_tokens=9)) == Movement()
    assert ledger.mark_unknown(step_id=step, fence=1) == Movement()
    assert LedgerEntry.objects.get().state == "VOIDED"


def test_lost_call_that_answers_after_all_is_settled(organisation: Organisation) -> None:
    step = reserved(organisation, 100)
    assert ledger.mark_unknown(step_id=step, fence=1) == Movement(reserved=-100, unknown=100)
    movement = ledger.settle(step_id=step, fence=1, used=Call(output_tokens=10), waste=True)
    assert movement == Movement(unknown=-100, spent=20)


def test_unknown_entry_is_reconciled_once(organisation: Organisation) -> None:
    step = reserved(organisation, 100)
    with pytest.raises(NoSuchEntry):
        ledger.reconcile(step_id=step, fence=1, amount_micros=80)
    ledger.mark_unknown(step_id=step, fence=1)
    assert ledger.reconcile(step_id=step, fence=1, amount_micros=80) == Movement(unknown=-100, spent=80)
    with pytest.raises(NoSuchEntry):
        ledger.reconcile(step_id=step, fence=1, amount_micros=80)


def test_budget_refuses_what_it_cannot_hold(organisation: Organisation) -> None:
    Budget.objects.create(organisation=organisation, limit_micros=1000, month=date(2020, 1, 1))
    assert ledger.reserve_budget(organisation_id=organisation.id, micros=700)
    assert not ledger.reserve_budget(organisation_id=organisation.id, micros=301)
    assert ledger.reserve_budget(organisation_id=organisation.id, micros=300)
    assert Budget.objects.get().reserved_micros == 1000


def test_budget_begins_anew_each_month_but_keeps_what_is_unknown(organisation: Organisation) -> None:
    Budget.objects.create(
        organisation=organisation,
        limit_micros=1000,
        spent_micros=1000,
        unknown_micros=400,
        month=date(2020, 1, 1),
    )
    assert not ledger.reserve_budget(organisation_id=organisation.id, micros=601)
    assert ledger.reserve_budget(organisation_id=organisation.id, micros=600)
    budget = Budget.objects.get()
    assert (budget.spent_micros, budget.reserved_micros, budget.unknown_micros) == (0, 600, 400)


def test_organisation_without_a_budget_has_no_limit(organisation: Organisation) -> None:
    assert ledger.reserve_budget(organisation_id=organisation.id, micros=10**15)


@pytest.mark.parametrize("seed", range(12))
def test_sums_are_exact_after_any_schedule(
    organisation: Organisation, other_organisation: Organisation, seed: int
) -> None:
    """Claims, answers, refusals, losses and late answers at random: counters equal the rows' own sums."""
    chance = random.Random(seed)
    organisations = (organisation, other_organisation)
    for one in organisations:
        Budget.objects.create(organisation=one, limit_micros=None, month=date(2999, 1, 1))
    counted = {one.id: Movement() for one in organisations}
    fences: Counter[UUID] = Counter()
    homes = {uuid7(): chance.choice(organisations) for _ in range(6)}
    for _ in range(60):
        step = chance.choice(list(homes))
        home = homes[step]
        action = chance.choice(("claim", "claim", "settle", "waste", "void", "lose", "reconcile", "unpriced"))
        fence = chance.randint(1, max(1, fences[step]))
        if action == "claim":
            fences[step] += 1
            micros = chance.randrange(0, 5000)
            assert ledger.reserve_budget(organisation_id=home.id, micros=micros)
            reserved(home, micros, fence=fences[step], step=step)
            counted[home.id] += Movement(reserved=micros)
            continue
        counted[home.id] += act(action, step, fence, chance)
    for one in organisations:
        assert sums_of(one) == counted[one.id] == budget_of(one)


def act(action: str, step: UUID, fence: int, chance: random.Random) -> Movement:
    used = Call(input_tokens=chance.randrange(9999), output_tokens=chance.randrange(9999))
    if action == "void":
        return ledger.void(step_id=step, fence=fence)
    if action == "lose":
        return ledger.mark_unknown(step_id=step, fence=fence)
    if action == "unpriced":
        return ledger.settle(step_id=step, fence=fence, used=Call(provider="unheard-of"))
    if action == "reconcile":
        try:
            return ledger.reconcile(step_id=step, fence=fence, amount_micros=chance.randrange(0, 3000))
        except NoSuchEntry:
            return Movement()
    return ledger.settle(step_id=step, fence=fence, used=used, waste=action == "waste")


def sums_of(organisation: Organisation) -> Movement:
    """The truth: what the entries themselves add up to."""
    entries = LedgerEntry.objects.filter(organisation=organisation)

    def total(field: str, **where: object) -> int:
        return int(entries.filter(**where).aggregate(total=Sum(field))["total"] or 0)

    assert total("amount_micros", state="VOIDED") == 0
    return Movement(
        reserved=total("estimate_micros", state="RESERVED"),
        spent=total("amount_micros", state="SETTLED")
        + total("estimate_micros", state="SETTLED", unpriced=True),
        unknown=total("estimate_micros", state="UNKNOWN"),
    )


def budget_of(organisation: Organisation) -> Movement:
    budget = Budget.objects.get(organisation=organisation)
    return Movement(budget.reserved_micros, budget.spent_micros, budget.unknown_micros)
