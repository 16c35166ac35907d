"""The same answer whether or not an account exists, and a halt to whoever asks too often."""

import re
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail

from config import settings as real_settings
from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory
from tests.tenants.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "ada@people.example", "nobody@people.example"
SIGN_UP = {"name": "Ada", "password1": "long enough to keep"}


class CountingHasher(MD5PasswordHasher):
    """What takes the time of signing in, counted: a stop-watch would tell less on a busy machine."""

    algorithm = "counting"
    worked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.worked.append(password)
        return super().encode(password, salt)


def _shown(answer: Any, email: str) -> tuple[int, str, str]:
    """What can be told from outside: without the address itself and the token against forged requests."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, answer.get("Location", ""), text.replace(email, "")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("/accounts/login/", {"password": "a wrong password"}, "login"),
        ("/accounts/signup/", SIGN_UP, "email"),
        ("/accounts/password/reset/", {}, "email"),
    ],
)
@pytest.mark.parametrize("confirmed", [True, False])
def test_forms_answer_alike(ada, path, form, field, language, confirmed):
    if not confirmed:
        ada.emailaddress_set.update(verified=False)
    answers = []
    for email in (KNOWN, UNKNOWN):
        client = HostClient(headers={"accept-language": language})
        first = client.post(path, {**form, field: email})
        after = client.get(first["Location"]) if first.status_code == 302 else first
        answers.append((_shown(first, email), _shown(after, email), sorted(client.cookies)))
    assert answers[0] == answers[1]


def test_an_address_is_added_alike(at_platform, ada):
    UserFactory(email="grace@people.example")
    answers = [
        _shown(at_platform.post("/accounts/email/", {"action_add": "", "email": email}), email)
        for email in ("grace@people.example", "new@people.example")
    ]
    assert answers[0] == answers[1]
    assert sorted(message.to[0] for message in mail.outbox[-2:]) == [
        "grace@people.example",
        "new@people.example",
    ]


def test_signing_in_takes_the_same_work(ada, settings):
    settings.PASSWORD_HASHERS = ["tests.tenants.accounts.test_answers.CountingHasher"]
    ada.set_password(PASSWORD)
    ada.save()
    worked = {}
    for email in (KNOWN, UNKNOWN):
        CountingHasher.worked.clear()
        sign_in(HostClient(), email, "a wrong password")
        worked[email] = list(CountingHasher.worked)
    assert worked[KNOWN] == worked[UNKNOWN] == ["a wrong password"]


@pytest.fixture
def limited(settings):
    settings.ACCOUNT_RATE_LIMITS = real_settings.ACCOUNT_RATE_LIMITS


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Try again in five minutes."), ("fr", None)],
)
def test_passwords_are_not_guessed_for_long(ada, limited, organisation, email, language, sentence):
    """From wherever and on whichever host: five wrong ones, then not even the right one is taken."""
    hosts = [None, organisation]
    clients = [
        HostClient(hosts[number % 2], REMOTE_ADDR=f"192.0.2.{number}", headers={"accept-language": language})
        for number in range(6)
    ]
    for client in clients[:5]:
        assert sign_in(client, email, "a wrong password").status_code == 200
    refused = sign_in(clients[5], email, PASSWORD)
    assert refused.status_code == 200
    (error,) = refused.context["form"].non_field_errors()
    if sentence:
        assert error.endswith(sentence)


@pytest.mark.parametrize(
    ("path", "field", "most"),
    [
        ("/accounts/signup/", "email", 20),
        ("/accounts/password/reset/", "email", 20),
        ("/accounts/login/", "login", 30),
    ],
)
@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Wait a minute, then try again."), ("fr", "Attendez une minute")]
)
def test_whoever_asks_too_often_waits(db, limited, path, field, most, language, sentence):
    client = HostClient(headers={"accept-language": language})
    for number in range(most):
        assert client.post(path, {field: f"nobody{number}@people.example"}).status_code in (200, 302)
    refused = client.post(path, {field: KNOWN})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert sentence in refused.content.decode()
    elsewhere = HostClient(REMOTE_ADDR="192.0.2.99").post(path, {field: KNOWN})
    assert elsewhere.status_code in (200, 302)


def test_codes_are_not_guessed_for_long(ada, app, limited):
    elsewhere = HostClient()
    sign_in(elsewhere, ada.email)
    wrong = f"{(int(app.code()) + 1) % 1_000_000:06}"
    for _ in range(5):
        refused = elsewhere.post("/accounts/2fa/authenticate/", {"code": wrong})
        assert refused.context["form"].errors["code"] == ["Incorrect code."]
    refused = elsewhere.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert refused.context["form"].errors["code"] == ["Too many wrong attempts. Try again in five minutes."]
