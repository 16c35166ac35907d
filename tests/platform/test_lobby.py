"""The platform's public pages: what it is, what it costs, the way in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from lxml import html

from billing.models import Plan, PlanPrice
from lobby.prices import WANTED
from tenants.accounts.models import User
from tenants.models import Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, MembershipFactory, UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lobby() -> HostClient:
    return HostClient()


def tree(response: Any) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def test_landing_leads_to_an_account(lobby: HostClient) -> None:
    page = tree(lobby.get("/"))
    assert page.xpath("//a[contains(@class, 'btn-primary')]/@href") == ["/accounts/signup/"]
    assert page.xpath("//nav//a[@href='/prices/']")


def test_landing_takes_members_inside(lobby: HostClient, organisation: Organisation, member: User) -> None:
    response = lobby.sign_in(member).get("/")
    assert response["Location"] == "/enter/"


def test_prices_are_those_of_the_plans(lobby: HostClient, settings: Any) -> None:
    settings.PAYSTACK_SECRET_KEY = "sk_test_prices"
    page = tree(lobby.get("/prices/"))
    names = [name.text.strip() for name in page.xpath("//li[@class='plan']/h2")]
    assert names == list(Plan.objects.filter(offered=True).values_list("name", flat=True))
    pro = page.xpath("//li[@class='plan'][contains(h2, 'Pro')]")[0].text_content()
    assert "$49" in pro and "2 months free by the year" in pro and "14 days to try it" in pro
    assert len(page.xpath("//main//*[contains(@class, 'btn-primary')]")) == 1


def test_prices_are_shown_in_other_currencies_and_by_the_year(lobby: HostClient, settings: Any) -> None:
    settings.PAYSTACK_SECRET_KEY = "sk_test_prices"
    said = tree(lobby.get("/prices/?currency=NGN&interval=YEAR")).text_content()
    assert "NGN\u00a0390,000" in said and "$" not in said
    assert "2 months free" in said


@pytest.mark.parametrize("query", ["currency=XXX", "currency=%00&interval=x", "interval=DAY"])
def test_nonsense_in_the_address_shows_the_usual_prices(lobby: HostClient, query: str) -> None:
    assert "$49" in tree(lobby.get(f"/prices/?{query}")).text_content()


def test_plans_not_sold_in_a_currency_say_so(lobby: HostClient) -> None:
    PlanPrice.objects.filter(plan__code="PRO", currency="NGN").update(offered=False)
    said = " ".join(tree(lobby.get("/prices/?currency=NGN")).text_content().split())
    assert "Not sold by the month in NGN" in said


def test_plans_not_offered_are_not_shown(lobby: HostClient) -> None:
    Plan.objects.update(offered=False)
    page = tree(lobby.get("/prices/"))
    assert not page.xpath("//li[@class='plan']")
    assert page.xpath("//div[@class='empty']")


def test_prices_without_a_gateway_say_so(lobby: HostClient, settings: Any) -> None:
    settings.PAYSTACK_SECRET_KEY, settings.PAYSTACK_SANDBOX = "", False
    page = tree(lobby.get("/prices/"))
    assert "Payments are not set up here yet" in page.text_content()
    assert page.xpath("//li[@class='plan']//a/@href") == ["/accounts/signup/"]


def test_prices_take_as_many_queries_however_many_there_are(lobby: HostClient) -> None:
    before = queries_of(lobby, "/prices/")
    for code in ("SOLO", "DUO", "TRIO"):
        PlanPrice.objects.create(
            plan=Plan.objects.create(code=code, name=code), interval="MONTH", currency="USD", amount_minor=1
        )
    assert queries_of(lobby, "/prices/") == before


@pytest.fixture
def price(db: None) -> PlanPrice:
    return PlanPrice.objects.get(plan__code="PRO", interval="MONTH", currency="USD", offered=True)


def test_buying_leads_an_owner_into_the_checkout(
    lobby: HostClient, organisation: Organisation, owner: User, price: PlanPrice
) -> None:
    there = lobby.sign_in(owner).get(f"/prices/{price.pk}/")["Location"]
    assert there == f"/accounts/go/acme/?next=%2Fbilling%2Fplans%2F{price.pk}%2F"


def test_buying_asks_which_organisation(
    lobby: HostClient,
    organisation: Organisation,
    other_organisation: Organisation,
    owner: User,
    price: PlanPrice,
) -> None:
    MembershipFactory(user=owner, organisation=other_organisation, role=Role.OWNER)
    doors = tree(lobby.sign_in(owner).get(f"/prices/{price.pk}/")).xpath("//a[@class='door']/@href")
    assert [door.partition("?")[0] for door in doors] == ["/accounts/go/acme/", "/accounts/go/globex/"]


def test_buying_is_for_owners(
    lobby: HostClient, organisation: Organisation, member: User, price: PlanPrice
) -> None:
    page = tree(lobby.sign_in(member).get(f"/prices/{price.pk}/"))
    assert page.xpath("//div[@class='empty']//a/@href") == ["/organisations/new/"]


def test_buying_waits_for_an_account(
    lobby: HostClient, organisation: Organisation, owner: User, price: PlanPrice
) -> None:
    assert lobby.get(f"/prices/{price.pk}/")["Location"].startswith("/accounts/signup/?next=")
    wanted = lobby.session[WANTED]
    lobby.sign_in(owner)
    session = lobby.session
    session[WANTED] = wanted
    session.save()
    assert lobby.get("/enter/")["Location"] == f"/prices/{price.pk}/"
    assert lobby.get(f"/prices/{price.pk}/")["Location"].startswith("/accounts/go/acme/")
    assert WANTED not in lobby.session


def test_what_is_not_offered_is_not_bought(lobby: HostClient, price: PlanPrice) -> None:
    PlanPrice.objects.filter(pk=price.pk).update(offered=False)
    assert lobby.get(f"/prices/{price.pk}/").status_code == 404


def test_entering_leads_on_to_the_only_organisation(
    lobby: HostClient, organisation: Organisation, member: User
) -> None:
    response = lobby.sign_in(member).get("/enter/")
    assert response["Location"] == f"/accounts/go/{organisation.slug}/"


def test_entering_offers_a_choice_among_several(
    lobby: HostClient, organisation: Organisation, other_organisation: Organisation, member: User
) -> None:
    MembershipFactory(user=member, organisation=other_organisation)
    doors = tree(lobby.sign_in(member).get("/enter/")).xpath("//a[@class='door']/@href")
    assert doors == ["/accounts/go/acme/", "/accounts/go/globex/"]


def test_entering_without_an_organisation_says_so(lobby: HostClient) -> None:
    page = tree(lobby.sign_in(UserFactory()).get("/enter/"))
    assert page.xpath("//div[@class='empty']")


def test_entering_asks_strangers_to_sign_in(lobby: HostClient) -> None:
    assert lobby.get("/enter/")["Location"].startswith("/accounts/login/")


def test_signing_up_sends_a_letter_and_confirming_opens_the_workshop(
    lobby: HostClient, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = lobby.post(
            "/accounts/signup/",
            {"name": "Nadia", "email": "nadia@people.example", "password1": "a garden with no gate"},
            follow=True,
        )
    assert tree(response).xpath("//h1")[0].text == "Check your inbox"
    link = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", str(mail.outbox[0].body))
    assert link
    confirm = lobby.get(link[1])
    assert "nadia@people.example" in confirm.content.decode()
    assert User.objects.get(email="nadia@people.example").memberships.count() == 1


@pytest.mark.parametrize(
    ("address", "data", "field"),
    [
        ("/accounts/login/", {"login": "nobody@x.example", "password": "wrong words"}, None),
        ("/accounts/login/", {"login": "", "password": ""}, "login"),
        ("/accounts/signup/", {"name": "N", "email": "no address", "password1": PASSWORD}, "email"),
        ("/accounts/signup/", {"name": "N", "email": "n@x.example", "password1": "short"}, "password1"),
        ("/accounts/password/reset/", {"email": ""}, "email"),
    ],
)
def test_faults_are_shown_where_they_belong(
    lobby: HostClient, address: str, data: dict[str, str], field: str | None
) -> None:
    page = tree(lobby.post(address, data))
    where = f"//*[@id='id_{field}_error']" if field else "//*[@role='alert']"
    assert page.xpath(where)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/key/1-wrong/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/wrong/",
        "/accounts/inactive/",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_way_in_has_our_look(lobby: HostClient, address: str, language: str) -> None:
    page = tree(lobby.get(address, headers={"Accept-Language": language}))
    assert page.get("lang") == language
    assert page.xpath("//a[@class='wordmark']")
    assert len(page.xpath("//h1")) + len(page.xpath("//div[@class='empty']")) == 1


def test_missing_page_is_told_kindly(lobby: HostClient) -> None:
    response = lobby.get("/nowhere/")
    assert response.status_code == 404
    assert tree(response).xpath("//h1")[0].text == "This page drifted off"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A panda was sitting"), ("fr", "Un panda était assis")]
)
def test_landing_shows_a_real_page_in_the_readers_language(
    lobby: HostClient, language: str, words: str
) -> None:
    page = tree(lobby.get("/", headers={"Accept-Language": language}))
    assert words in page.xpath("//div[contains(@class, 'spread-text')]")[0].text_content()
