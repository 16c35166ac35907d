"""Every e-mail in both languages: whole as text and as HTML, in one language, light, and none forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.core.mail import EmailMultiAlternatives
from lxml import html as markup

from notifications.models import Kind
from tests.notifications.every_email import ACCOUNTS, OTHERS, WORDS, every_email

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "fr"]
CLIPPED = 102_000  # bytes of HTML after which Gmail shows no more
TEMPLATES = Path("notifications/templates/notifications/email")
SHARED = {"footer", "notice", "news"}
# E-mails of ways to sign in that are switched off here, or that allauth has a template for and never sends.
NOT_OURS = {
    "account/email/base",
    "account/email/base_notification",
    "account/email/email_confirm",
    "account/email/login_code",
    "account/email/password_reset_code",
}
# Words that are common in one language and are none in the other.
TELLING = {
    "en": r"\b(the|and|your|you|this|with|was|from|now|not)\b",
    "fr": r"\b(le|la|les|vous|votre|une|est|avec|pour|dans|cette)\b",
}


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest) -> tuple[str, dict[str, EmailMultiAlternatives]]:
    return request.param, dict(every_email(request.param))


def html_of(mail: EmailMultiAlternatives) -> str:
    return str(mail.alternatives[0].content)


def test_none_is_forgotten() -> None:
    names = {name for name, _mail in every_email("en")}
    assert set(Kind.values) | set(ACCOUNTS) | set(OTHERS) <= names
    root = Path(allauth.__file__).parent / "templates"
    theirs = {
        str(path.relative_to(root)).removesuffix("_message.txt")
        for room in ("account", "mfa", "socialaccount")
        for path in root.glob(f"{room}/email/*_message.txt")
    }
    assert theirs - NOT_OURS == set(ACCOUNTS)
    ours = {name.replace("/email/", "_").replace(".", "_") for name in names} | SHARED
    for language in LANGUAGES:
        there = {path.stem for path in (TEMPLATES / language).glob("*.html")}
        assert there - ours == set()
        assert {path.name for path in (TEMPLATES / language).iterdir()} == {f"{one}.html" for one in there}
    assert len({frozenset(path.name for path in (TEMPLATES / one).iterdir()) for one in LANGUAGES}) == 1


def test_text_and_html_say_the_same(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    _language, mails = written
    for name, mail in mails.items():
        page = markup.fromstring(html_of(mail))
        links = set(page.xpath("//a/@href"))
        assert links == set(re.findall(r"https?://[^\s)]+", mail.body)), name
        assert links, name
        for row in page.xpath("//td[contains(@class, 'sheet')]//text()[not(parent::h1)]"):
            assert " ".join(row.split(" ")).strip() in mail.body, name


def test_subject_is_one_line_of_words(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    _language, mails = written
    for name, mail in mails.items():
        assert 10 <= len(mail.subject) <= 110, (name, mail.subject)
        assert "\n" not in mail.subject, name
        assert "{" not in mail.subject + mail.body, name


def test_nothing_in_another_language(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    language, mails = written
    (other,) = set(LANGUAGES) - {language}
    names = "|".join(map(re.escape, WORDS[language].values()))
    for name, mail in mails.items():
        said = re.sub(rf"https?://\S+|{names}", "", f"{mail.subject} {mail.body}")
        assert re.findall(TELLING[other], said, re.IGNORECASE) == [], (name, said)
        assert re.findall(TELLING[language], said, re.IGNORECASE), name
        assert markup.fromstring(html_of(mail)).get("lang") == language


def test_gmail_shows_it_whole(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    _language, mails = written
    assert [name for name, mail in mails.items() if len(html_of(mail).encode()) > CLIPPED] == []


def test_nothing_is_fetched_and_nothing_runs(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    _language, mails = written
    for name, mail in mails.items():
        page = markup.fromstring(html_of(mail))
        assert page.xpath("//img | //script | //link | //iframe | //*[@src] | //form") == [], name
        assert "url(" not in html_of(mail), name
        assert "<sea>" not in html_of(mail).lower(), name


def test_sentences_have_no_holes(written: tuple[str, dict[str, EmailMultiAlternatives]]) -> None:
    """A value that a template asks for and nobody gives leaves a gap."""
    _language, mails = written
    for name, mail in mails.items():
        assert (
            re.findall(r"\S* [.,](?=\s)|  +\S|“”|«\u202f\u202f»|\(\)", mail.body.replace("\n  ", "\n")) == []
        ), name
