"""Where new organisations go, and what a server must be."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connections

from tenants import servers
from tenants.models import Organisation
from tenants.servers import ServerUnusable, alias_for_new, aliases, prepare_servers
from tests.factories.tenants import OrganisationFactory
from tests.on_second_server import SCHEMAS_THERE, SECOND

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(databases=["default", SECOND]),
]


@pytest.fixture
def weights(settings):
    def weigh(**weights):
        settings.OCTAVO_SERVER_WEIGHTS = weights

    weigh()
    return weigh


def hold(**numbers):
    for alias, number in numbers.items():
        for count in range(number):
            OrganisationFactory(slug=f"{alias}-{count}", ready_schema=f"t_{alias}_{count}", alias=alias)


def test_the_default_server_is_the_first():
    assert aliases() == ("default", SECOND)


def test_new_organisations_go_where_fewest_are(weights):
    hold(default=2, second=1)
    assert alias_for_new() == SECOND


def test_a_weight_is_a_share(weights):
    hold(default=2, second=1)
    weights(default=3)
    assert alias_for_new() == "default"
    weights(second=0)
    assert alias_for_new() == "default"
    weights(default=0)
    assert alias_for_new() == SECOND


def test_a_name_goes_before_weights(weights, settings):
    settings.OCTAVO_PLACE_NEW = "default"
    hold(default=2)
    assert alias_for_new() == "default"


def test_an_organisation_is_made_where_new_ones_go(settings):
    settings.OCTAVO_PLACE_NEW = SECOND
    made = OrganisationFactory(slug="there")
    assert Organisation.objects.get(pk=made.pk).alias == SECOND
    assert servers.size_of_schema(made.schema_name, alias=SECOND) > 100_000
    assert servers.size_of_schema(made.schema_name, alias="default") == 0


def test_states_of_servers(weights, settings):
    settings.OCTAVO_PLACE_NEW = SECOND
    hold(default=2, second=1)
    here, there = servers.server_states()
    assert (here.alias, here.organisations, here.takes_new) == ("default", 2, False)
    assert (there.alias, there.organisations, there.takes_new) == (SECOND, 1, True)
    assert there.bytes > 1_000_000


def test_a_server_is_prepared_and_one_that_cannot_be_is_named(monkeypatch):
    prepare_servers()
    with connections[SECOND].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname IN ('ext', %s)", [SCHEMAS_THERE[0]])
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)

    def refuse():
        raise OperationalError("permission denied\nsecret details")

    monkeypatch.setattr(connections[SECOND], "cursor", refuse)
    with pytest.raises(ServerUnusable, match=r"the server second of OCTAVO_SERVERS: permission denied$"):
        prepare_servers()
    assert SECOND in django_settings.DATABASES


def test_a_server_that_is_taken_out_with_organisations_on_it_is_told_of():
    OrganisationFactory(slug="lost", ready_schema="t_lost", alias="third")
    with pytest.raises(ServerUnusable, match="organisations are on the server third, which OCTAVO_SERVERS"):
        prepare_servers()
