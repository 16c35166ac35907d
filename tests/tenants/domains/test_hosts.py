"""An organisation answers on a host of its own: sessions, forms, links, and certificates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from insights.models import ActivityLog
from notifications import emails, notify
from notifications.models import Kind
from tenants.accounts.models import User
from tenants.context import entered
from tenants.domains.claiming import remove
from tenants.domains.hosts import NotItsHost, choose_host
from tenants.domains.verifying import check_due
from tenants.models import ClaimedDomain, Domain, Membership, Organisation, OrganisationStatus, Purpose
from tenants.resolution import forget_resolutions
from tests.conftest import HostClient
from tests.emulators.name_server import Zone
from tests.factories.tenants import PASSWORD
from tests.tenants.domains.conftest import Prove
from tests.tenants.domains.test_verifying import DAY, passes

pytestmark = pytest.mark.django_db
HOST = "books.acme.example"
THERE = f"{HOST}:8000"  # with the port of the platform


@pytest.fixture
def own_host(owning: Membership, prove: Prove) -> ClaimedDomain:
    """Acme answers at books.acme.example too."""
    domain = prove(owning, HOST, Purpose.HOST)
    forget_resolutions()
    return domain


@pytest.fixture
def primary(own_host: ClaimedDomain, owning: Membership) -> Organisation:
    """Links lead there."""
    organisation = choose_host(host=HOST, by=owning)
    forget_resolutions()
    return organisation


def browser(**more: Any) -> Client:
    return Client(SERVER_NAME=HOST, HTTP_HOST=THERE, **more)


def form_action(response: Any) -> list[str]:
    directives = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return directives["form-action"].split()


def test_it_answers_on_both(own_host: ClaimedDomain, organisation: Organisation) -> None:
    for client in (browser(), HostClient(organisation)):
        assert client.get("/accounts/login/").status_code == 200
    assert organisation.host == "acme.localhost:8000"


def test_another_name_of_the_same_domain_is_unknown(own_host: ClaimedDomain) -> None:
    for host in ("acme.example", f"www.{HOST}", f"{HOST}.evil.example", "books.acme.example.localhost"):
        answer = Client().get("/", HTTP_HOST=host)
        assert answer.status_code == 404, host
        assert b"No organisation answers at this address" in answer.content


def test_links_lead_to_the_chosen_host(primary: Organisation, member: User) -> None:
    assert primary.host == THERE
    assert primary.url("/x/") == f"http://{THERE}/x/"
    with entered(primary):
        told = notify(member, Kind.BOOK_FINISHED, {"title": "A book", "path": "/books/1/"})
    assert told
    emails.send_email(notification_id=told.pk)
    assert f"http://{THERE}/books/1/" in mail.outbox[-1].body
    line = ActivityLog.objects.get(action="organisation.host_chosen")
    assert line.details == {"before": "acme.localhost:8000", "host": THERE}


def test_the_choice_is_taken_back(primary: Organisation, owning: Membership) -> None:
    assert choose_host(host="", by=owning).host == "acme.localhost:8000"


def test_a_host_that_is_not_its_own_is_not_chosen(
    owning: Membership, other_organisation: Organisation
) -> None:
    Domain.objects.create(tenant=other_organisation, domain="globex.example")
    for host in ("globex.example", "unknown.example", "localhost"):
        with pytest.raises(NotItsHost):
            choose_host(host=host, by=owning)


def test_old_addresses_lead_to_the_chosen_host(primary: Organisation) -> None:
    primary.former_addresses.create(slug="acme-before")
    answer = Client().get("/people/?page=2", HTTP_HOST="acme-before.localhost:8000")
    assert answer.status_code == 301
    assert answer["Location"] == f"http://{THERE}/people/?page=2"


def test_signing_in_on_the_platform_opens_a_session_there(primary: Organisation, member: User) -> None:
    platform = HostClient()
    platform.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    page = platform.get("/accounts/go/acme/?next=/profile/")
    assert page.status_code == 200  # no redirect: the policy of the form that began this would forbid it
    (there,) = html.fromstring(page.content.decode()).xpath("//main//a[contains(@class, 'btn')]/@href")
    assert urlsplit(there).netloc == THERE
    (refresh,) = html.fromstring(page.content.decode()).xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == f"0; url={there}"
    client = browser()
    landed = client.get(f"{urlsplit(there).path}?{urlsplit(there).query}")
    assert landed["Location"] == "/profile/"
    assert "domain" not in {key for key, value in landed.cookies["octavo_session"].items() if value}
    assert client.get("/profile/").status_code == 200
    again = browser().get(f"{urlsplit(there).path}?{urlsplit(there).query}")
    assert again.wsgi_request.user.is_anonymous  # the link was good once


def test_https_is_promised_for_the_host_alone(primary: Organisation, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 3600, True

    def promised(host: str) -> str:
        answer = Client().get("/accounts/login/", HTTP_HOST=host, secure=True)
        return str(answer["Strict-Transport-Security"])

    assert promised(THERE) == promised("unknown.example") == "max-age=3600"
    assert promised("acme.localhost:8000") == promised("localhost") == "max-age=3600; includeSubDomains"
    assert "Strict-Transport-Security" not in browser().get("/accounts/login/")


def test_a_host_that_answers_already_is_proven_too(
    owning: Membership, organisation: Organisation, prove: Prove
) -> None:
    Domain.objects.create(tenant=organisation, domain=HOST)  # by an operator
    assert prove(owning, HOST, Purpose.HOST).verified_at is not None
    assert Domain.objects.count() == 1


def test_a_session_of_one_host_is_none_on_another(
    primary: Organisation, other_organisation: Organisation, member: User
) -> None:
    client = browser()
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert client.get("/profile/").status_code == 200
    for host in ("globex.localhost:8000", "localhost:8000"):
        elsewhere = Client(SERVER_NAME=host, HTTP_HOST=host)
        elsewhere.cookies = client.cookies
        assert elsewhere.get("/profile/").status_code in (302, 404)


def test_forms_are_taken_from_the_same_host_alone(own_host: ClaimedDomain, member: User) -> None:
    client = browser(enforce_csrf_checks=True)
    page = html.fromstring(client.get("/accounts/login/").content.decode())
    form = {
        "login": member.email,
        "password": PASSWORD,
        "csrfmiddlewaretoken": page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0],
    }
    for origin in ("http://evil.example", "http://acme.example:8000", "null"):
        assert client.post("/accounts/login/", form, headers={"origin": origin}).status_code == 403
    assert client.post("/accounts/login/", form, headers={"origin": f"http://{THERE}"}).status_code == 302


def test_the_policy_lets_forms_lead_to_the_organisations_own_host_alone(
    primary: Organisation, other_organisation: Organisation
) -> None:
    here = HostClient(other_organisation)
    assert f"http://{THERE}" in form_action(HostClient(Organisation(slug="acme")).get("/accounts/login/"))
    assert f"http://{THERE}" in form_action(browser().get("/accounts/login/"))
    for response in (here.get("/accounts/login/"), HostClient().get("/accounts/login/")):
        assert not [source for source in form_action(response) if "acme.example" in source]


def test_the_owner_is_taken_along_when_the_host_under_them_is_removed(
    primary: Organisation, own_host: ClaimedDomain, owner: User
) -> None:
    client = browser()
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    gone = client.post(f"/organisation/domains/{own_host.pk}/remove/")
    assert urlsplit(gone["Location"]).netloc == "acme.localhost:8000"
    forget_resolutions()
    assert browser().get("/accounts/login/").status_code == 404
    landed = HostClient(Organisation(slug="acme")).get(gone["Location"])
    assert landed["Location"] == "/organisation/domains/"


def test_a_host_that_is_no_longer_proven_answers_no_longer(
    primary: Organisation, zone: Zone, organisation: Organisation
) -> None:
    zone.clear()
    for _day in range(16):
        passes(DAY)
        check_due()
    forget_resolutions()
    assert browser().get("/").status_code == 404
    organisation.refresh_from_db()
    assert organisation.host == "acme.localhost:8000"


@pytest.mark.django_db(transaction=True)
def test_it_answers_at_once_and_stops_at_once(owning: Membership, prove: Prove) -> None:
    assert browser().get("/accounts/login/").status_code == 404
    domain = prove(owning, HOST, Purpose.HOST)
    assert browser().get("/accounts/login/").status_code == 200
    remove(domain_id=domain.pk, by=owning)
    assert browser().get("/accounts/login/").status_code == 404


def test_a_closed_organisation_is_closed_there_too(primary: Organisation) -> None:
    Organisation.objects.update(status=OrganisationStatus.SUSPENDED)
    forget_resolutions()
    assert browser().get("/").status_code == 403


class TestCertificates:
    """What a reverse proxy asks before it gets one."""

    @staticmethod
    def ask(host: str, **more: Any) -> int:
        return Client().get("/internal/tls", {"domain": host}, HTTP_HOST="127.0.0.1:8000", **more).status_code

    def test_our_hosts_and_no_others(self, own_host: ClaimedDomain) -> None:
        for ours in (HOST, HOST.upper(), f"{HOST}.", "acme.localhost", "localhost"):
            assert self.ask(ours) == 200, ours
        for other in (
            "",
            "evil.example",
            "acme.example",
            "nobody.localhost",
            "a.acme.localhost",
            "x" * 5000,
            "a\0b",
        ):
            assert self.ask(other) == 404, other

    def test_addresses_that_were_left_lead_on_and_need_one_too(self, organisation: Organisation) -> None:
        organisation.former_addresses.create(slug="acme-before")
        assert self.ask("acme-before.localhost") == 200

    def test_nobody_else_is_answered(self, own_host: ClaimedDomain) -> None:
        assert self.ask(HOST, REMOTE_ADDR="192.0.2.7") == 404
        assert self.ask(HOST, REMOTE_ADDR="") == 404
        assert self.ask(HOST, headers={"x-forwarded-for": "192.0.2.7"}) == 404  # through the proxy itself
        assert self.ask(HOST, REMOTE_ADDR="::1") == 200

    def test_from_another_machine_with_the_secret(self, own_host: ClaimedDomain, settings: Any) -> None:
        settings.OCTAVO_TLS_ASK_SECRET = "é-secret"
        asked = {"HTTP_HOST": "web:8000", "REMOTE_ADDR": "192.0.2.7"}
        for given, status in (("é-secret", 200), ("wrong", 404), ("", 404)):
            answer = Client().get("/internal/tls", {"domain": HOST, "secret": given}, **asked)
            assert answer.status_code == status
        assert self.ask(HOST) == 404

    def test_asking_again_costs_no_query(self, own_host: ClaimedDomain) -> None:
        self.ask(HOST)
        self.ask("evil.example")
        with CaptureQueriesContext(connection) as sent:
            assert (self.ask(HOST), self.ask("evil.example")) == (200, 404)
        assert len(sent) == 0
