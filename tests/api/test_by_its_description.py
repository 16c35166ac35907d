"""The API does what its description says: schemathesis reads all there is to read, with a fixed seed.

`./octavo bench api` tries all operations, each many times over (bench/api_schemathesis.py).
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis

from bench.api_schemathesis import Found, description, name_what_is_there, run
from billing.models import Budget
from tenants.models import Membership, Organisation
from tests.factories.api_keys import make_key
from tests.isolation.cast import OWNER, cast_of

WRITES = ["groups_create", "tiers_create", "profile_update", "notifications_read", "subscription_preview"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("chosen", "least"),
    [({"method": "GET"}, 80), ({"operation_id": WRITES}, len(WRITES))],
    ids=["reads", "writes"],
)
def test_answers_are_as_described(
    live_server: Any, on_enterprise: Organisation, chosen: Any, least: int
) -> None:
    cast = cast_of(on_enterprise, secret="Secret", surname="Tried")
    Budget.objects.update(limit_micros=1_000_000)  # the cast's is more than anybody can set
    owner = Membership.objects.get(organisation=on_enterprise, user=cast.people[OWNER])
    schemathesis.hooks.unregister_all()
    told = description(live_server.url, make_key(owner).secret, examples=1, phases=["fuzzing"])
    schema = told.include(**chosen)
    name_what_is_there(schema, lambda: cast.values)
    found = Found()
    cases = run(schema, found, label="everything")
    told = "\n".join([*found.failures, *found.errors])
    assert not told, told
    assert found.server_errors == 0
    assert len(cases) >= least
