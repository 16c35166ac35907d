import pytest

from insights import record
from insights.actions import Action
from insights.models import ActivityLog, AppendOnly


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
