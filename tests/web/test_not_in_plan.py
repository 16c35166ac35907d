"""Pages of what the plan does not bring: what it would be, what there is of it, and the way to the plans."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from tenants.accounts.models import User
from tenants.models import ClaimedDomain, Domain, Logo, Organisation, Purpose, SingleSignOn
from tenants.resolution import forget_resolutions
from tenants.sealing import seal
from tests.conftest import HostClient
from tests.factories.billing import put_on
from tests.queries import queries_of
from tests.web.conftest import text_of, tree

pytestmark = pytest.mark.django_db
DOMAINS, LOOK, SIGN_IN = "/organisation/domains/", "/organisation/look/", "/organisation/sign-in/"
WITH_PRO, WITH_ENTERPRISE = "This comes with the plan Pro.", "This comes with the plan Enterprise."
HOST = "books.acme.example"
PROVIDER = {"name": "Example ID", "issuer": "https://id.example", "client_id": "octavo", "secret": "a secret"}


@pytest.fixture
def page(organisation: Organisation, owner: User) -> HostClient:
    """Ada's browser, who owns Acme."""
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def host(organisation: Organisation) -> ClaimedDomain:
    """A web address of Acme's, proven."""
    Domain.objects.create(tenant=organisation, domain=HOST, is_primary=False)
    return ClaimedDomain.objects.create(
        organisation=organisation, name=HOST, purpose=Purpose.HOST, token="t", verified_at=timezone.now()
    )


@pytest.fixture
def provider(organisation: Organisation) -> SingleSignOn:
    """Acme's, which has worked."""
    return SingleSignOn.objects.create(
        organisation=organisation,
        name="Example ID",
        issuer="https://id.example",
        client_id="octavo",
        sealed_secret=seal("a secret"),
        worked_at=timezone.now(),
    )


def forms(response: Any) -> set[str]:
    """The names of what can be sent from the page's main part."""
    return set(tree(response).xpath("//main//form//*[not(@type='hidden')]/@name"))


def leads_to_the_plans(response: Any) -> bool:
    return bool(tree(response).xpath("//main//a[@href='/billing/plans/'][contains(@class, 'btn')]"))


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (64, 32)).save(file, "PNG")
    file.seek(0)
    file.name = "logo.png"
    return file


@pytest.mark.parametrize(
    ("path", "told"), [(DOMAINS, WITH_PRO), (LOOK, WITH_PRO), (SIGN_IN, WITH_ENTERPRISE)]
)
def test_each_says_which_plan_brings_it(
    page: HostClient, organisation: Organisation, path: str, told: str
) -> None:
    answer = page.get(path)
    assert told in text_of(answer) and leads_to_the_plans(answer)
    put_on(organisation, "ENTERPRISE")
    answer = page.get(path)
    assert "comes with the plan" not in text_of(answer) and not leads_to_the_plans(answer)


@pytest.mark.parametrize("path", [LOOK, SIGN_IN])
def test_there_is_no_form_then(page: HostClient, organisation: Organisation, path: str) -> None:
    assert forms(page.get(path)) == set()
    put_on(organisation, "ENTERPRISE")
    assert forms(page.get(path))


def test_domains_are_for_addresses_then(page: HostClient, organisation: Organisation) -> None:
    assert forms(page.get(DOMAINS)) == {"domain", "joins_as"}
    form = {"domain": "acme.example", "purpose": "EMAIL", "joins_as": ""}
    assert page.post(DOMAINS, form).status_code == 302
    refused = page.post(DOMAINS, {**form, "purpose": "HOST"})
    assert refused.status_code == 422
    assert WITH_PRO in refused.content.decode().partition('id="claim-title"')[2].partition("</form>")[0]
    assert ClaimedDomain.objects.get().purpose == Purpose.EMAIL
    put_on(organisation, "PRO")
    assert forms(page.get(DOMAINS)) == {"domain", "purpose", "joins_as"}
    assert page.post(DOMAINS, {**form, "purpose": "HOST"}).status_code == 302


def test_another_web_address_is_not_chosen(
    page: HostClient, organisation: Organisation, host: ClaimedDomain
) -> None:
    listed = page.get(DOMAINS)
    assert HOST in text_of(listed) and "host" not in forms(listed)
    assert "The one that you have goes on working" in text_of(listed)
    assert WITH_PRO in text_of(page.get(f"{DOMAINS}{host.pk}/"))
    refused = page.post(f"{DOMAINS}address/", {"host": HOST})
    assert refused.status_code == 422 and WITH_PRO in text_of(refused)
    assert Organisation.objects.get(pk=organisation.pk).own_host == ""


def test_the_present_one_stays_until_it_is_left(
    page: HostClient, organisation: Organisation, host: ClaimedDomain
) -> None:
    Domain.objects.create(tenant=organisation, domain="pages.acme.example", is_primary=False)
    Organisation.objects.filter(pk=organisation.pk).update(own_host=HOST)
    offered = tree(page.get(DOMAINS)).xpath("//input[@name='host']/@value")
    assert offered == ["", HOST]
    assert page.post(f"{DOMAINS}address/", {"host": ""}).status_code == 302
    assert Organisation.objects.get(pk=organisation.pk).own_host == ""
    assert page.post(f"{DOMAINS}{host.pk}/remove/").status_code == 302
    assert not ClaimedDomain.objects.exists()


def test_logo_and_colour_are_refused(page: HostClient, organisation: Organisation) -> None:
    for path, form in ((LOOK, {"accent": "#1d4ed8"}), ("/organisation/logo/", {"picture": picture()})):
        refused = page.post(path, form)
        assert refused.status_code == 422
        (told,) = tree(refused).xpath("//main//*[contains(@class, 'notice-error')]")
        assert WITH_PRO in told.text_content()
    assert not Logo.objects.exists() and not Organisation.objects.exclude(accent="").exists()


def test_those_that_are_there_are_seen_and_removed(page: HostClient, organisation: Organisation) -> None:
    put_on(organisation, "PRO")
    page.post("/organisation/logo/", {"picture": picture()})
    page.post(LOOK, {"accent": "#1d4ed8"})
    put_on(organisation, "FREE")
    forget_resolutions()
    answer = page.get(LOOK)
    assert forms(answer) == {"remove", "accent"} and "/branding/logo/" in answer.content.decode()
    assert page.get("/branding.css").status_code == page.get("/branding/logo/").status_code == 200
    (colour,) = tree(answer).xpath("//form//button[@name='accent']/@value")
    assert page.post(LOOK, {"accent": colour}).status_code == 302
    assert page.post("/organisation/logo/", {"remove": "yes"}).status_code == 302
    assert not Logo.objects.exists() and not Organisation.objects.exclude(accent="").exists()
    forget_resolutions()
    assert forms(page.get(LOOK)) == set()


def test_a_provider_is_refused(page: HostClient) -> None:
    refused = page.post(SIGN_IN, {**PROVIDER, "joins_as": ""})
    assert refused.status_code == 422
    (told,) = tree(refused).xpath("//main//*[contains(@class, 'notice-error')]")
    assert WITH_ENTERPRISE in told.text_content()
    assert not SingleSignOn.objects.exists()


def test_one_that_is_there_is_not_changed_or_required(page: HostClient, provider: SingleSignOn) -> None:
    answer = page.get(SIGN_IN)
    assert "Example ID" in text_of(answer) and "Require it" not in text_of(answer)
    assert page.post(SIGN_IN, {**PROVIDER, "name": "Another", "joins_as": ""}).status_code == 422
    assert WITH_ENTERPRISE in text_of(page.post(f"{SIGN_IN}require/", follow=True))
    provider.refresh_from_db()
    assert (provider.name, provider.enforced) == ("Example ID", False)


def test_one_that_is_required_is_made_a_choice_and_removed(page: HostClient, provider: SingleSignOn) -> None:
    SingleSignOn.objects.update(enforced=True)
    assert forms(page.get(SIGN_IN)) == {"lift"}
    assert page.post(f"{SIGN_IN}require/", {"lift": "yes"}).status_code == 302
    assert not SingleSignOn.objects.get().enforced
    assert forms(page.get(SIGN_IN)) == set()
    assert page.post(f"{SIGN_IN}remove/").status_code == 302
    assert not SingleSignOn.objects.exists()


@pytest.mark.parametrize("path", [DOMAINS, LOOK, SIGN_IN])
def test_who_lacks_it_costs_no_query_more(page: HostClient, organisation: Organisation, path: str) -> None:
    lacking = queries_of(page, path)
    put_on(organisation, "ENTERPRISE")
    assert queries_of(page, path) == lacking
