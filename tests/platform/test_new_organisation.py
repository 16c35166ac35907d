"""Somebody who has an account makes a further organisation."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from lxml import html

from insights.models import ActivityLog
from tenants.accounts.models import User
from tenants.models import FormerAddress, Membership, Organisation, Role
from tenants.organisations.founding import MOST_OWNED, TooManyOrganisations, found_organisation
from tenants.schemas.provisioning import drop_schema
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PATH = "/organisations/new/"
GIVEN = {"name": "Night Press", "slug": "night-press", "language": "fr"}


@pytest.fixture
def founder(db: None) -> User:
    return UserFactory(name="Fay Founder")


@pytest.fixture
def lobby(founder: User) -> HostClient:
    return HostClient().sign_in(founder)


def test_founder_owns_it_and_is_taken_in(lobby: HostClient, founder: User) -> None:
    answer = lobby.post(PATH, GIVEN)
    assert answer["Location"] == "/accounts/go/night-press/"
    made = Organisation.objects.get(slug="night-press")
    assert (made.name, made.language, made.personal) == ("Night Press", "fr", False)
    assert Membership.objects.get(organisation=made).role == Role.OWNER
    assert lobby.get(answer["Location"])["Location"].startswith("http://night-press.localhost:8000/")
    line = ActivityLog.objects.get(action="organisation.created", organisation_id=made.pk)
    assert (line.actor_id, line.resource_name) == (founder.pk, "Night Press")


@pytest.mark.parametrize(
    ("name", "slug"), [("Zoé & Fils", "zoe-fils"), ("Support", "my-support-"), ("夜の本", "org-")]
)
def test_address_is_made_from_the_name(lobby: HostClient, name: str, slug: str) -> None:
    lobby.post(PATH, {**GIVEN, "name": name, "slug": ""})
    assert Organisation.objects.get().slug.startswith(slug)


def test_made_up_address_avoids_a_taken_one(lobby: HostClient, organisation: Organisation) -> None:
    lobby.post(PATH, {**GIVEN, "name": "Acme", "slug": ""})
    assert Organisation.objects.exclude(pk=organisation.pk).get().slug.startswith("acme-")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"slug": "acme"}, "This address is taken. Free is, for example: acme-"),
        ({"slug": "ACME"}, "This address is taken."),
        ({"slug": "old-acme"}, "This address is taken."),
        ({"slug": "www"}, "This address is reserved."),
        ({"slug": "xn--acm-epa"}, "This address is reserved."),
        ({"slug": "аcme"}, "Use lower-case letters"),  # its first letter is Cyrillic
        ({"slug": "gοοgle"}, "Use lower-case letters"),  # Greek omicrons
        ({"slug": "ａｃｍｅ"}, "Use lower-case letters"),  # full width
        ({"slug": "книги"}, "Use lower-case letters"),
        ({"slug": "夜の本"}, "Use lower-case letters"),
        ({"slug": "📚books"}, "Use lower-case letters"),
        ({"slug": "night\u200dpress"}, "Use lower-case letters"),  # joined by what nobody sees
        ({"slug": "acme.books"}, "Use lower-case letters"),
        ({"slug": "-acme"}, "Use lower-case letters"),
        ({"slug": "a" * 200}, "at most 63 characters"),
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"language": "de"}, "Select a valid choice."),
    ],
)
def test_bad_wish_is_explained_and_kept(
    lobby: HostClient, organisation: Organisation, given: dict[str, str], told: str
) -> None:
    FormerAddress.objects.create(slug="old-acme", organisation=organisation)
    response = lobby.post(PATH, {**GIVEN, **given})
    assert response.status_code == 422
    assert told in response.content.decode()
    page = html.fromstring(response.content.decode())
    for field in ("name", "slug"):
        sent = {**GIVEN, **given}[field]
        if "\x00" not in sent:
            assert page.xpath(f"//input[@name='{field}']/@value") == ([sent] if sent else [])
    assert list(Organisation.objects.all()) == [organisation]


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("книги", "Utilisez des lettres minuscules"),
        ("📚", "Utilisez des lettres minuscules"),
        ("acme", "Cette adresse est prise."),
    ],
)
def test_bad_address_is_explained_in_ones_own_language(
    lobby: HostClient, organisation: Organisation, founder: User, slug: str, told: str
) -> None:
    founder.language = "fr"
    founder.save()
    response = lobby.post(PATH, {**GIVEN, "slug": slug})
    page = html.fromstring(response.content.decode())
    assert told in page.text_content()
    assert page.xpath("//input[@name='slug']/@value") == [slug]
    assert page.xpath("//input[@name='name']/@value") == [GIVEN["name"]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_address_at_once_one_gets_it_and_one_is_told() -> None:
    founders = [UserFactory(email=f"{name}@people.example") for name in ("fay", "gus")]
    browsers = [HostClient().sign_in(founder) for founder in founders]
    together, answers = threading.Barrier(2), []

    def send(browser: HostClient) -> None:
        try:
            together.wait(timeout=30)
            answers.append(browser.post(PATH, GIVEN))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        made, told = sorted(answers, key=lambda answer: int(answer.status_code))
        assert made["Location"] == "/accounts/go/night-press/"
        assert told.status_code == 422
        assert "This address is taken. Free is, for example: night-press-" in told.content.decode()
        assert Organisation.objects.count() == Membership.objects.count() == 1
    finally:
        for organisation in Organisation.objects.all():
            drop_schema(organisation)


@pytest.mark.parametrize("slug", ["night-press", ""])
def test_form_sent_twice_makes_one(lobby: HostClient, slug: str) -> None:
    first, second = (lobby.post(PATH, {**GIVEN, "slug": slug})["Location"] for _time in range(2))
    assert first == second
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one() -> None:
    founder = UserFactory()
    made: list[Organisation] = []

    def make() -> None:
        made.append(found_organisation(founder=founder, name="Night Press"))
        connection.close()

    clicks = [threading.Thread(target=make) for _click in range(3)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    try:
        assert len({one.pk for one in made}) == Organisation.objects.count() == 1
    finally:
        for organisation in Organisation.objects.all():
            drop_schema(organisation)


def test_one_owns_only_so_many(founder: User) -> None:
    for number in range(MOST_OWNED):
        one = Organisation.objects.create(name=f"Press {number}", slug=f"press-{number}")
        Membership.objects.create(organisation=one, user=founder, role=Role.OWNER)
    with pytest.raises(TooManyOrganisations):
        found_organisation(founder=founder, name="One more")
    answer = HostClient().sign_in(founder).post(PATH, GIVEN)
    assert answer.status_code == 422
    assert "You own 20 organisations" in answer.content.decode()


def test_strangers_are_asked_to_sign_in() -> None:
    assert HostClient().post(PATH, GIVEN)["Location"].startswith("/accounts/login/")
    assert not Organisation.objects.exists()


def test_choice_says_which_role_one_has(
    lobby: HostClient, founder: User, organisation: Organisation, other_organisation: Organisation
) -> None:
    MembershipFactory(user=founder, organisation=organisation, role=Role.OWNER)
    MembershipFactory(user=founder, organisation=other_organisation, role=Role.GUEST)
    page = html.fromstring(lobby.get("/enter/").content.decode())
    doors = [" ".join(door.text_content().split()) for door in page.xpath("//a[@class='door']")]
    assert doors[0].endswith("Acme Owner · acme.localhost:8000")
    assert doors[1].endswith("Globex Guest · globex.localhost:8000")
    assert page.xpath(f"//a[@href='{PATH}']")
