"""The settings of an organisation's own provider, in pages."""

import re

import pytest

from insights.models import ActivityLog
from tenants.models import Membership, Role, SingleSignOn
from tenants.sealing import unseal
from tests.conftest import HostClient
from tests.tenants.single_sign_on.conftest import (  # noqa: F401
    GRACE,
    _running,
    arrive,
    free_port,
    own_domain,
    provider,
    required,
    single_sign_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_enterprise")]
PAGE = "/organisation/sign-in/"


@pytest.fixture
def owner_client(organisation, owner):
    return HostClient(organisation).sign_in(owner)


@pytest.fixture
def given(provider):  # noqa: F811
    return {
        "name": "Example ID", "issuer": provider.address, "client_id": "octavo", "secret": "a secret",
        "joins_as": "MEMBER",
    }  # fmt: skip


def actions():
    return list(
        ActivityLog.objects.filter(action__startswith="single_sign_on").values_list("action", flat=True)
    )


def test_an_owner_sets_it_up(owner_client, organisation, given):
    assert organisation.pk.hex[:8] in owner_client.get(PAGE).content.decode()  # in the redirect address
    assert owner_client.post(PAGE, given)["Location"] == PAGE
    row = SingleSignOn.objects.get(organisation=organisation)
    assert (row.name, row.client_id, unseal(row.sealed_secret)) == ("Example ID", "octavo", "a secret")
    assert "a secret" not in row.sealed_secret
    page = owner_client.get(PAGE).content.decode()
    assert "a secret" not in page and "It is set." in page and "Not tried yet" in page
    owner_client.post(PAGE, {**given, "secret": "", "name": "Other ID"})
    row.refresh_from_db()
    assert (row.name, unseal(row.sealed_secret)) == ("Other ID", "a secret")
    assert actions() == ["single_sign_on.set"] * 2


def test_it_is_tried_required_lifted_and_removed(owner_client, organisation, request, given, owner):
    idp = request.getfixturevalue("provider")
    own_domain(organisation, "acme.example")
    owner_client.post(PAGE, given)
    refused = owner_client.post(f"{PAGE}require/", follow=True)
    assert "press “Try it”" in refused.content.decode()
    page = owner_client.get(PAGE).content.decode()
    there = re.search(r'href="http://localhost:8000(/accounts/oidc/[^"]+)"', page)[1].replace("&amp;", "&")
    browser = HostClient()
    onward = re.findall(r'name="next" value="([^"]+)"', browser.get(there).content.decode())[-1]
    idp.knows("ada", email=owner.email, email_verified=True)
    back = arrive(browser, organisation, idp, "ada", next=onward.replace("&amp;", "&"))
    assert back["Location"] == "/accounts/go/acme/?next=%2Forganisation%2Fsign-in%2F"
    handed_over = browser.get(back["Location"])["Location"]
    arrived = HostClient(organisation)
    assert arrived.get(handed_over.partition(organisation.host)[2])["Location"] == PAGE
    assert "first worked on" in arrived.get(PAGE).content.decode()
    required_ = arrived.post(f"{PAGE}require/", follow=True)
    assert "It is required now." in required_.content.decode()
    assert arrived.get(PAGE).status_code == 200  # who came through it stays
    arrived.post(f"{PAGE}require/", {"lift": "yes"})
    assert not SingleSignOn.objects.get().enforced
    arrived.post(f"{PAGE}remove/")
    assert not SingleSignOn.objects.exists()
    assert sorted(actions()) == [
        f"single_sign_on.{change}" for change in ("lifted", "removed", "required", "set")
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("issuer", "", "required"),
        ("issuer", "nonsense", "cannot be reached"),
        ("issuer", "javascript:alert(1)", "cannot be reached"),
        ("issuer", "file:///etc/passwd", "cannot be reached"),
        ("issuer", "https://user:x@id.example", "cannot be reached"),
        ("issuer", "http://localhost:1", "cannot be reached"),
        ("issuer", "http://" + "x" * 600, "at most 500"),
        ("issuer", "http://localhost:{port}/elsewhere", "no description of an OpenID Connect provider"),
        ("name", "x" * 61, "at most 60"),
        ("name", "\x00", "Null"),
        ("client_id", "", "required"),
        ("secret", "", "required"),
        ("joins_as", "OWNER", "not one of the available choices"),
    ],
)
def test_bad_input_is_told(owner_client, provider, given, field, value, words):  # noqa: F811
    value = value.replace("{port}", provider.address.rpartition(":")[2])
    answer = owner_client.post(PAGE, {**given, field: value})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not SingleSignOn.objects.exists()


def test_private_addresses_are_not_asked(owner_client, given, provider, settings):  # noqa: F811
    settings.OCTAVO_PRIVATE_ADDRESSES = False
    assert owner_client.post(PAGE, given).status_code == 422
    https = given["issuer"].replace("http:", "https:")
    assert owner_client.post(PAGE, {**given, "issuer": https}).status_code == 422
    assert provider.asked == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_only_owners_see_it(member, member_client, organisation, role, single_sign_on):  # noqa: F811
    Membership.objects.filter(user=member).update(role=role)
    for path in (PAGE, f"{PAGE}remove/"):
        assert member_client.get(path).status_code == member_client.post(path).status_code == 403
    assert member_client.post(f"{PAGE}require/").status_code == 403


def test_the_page_to_sign_in_leads_there(client, platform_client, organisation, single_sign_on):  # noqa: F811
    page = client.get("/accounts/login/?next=/profile/").content.decode()
    assert "Continue with Example ID" in page
    assert f"http://localhost:8000/accounts/oidc/{organisation.pk}/login/?next=" in page
    page = platform_client.get("/accounts/login/?next=/enter/").content.decode()
    assert "/accounts/organisation/?next=" in page and "Example ID" not in page
