"""What opens by being held: signed links, tickets and tokens, used by others, elsewhere, late, or altered.

Each of these says in words what went wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.core.signing import b62_encode
from django.utils import timezone

from live import streams
from notifications import stopping, tickets
from notifications.models import Preference
from notifications.tickets import Ticket
from storage import archives, files, lending
from storage.models import StoredFile
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Invitation, Membership, Organisation
from tenants.people import handover
from tenants.portable.models import Export
from tests.conftest import HostClient
from tests.isolation.audiences import AUTHOR, GUEST, MEMBER
from tests.isolation.matrix import Matrix

LIVE_ROUTES = frozenset({"/live/"})  # of the ASGI table: checked by `tickets_open_one_stream`


def handover_opens_one_session(matrix: Matrix) -> Iterator[str]:
    """A link from the platform's host is good once, there, for a minute, for a member."""
    here, there = matrix.cast.organisation, matrix.other.organisation
    author = matrix.cast.people[AUTHOR]
    if not _comes_in(_handover(author, here), here):
        yield "a good link does not open"
    if _comes_in(_handover(author, here), there):
        yield "it opens on another host"
    if _comes_in(_handover(matrix.other.people[AUTHOR], there), here):
        yield "another organisation's opens here"
    if _comes_in(_handover(matrix.other.people[AUTHOR], here), here):
        yield "it lets in somebody who is no member"
    link = _handover(author, here)
    _comes_in(link, here)
    if _comes_in(link, here):
        yield "it opens twice"
    if _comes_in(link[:-1] + ("A" if link[-1] != "A" else "B"), here):
        yield "it opens though it was altered"
    with _signed_before(handover._signer, timedelta(seconds=handover.SECONDS + 1)):
        link = _handover(author, here)
    if _comes_in(link, here):
        yield "it opens when it is too old"
    Membership.objects.create(organisation=there, user=author)
    if _comes_in(_handover(author, there), here):
        yield "one for another organisation of theirs opens here"
    User.objects.filter(pk=author.pk).update(is_active=False)
    if _comes_in(_handover(author, here), here):
        yield "it lets a closed account in"


def only_members_are_taken_on(matrix: Matrix) -> Iterator[str]:
    """The platform's host makes such a link for members alone."""
    slug = matrix.cast.organisation.slug
    for name, user, status in (
        ("a member", matrix.cast.people[MEMBER], 302),
        ("a stranger", matrix.other.people[MEMBER], 404),
    ):
        answer = HostClient().sign_in(user).get(f"/accounts/go/{slug}/")
        if answer.status_code != status:
            yield f"{name} got {answer.status_code}"


def invitations_are_for_their_address(matrix: Matrix) -> Iterator[str]:
    """One by e-mail lets nobody else in, even with its link; nor does one that is over or altered."""
    Invitation.objects.filter(pk=matrix.cast.values["invitation_id"]).update(
        email=matrix.other.people[AUTHOR].email  # which is somebody's, and confirmed
    )
    token = _emailed(matrix)
    stranger = HostClient().sign_in(matrix.other.people[MEMBER])
    if (status := stranger.post(f"/invitations/{token}/").status_code) != 403:
        yield f"somebody else got {status}"
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    past, now = timezone.now() - timedelta(seconds=1), timezone.now()
    for what, used, changes in (
        ("an altered link", altered, {}),
        ("one that has run out", token, {"expires_at": past}),
        ("one that was taken back", token, {"expires_at": now + timedelta(days=1), "revoked_at": now}),
    ):
        Invitation.objects.filter(pk=matrix.cast.values["invitation_id"]).update(**changes) if changes else 0
        answer = stranger.get(f"/invitations/{used}/")
        if answer.status_code != 404 or any(word in answer.content for word in matrix.cast.hidden):
            yield f"{what} got {answer.status_code}"
    members = Membership.objects.filter(organisation=matrix.cast.organisation)
    if members.filter(user=matrix.other.people[MEMBER]).exists():
        yield "somebody joined"


def tickets_open_one_stream(matrix: Matrix) -> Iterator[str]:
    """A ticket for a live stream is good for a minute on its own host, and as it was written."""
    host, schema = matrix.cast.organisation.host, matrix.cast.organisation.schema_name
    ticket = tickets.issue(Ticket(schema, "job:1", host))
    elsewhere = tickets.issue(Ticket(schema, "job:1", matrix.other.organisation.host))
    with _signed_before(signing.TimestampSigner, timedelta(seconds=tickets.VALID_SECONDS + 1)):
        old = tickets.issue(Ticket(schema, "job:1", host))
    other_use = signing.dumps(asdict(Ticket(schema, "job:1", host)), salt="elsewhere")
    for what, used, at in (
        ("on another host", ticket, matrix.other.organisation.host),
        ("made for another host", elsewhere, host),
        ("altered", ticket + "x", host),
        ("too old", old, host),
        ("signed for something else", other_use, host),
    ):
        if (status := asyncio.run(_status_of_stream(used, at))) != 403:
            yield f"{what} it is answered with {status}"


def files_are_read_where_they_belong(matrix: Matrix) -> Iterator[str]:
    """Neither a signed link nor a name in the store leads to another organisation's file."""
    with entered(matrix.cast.organisation):
        file = StoredFile.objects.first()
        assert file is not None
        token = lending.signed_token(file)
        if lending.file_by_token(token).pk != file.pk:
            yield "a good link does not open"
        for what, used, age in (
            ("altered", token + "x", lending.LIFE),
            ("too old", token, timedelta(seconds=-1)),
        ):
            if _opens(lambda used=used, age=age: lending.file_by_token(used, max_age=age)):
                yield f"{what} it opens"
    with entered(matrix.other.organisation):
        own = StoredFile.objects.first()
        assert own is not None
        StoredFile(pk=file.pk, key=f"{own.key}.copy", kind=file.kind, name="x", size=0, sha256="").save(
            force_insert=True
        )
        if _opens(lambda: lending.file_by_token(token)):
            yield "a link opens in another organisation"
        for key in (file.key, f"{own.key.partition('/')[0]}/../{file.key}", f"/{file.key}", f"../{file.key}"):
            if _opens(lambda key=key: files.read(StoredFile(key=key))):
                yield f"{key} opens in another organisation"


def archives_are_read_where_they_belong(matrix: Matrix) -> Iterator[str]:
    """A link to an archive of everything is good there alone, for as long as it is, and the archive."""
    export = Export.objects.get(pk=matrix.cast.values["export_id"])
    with entered(matrix.cast.organisation):
        token = archives.signed_token(export)
        if archives.file_by_token(token).sha256 != export.sha256:
            yield "a good link does not open"
        with _signed_before(signing.TimestampSigner, lending.LIFE + timedelta(seconds=1)):
            late = archives.signed_token(export)
        for what, used in (("altered", f"{token}x"), ("too old", late)):
            if _opens(lambda used=used: archives.file_by_token(used)):
                yield f"{what} it opens"
        if _opens(lambda: lending.file_by_token(token)):
            yield "it opens a file"
    with entered(matrix.other.organisation):
        if _opens(lambda: archives.file_by_token(token)):
            yield "a link opens in another organisation"
        if _opens(lambda: files.read(archives.as_file(export))):
            yield "its key opens in another organisation"
    Export.objects.filter(pk=export.pk).update(state="DELETED")
    with entered(matrix.cast.organisation):
        if _opens(lambda: archives.file_by_token(token)):
            yield "deleted it opens"


def e_mails_are_stopped_for_ones_address(matrix: Matrix) -> Iterator[str]:
    """The link in an e-mail stops that e-mail for its reader, whoever opens it; altered it stops nothing."""
    author = matrix.cast.people[AUTHOR]
    path = urlsplit(stopping.url(user_id=author.pk, what="book.finished")).path
    stranger = HostClient().sign_in(matrix.other.people[MEMBER])
    if (status := stranger.post(f"{path[:-2]}x/").status_code) != 404:
        yield f"an altered link got {status}"
    shown = stranger.get(path).content
    if any(word in shown for word in matrix.cast.hidden):
        yield "it says whose it is"
    stranger.post(path)
    if Preference.objects.filter(user=matrix.other.people[MEMBER]).exists():
        yield "it stops the e-mails of whoever opens it"


def sessions_are_ended_by_their_owner(matrix: Matrix) -> Iterator[str]:
    """Signing out everywhere else leaves everybody else's sessions alone."""
    HostClient().sign_in(matrix.other.people[MEMBER]).post("/accounts/sessions/end/")
    if not UserSession.objects.filter(pk=matrix.cast.values["author_session"]).exists():
        yield "somebody else's session is ended"


def notifications_are_their_readers_alone(matrix: Matrix) -> Iterator[str]:
    """Marking all as read touches one's own; a stream of news is one's own."""
    guest = HostClient(matrix.cast.organisation).sign_in(matrix.cast.people[GUEST])
    guest.post("/notifications/")
    if not matrix.cast.people[AUTHOR].notifications.filter(read_at=None).exists():
        yield "somebody else's are marked as read"
    location = guest.get("/notifications/stream/")["Location"]
    ticket = tickets.read(location.removeprefix("/live/"), host=matrix.cast.organisation.host)
    if ticket.topic != f"user:{matrix.cast.people[GUEST].pk}":
        yield f"the stream is of {ticket.topic}"


def _handover(user: User, organisation: Organisation) -> str:
    link = urlsplit(handover.handover_url(user=user, organisation=organisation))
    return parse_qs(link.query)["token"][0]


def _comes_in(token: str, host: Organisation) -> bool:
    client = HostClient(host, raise_request_exception=False)
    client.get("/accounts/handover/", {"token": token, "next": "/"})
    return SESSION_KEY in client.session


def _emailed(matrix: Matrix) -> str:
    from tenants.people import invitations

    return invitations.token_of(Invitation.objects.get(pk=matrix.cast.values["invitation_id"]))


@contextmanager
def _signed_before(signer: Any, age: timedelta) -> Iterator[None]:
    """What is signed meanwhile was signed that long ago."""
    then = int((timezone.now() - age).timestamp())
    signer.timestamp, kept = (lambda *self: b62_encode(then)), vars(signer).get("timestamp")
    try:
        yield
    finally:
        if kept is None:
            del signer.timestamp
        else:
            signer.timestamp = kept


async def _status_of_stream(token: str, host: str) -> int:
    """What the ASGI application itself answers. Only refusals end by themselves."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answered.set_result(message["status"])

    async def receive() -> dict[str, str]:
        await answered
        return {"type": "http.disconnect"}

    headers = [(b"host", host.encode())]
    scope = {"type": "http", "path": streams.PREFIX + token, "headers": headers}
    await streams.serve(scope, receive, send)
    return await answered


def _opens(read: Callable[[], object]) -> bool:
    try:
        read()
    except (lending.LinkExpired, PermissionError, FileNotFoundError):
        return False
    except Exception:  # whatever else stops it, it is not open; but it is not refused either
        return True
    return True
