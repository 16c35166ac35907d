"""From host to organisation: who is inside during a request, and who is turned away."""

import time

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants import hosts_known, middleware, resolution
from tenants.context import current_or_none, entered
from tenants.models import Domain, FormerAddress, Organisation, OrganisationStatus
from tenants.resolution import forget_resolutions, resolve_host, resolve_id
from tests.conftest import AsyncHostClient, HostClient
from tests.factories.tenants import UserFactory
from tests.queries import queries_of
from tests.tenants.library.models import Shelf

pytestmark = [pytest.mark.urls("tests.tenants.urls"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def platform_pages(settings):
    settings.PLATFORM_URLCONF = "tests.tenants.platform_urls"


@pytest.fixture
def shelves(organisation, other_organisation):
    for place, names in ((organisation, ["Ours 1", "Ours 2"]), (other_organisation, ["Theirs"])):
        with entered(place):
            Shelf.objects.bulk_create(Shelf(name=name) for name in names)


def test_a_member_is_inside_their_organisation(organisation, member_client):
    assert member_client.get("/whoami/").json() == {
        "organisation": "acme",
        "schema": organisation.schema_name,
        "user": "Max Member",
        "role": "MEMBER",
        "language": "en",
    }
    assert current_or_none() is None


def test_the_platforms_host_is_outside(platform_client):
    answer = platform_client.get("/whoami/").json()
    assert (answer["organisation"], answer["schema"], answer["role"]) == (None, None, None)


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_platforms_host_has_numbers_too(db, host):
    assert Client(SERVER_NAME=host).get("/whoami/", HTTP_HOST=host).json()["organisation"] is None


@pytest.mark.parametrize(
    "host",
    [
        "nobody.localhost:8000",
        "acme.example.com",
        "a.acme.localhost",
        "localhost.evil.example",
        "",
        "..",
        "a b",
        "acme.localhost:x",
        "é.localhost",
    ],
)
def test_an_unknown_host_gets_a_small_404(organisation, host):
    answer = Client().get("/whoami/", HTTP_HOST=host)
    assert answer.status_code == 404
    assert b"No organisation answers at this address" in answer.content


@pytest.mark.parametrize(
    ("status", "english", "french"),
    [
        ("SUSPENDED", "Acme is suspended", "L’organisation Acme est suspendue"),
        ("DELETING", "Acme is being deleted", "Acme est en cours de suppression"),
        (None, "Nothing here", "Rien ici"),
    ],
)
def test_who_is_not_let_in_reads_why_in_their_language(organisation, status, english, french):
    Organisation.objects.filter(pk=organisation.pk).update(status=status or "ACTIVE")
    forget_resolutions()
    host = "acme.localhost" if status else "nobody.localhost"
    for language, words in [("en", english), ("fr", french)]:
        page = Client().get("/", HTTP_HOST=host, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        page = " ".join(page.split()).replace("\xa0", " ")
        assert f'<html lang="{language}">' in page
        assert f"<title>{words}</title>" in page and f"<h1>{words}</h1>" in page
        assert "built/app" in page and 'class="btn' in page  # looks like ours, and leads somewhere


def test_an_unknown_host_costs_one_query_and_then_none(db):
    with CaptureQueriesContext(connection) as sent:
        for _ in range(5):
            Client().get("/whoami/", HTTP_HOST="nobody.localhost:8000")
    assert len(sent) == 1


def test_a_known_host_costs_no_query_again(organisation):
    counts = []
    for _ in range(2):  # once a second what was published is looked at, which may fall into the first
        resolve_host("acme.localhost")
        with CaptureQueriesContext(connection) as sent:
            assert resolve_host("acme.localhost").id == organisation.id
            assert resolve_host("ACME.localhost.").id == organisation.id
        counts.append(len(sent))
    assert min(counts) == 0


def test_an_organisation_may_have_a_host_of_its_own(organisation):
    assert resolve_host("books.acme.example") is None
    Domain.objects.create(tenant=organisation, domain="books.acme.example")
    forget_resolutions()
    assert resolve_host("books.acme.example").id == organisation.id


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once(organisation):
    assert resolve_host("acme.localhost").name == "Acme"
    assert resolve_id(organisation.id).status == OrganisationStatus.ACTIVE
    organisation.name, organisation.status = "Acme & Daughters", OrganisationStatus.SUSPENDED
    organisation.save()
    assert resolve_host("acme.localhost").name == "Acme & Daughters"
    assert resolve_id(organisation.id).status == OrganisationStatus.SUSPENDED


@pytest.mark.parametrize(
    ("status", "language", "title", "detail"),
    [
        (
            OrganisationStatus.SUSPENDED,
            "en",
            "Acme is suspended",
            "Acme is suspended. An owner can ask for help.",
        ),
        (OrganisationStatus.SUSPENDED, "fr", "Acme est suspendue", "Acme est suspendue. "),
        (
            OrganisationStatus.DELETING,
            "en",
            "Acme is being deleted",
            "Acme is going to be deleted. An owner can still keep it.",
        ),
        (OrganisationStatus.DELETING, "fr", "Acme est en cours de suppression", "Acme va être supprimée. "),
    ],
)
def test_a_closed_organisation_answers_properly(organisation, member_client, status, language, title, detail):
    organisation.status = status
    organisation.save()
    forget_resolutions()
    asked = {"headers": {"accept-language": language}}
    page = member_client.get("/whoami/", **asked)
    assert (page.status_code, page["Content-Language"]) == (403, language)
    assert title in page.content.decode()
    told = member_client.get("/api/v1/books/", **asked)
    assert (told.status_code, told["Content-Type"]) == (403, "application/problem+json")
    assert told.json()["detail"].startswith(detail)
    assert told.json()["status"] == 403


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_erased_organisation_is_unknown(organisation, member_client, language):
    """Its address is free again, so nothing tells that it ever was: 404 and not 410."""
    member_client.get("/whoami/")
    Organisation.objects.filter(pk=organisation.pk).delete()
    forget_resolutions(organisation.pk)
    page = member_client.get("/whoami/", headers={"accept-language": language})
    assert (page.status_code, page["Content-Language"]) == (404, language)
    told = member_client.get("/api/v1/books/")
    assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")


# --- Names -------------------------------------------------------------------------------------------------


@pytest.fixture
def many_names(organisation):
    """Acme has had another address, and has hosts of its own; one is written in another script."""
    FormerAddress.objects.create(slug="acme-of-old", organisation=organisation)
    for domain in ("books.acme.example", "xn--bcher-kva.example"):
        Domain.objects.create(tenant=organisation, domain=domain)
    forget_resolutions()


@pytest.mark.parametrize(
    "host",
    [
        "acme.localhost",
        "acme.localhost:8000",
        "acme.localhost:9",
        "ACME.LocalHost.:8000",
        "books.acme.example",
        "Books.ACME.example.",
        "XN--Bcher-KVA.example:443",
    ],
)
def test_an_organisation_answers_however_its_name_is_written(organisation, many_names, host):
    assert Client().get("/whoami/", HTTP_HOST=host).json()["organisation"] == "acme"


@pytest.mark.parametrize("host", ["acme-of-old.localhost:8000", "ACME-of-OLD.localhost."])
def test_an_address_of_old_leads_on(many_names, host):
    answer = Client().get("/whoami/?a=b", HTTP_HOST=host)
    assert (answer.status_code, answer["Location"]) == (301, "http://acme.localhost:8000/whoami/?a=b")
    assert Client().post("/whoami/", HTTP_HOST=host).status_code == 308


@pytest.mark.parametrize("host", ["localhost.:8000", "LOCALHOST."])
def test_the_platforms_host_may_end_with_a_dot(db, host):
    assert Client().get("/whoami/", HTTP_HOST=host).json()["organisation"] is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "a" * 254,
        f"{'a' * 64}.localhost",
        "-acme.localhost",
        "a_b.localhost",
        "x.acme.localhost",
        "::1",
    ],
)
def test_what_can_be_nobodys_name_costs_no_query(organisation, name):
    resolve_host("acme.localhost")
    with CaptureQueriesContext(connection) as sent:
        assert resolve_host(name) is None
    assert len(sent) == 0


# --- Strangers ---------------------------------------------------------------------------------------------


@pytest.fixture
def strangers(monkeypatch):
    """A process that looks up ten names a second; it is gone after the test."""
    monkeypatch.setattr(hosts_known, "LOOK_UPS", 10)
    here = hosts_known.KnownHosts(resolution.platform_host, lambda: resolution._memory.changes)
    monkeypatch.setattr(resolution, "_hosts", here)


def test_names_made_up_by_the_thousand_cost_few_queries(
    organisation, other_organisation, many_names, strangers
):
    assert resolve_host("acme.localhost").id == organisation.id
    began = time.monotonic()
    with CaptureQueriesContext(connection) as sent:
        for number in range(3_000):
            assert resolve_host(f"made-up-{number}.localhost") is None
            assert resolve_host(f"made-up-{number}.example") is None
    seconds = time.monotonic() - began
    assert len(sent) <= 10 * (seconds + 2) + seconds / hosts_known.NAMES_LIVE + 2
    with CaptureQueriesContext(connection) as sent:  # who is known, or at least there, does not suffer
        assert resolve_host("acme.localhost").id == organisation.id
        assert resolve_host("globex.localhost").id == other_organisation.id
        assert resolve_host("acme-of-old.localhost").id == organisation.id
        assert resolve_host("xn--bcher-kva.example").id == organisation.id
    assert len(sent) <= 4


def test_who_signs_up_while_strangers_ask_is_found(organisation, strangers, monkeypatch):
    monkeypatch.setattr(hosts_known, "LOOK_UPS", 0)
    assert resolve_host("late.localhost") is None
    Organisation.objects.create(name="Late", slug="late")
    forget_resolutions(organisation.pk)
    assert resolve_host("late.localhost").slug == "late"


def test_a_change_leaves_what_is_known_of_others(organisation, other_organisation):
    resolve_host("acme.localhost"), resolve_host("globex.localhost")
    forget_resolutions(organisation.pk)
    with CaptureQueriesContext(connection) as sent:
        resolve_host("globex.localhost")
        assert len(sent) == 0
        resolve_host("acme.localhost")
    assert len(sent) == 1


def test_somebody_elses_organisation_is_not_there(organisation, other_member):
    intruder = HostClient(organisation).sign_in(other_member)
    assert intruder.get("/whoami/").status_code == 404
    assert intruder.get("/shelves/").status_code == 404


def test_a_session_of_one_host_is_worth_nothing_on_another(organisation, other_organisation, other_client):
    carried = HostClient(organisation)
    carried.cookies = other_client.cookies
    assert carried.get("/whoami/").json()["user"] is None


def test_a_platform_session_is_worth_nothing_on_an_organisations_host(organisation, member):
    carried = HostClient(organisation)
    carried.cookies = HostClient().sign_in(member).cookies
    assert carried.get("/whoami/").json()["user"] is None


def test_what_streams_stays_inside(shelves, member_client, other_client):
    ours, theirs = member_client.get("/shelves/"), other_client.get("/shelves/")
    assert current_or_none() is None
    assert b"".join(theirs.streaming_content) == b"Theirs"
    assert b"".join(ours.streaming_content) == b"Ours 1Ours 2"
    assert current_or_none() is None


@pytest.mark.django_db(transaction=True)
async def test_async_views_and_streams_stay_inside(shelves, async_member_client):
    answer = await async_member_client.get("/whoami-async/")
    assert answer.json() == {"organisation": "acme", "shelves": ["Ours 1", "Ours 2"], "user": "Max Member"}
    stream = await async_member_client.get("/shelves-async/")
    assert [piece async for piece in stream.streaming_content] == [b"Ours 1", b"Ours 2"]
    assert current_or_none() is None


@pytest.mark.django_db(transaction=True)
async def test_unknown_hosts_are_answered_asynchronously_too(db):
    answer = await AsyncHostClient("nobody.localhost").get("/whoami/")
    assert (answer.status_code, b"No organisation" in answer.content) == (404, True)


def test_pages_are_served_while_redis_is_away(organisation, member_client, settings):
    settings.CACHES = {
        name: {**cache, "LOCATION": "redis://127.0.0.1:1/0"} for name, cache in settings.CACHES.items()
    }
    assert member_client.get("/whoami/").json()["user"] == "Max Member"


def test_an_error_leaves_the_organisation(member_client):
    with pytest.raises(RuntimeError, match="broken on purpose"):
        member_client.get("/broken/")
    assert current_or_none() is None


def test_health_is_told_on_any_host(db):
    answer = Client().get("/healthz", HTTP_HOST="10.1.2.3")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize(
    ("profile", "browser", "expected"),
    [("", "fr-CA,fr;q=0.9", "fr"), ("", "de", "en"), ("fr", "en", "fr"), ("en", "fr", "en")],
)
def test_the_language_is_the_persons_then_the_browsers(member, member_client, profile, browser, expected):
    member.language = profile
    member.save()
    answer = member_client.get("/whoami/", headers={"accept-language": browser})
    assert answer.json()["language"] == expected
    assert answer["Content-Language"] == expected


def test_every_answer_forbids_what_is_inline(member_client):
    policy = member_client.get("/whoami/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_a_request_of_a_member_asks_for_the_person_and_the_membership(member_client):
    assert queries_of(member_client, "/whoami/") == 2


def test_nobody_special_gets_no_role(organisation):
    stranger = UserFactory()
    assert HostClient(organisation).sign_in(stranger).get("/accounts/login/").status_code != 404


# --- Without a thread ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ["acme.localhost:8000", "localhost:8000"])
def test_a_host_that_is_known_is_placed_without_a_thread(organisation, host, monkeypatch):
    async def whoami():
        return await AsyncHostClient(host).get("/whoami/")

    first = async_to_sync(whoami)()
    asked = []

    def in_thread(work):
        asked.append(work)
        return sync_to_async(work)

    monkeypatch.setattr(middleware, "sync_to_async", in_thread)
    assert async_to_sync(whoami)().json() == first.json()
    assert middleware._place not in asked
    forget_resolutions()
    assert async_to_sync(whoami)().json() == first.json()
    assert (middleware._place in asked) is (host != "localhost:8000")


def test_only_what_is_remembered_is_at_hand(organisation, monkeypatch):
    forget_resolutions()
    assert resolution.at_hand("acme.localhost") is None
    resolve_host("acme.localhost")
    assert resolution.at_hand("ACME.localhost.").slug == "acme"
    resolve_host("nobody.localhost")
    assert resolution.at_hand("nobody.localhost") is None
    monkeypatch.setattr(resolution._memory, "_look_at", 0.0)  # it is time to look what has changed
    assert resolution.at_hand("acme.localhost") is None
    resolve_host("acme.localhost")
    assert resolution.at_hand("acme.localhost").slug == "acme"
    forget_resolutions(organisation.pk)
    assert resolution.at_hand("acme.localhost") is None
