"""AI services of the organisation's own over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.emulators.crewai import TOKEN, CrewServer
from tests.factories.billing import put_on

pytestmark = pytest.mark.usefixtures("on_enterprise")
ALL = "/api/v1/providers/"
TEXT = f"{ALL}text/"
GIVEN = {"service": "openai", "address": "http://localhost:1/v1", "key": "sk-secret", "model": "m"}


@pytest.fixture
def ada(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


def put(client: HostClient, body: Any, path: str = TEXT) -> Any:
    return client.put(path, body, content_type="application/json")


def test_platform_makes_both_until_an_owner_chooses(ada: HostClient) -> None:
    assert [(one["purpose"], one["paid_by"], one["service"]) for one in ada.get(ALL).json()] == [
        ("text", "platform", "storyteller"),
        ("pictures", "platform", "cutpaper"),
    ]

    answer = put(ada, GIVEN)

    assert answer.status_code == 200
    shown = ada.get(TEXT).json()
    assert (shown["paid_by"], shown["service"], shown["model"]) == ("organisation", "openai", "m")
    assert "sk-secret" not in answer.content.decode() + str(shown)
    assert put(ada, {**GIVEN, "key": "", "model": "n"}).json()["model"] == "n"


def test_removing_goes_back_to_the_platforms(ada: HostClient) -> None:
    put(ada, GIVEN)

    assert ada.delete(TEXT).status_code == 204
    assert ada.get(TEXT).json()["paid_by"] == "platform"
    assert ada.delete(TEXT).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "nowhere"}, "address"),
        ({"key": ""}, "key"),
        ({"model": ""}, "model"),
        ({"service": "crayons"}, "service"),
        ({"protocol": 7}, "protocol"),
        ({"address": ["x"]}, "address"),
    ],
)
def test_nonsense_is_told_by_field(ada: HostClient, changes: dict[str, Any], field: str) -> None:
    answer = put(ada, {**GIVEN, **changes})

    assert answer.status_code in (400, 422)
    assert field in str(answer.json()["errors"])


def test_purposes_that_there_are_not(ada: HostClient) -> None:
    assert ada.get(f"{ALL}music/").status_code == 404
    assert put(ada, GIVEN, f"{ALL}music/").status_code == 404


def test_crew_can_be_tried_first(ada: HostClient) -> None:
    with CrewServer() as crew:
        body = {"service": "crewai", "address": crew.url, "key": TOKEN}
        answer = ada.post(f"{TEXT}test/", body, content_type="application/json")

    assert answer.status_code == 200
    assert answer.json()["works"] is True
    assert ada.get(TEXT).json()["paid_by"] == "platform"


def test_only_owners(member_client: HostClient) -> None:
    assert member_client.get(ALL).status_code == 403
    assert put(member_client, GIVEN).status_code == 403


def test_plan_without_it(organisation: Organisation, ada: HostClient) -> None:
    put_on(organisation, "STARTER")

    answer = put(ada, GIVEN)

    assert answer.status_code in (402, 403)
