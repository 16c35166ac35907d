"""After a test that commits, the shared tables are as they were: these two see what the other has left."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from billing.models import Plan, PlanPrice
from insights.models import ActivityLog
from tenants.accounts.models import User
from tests.emptying import Beginning
from tests.factories.tenants import UserFactory


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_rows_are_taken_away_and_put_back(turn: int) -> None:
    assert User.objects.count() == ActivityLog.objects.count() == 0
    plans = sorted(Plan.objects.values_list("code", flat=True))
    assert "FREE" in plans
    prices, types = PlanPrice.objects.count(), ContentType.objects.count()
    assert prices
    beginning = Beginning.of_now()
    UserFactory()
    ActivityLog.objects.create(action="tests.done")
    Plan.objects.filter(code="FREE").update(code="CHANGED")
    PlanPrice.objects.all().delete()
    ContentType.objects.create(app_label="tests", model="left")
    beginning.come_back()
    assert User.objects.count() == ActivityLog.objects.count() == 0
    assert sorted(Plan.objects.values_list("code", flat=True)) == plans
    assert (PlanPrice.objects.count(), ContentType.objects.count()) == (prices, types)
    UserFactory()  # is left for the next turn to find
    ActivityLog.objects.create(action="tests.done")


@pytest.mark.django_db
def test_a_database_that_was_kept_half_way_is_refused() -> None:
    UserFactory()
    with pytest.raises(RuntimeError, match="--create-db"):
        Beginning.of_now()
    assert connection.in_atomic_block
