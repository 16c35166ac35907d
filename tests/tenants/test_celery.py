"""Background work runs in the organisation that rang for it."""

import threading

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from django.db import connection, transaction

from config.celery import app
from tenants.context import current_or_none, entered
from tenants.doorbell import enqueue, send

seen: list[tuple[str, object]] = []
heard = threading.Event()


@shared_task(name="tests.look")
def look(mark):
    seen.append((mark, current_or_none()))
    connection.close()
    if mark == "last":
        heard.set()


@pytest.mark.usefixtures("kept_logging")
@pytest.mark.django_db(transaction=True)
def test_tasks_enter_the_organisation_they_were_rung_for(organisation, other_organisation):
    seen.clear()
    app.control.purge()  # what other tests have rung for
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        for place in (organisation, other_organisation):
            with entered(place):
                enqueue("tests.look", mark=place.slug)
                look.delay(f"{place.slug} directly")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            enqueue("tests.look", mark="rolled back")
            1 / 0  # noqa: B018
        enqueue("tests.look", mark="last")
        assert heard.wait(30)
    assert seen == [
        ("acme", organisation.as_current()),
        ("acme directly", organisation.as_current()),
        ("globex", other_organisation.as_current()),
        ("globex directly", other_organisation.as_current()),
        ("last", None),
    ]


def test_a_broker_that_is_away_is_no_error(caplog):
    away = app.connection_for_write("redis://127.0.0.1:1/0")
    send("tests.look", {"mark": "nobody hears"}, connection=away)
    assert "broker away" in caplog.text
