"""AI services of the organisation's own, in pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generation.models import OwnProvider
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tenants.sealing import seal, unseal
from tests.conftest import HostClient
from tests.emulators.crewai import TOKEN, CrewServer
from tests.factories.billing import put_on
from tests.queries import queries_of

pytestmark = pytest.mark.usefixtures("on_enterprise")
PAGE = "/organisation/providers/"
CREW = f"{PAGE}text/crewai/"
MODELS = f"{PAGE}text/openai/"
GIVEN = {"address": "http://localhost:1/v1", "key": "sk-1", "model": "m", "protocol": "chat"}


@pytest.fixture
def owner_client(organisation: Organisation, owner: User) -> HostClient:
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def crew() -> Iterator[CrewServer]:
    with CrewServer() as server:
        yield server


def saved(organisation: Organisation) -> OwnProvider:
    with entered(organisation):
        return OwnProvider.objects.get(retired_at=None)


def test_owner_sets_up_a_model_server(organisation: Organisation, owner_client: HostClient) -> None:
    assert "Use a model server" in owner_client.get(PAGE).content.decode()

    answer = owner_client.post(MODELS, GIVEN, follow=True)

    assert "Saved. New books use it from now on." in answer.content.decode()
    own = saved(organisation)
    assert (own.address, own.model, own.protocol) == ("http://localhost:1/v1", "m", "chat")
    assert unseal(own.sealed_key) == "sk-1"


def test_key_is_never_shown_again(organisation: Organisation, owner_client: HostClient) -> None:
    owner_client.post(MODELS, {**GIVEN, "key": "sk-never-shown"})

    for page in (PAGE, MODELS, f"{PAGE}text/remove/"):
        assert "sk-never-shown" not in owner_client.get(page).content.decode()
    failed = owner_client.post(MODELS, {**GIVEN, "model": "", "key": "sk-just-typed"})
    assert failed.status_code == 422
    assert "sk-just-typed" not in failed.content.decode()


def test_crew_is_tried_before_it_is_saved(
    organisation: Organisation, owner_client: HostClient, crew: CrewServer
) -> None:
    asked = {"address": crew.url, "key": TOKEN, "try": "yes"}

    assert (
        "It works. The crew asks for: title, topic, goal." in owner_client.post(CREW, asked).content.decode()
    )
    part = owner_client.post(CREW, {**asked, "key": "wrong"}, headers={"HX-Request": "true"}).content.decode()
    assert "does not accept the key" in part
    assert "<form" not in part
    with entered(organisation):
        assert not OwnProvider.objects.exists()


def test_trying_what_cannot_be_asked_says_why(owner_client: HostClient) -> None:
    answer = owner_client.post(CREW, {"address": "crew", "try": "yes"}, headers={"HX-Request": "true"})

    assert "Address of the crew: Give an address that begins with https://" in answer.content.decode()
    assert owner_client.post(CREW, {"address": "crew", "try": "yes"}).status_code == 422


@pytest.mark.parametrize(
    "changes", [{"address": ""}, {"address": "x"}, {"key": ""}, {"model": "a b"}, {"protocol": "none"}]
)
def test_nonsense_is_shown_beside_its_field(
    organisation: Organisation, owner_client: HostClient, changes: dict[str, str]
) -> None:
    assert owner_client.post(MODELS, {**GIVEN, **changes}).status_code == 422

    with entered(organisation):
        assert not OwnProvider.objects.exists()


@pytest.mark.parametrize("path", ["text/crayons/", "pictures/crewai/", "music/openai/", "text/remove/"])
def test_what_there_is_not(owner_client: HostClient, path: str) -> None:
    assert owner_client.get(PAGE + path).status_code == 404


def test_removing_goes_back_to_the_platforms(organisation: Organisation, owner_client: HostClient) -> None:
    owner_client.post(MODELS, GIVEN)
    assert "Its key is forgotten" in owner_client.get(f"{PAGE}text/remove/").content.decode()

    owner_client.post(f"{PAGE}text/remove/")

    with entered(organisation):
        assert not OwnProvider.objects.exists()


def test_members_and_admins_do_not_choose(member_client: HostClient) -> None:
    assert member_client.get(PAGE).status_code == 403
    assert member_client.post(MODELS, GIVEN).status_code == 403


def test_plan_without_it_says_which_one_brings_it(
    organisation: Organisation, owner_client: HostClient
) -> None:
    put_on(organisation, "STARTER")

    assert "This comes with the plan" in owner_client.get(PAGE).content.decode()
    assert owner_client.post(MODELS, GIVEN).status_code == 422


def test_overview_costs_the_same_whatever_there_is(
    organisation: Organisation, owner_client: HostClient
) -> None:
    before = queries_of(owner_client, PAGE)
    with entered(organisation):
        for purpose in ("text", "pictures"):
            OwnProvider.objects.create(
                purpose=purpose, service="openai", address="http://localhost:1", sealed_key=seal("k")
            )

    assert queries_of(owner_client, PAGE) == before
