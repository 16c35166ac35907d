"""Calls of the API: counted once each, whoever dies, and stopped where a limit is reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from billing import calls
from billing.calls import Call, flushing, taking, valkey
from billing.models import CallFlush, Limit, Metric, Plan, UsageMetric, Window
from notifications.models import Notification
from tenants.api_keys.models import ApiKey
from tenants.models import Membership, Organisation, Role
from tests.factories.api_keys import KeyClient, make_key
from tests.factories.tenants import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def ada(organisation: Organisation) -> Membership:
    made: Membership = MembershipFactory(organisation=organisation, role=Role.OWNER)
    return made


@pytest.fixture
def key(ada: Membership) -> ApiKey:
    return make_key(ada).key


def call(key: ApiKey, **fields: object) -> Call:
    given = {"address": "203.0.113.7", "per_minute": None, **fields}
    assert key.membership is not None
    return Call(key.organisation_id, key.membership.user_id, key.pk, **given)  # type: ignore[arg-type]


def used(organisation_id: UUID, window: Window = Window.EVER, person: UUID | None = None) -> int:
    rows = UsageMetric.objects.filter(
        organisation=organisation_id, metric=Metric.API_CALLS, window=window, person=person
    )
    return sum(rows.values_list("value", flat=True))


def test_counted_for_the_organisation_and_the_person(key: ApiKey, ada: Membership) -> None:
    for _ in range(7):
        assert calls.take(call(key)).wait == 0
    assert calls.flush() == 7
    for window in Window:
        assert used(ada.organisation_id, window) == used(ada.organisation_id, window, ada.user_id) == 7
    assert calls.flush() == 0
    assert used(ada.organisation_id) == 7


def test_last_use_is_noted(key: ApiKey) -> None:
    calls.take(call(key))
    calls.flush()
    key.refresh_from_db()
    assert key.last_used_address == "203.0.113.7"
    assert key.last_used_at is not None
    assert timezone.now() - key.last_used_at < timedelta(minutes=1)


def test_no_statement_for_a_call(key: ApiKey, django_assert_num_queries: object, ada: Membership) -> None:
    calls.take(call(key))
    with django_assert_num_queries(0):  # type: ignore[operator]
        calls.take(call(key))


def test_dies_before_anything_is_written(key: ApiKey, monkeypatch: pytest.MonkeyPatch) -> None:
    calls.take(call(key))
    with monkeypatch.context() as dying:
        dying.setattr(flushing, "_write", _die)
        with pytest.raises(_Died):
            calls.flush()
    calls.take(call(key))  # meanwhile
    assert [calls.flush(), calls.flush(), calls.flush()] == [1, 1, 0]
    assert used(key.organisation_id) == 2


def test_dies_between_writing_and_dropping(key: ApiKey, monkeypatch: pytest.MonkeyPatch) -> None:
    calls.take(call(key))
    with monkeypatch.context() as dying:
        dying.setattr(flushing, "_DROP", _die)
        with pytest.raises(_Died):
            calls.flush()
    assert used(key.organisation_id) == 1
    assert calls.flush() == 0
    assert used(key.organisation_id) == 1


def test_another_began_to_write_the_same(key: ApiKey, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have put the same aside; the later one drops nothing of what came after it."""
    calls.take(call(key))
    aside = flushing._put_aside()
    assert aside == flushing._put_aside()
    assert calls.flush() == 1
    calls.take(call(key))
    assert aside is not None
    assert flushing._write(aside) == 0
    flushing._DROP(flushing._keys(), aside.id.hex)
    assert calls.flush() == 1
    assert used(key.organisation_id) == 2


def test_old_flushes_are_forgotten(key: ApiKey) -> None:
    calls.take(call(key))
    calls.flush()
    assert calls.forget_old() == 0
    CallFlush.objects.update(written_at=timezone.now() - timedelta(days=2))
    assert calls.forget_old() == 1


def test_midnight_is_where_the_organisation_is(key: ApiKey, ada: Membership) -> None:
    """What was called before midnight counts for that day, though it is written down afterwards."""
    Organisation.objects.filter(pk=ada.organisation_id).update(time_zone="Asia/Kathmandu")
    for minute, number in ((0, 2), (15, 3)):  # midnight there is 18:15 in UTC
        quarter = int(datetime(2026, 9, 21, 18, minute, tzinfo=UTC).timestamp()) // taking.QUARTER
        name = f"{ada.organisation_id.hex}:{ada.user_id.hex}:{quarter}"
        valkey.client().hset(valkey.key("counts"), name, number)
    calls.flush()
    days = UsageMetric.objects.filter(window=Window.DAY, person=None).order_by("period")
    assert [(row.period.isoformat(), row.value) for row in days] == [("2026-09-21", 2), ("2026-09-22", 3)]


def test_limit_of_the_plan(ada: Membership) -> None:
    Plan.objects.filter(code="FREE").update(api_calls_limit=2)
    program = KeyClient(make_key(ada).secret)
    assert [program.get("/api/v1/books/").status_code for _ in range(2)] == [200, 200]
    calls.flush()
    answer = program.get("/api/v1/books/")
    assert answer.status_code == 402
    assert answer.json()["detail"].startswith("The limit is reached: API calls, 2 at most.")
    assert calls.flush() == 0  # what is refused is not counted
    assert Notification.objects.filter(kind="usage.reached").count() == 1
    Plan.objects.filter(code="FREE").update(api_calls_limit=None)
    calls.flush()
    assert program.get("/api/v1/books/").status_code == 200


def test_limit_of_a_member(ada: Membership, organisation: Organisation) -> None:
    other = MembershipFactory(organisation=organisation)
    Limit.objects.create(membership=other, metric=Metric.API_CALLS, window=Window.DAY, amount=1)
    programs = [KeyClient(make_key(one).secret) for one in (ada, other)]
    for program in programs:
        assert program.get("/api/v1/books/").status_code == 200
    calls.flush()
    assert [program.get("/api/v1/books/").status_code for program in programs] == [200, 402]


def test_those_of_an_organisation_that_is_gone(key: ApiKey, organisation: Organisation) -> None:
    calls.take(call(key))
    Organisation.objects.filter(pk=organisation.pk).delete()
    assert calls.flush() == 1
    assert not UsageMetric.objects.filter(metric=Metric.API_CALLS).exists()


def test_every_plan_brings_keys_and_the_first_an_allowance() -> None:
    assert all("api" in plan.features for plan in Plan.objects.filter(offered=True))
    assert Plan.objects.get(code="FREE", offered=True).api_calls_limit == 1000


class _Died(BaseException):
    pass


def _die(*arguments: object) -> int:
    raise _Died
