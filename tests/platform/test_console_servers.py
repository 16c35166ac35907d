"""The console's pages of PostgreSQL servers, and moving an organisation to another."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import Move, Organisation
from tenants.signals import organisation_moved
from tests.conftest import HostClient
from tests.factories.tenants import OrganisationFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(super_admin: User) -> HostClient:
    return HostClient().sign_in(super_admin)


@pytest.fixture
def address(organisation: Organisation) -> str:
    return f"/console/organisations/{organisation.pk}/server/"


@pytest.fixture
def north(db: None) -> Iterator[str]:
    """A second server, which does not answer: nobody listens at its port."""
    settings = {**deepcopy(connection.settings_dict), "ENGINE": "tenants.postgresql.further"}
    django_settings.DATABASES["north"] = {**settings, "HOST": "127.0.0.1", "PORT": "1"}
    assert connections["north"].alias == "north"
    yield "north"
    del connections["north"]
    del django_settings.DATABASES["north"]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def make_move(organisation: Organisation, **fields: Any) -> Move:
    return Move.objects.create(organisation=organisation, source="default", target="north", **fields)


def test_one_server_is_told_and_nothing_can_be_moved(operator: HostClient, address: str) -> None:
    page = text(operator.get("/console/servers/"))
    assert "1 organisation ·" in page and "takes new ones" in page
    assert "No organisation has been moved." in page
    page = text(operator.get(address))
    assert "It is on the server default and takes" in page
    assert "There is one server only." in page and "<select" not in page


def test_a_server_that_does_not_answer_is_told(
    operator: HostClient, address: str, north: str, organisation: Organisation
) -> None:
    assert "does not answer" in text(operator.get("/console/servers/"))
    cache.set("server-size:north", 5_000_000)  # as it was a minute ago
    assert text(operator.get("/console/servers/")).count("does not answer") == 1
    Organisation.objects.filter(pk=organisation.pk).update(alias="north")
    assert "It is on the server north, which does not answer." in text(operator.get(address))


def test_a_move_is_asked_for_and_its_progress_shown(
    operator: HostClient, address: str, north: str, organisation: Organisation, super_admin: User
) -> None:
    assert '<option value="north">' in text(operator.get(address))
    page = text(operator.post(f"{address}move/", {"server": "north"}, follow=True))
    move = Move.objects.get()
    assert (move.organisation, move.source, move.target, move.state, move.asked_by) == (
        organisation,
        "default",
        "north",
        Move.State.WAITING,
        super_admin,
    )
    assert "The organisation is on its way." in page
    assert "On its way to north: Waiting" in page and "<select" not in page
    Move.objects.update(state=Move.State.COPYING, copied=30, to_copy=100)
    assert 'value="30"' in text(operator.get(address))
    operator.post(f"{address}move/", {"server": "north"})
    assert Move.objects.count() == 1


def test_it_cannot_be_moved_to_where_it_is_nor_to_nowhere(
    operator: HostClient, address: str, north: str
) -> None:
    for server in ("default", "nowhere", ""):
        assert operator.post(f"{address}move/", {"server": server}).status_code == 422
    assert not Move.objects.exists()


def test_an_end_is_told_with_its_reason(
    operator: HostClient, address: str, organisation: Organisation
) -> None:
    make_move(organisation, state=Move.State.FAILED, reason="the disk is full")
    make_move(organisation, state=Move.State.MOVED, pause=120)
    page = text(operator.get(address))
    assert "the disk is full" in page and "changes waited 120 ms" in page


def test_a_move_is_in_the_organisations_activity(organisation: Organisation, super_admin: User) -> None:
    move = make_move(organisation, asked_by=super_admin)
    organisation_moved.send(Organisation, organisation=organisation, actor=super_admin, move=move)
    line = ActivityLog.objects.get(action="organisation.moved")
    assert line.organisation_id == organisation.pk
    assert line.details == {"before": "default", "server": "north"}


@pytest.mark.parametrize("of_one", [True, False])
def test_many_moves_cost_no_more_queries_than_few(
    operator: HostClient, address: str, organisation: Organisation, super_admin: User, of_one: bool
) -> None:
    path = address if of_one else "/console/servers/"
    make_move(organisation, state=Move.State.FAILED, asked_by=super_admin)
    few = queries_of(operator, path)
    for number in range(5):
        other = (
            organisation
            if of_one
            else OrganisationFactory(slug=f"other-{number}", ready_schema=f"t_o{number}")
        )
        make_move(other, state=Move.State.FAILED, asked_by=super_admin)
    assert queries_of(operator, path) == few
