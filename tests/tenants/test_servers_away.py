"""A further server that is away: whatever does not need it goes on."""

from __future__ import annotations

import logging

import pytest

from tenants.models import Organisation, ReadySchema
from tenants.organisations.signup import create_personal_organisation
from tenants.schemas import ready, sweeping
from tenants.servers import ServerUnusable, alias_for_new, prepare_servers
from tests.factories.tenants import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def favoured(settings, server_away):
    """It would take all new organisations, if only it answered."""
    settings.OCTAVO_SERVER_WEIGHTS = {server_away: 1_000}
    OrganisationFactory(slug="first")
    return server_away


def test_who_signs_up_is_placed_elsewhere(favoured, caplog):
    with caplog.at_level(logging.WARNING, "tenants.servers"):
        made = create_personal_organisation(user=UserFactory(name="Ada Lovelace"))
    assert made.alias == "default"
    (line,) = [record for record in caplog.records if record.message == "server away"]
    assert line.server == favoured


def test_a_schema_that_is_ready_there_is_not_taken(favoured, settings):
    """It would be an organisation that nobody can enter."""
    hash = ready.current_artifact().hash
    ReadySchema.objects.create(schema_name="t_0123456789abcdef", alias=favoured, artifact_hash=hash)
    assert create_personal_organisation(user=UserFactory()).alias == "default"
    assert ReadySchema.objects.filter(alias=favoured).exists()


def test_where_new_ones_must_go_there_the_reason_is_told(settings, server_away):
    settings.OCTAVO_PLACE_NEW = server_away
    with pytest.raises(ServerUnusable, match="no organisation can be made: away does not answer"):
        create_personal_organisation(user=UserFactory())
    assert not Organisation.objects.exists()
    settings.OCTAVO_PLACE_NEW = ""
    assert alias_for_new() == "default"


def test_schemas_are_made_ready_and_swept_on_the_others(server_away, settings):
    settings.OCTAVO_READY_SCHEMAS_LEAST, settings.OCTAVO_READY_SCHEMAS_MOST = 1, 2
    settings.OCTAVO_SERVER_WEIGHTS = {"default": 0}
    assert ready.refill() == 0
    settings.OCTAVO_SERVER_WEIGHTS = {}
    assert ready.refill() == 1
    assert sweeping.sweep() == sweeping.Swept()


def test_the_others_are_prepared(server_away):
    prepare_servers()
