import pytest
from django.db import ProgrammingError, connection, transaction

from insights import record
from insights.actions import Action
from insights.models import ActivityLog, AppendOnly
from insights.origin import OriginMiddleware
from tests.factories.tenants import PASSWORD


def test_an_action_is_recorded_with_who_and_what(organisation, inside, member):
    record(Action.BOOK_FINISHED, actor=member, resource=organisation, details={"words": 900})
    (line,) = ActivityLog.objects.all()
    assert (line.organisation_id, line.actor_id, line.actor_name) == (
        organisation.id,
        member.id,
        "Max Member",
    )
    assert (line.resource_type, line.resource_name) == ("tenants.organisation", "Acme")
    assert line.details == {"words": 900}


def test_outside_an_organisation_the_platform_itself_may_act(organisation):
    line = record(Action.ORGANISATION_SUSPENDED, actor=None, resource=organisation)
    assert (line.organisation_id, line.actor_id) == (None, None)


def test_an_undocumented_action_is_refused(organisation):
    with pytest.raises(ValueError, match=r"book\.eaten"):
        record("book.eaten", actor=None, resource=organisation)


def test_a_line_is_neither_changed_nor_deleted(organisation):
    line = record(Action.ORGANISATION_CREATED, actor=None, resource=organisation)
    for attempt in (
        line.save,
        line.delete,
        ActivityLog.objects.all().delete,
        lambda: ActivityLog.objects.update(action=Action.SIGNED_UP),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert ActivityLog.objects.get().action == Action.ORGANISATION_CREATED


@pytest.mark.parametrize(
    "change",
    ["UPDATE public.insights_activitylog SET action = 'x'", "DELETE FROM public.insights_activitylog"],
)
def test_the_database_itself_refuses(organisation, change):
    record(Action.ORGANISATION_CREATED, actor=None, resource=organisation)
    with (
        pytest.raises(ProgrammingError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert ActivityLog.objects.get().action == Action.ORGANISATION_CREATED


def test_line_tells_from_where(client, member, organisation):
    client.get("/accounts/login/", HTTP_USER_AGENT="Owl/1")
    client.post(
        "/accounts/login/",
        {"login": member.email, "password": PASSWORD},
        HTTP_USER_AGENT="Owl/1",
        REMOTE_ADDR="203.0.113.9",
    )
    line = ActivityLog.objects.get(action=Action.SIGNED_IN)
    assert (line.ip_address, line.user_agent) == ("203.0.113.9", "Owl/1")
    assert (line.organisation_id, line.actor_id) == (organisation.pk, member.pk)


@pytest.mark.parametrize(
    "address", ["unknown", "", "203.0.113.9:8080", "fe80::1%eth0", "fe80::1%eth0/64", "a" * 500]
)
def test_what_is_no_address_is_not_kept_and_harms_nobody(organisation, rf, address):
    def answer(request):
        return record(Action.SIGNED_IN, actor=None, resource=organisation)

    line = OriginMiddleware(answer)(rf.get("/", REMOTE_ADDR=address, HTTP_USER_AGENT="A" * 999))
    line.refresh_from_db()
    assert (line.ip_address, len(line.user_agent)) == (None, 300)
