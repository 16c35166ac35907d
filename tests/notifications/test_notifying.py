import pytest
from django.core import mail
from django.utils.translation import override

from notifications import notify
from notifications.emails import send_email, send_waiting_emails
from notifications.models import Kind, Notification, Preference
from notifications.queries import mark_read, notifications_of, unread_count
from tenants.context import entered

BOOK = {"title": "Mina & the <Sea>", "path": "/books/1/"}


def test_a_notification_is_read_in_the_readers_language(organisation, inside, member):
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    with override("en"):
        assert told.words.title == "“Mina & the <Sea>” is finished"
    assert told.organisation_id == organisation.id


def test_an_unknown_kind_is_refused(inside, member):
    with pytest.raises(ValueError, match=r"book\.eaten"):
        notify(member, "book.eaten", BOOK)


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Its chapters"), ("fr", "Ses chapitres"), ("", "is finished")],
)
def test_the_email_speaks_the_readers_language(organisation, inside, member, language, line):
    member.language = language
    member.save()
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert send_email(notification_id=told.id)
    (sent,) = mail.outbox
    assert sent.to == [member.email]
    assert line in sent.body
    assert "Mina & the <Sea>" in sent.body
    assert f"http://{organisation.host}/books/1/" in sent.body
    html = sent.alternatives[0][0]
    assert "Mina &amp; the &lt;Sea&gt;" in html
    assert "<Sea>" not in html


def test_the_email_of_a_failure_gives_the_reason(inside, member):
    told = notify(member, Kind.BOOK_FAILED, {**BOOK, "reason": "The provider refused the topic."})
    send_email(notification_id=told.id)
    assert "The provider refused the topic." in mail.outbox[0].body


def test_a_title_cannot_add_headers_to_the_email(inside, member):
    told = notify(member, Kind.BOOK_FINISHED, {"title": "A\r\nBcc: everybody@example.com", "path": "/"})
    send_email(notification_id=told.id)
    assert mail.outbox[0].subject == "“A Bcc: everybody@example.com” is finished"


def test_an_email_is_sent_once(inside, member):
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert [send_email(notification_id=told.id) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


def test_an_email_that_the_server_refused_is_sent_later(inside, member, settings):
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        send_email(notification_id=told.id)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting_emails() == 0  # not yet: its own ring may still be on the way
    Notification.objects.update(created_at="2026-01-01T00:00Z")
    assert send_waiting_emails() == 0  # too old to be news
    told.created_at = None
    with_age(told, minutes=5)
    assert send_waiting_emails() == 1
    assert len(mail.outbox) == 1


def test_one_that_cannot_be_written_keeps_nobody_elses_waiting(inside, owner, member):
    first, second = notify(owner, Kind.BOOK_FINISHED, BOOK), notify(member, Kind.BOOK_FINISHED, BOOK)
    with_age(first, minutes=6)
    with_age(second, minutes=5)
    Notification.objects.filter(pk=first.pk).update(kind="nothing.known")
    assert send_waiting_emails() == 1
    assert [letter.to for letter in mail.outbox] == [[member.email]]


def with_age(notification, *, minutes):
    from datetime import timedelta

    from django.utils import timezone

    Notification.objects.filter(id=notification.id).update(
        created_at=timezone.now() - timedelta(minutes=minutes)
    )


def test_preferences_choose_the_ways(inside, member):
    wish = Preference.objects.create(user=member, kind=Kind.BOOK_FINISHED, in_app=True, by_email=False)
    told = notify(member, Kind.BOOK_FINISHED, BOOK)
    assert not send_email(notification_id=told.id)
    assert unread_count(member) == 1
    wish.in_app, wish.by_email = False, True
    wish.save()
    assert notify(member, Kind.BOOK_FINISHED, BOOK).by_email
    assert unread_count(member) == 1
    wish.by_email = False
    wish.save()
    assert notify(member, Kind.BOOK_FINISHED, BOOK) is None


def test_reading_marks_ones_own_alone(organisation, other_organisation, member, other_member):
    for place, reader in ((organisation, member), (other_organisation, other_member)):
        with entered(place):
            notify(reader, Kind.BOOK_FINISHED, BOOK)
    with entered(other_organisation):
        assert notifications_of(member).count() == 0  # told elsewhere
        assert mark_read(member) == 0
    with entered(organisation):
        assert mark_read(member) == 1
        assert unread_count(member) == 0
    with entered(other_organisation):
        assert unread_count(other_member) == 1
