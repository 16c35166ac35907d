"""What is done without anybody asking at that moment: background work, and e-mails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from celery import shared_task

from notifications import emails
from notifications.models import Notification
from storage import files
from storage.models import StoredFile
from tenants.context import entered
from tenants.doorbell import ORGANISATION_HEADER
from tenants.models import Invitation, Membership, Organisation
from tests.isolation.audiences import AUTHOR
from tests.isolation.matrix import Matrix


@shared_task(name="tests.isolation.read_file")
def read_file(file_id: str) -> bytes:
    return files.read(StoredFile.objects.get(pk=file_id))


def messages_reach_their_organisation_alone(matrix: Matrix) -> Iterator[str]:
    """A message that names somebody else's object finds nothing; one that names no organisation, no table."""
    with entered(matrix.cast.organisation):
        file_id = str(StoredFile.objects.values_list("pk", flat=True)[0])
    if not _found(file_id, matrix.cast.organisation):
        yield "their own is not found"
    if _found(file_id, matrix.other.organisation):
        yield "another organisation's message reads the file"
    if _found(file_id, None):
        yield "a message of no organisation reads the file"


def e_mails_go_to_their_addressee_alone(matrix: Matrix) -> Iterator[str]:
    """To a notification's reader, while they belong to the organisation; to an invitation's address."""
    author = matrix.cast.people[AUTHOR]
    note = Notification.objects.get(pk=matrix.cast.values["notification_id"])
    invitation = Invitation.objects.get(pk=matrix.cast.values["invitation_id"])
    for message, address in (
        (emails.message(note), author.email),
        (emails.invitation_message(invitation), invitation.email),
    ):
        if message.recipients() != [address]:
            yield f"one for {address} goes to {message.recipients()}"
    Membership.objects.filter(organisation=matrix.cast.organisation, user=author).delete()
    if emails.may_be_told(note):
        yield "somebody who was removed is still told"


def _found(file_id: str, organisation: Organisation | None) -> bool:
    """Whether a message with this organisation's header reads the file."""
    task: Any = read_file
    task.push_request(**({ORGANISATION_HEADER: str(organisation.pk)} if organisation else {}))
    try:
        task(file_id=file_id)
    except (StoredFile.DoesNotExist, LookupError):
        return False
    finally:
        task.pop_request()
    return True
