"""Signing in with Apple."""

import copy
import json

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import RequestFactory

from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory
from tests.tenants.accounts import apple
from tests.tenants.accounts.provider import begin, running_provider

pytestmark = pytest.mark.django_db
EMAIL = "grace@people.example"
NAME = {"user": json.dumps({"name": {"firstName": "Grace", "lastName": "Hopper"}, "email": EMAIL})}


@pytest.fixture(scope="module")
def provider():
    with running_provider() as provider:
        provider.knows("grace", email=EMAIL, email_verified="true")  # Apple tells it as a word
        yield provider


@pytest.fixture(autouse=True)
def key(settings):
    made = ec.generate_private_key(ec.SECP256R1())
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    configured = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    configured["apple"]["APPS"][0]["settings"]["certificate_key"] = pem.decode()
    settings.SOCIALACCOUNT_PROVIDERS = configured
    settings.PLATFORM_URLCONF = "tests.tenants.accounts.apple"
    return made


def test_a_new_person_gets_an_account_and_an_organisation(platform_client, provider):
    form = apple.consent(provider, begin(platform_client, "apple"), "grace")
    assert apple.post(platform_client, form | NAME)["Location"] == "/enter/"
    user = User.objects.get()
    assert (user.email, user.name) == (EMAIL, "Grace Hopper")
    assert Organisation.objects.get().personal
    again = HostClient()
    form = apple.consent(provider, begin(again, "apple"), "grace")
    assert apple.post(again, form)["Location"] == "/enter/"
    assert User.objects.count() == 1


def test_refused_consent_signs_nobody_in(platform_client, provider):
    state = apple.consent(provider, begin(platform_client, "apple"), "grace")["state"]
    answer = apple.post(platform_client, {"state": state, "error": "user_cancelled_authorize"})
    assert b"did not vouch" in answer.content
    assert not User.objects.exists()
    assert "/login/" in platform_client.get("/enter/")["Location"]


def test_a_wrong_state_or_a_used_code_signs_nobody_in(platform_client, provider):
    form = apple.consent(provider, begin(platform_client, "apple"), "grace")
    assert b"did not vouch" in apple.post(platform_client, {**form, "state": "forged"}).content
    assert b"did not vouch" in apple.post(HostClient(), form).content
    assert not User.objects.exists()
    assert apple.post(platform_client, form).status_code == 302
    thief = HostClient()
    state = apple.consent(provider, begin(thief, "apple"), "grace")["state"]
    assert b"did not vouch" in apple.post(thief, {**form, "state": state}).content
    assert "/login/" in thief.get("/enter/")["Location"]


def test_an_account_with_a_password_is_not_taken_over(platform_client, provider):
    UserFactory(email=EMAIL)
    form = apple.consent(provider, begin(platform_client, "apple"), "grace")
    answer = apple.post(platform_client, form)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2F3rdparty%2F"
    assert User.objects.count() == 1


def test_our_secret_is_signed_by_our_key(key, settings):
    request = RequestFactory().get("/")
    adapter = apple.Adapter(request)
    client = adapter.get_client(request, adapter.get_provider().app)
    secret = client.generate_client_secret()
    claims = jwt.decode(secret, key.public_key(), ["ES256"], audience="https://appleid.apple.com")
    assert (claims["iss"], claims["sub"]) == ("test-APPLE_TEAM_ID", "test-APPLE_CLIENT_ID")
    assert jwt.get_unverified_header(secret)["kid"] == "test-APPLE_KEY_ID"
