"""The organisations that benchmarks make by the thousand are like those that sign up."""

import pytest
from django.db import connection

from bench.tenants_many import drop_many, make_many
from tenants.context import entered
from tenants.models import Organisation, Role
from tenants.schemas import sweeping
from tests.tenants.library.models import Shelf


@pytest.mark.django_db(transaction=True)
def test_many_are_made_and_dropped():
    connection.close()
    made = make_many(12)
    assert [one.pk for one in made] == list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    assert sweeping._schemas("default") == {one.schema_name for one in made}
    last = Organisation.objects.get(pk=made[-1].pk)
    assert last.memberships.get().role == Role.OWNER
    assert last.subscription.plan.code == "FREE"
    with entered(last):
        assert Shelf.objects.count() == 0
    drop_many(made)
    assert not Organisation.objects.exists()
    assert sweeping._schemas("default") == set()
