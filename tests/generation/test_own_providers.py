"""AI services of an organisation's own: who sets them up, where keys go, and what books are made by."""

from __future__ import annotations

from typing import Any

import pytest

from billing.models import LedgerEntry
from generation import own_providers, trying
from generation.commission import retry_book
from generation.models import BookJob, OwnProvider
from generation.own_providers import InvalidProvider, Wishes
from generation.providers import choice
from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.context import Current, entered
from tenants.models import Membership, Organisation
from tenants.organisations.features import NotInPlan
from tenants.people.members import NotAllowed
from tenants.sealing import unseal
from tests.emulators.crewai import TOKEN, CrewServer, Script
from tests.emulators.openai_stateful import KEY, OpenAIServer
from tests.factories.billing import put_on
from tests.generation.conftest import Commission
from tests.generation.driving import drive
from tests.generation.model_list import listing

pytestmark = pytest.mark.usefixtures("inside")
HERE = "http://localhost:1/v1"


@pytest.fixture
def by(organisation: Organisation, owner: User, on_enterprise: Organisation) -> Membership:
    """Ada, who owns Acme, which is on the plan that brings this."""
    return Membership.objects.select_related("user", "organisation").get(user=owner)


@pytest.fixture
def models() -> Any:
    """A model server that the platform knows nothing of."""
    with OpenAIServer() as server:
        yield server


def model_server(server: OpenAIServer, **changes: Any) -> Wishes:
    asked = {"service": "openai", "address": server.base_url, "key": KEY, "model": "gpt-own", **changes}
    return Wishes(**asked)


def set_up(by: Membership, purpose: str = "text", **wishes: Any) -> OwnProvider:
    asked = {"service": "openai", "address": HERE, "key": "sk-1", "model": "m", **wishes}
    return own_providers.set_up(by=by, purpose=purpose, wishes=Wishes(**asked))


def test_books_are_written_and_drawn_on_the_organisations_own_account(
    by: Membership, models: OpenAIServer, commission: Commission
) -> None:
    set_up(by, address=models.base_url, key=KEY, model="gpt-own", protocol="chat")
    set_up(by, "pictures", address=models.base_url, key=KEY, model="gpt-image-own")

    _book, job = commission(chapters=2)
    drive(lanes=("calls",))

    job.refresh_from_db()
    assert (job.finalized, job.error, job.cost_micros) == (True, "", 0)
    assert {call.body["model"] for call in models.asked("/chat/completions")} == {"gpt-own"}
    assert len(models.asked("/images/generations")) == 1
    paid = LedgerEntry.objects.filter(job_id=job.pk, provider="own:openai", state="SETTLED")
    assert paid.count() == 4
    assert set(paid.values_list("amount_micros", "unpriced", "estimate_micros")) == {(0, False, 0)}
    assert all(tokens > 0 for tokens in paid.values_list("input_tokens", flat=True))


def test_book_keeps_the_service_that_it_was_begun_with(
    by: Membership, models: OpenAIServer, commission: Commission
) -> None:
    set_up(by, address=models.base_url, key=KEY, model="gpt-own")
    _book, job = commission(chapters=2)

    set_up(by, address=HERE, key="sk-other")
    _other, after = commission(chapters=2)

    assert job.options["text"] != after.options["text"]
    drive(lanes=("calls",), rounds=2)
    job.refresh_from_db()
    assert job.outline is not None
    assert OwnProvider.objects.count() == 2


def test_service_that_no_book_needs_is_forgotten_when_another_is_chosen(by: Membership) -> None:
    first = set_up(by)
    set_up(by, address="http://localhost:2/v1")

    assert not OwnProvider.objects.filter(pk=first.pk).exists()


def test_wrong_key_is_told_so_that_an_owner_understands_and_mends_it(
    by: Membership, models: OpenAIServer, commission: Commission
) -> None:
    set_up(by, address=models.base_url, key="sk-wrong", model="gpt-own")
    _book, job = commission(chapters=2)
    drive(lanes=("calls",))
    job.refresh_from_db()
    assert (job.status, job.error_code) == (BookJob.Status.FAILED, "wrong_key")
    assert "under “AI services”" in job.error

    own = set_up(by, address=models.base_url, key=KEY, model="gpt-own")
    retry_book(job=job)
    drive(lanes=("calls",))

    job.refresh_from_db()
    assert choice.name_of(own) == job.options["text"]
    assert job.finalized


def test_private_server_is_never_asked(
    by: Membership, models: OpenAIServer, commission: Commission, settings: Any
) -> None:
    set_up(by, address=models.base_url, key=KEY, model="gpt-own")
    settings.OCTAVO_PRIVATE_ADDRESSES = False
    _book, job = commission(chapters=2)

    drive(lanes=("calls",))

    job.refresh_from_db()
    assert (job.error_code, models.calls) == ("provider_unavailable", [])
    assert "AI service of your organisation could not be reached" in job.error


def test_key_is_sealed_and_needed_once(by: Membership) -> None:
    own = set_up(by, key="sk-secret-of-ours")
    assert "sk-secret" not in own.sealed_key

    again = set_up(by, key="", model="other")

    assert (again.pk, again.model, unseal(again.sealed_key)) == (own.pk, "other", "sk-secret-of-ours")


@pytest.mark.parametrize("address", ["http://localhost:1/v2", "http://127.0.0.1:1/v1", "http://localhost/v1"])
def test_known_key_goes_to_no_other_address(by: Membership, address: str) -> None:
    set_up(by)

    with pytest.raises(InvalidProvider) as caught:
        set_up(by, address=address, key="")

    assert set(caught.value.faults) == {"key"}
    wishes = Wishes("openai", address, model="m")
    assert own_providers.key_for(wishes=wishes, known=own_providers.in_use("text")) == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "localhost:1/v1"}, "address"),
        ({"address": "ftp://localhost/v1"}, "address"),
        ({"address": "http://ada:pass@localhost/v1"}, "address"),
        ({"address": "http://localhost/v1?key=1"}, "address"),
        ({"address": "http://local host/v1"}, "address"),
        ({"address": "http://localhost/" + "v" * 500}, "address"),
        ({"key": ""}, "key"),
        ({"key": "sk 1"}, "key"),
        ({"key": "sk-1\nX-Other: 1"}, "key"),
        ({"key": "clé"}, "key"),
        ({"key": "k" * 501}, "key"),
        ({"model": ""}, "model"),
        ({"model": "a model"}, "model"),
        ({"protocol": "telepathy"}, "protocol"),
        ({"service": "crayons"}, "service"),
    ],
)
def test_nonsense_is_refused(by: Membership, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidProvider) as caught:
        set_up(by, **changes)

    assert set(caught.value.faults) == {field}
    assert not OwnProvider.objects.exists()


def test_crews_draw_no_pictures(by: Membership) -> None:
    with pytest.raises(InvalidProvider):
        set_up(by, "pictures", service="crewai")


def test_plain_http_is_for_private_installations(by: Membership, settings: Any) -> None:
    settings.OCTAVO_PRIVATE_ADDRESSES = False

    with pytest.raises(InvalidProvider):
        set_up(by)


def test_only_owners_choose(by: Membership, membership: Membership) -> None:
    with pytest.raises(NotAllowed):
        set_up(membership)
    set_up(by)
    with pytest.raises(NotAllowed):
        own_providers.remove(by=membership, purpose="text")


def test_plan_has_to_bring_it_but_what_is_there_goes_on(by: Membership, organisation: Organisation) -> None:
    own = set_up(by)
    put_on(organisation, "STARTER")

    with pytest.raises(NotInPlan):
        set_up(by, key="sk-2")
    assert choice.text_provider_name() == choice.name_of(own)
    own_providers.remove(by=by, purpose="text")
    assert choice.text_provider_name() == "storyteller"


def test_removing_forgets_every_key_and_is_told(by: Membership, commission: Commission) -> None:
    set_up(by)
    commission()
    set_up(by, address="http://localhost:2/v1")

    own_providers.remove(by=by, purpose="text")

    assert not OwnProvider.objects.exists()
    log = ActivityLog.objects.filter(action__startswith="provider.").order_by("created_at", "id")
    assert list(log.values_list("action", flat=True)) == ["provider.set", "provider.set", "provider.removed"]
    assert "sk-" not in str(list(log.values_list("details", flat=True)))


def test_other_organisations_choices_are_their_own(
    by: Membership, inside: Current, other_organisation: Organisation
) -> None:
    set_up(by)

    with entered(other_organisation):
        assert choice.text_provider_name() == "storyteller"


# --- trying ------------------------------------------------------------------------------------------------


def tried(wishes: Wishes, known: OwnProvider | None = None) -> tuple[bool, str]:
    trial = trying.try_out(purpose="text", wishes=wishes, known=known)
    return trial.works, trial.told


def crew_at(crew: CrewServer, key: str = TOKEN) -> Wishes:
    return Wishes("crewai", crew.url, key=key)


def test_crew_is_asked_for_its_inputs() -> None:
    with CrewServer() as crew:
        works, told = tried(crew_at(crew))
        assert works
        assert told.startswith("It works. The crew asks for: title, topic, goal. It writes whole books only")
        crew.inputs = ("topic", "instruction")
        assert tried(crew_at(crew)) == (True, "It works. The crew asks for: topic, instruction.")
        crew.inputs = ("topic", "budget")
        works, told = tried(crew_at(crew))
        assert (works, "budget" in told) == (False, True)
        assert tried(crew_at(crew, "wrong")) == (False, "It answers, but does not accept the key.")
        crew.script(Script("/inputs", status=404))
        assert tried(crew_at(crew)) == (False, "There is no crew at this address.")
        crew.script(Script("/inputs", raw=b"<html>"))
        assert tried(crew_at(crew)) == (False, "Something answers there, but it is no crew.")
        assert crew.asked("/kickoff") == []


def test_model_server_is_asked_for_its_models() -> None:
    with listing(["m", "other"]) as (address, key):
        wishes = Wishes("openai", address, key=key, model="m")
        assert tried(wishes) == (True, "It works: the key is accepted, and the model is there.")
        works, told = tried(Wishes("openai", address, key=key, model="gone"))
        assert (works, "“gone” is not among the models" in told) == (False, True)
        assert tried(Wishes("openai", address, key="wrong", model="m"))[0] is False


@pytest.mark.parametrize("service", ["openai", "crewai"])
def test_nobody_there(service: str, settings: Any) -> None:
    wishes = Wishes(service, "http://127.0.0.1:9", key="k", model="m")
    assert tried(wishes) == (False, "Nothing answers at this address.")
