"""What only some plans bring: asked before something new is set up, never of what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from billing.features import plan_to_take
from billing.models import Plan
from tenants.domains.claiming import change_role, claim, remove
from tenants.domains.hosts import choose_host, open_host
from tenants.models import ClaimedDomain, Domain, Logo, Membership, Organisation, Purpose, Role, SingleSignOn
from tenants.organisations import branding, features
from tenants.organisations.features import ADVANCED, SINGLE_SIGN_ON, NotInPlan, brings, check, missing_from
from tenants.sealing import seal
from tenants.single_sign_on import configuring
from tenants.single_sign_on.problems import Problem
from tests.factories.billing import put_on

pytestmark = pytest.mark.django_db
HOST = "books.acme.example"
Doing = Callable[[Membership], object]


@pytest.fixture
def owning(organisation: Organisation, owner: Any) -> Membership:
    return Membership.objects.get(organisation=organisation, user=owner)


@pytest.fixture
def nobody_answers() -> Iterator[None]:
    features.feature_asked.disconnect(plan_to_take)
    yield
    features.feature_asked.connect(plan_to_take)


@pytest.fixture
def set_up(organisation: Organisation) -> None:
    """What the organisation had while its plan brought it."""
    domain = ClaimedDomain.objects.create(
        organisation=organisation, name=HOST, purpose=Purpose.HOST, token="t", verified_at=timezone.now()
    )
    open_host(domain)
    Logo.objects.create(organisation=organisation, data=b"logo", content_type="image/png", width=2, height=1)
    organisation.own_host, organisation.accent = HOST, "#1d4ed8"
    organisation.save()
    SingleSignOn.objects.create(
        organisation=organisation,
        name="Example ID",
        issuer="https://id.example",
        client_id="octavo",
        sealed_secret=seal("a secret"),
        worked_at=timezone.now(),
        enforced=True,
    )


def show_logo(by: Membership) -> None:
    branding.set_logo(by=by, data=b"picture", content_type="image/png", width=2, height=1)


def lead_there(by: Membership) -> None:
    name = "pages.acme.example"
    Domain.objects.get_or_create(domain=name, defaults={"tenant": by.organisation, "is_primary": False})
    choose_host(host=name, by=by)


def set_provider_up(by: Membership) -> None:
    away = configuring.Wishes(
        name="Away", issuer="http://localhost:1", client_id="octavo", secret="a secret", joins_as=""
    )
    configuring.set_up(by=by, wishes=away)


def require_provider(by: Membership) -> None:
    SingleSignOn.objects.get_or_create(
        organisation=by.organisation, defaults={"issuer": "https://id.example"}
    )
    configuring.require(by=by, session_key=None)


LOOKS: dict[str, Doing] = {
    "claiming a host": lambda by: claim(typed="shop.acme.example", purpose=Purpose.HOST, by=by),
    "choosing a host": lead_there,
    "a logo": show_logo,
    "a colour": lambda by: branding.set_accent(by=by, accent="#0f766e"),
}
PROVIDERS: dict[str, Doing] = {"setting a provider up": set_provider_up, "requiring it": require_provider}
EVERYTHING = {**LOOKS, **PROVIDERS}


@pytest.mark.parametrize("plan", ["FREE", "STARTER"])
@pytest.mark.parametrize("doing", LOOKS)
def test_an_own_look_comes_with_pro(owning: Membership, doing: str, plan: str) -> None:
    put_on(owning.organisation, plan)
    with pytest.raises(NotInPlan, match="comes with the plan Pro"):
        LOOKS[doing](owning)


@pytest.mark.parametrize("plan", ["PRO", "ENTERPRISE"])
@pytest.mark.parametrize("doing", LOOKS)
def test_which_allows_it(owning: Membership, doing: str, plan: str) -> None:
    put_on(owning.organisation, plan)
    LOOKS[doing](owning)


@pytest.mark.parametrize("plan", ["FREE", "PRO"])
@pytest.mark.parametrize("doing", PROVIDERS)
def test_an_own_provider_comes_with_enterprise(owning: Membership, doing: str, plan: str) -> None:
    put_on(owning.organisation, plan)
    with pytest.raises(NotInPlan, match="comes with the plan Enterprise"):
        PROVIDERS[doing](owning)


@pytest.mark.parametrize("doing", PROVIDERS)
def test_which_allows_that(owning: Membership, doing: str) -> None:
    """As far as other conditions: the provider is away, and has not been tried."""
    put_on(owning.organisation, "ENTERPRISE")
    with pytest.raises((Problem, configuring.CannotRequire)):
        PROVIDERS[doing](owning)


def test_domains_of_addresses_are_everybodys(owning: Membership) -> None:
    domain = claim(typed="acme.example", purpose=Purpose.EMAIL, by=owning)
    assert change_role(domain_id=domain.pk, joins_as=Role.GUEST, by=owning).joins_as == Role.GUEST


@pytest.mark.parametrize("doing", EVERYTHING)
def test_when_the_plan_has_ended_nothing_changes(owning: Membership, set_up: None, doing: str) -> None:
    with pytest.raises(NotInPlan):
        EVERYTHING[doing](owning)
    organisation = Organisation.objects.get(pk=owning.organisation_id)
    assert (organisation.own_host, organisation.accent) == (HOST, "#1d4ed8")
    assert bytes(Logo.objects.get().data) == b"logo"
    provider = SingleSignOn.objects.get()
    assert (provider.issuer, provider.enforced) == ("https://id.example", True)
    assert ClaimedDomain.objects.get().name == HOST


def test_what_is_there_is_kept_as_it_is_without_a_question(owning: Membership, set_up: None) -> None:
    choose_host(host=HOST, by=owning)
    branding.set_accent(by=owning, accent="#1d4ed8")


def test_and_all_of_it_can_be_taken_away(owning: Membership, set_up: None) -> None:
    choose_host(host="", by=owning)
    branding.set_accent(by=owning, accent="")
    branding.remove_logo(by=owning)
    configuring.lift(by=owning)
    assert not SingleSignOn.objects.get().enforced
    configuring.remove(by=owning)
    remove(domain_id=ClaimedDomain.objects.get().pk, by=owning)
    organisation = Organisation.objects.get(pk=owning.organisation_id)
    assert (organisation.own_host, organisation.accent) == ("", "")
    for kind in (Domain, Logo, SingleSignOn, ClaimedDomain):
        assert not kind.objects.exists()


def test_an_older_version_of_a_plan_keeps_what_it_brought(organisation: Organisation) -> None:
    put_on(organisation, "PRO")
    Plan.objects.filter(code="PRO").update(offered=False)
    assert brings(organisation.pk, ADVANCED)


def test_the_plan_to_take_is_one_that_is_offered(organisation: Organisation) -> None:
    Plan.objects.filter(code="PRO").update(offered=False)
    assert str(missing_from(organisation.pk, ADVANCED)) == "This comes with the plan Enterprise."
    Plan.objects.update(offered=False)
    assert str(missing_from(organisation.pk, ADVANCED)) == "Your plan does not have this."


def test_the_names_of_features_are_read_as_they_are(organisation: Organisation) -> None:
    assert not brings(organisation.pk, "advance")  # the beginning of one


def test_one_query_answers(organisation: Organisation, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), pytest.raises(NotInPlan):
        check(organisation.pk, SINGLE_SIGN_ON)


def test_where_nobody_knows_of_plans_everything_is_allowed(owning: Membership, nobody_answers: None) -> None:
    for doing in LOOKS.values():
        doing(owning)
