"""Where an organisation requires its own provider, no other way leads round it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from tenants.models import ClaimedDomain, Membership, Organisation, Role
from tenants.people.members import NotAllowed
from tenants.resolution import forget_resolutions
from tenants.signals import domain_verified
from tenants.single_sign_on import configuring, enforcing
from tenants.single_sign_on.provider import identities_of
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.accounts.conftest import sign_in
from tests.tenants.accounts.provider import begin as begin_elsewhere
from tests.tenants.accounts.provider import running_provider
from tests.tenants.single_sign_on.conftest import (
    GRACE,
    arrive,
    become,
    enter,
    is_in,
    own_domain,
    page_of,
    single_sign_on_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(organisation):
    grace = UserFactory(name="Grace", email=GRACE["email"])
    become(organisation, grace, Role.MEMBER)
    return grace


FORMS = [
    ("/accounts/login/", "login", {"password": PASSWORD}),
    ("/accounts/login/", "login", {"password": "wrong"}),
    ("/accounts/signup/", "email", {"name": "Grace", "password1": "long enough to keep"}),
    ("/accounts/password/reset/", "email", {}),
]


@pytest.mark.parametrize(("path", "field", "form"), FORMS)
def test_every_form_leads_there_whether_or_not_one_is_known(grace, organisation, required, path, field, form):
    for host in (None, organisation)[: 1 if "signup" in path else 2]:
        answers = []
        for email in (GRACE["email"], "nobody@acme.example", "NOBODY@ACME.EXAMPLE "):
            client = HostClient(host)
            answer = client.post(path, {**form, field: email})
            answers.append((answer.status_code, answer["Location"], sorted(client.cookies)))
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][1].startswith(f"http://localhost:8000{page_of(organisation)}?next=")
    assert mail.outbox == []


@pytest.mark.parametrize(
    "typed", ["", "@acme.example", "a\x00@acme.example", "a@\x00", "a" * 300, "\udc80@x"]
)
def test_what_is_no_address_is_the_forms_affair(required, platform_client, typed):
    for path, field in (("/accounts/login/", "login"), ("/accounts/organisation/", "email")):
        assert platform_client.post(path, {field: typed.encode("utf-8", "replace")}).status_code in (200, 422)


@pytest.mark.parametrize("onward", ["/organisations/new/", "/invitations/x.y/"])
def test_one_goes_on_to_where_one_wanted(required, organisation, platform_client, client, onward):
    form = {"login": GRACE["email"], "password": PASSWORD, "next": onward}
    here = parse_qs(urlsplit(platform_client.post("/accounts/login/", form)["Location"]).query)
    assert here["next"] == [onward]
    there = parse_qs(
        urlsplit(client.post("/accounts/login/", {**form, "next": "/people/"})["Location"]).query
    )
    assert there["next"] == ["/accounts/go/acme/?next=%2Fpeople%2F"]


def test_others_are_not_concerned(organisation, required):
    contractor = UserFactory(email="carl@else.example")
    become(organisation, contractor, Role.MEMBER)
    for host in (None, organisation):
        assert sign_in(HostClient(host), contractor.email)["Location"] in ("/enter/", "/")
    client = HostClient()
    sign_in(client, contractor.email)
    assert enter(client, organisation).get("/").status_code == 200


def test_a_passkey_leads_there_too(grace, organisation, required, rf):
    """allauth asks the same of every way in, at the last moment."""
    request = rf.post("/accounts/2fa/webauthn/login/")
    request.organisation, request.session = None, HostClient().session
    answer = perform_login(request, Login(user=grace))
    assert page_of(organisation) in answer["Location"]


@pytest.fixture(scope="module")
def google():
    with running_provider() as provider:
        provider.knows("grace", **GRACE)
        provider.knows("new", email="new@acme.example", email_verified=True)
        yield provider


@pytest.mark.parametrize("sub", ["grace", "new"])
def test_google_leads_there_too(grace, organisation, required, google, platform_client, sub):
    answer = platform_client.get(google.consent(begin_elsewhere(platform_client, "google"), sub))
    assert page_of(organisation) in answer["Location"]
    assert not is_in(platform_client)


def test_an_address_beside_does_not_lead_round(grace, organisation, required, platform_client):
    """Signed in by another address of the account one is at home, but not in the organisation."""
    EmailAddress.objects.create(user=grace, email="grace@home.example", verified=True)
    grace.email = "grace@home.example"
    grace.save()
    sign_in(platform_client, "grace@home.example")
    assert is_in(platform_client)
    answer = platform_client.get("/accounts/go/acme/?next=/profile/")
    assert answer["Location"].startswith(f"http://localhost:8000{page_of(organisation)}?next=")
    assert "profile" in answer["Location"]
    there = HostClient(organisation)
    sign_in(there, "grace@home.example")
    assert "/accounts/login/" in there.get("/")["Location"]


def test_the_address_that_binds_is_not_removed(grace, organisation, required, platform_client, provider):
    arrive(platform_client, organisation, provider)
    EmailAddress.objects.create(user=grace, email="grace@home.example", verified=True)
    form = {"action_primary": "", "email": "grace@home.example"}
    platform_client.post("/accounts/email/", form)
    platform_client.post("/accounts/email/", {"action_remove": "", "email": GRACE["email"]})
    assert EmailAddress.objects.filter(user=grace, email=GRACE["email"], verified=True).exists()


def test_who_comes_through_it_enters(grace, organisation, required, provider, platform_client):
    arrive(platform_client, organisation, provider)
    there = enter(platform_client, organisation)
    assert there.get("/").status_code == 200 == there.get("/profile/").status_code


def test_it_is_still_good_on_the_organisations_next_host(organisation, required, provider, platform_client):
    """Who gives the organisation another address is taken along, as they came."""
    UserFactory(email=GRACE["email"])
    arrive(platform_client, organisation, provider)
    Membership.objects.filter(user__email=GRACE["email"]).update(role=Role.OWNER)
    there = enter(platform_client, organisation)
    form = {"name": "Acme", "slug": "acme-books", "language": "en", "time_zone": "UTC"}
    onward = there.post("/organisation/", form)["Location"]
    organisation.refresh_from_db()
    forget_resolutions()
    arrived = HostClient(organisation)
    arrived.get(onward.partition(organisation.host)[2])
    assert arrived.get("/organisation/").status_code == 200


def test_another_organisations_word_does_not_count(
    grace, organisation, other_organisation, required, provider, platform_client
):
    own_domain(other_organisation, "globex.example")
    single_sign_on_for(other_organisation, provider)
    EmailAddress.objects.create(user=grace, email="grace@globex.example", verified=True)
    become(other_organisation, grace, Role.MEMBER)
    provider.knows("grace", email="grace@globex.example", email_verified=True)
    answer = arrive(platform_client, other_organisation, provider)
    assert page_of(organisation) in answer["Location"] and not is_in(platform_client)


def test_sessions_from_before_are_worth_nothing_there(grace, organisation, single_sign_on):
    there, elsewhere = HostClient(organisation).sign_in(grace), HostClient().sign_in(grace)
    assert there.get("/").status_code == elsewhere.get("/enter/?choose=1").status_code == 200
    single_sign_on.enforced = True
    single_sign_on.save()
    forget_resolutions()
    assert there.get("/").status_code == 302
    assert there.get("/api/v1/books/").status_code in (401, 403)


def test_requiring_it_ends_sessions_everywhere(
    grace, organisation, other_organisation, single_sign_on, owner, django_capture_on_commit_callbacks
):
    contractor = UserFactory(email="carl@else.example")
    become(organisation, contractor, Role.MEMBER)
    become(other_organisation, grace, Role.MEMBER)
    sessions = {
        "platform": HostClient().sign_in(grace),
        "here": HostClient(organisation).sign_in(grace),
        "elsewhere": HostClient(other_organisation).sign_in(grace),
        "contractor": HostClient(organisation).sign_in(contractor),
    }
    mine = HostClient(organisation).sign_in(owner)
    for client in (*sessions.values(), mine):
        client.get("/profile/")
    by = Membership.objects.get(user=owner)
    with pytest.raises(configuring.CannotRequire, match="Try it"):
        configuring.require(by=by, session_key=None)
    single_sign_on.worked_at = timezone.now()
    single_sign_on.save()
    with django_capture_on_commit_callbacks(execute=True):
        ended = configuring.require(by=by, session_key=mine.session.session_key)
    assert ended == 3
    assert all(
        sessions[name].get("/enter/" if name == "platform" else "/").status_code == 302
        for name in ("platform", "here", "elsewhere")
    )
    assert sessions["contractor"].get("/").status_code == 200


def test_it_needs_a_proven_domain(organisation, single_sign_on, owner):
    single_sign_on.worked_at = timezone.now()
    single_sign_on.save()
    ClaimedDomain.objects.update(verified_at=None)
    with pytest.raises(configuring.CannotRequire, match="domain is yours"):
        configuring.require(by=Membership.objects.get(user=owner), session_key=None)


def test_only_owners_require_it(organisation, single_sign_on, member):
    by = Membership.objects.get(user=member)
    for doing in (configuring.lift, configuring.remove):
        with pytest.raises(NotAllowed):
            doing(by=by)
    with pytest.raises(NotAllowed):
        configuring.require(by=by, session_key=None)


def test_people_of_a_domain_proven_later_are_signed_out_once(grace, organisation, required):
    late = UserFactory(email="late@acme.example.net")
    client = HostClient().sign_in(late)
    assert client.get("/enter/?choose=1").status_code == 200
    domain = own_domain(organisation, "acme.example.net")
    domain_verified.send(ClaimedDomain, organisation=organisation, actor=None, domain=domain)
    assert client.get("/enter/?choose=1").status_code == 302


@pytest.mark.parametrize("status", ["SUSPENDED", "DELETING"])
def test_a_closed_organisation_requires_nothing(grace, organisation, required, status):
    """Its people have other organisations to go to."""
    Organisation.objects.filter(pk=organisation.pk).update(status=status)
    client = HostClient()
    assert sign_in(client, grace.email)["Location"] == "/enter/"


# --- The way back for owners -------------------------------------------------------------------------------


@pytest.fixture
def owning(organisation, at_platform, app, ada):
    """Ada owns Acme, has an app, and an address of its domain."""
    EmailAddress.objects.filter(user=ada).update(email="ada@acme.example")
    type(ada).objects.filter(pk=ada.pk).update(email="ada@acme.example")
    ada.refresh_from_db()
    become(organisation, ada, Role.OWNER)
    return ada


def test_an_owner_comes_back_in_by_password_and_second_factor(owning, app, organisation, required):
    client = HostClient()
    door = client.get(page_of(organisation)).content.decode()
    assert "/accounts/recovery/" in door
    form = {"login": "ada@acme.example", "password": PASSWORD}
    assert client.post("/accounts/recovery/", form)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert is_in(client)
    there = enter(client, organisation)
    assert there.get("/organisation/").status_code == 200
    assert page_of(organisation) in sign_in(HostClient(), "ada@acme.example")["Location"]


def test_nobody_else_does(owning, app, organisation, required, grace):
    """Nor an owner with a wrong password, one without a second factor, nor one of another organisation."""
    second = UserFactory(email="second@acme.example")
    become(organisation, second, Role.OWNER)
    stranger = UserFactory(email="stranger@else.example")
    shown = set()
    for email, password in (
        ("ada@acme.example", "wrong"),
        (second.email, PASSWORD),
        (grace.email, PASSWORD),
        (stranger.email, PASSWORD),
        ("nobody@acme.example", PASSWORD),
    ):
        client = HostClient()
        answer = client.post("/accounts/recovery/", {"login": email, "password": password})
        page = answer.content.decode().replace(email, "")
        shown.add((answer.status_code, re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)))
        assert not is_in(client)
    assert len(shown) == 1


def test_the_code_alone_is_not_enough_for_others_doors(owning, app, organisation, required):
    """An owner who has become a member since has no way back any more, not even half-way through."""
    client = HostClient()
    client.post("/accounts/recovery/", {"login": "ada@acme.example", "password": PASSWORD})
    Membership.objects.filter(user=owning).update(role=Role.MEMBER)
    client.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert page_of(organisation) in client.get("/accounts/go/acme/")["Location"]


# --- Settings ----------------------------------------------------------------------------------------------


def wishes(provider, **other):
    given = {
        "name": "Example ID",
        "issuer": provider.address,
        "client_id": "octavo",
        "secret": "",
        "joins_as": "",
    }
    return configuring.Wishes(**{**given, **other})


def test_another_issuer_is_tried_anew(organisation, required, owner, provider, platform_client):
    arrive(platform_client, organisation, provider)
    by = Membership.objects.get(user=owner)
    same = configuring.set_up(by=by, wishes=wishes(provider, secret="new"))
    assert same.enforced and same.worked_at
    other = configuring.set_up(by=by, wishes=wishes(provider, client_id="other"))
    assert not other.enforced and other.worked_at is None
    assert platform_client.get("/accounts/3rdparty/").status_code == 200
    assert identities_of(organisation.pk).count() == 1
    required.refresh_from_db()
    required.issuer = "https://former.example"
    required.save()
    configuring.set_up(by=by, wishes=wishes(provider, secret="theirs"))
    assert not identities_of(organisation.pk).exists()


def test_a_secret_is_not_sent_to_another_issuer(organisation, required, owner, provider):
    required.issuer = "https://former.example"
    required.save()
    with pytest.raises(ValidationError) as told:
        configuring.set_up(by=Membership.objects.get(user=owner), wishes=wishes(provider))
    assert list(told.value.message_dict) == ["secret"]
    required.refresh_from_db()
    assert required.issuer == "https://former.example"


def test_what_is_removed_is_gone(organisation, required, owner, provider, platform_client):
    arrive(platform_client, organisation, provider)
    configuring.remove(by=Membership.objects.get(user=owner))
    assert not identities_of(organisation.pk).exists()
    assert platform_client.get("/accounts/3rdparty/").status_code == 200
    assert enforcing.required_for(GRACE["email"]) is None
