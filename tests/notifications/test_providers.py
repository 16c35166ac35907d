"""Each provider of e-mail, configured by `EMAIL_URL` alone, at a server that asks what the vendor asks."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_string, policy
from typing import Any

import boto3
import pytest
from django.core.mail import send_mail
from moto.server import ThreadedMotoServer

from config import environment
from notifications import notify, outbox
from notifications.emails import send_email
from notifications.models import Kind, Letter, LetterState
from tests.emulators import mail_providers
from tests.emulators.mail_providers import DOMAIN, KEY, Providers

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "sendgrid": (f"sendgrid://{KEY}", "SENDGRID_API_URL", "/v3/"),
    "postmark": (f"postmark://{KEY}", "POSTMARK_API_URL", "/"),
    "mailgun": (f"mailgun://{KEY}@{DOMAIN}?region=eu", "MAILGUN_API_URL", "/v3"),
}
BOOK = {"title": "Léa et l’étoile", "path": "/books/1/"}


@pytest.fixture(scope="module")
def running() -> Iterator[Providers]:
    with mail_providers.running() as found:
        yield found


@pytest.fixture
def providers(running: Providers) -> Providers:
    running.taken.clear()
    running.answer = None
    return running


def configure(settings: Any, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """As an installation is, with the outbox before the carrier."""
    monkeypatch.setenv("EMAIL_URL", address)
    found = environment.email("EMAIL_URL", "console:")
    settings.OCTAVO_CARRIER = found["EMAIL_BACKEND"]
    settings.EMAIL_BACKEND = "notifications.outbox.Outbox"
    settings.ANYMAIL = found["ANYMAIL"]


@pytest.fixture(params=ADDRESSES)
def provider(
    request: pytest.FixtureRequest, providers: Providers, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Providers:
    address, setting, path = ADDRESSES[request.param]
    configure(settings, monkeypatch, address)
    settings.ANYMAIL = {**settings.ANYMAIL, setting: providers.url + path}
    return providers


def post() -> Letter:
    send_mail("Hello", "A line", None, ["ada@people.example"], html_message="<p>A line</p>")
    return Letter.objects.get()


def test_letter_arrives_whole(provider: Providers, inside: object, member: Any) -> None:
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert told is not None
    assert send_email(notification_id=told.id)
    letter = Letter.objects.get()
    assert provider.taken == []
    assert outbox.deliver(letter_id=letter.pk)
    (taken,) = provider.taken
    assert taken.to == member.email
    assert "octavo@localhost" in taken.sender
    assert "Léa et l’étoile" in taken.subject
    assert "Léa et l’étoile" in taken.text
    assert "Léa et l’étoile" in taken.html
    assert taken.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert taken.headers["List-Unsubscribe"].startswith("<http")


@pytest.mark.parametrize(("status", "state"), [
    (400, LetterState.GIVEN_UP),
    (422, LetterState.GIVEN_UP),
    (401, LetterState.WAITING),
    (403, LetterState.WAITING),
    (429, LetterState.WAITING),
    (500, LetterState.WAITING),
    (503, LetterState.WAITING),
])  # fmt: skip
def test_refusals_are_told_apart(provider: Providers, status: int, state: LetterState) -> None:
    provider.answer = (status, {"message": "No", "ErrorCode": 300, "Message": "No"})
    letter = post()
    assert not outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == state
    assert str(status) in letter.failure


@pytest.mark.parametrize("words", [
    "Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a suppression.",
    "Worded in another way.",
])  # fmt: skip
def test_inactive_recipient_is_given_up(
    providers: Providers, settings: Any, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    configure(settings, monkeypatch, f"postmark://{KEY}")
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": providers.url}
    said = (
        "You tried to send to recipient(s) that have been marked as inactive."
        f" Found inactive addresses: ada@people.example. {words}"
    )
    providers.answer = (422, {"ErrorCode": 406, "Message": said})
    letter = post()
    assert not outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == LetterState.GIVEN_UP


def test_provider_that_is_away_is_tried_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(settings, monkeypatch, f"sendgrid://{KEY}")
    settings.ANYMAIL = {**settings.ANYMAIL, "SENDGRID_API_URL": "http://127.0.0.1:9/"}
    letter = post()
    assert not outbox.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    assert "Error posting" in letter.failure


@pytest.fixture(scope="module")
def amazon() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def test_letter_arrives_by_ses(amazon: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(settings, monkeypatch, f"ses://a-key:a-secret@eu-west-1?endpoint={amazon}")
    letter = post()
    assert not outbox.deliver(letter_id=letter.pk)  # SES knows nothing of the sender yet
    letter.refresh_from_db()
    assert (letter.state, "MessageRejected" in letter.failure) == (LetterState.WAITING, True)
    client = boto3.client(
        "sesv2", region_name="eu-west-1", endpoint_url=amazon,
        aws_access_key_id="a-key", aws_secret_access_key="a-secret",
    )  # fmt: skip
    client.create_email_identity(EmailIdentity="octavo@localhost")
    Letter.objects.update(next_try_at="2020-01-01T00:00Z")
    assert outbox.deliver(letter_id=letter.pk)
    raw = _received()
    assert (raw["To"], raw["Subject"]) == ("ada@people.example", "Hello")
    assert raw["Message-ID"].startswith(f"<{letter.pk}@")


def _received() -> Any:
    """The only letter that moto's SES took, which runs in this process."""
    from moto.ses.models import ses_backends

    (sent,) = ses_backends["123456789012"]["eu-west-1"].sent_messages
    return message_from_string(sent.raw_data, policy=policy.default)
