"""The console's pages of plans, of models' prices and of margins."""

from __future__ import annotations

from typing import Any

import pytest

from billing import limits
from billing.models import (
    ExchangeRate,
    Interval,
    Limit,
    Metric,
    PastPrice,
    Plan,
    Price,
    Subscription,
)
from billing.plans import offered_plan
from billing.prices import forget_prices
from console.plan_forms import PlanForm
from insights.models import ActivityLog
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(super_admin: Any) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture(autouse=True)
def _no_remembered_prices() -> Any:
    yield
    forget_prices()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def as_sent(plan_code: str, /, **changes: Any) -> dict[str, Any]:
    """The form of a plan as its page shows it, with changes."""
    given = PlanForm.initial_of(offered_plan(plan_code)) | changes
    return {name: value for name, value in given.items() if value is not None}


# --- plans -------------------------------------------------------------------------------------------------


def test_plans_are_listed_with_prices_and_subscribers(
    operator: HostClient, organisation: Organisation
) -> None:
    page = text(operator.get("/console/plans/"))
    assert "Starter" in page and "$19 Monthly" in page and "1 organisation" in page


def test_a_changed_plan_is_a_new_version_and_subscribers_keep_theirs(
    operator: HostClient, organisation: Organisation
) -> None:
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan("STARTER"))
    sent = as_sent("STARTER", books_limit=50, price_USD_MONTH="21.50")
    answer = operator.post("/console/plans/STARTER/", sent, follow=True)
    assert "“Starter” is offered like this from now on, as version 2." in text(answer)
    plan = offered_plan("STARTER")
    price = plan.prices.get(interval=Interval.MONTH, currency="USD", offered=True)
    assert (plan.books_limit, plan.storage_limit, price.amount_minor) == (50, 10 * 1024**3, 2150)
    assert Subscription.objects.get(organisation=organisation).plan.books_limit == 100


def test_saving_a_plan_as_it_is_changes_nothing(operator: HostClient) -> None:
    for code in ("FREE", "STARTER", "PRO", "ENTERPRISE"):
        before = offered_plan(code)
        operator.post(f"/console/plans/{code}/", as_sent(code))
        assert offered_plan(code).pk == before.pk
        assert before.prices.filter(offered=False).count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "This field is required."),
        ("books_limit", "-1", "greater than or equal to 0"),
        ("storage", "0", "greater than or equal to 0.01"),
        ("trial_days", "91", "less than or equal to 90"),
        ("features", ["flying"], "flying is not one of the available choices"),
        ("price_USD_MONTH", "1.234", "no more than 2 decimal places"),
        ("price_USD_MONTH", "0", "greater than or equal to 0.01"),
        ("books_counted_by", "WEEK", "WEEK is not one of the available choices"),
    ],
)
def test_a_bad_plan_is_refused(operator: HostClient, field: str, value: Any, told: str) -> None:
    answer = operator.post("/console/plans/STARTER/", as_sent("STARTER", **{field: value}))
    assert answer.status_code == 422
    assert told in text(answer)
    assert offered_plan("STARTER").version == 1


@pytest.mark.parametrize("code", ["", "school", "1A", "PRO", "A" * 33])
def test_a_bad_code_is_refused(operator: HostClient, code: str) -> None:
    answer = operator.post("/console/plans/new/", as_sent("PRO", code=code))
    assert answer.status_code == 422
    assert Plan.objects.count() == 4


def test_a_new_plan_is_offered_and_withdrawn(operator: HostClient) -> None:
    operator.post("/console/plans/new/", as_sent("STARTER", code="SCHOOL", name="School"))
    assert offered_plan("SCHOOL").books_limit == 100
    answer = operator.post("/console/plans/SCHOOL/withdraw/", follow=True)
    assert "Nobody new gets this plan." in text(answer)
    assert not Plan.objects.filter(code="SCHOOL", offered=True).exists()


def test_the_first_plan_cannot_be_withdrawn(operator: HostClient) -> None:
    answer = operator.post("/console/plans/FREE/withdraw/", follow=True)
    assert "it stays" in text(answer)
    assert offered_plan("FREE")


def test_an_unknown_plan_is_not_found(operator: HostClient) -> None:
    assert operator.get("/console/plans/NONE/").status_code == 404
    assert operator.post("/console/plans/NONE/withdraw/").status_code == 404


def test_staff_reads_and_changes_nothing() -> None:
    staff = HostClient().sign_in(UserFactory(role="ADMIN"))
    for path in ("plans/", "prices/", "margins/"):
        assert staff.get(f"/console/{path}").status_code == 200
    for path in ("plans/STARTER/", "plans/new/", "prices/set/", "margins/rates/"):
        assert staff.post(f"/console/{path}").status_code == 404


# --- prices ------------------------------------------------------------------------------------------------


PRICE = {
    "provider": "openai",
    "model": "gpt-5",
    "input": "1.5",
    "cached": "0.15",
    "output": "12",
    "picture": "0",
}


def test_a_price_is_set_and_remembered(operator: HostClient, super_admin: Any) -> None:
    answer = operator.post("/console/prices/set/", PRICE, follow=True)
    assert "From now on calls of gpt-5 are reckoned like this." in text(answer)
    price = Price.objects.get(provider="openai", model="gpt-5")
    assert (price.input_micros, price.cached_micros, price.output_micros) == (1_500_000, 150_000, 12_000_000)
    past = PastPrice.objects.get(provider="openai", model="gpt-5", version=2)
    assert (past.input_micros, past.set_by) == (1_500_000, super_admin)


def test_a_link_fills_the_form_with_what_is(operator: HostClient) -> None:
    page = text(operator.get("/console/prices/"))
    assert "model=gpt-5&amp;input=1.25&amp;cached=0.125&amp;output=10&amp;picture=0" in page
    filled = text(operator.get("/console/prices/?provider=openai&model=gpt-5&input=1.25"))
    assert 'value="1.25"' in filled


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("provider", "Open AI"),
        ("model", ""),
        ("model", "a b"),
        ("input", "-1"),
        ("output", "many"),
        ("picture", "NaN"),
    ],
)
def test_a_bad_price_is_refused(operator: HostClient, field: str, value: str) -> None:
    answer = operator.post("/console/prices/set/", PRICE | {field: value})
    assert answer.status_code == 422
    assert PastPrice.objects.filter(version=2).count() == 0


# --- margins -----------------------------------------------------------------------------------------------


def test_margins_of_a_month(operator: HostClient, organisation: Organisation) -> None:
    page = text(operator.get("/console/margins/"))
    assert "FREE" in page and "Nobody’s calls have cost more than they paid this month." in page
    assert operator.get("/console/margins/?month=1890-13").status_code == 200


def test_an_exchange_rate_is_set(operator: HostClient) -> None:
    operator.post("/console/margins/rates/", {"currency": "NGN", "usd": "0.00065"})
    assert ExchangeRate.objects.get().usd_micros == 650
    operator.post("/console/margins/rates/", {"currency": "NGN", "usd": "0.0007"})
    assert ExchangeRate.objects.get().usd_micros == 700


@pytest.mark.parametrize(
    ("currency", "usd"), [("ngn", "1"), ("USD", "1"), ("QQQ", "1"), ("NGN", "0"), ("NGN", "x")]
)
def test_a_bad_rate_is_refused(operator: HostClient, currency: str, usd: str) -> None:
    answer = operator.post("/console/margins/rates/", {"currency": currency, "usd": usd})
    assert answer.status_code == 422
    assert not ExchangeRate.objects.exists()


def test_lists_do_not_query_for_each_row(operator: HostClient) -> None:
    few = [queries_of(operator, f"/console/{path}/") for path in ("plans", "prices")]
    for number in range(5):
        operator.post("/console/plans/new/", as_sent("STARTER", code=f"MORE{number}"))
        operator.post("/console/prices/set/", PRICE | {"model": f"more-{number}"})
    assert [queries_of(operator, f"/console/{path}/") for path in ("plans", "prices")] == few


# --- exceptions from a plan --------------------------------------------------------------------------------


EXCEPTION = {"metric": "BOOKS_CREATED", "window": "EVER", "amount": "25", "note": "A school’s project week"}


def test_an_exception_counts_until_it_is_removed(operator: HostClient, organisation: Organisation) -> None:
    address = f"/console/organisations/{organisation.pk}/limits/"
    assert "None: the plan alone counts." in text(operator.get(address))
    answer = operator.post(f"{address}set/", EXCEPTION, follow=True)
    assert "A school’s project week" in text(answer)
    assert limits.allowance(organisation.pk, Metric.BOOKS_CREATED).limit == 25
    operator.post(f"{address}{Limit.objects.get().pk}/remove/")
    assert limits.allowance(organisation.pk, Metric.BOOKS_CREATED).limit == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "WORDS_WRITTEN"},
        {"window": "YEAR"},
        {"amount": "-1"},
        {"note": ""},
        {"last_day": "2001-01-01"},
        {"last_day": "soon"},
        {"metric": "STORAGE_USED", "window": "DAY"},
    ],
)
def test_a_bad_exception_is_refused(
    operator: HostClient, organisation: Organisation, changes: dict[str, str]
) -> None:
    address = f"/console/organisations/{organisation.pk}/limits/set/"
    assert operator.post(address, EXCEPTION | changes).status_code == 422
    assert not Limit.objects.exists()


# --- closing an organisation for a while -------------------------------------------------------------------


def test_an_organisation_is_suspended_and_opened_again(
    operator: HostClient,
    organisation: Organisation,
    member: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    inside = HostClient(organisation).sign_in(member)
    assert inside.get("/").status_code == 200
    address = f"/console/organisations/{organisation.pk}/suspend/"
    with django_capture_on_commit_callbacks(execute=True):
        assert "It is suspended." in text(operator.post(address, follow=True))
        assert inside.get("/").status_code == 200  # not committed: whoever looked anew would find it open
    assert inside.get("/").status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert "It is open again." in text(operator.post(address, follow=True))
    assert inside.get("/").status_code == 200
    told = ActivityLog.objects.filter(organisation_id=organisation.pk).values_list("action", flat=True)
    assert {"organisation.suspended", "organisation.resumed"} <= set(told)
