"""Two organisations with one of everything, so that there is something that could leak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import override_settings
from django.utils import timezone
from django.utils.http import int_to_base36
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from billing.models import Budget, Limit, Metric, Window
from books.models import Book, BookMetadata, BookSection, Chapter, Contributor, Illustration
from collaboration.models import BookCollaborator, Revision
from collaboration.revisions import write_chapter
from formats import records
from formats.models import PrintPackage
from generation import crew_webhooks
from generation.batches.preparing import create_batch, sheet_of_heroes
from generation.batches.template import Template
from generation.commission import commission_book
from generation.editions import keep_edition
from generation.models import OwnProvider
from jobs.models import Step
from notifications import stopping
from notifications.models import Letter, LetterState, Notification
from notifications.webhooks.models import Attempt, Delivery, Endpoint, Event
from storage import archives, files, lending, places
from storage.models import StoredFile
from tenants.accounts.models import Avatar, User
from tenants.context import entered
from tenants.keys import uuid7
from tenants.models import (
    ClaimedDomain,
    Group,
    GroupMember,
    Invitation,
    Logo,
    Membership,
    Organisation,
    Purpose,
    Role,
    SingleSignOn,
    Tier,
)
from tenants.people import invitations
from tenants.portable.models import Erasure, Export
from tenants.sealing import seal
from tests.factories.api_keys import log_request, make_key
from tests.factories.tenants import UserFactory
from tests.isolation.audiences import ADMIN, AUTHOR, EDITOR, GUEST, MEMBER, OWNER, VIEWER
from tests.isolation.paying import paying

IN_THE_ORGANISATION = {
    OWNER: Role.OWNER,
    ADMIN: Role.ADMIN,
    AUTHOR: Role.MEMBER,
    MEMBER: Role.MEMBER,
    EDITOR: Role.GUEST,
    VIEWER: Role.GUEST,
    GUEST: Role.GUEST,
}

LEFT = "Lanner"  # stands in what the author was told of an organisation that they belong to no more


@dataclass
class Cast:
    """An organisation, its people by what they are, and one of everything.

    `secret` stands in everything that it made, and `surname` in the names and addresses of its people:
    neither may be in an answer to somebody who has no part in it. `values` are what stands in addresses and
    in bodies; `crossed` has in place of the book another one, which the guest edits.
    """

    organisation: Organisation
    secret: str
    surname: str
    people: dict[str, User]
    values: dict[str, str]
    crossed: dict[str, str]

    @property
    def hidden(self) -> tuple[bytes, ...]:
        """What nobody from elsewhere may be shown: first what was made here, then who is here, and a sum."""
        return self.secret.encode(), self.surname.encode(), str(sum_of(self.secret)).encode()

    @property
    def marks(self) -> tuple[bytes, ...]:
        """What stands for its objects: not to be in a page that others ask for without naming them."""
        return tuple(
            value.encode() for name, value in self.values.items() if name.endswith("_id") and "-" in value
        )


@contextmanager
def files_in(folder: Path) -> Iterator[None]:
    """Keep what is stored in a folder of one's own."""
    from django.conf import settings

    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    with override_settings(STORAGES={**settings.STORAGES, "files": location}):
        yield


def cast_of(organisation: Organisation, *, secret: str, surname: str) -> Cast:
    people = {role: _person(role, surname) for role in IN_THE_ORGANISATION}
    members = {
        name: Membership.objects.create(organisation=organisation, user=user, role=IN_THE_ORGANISATION[name])
        for name, user in people.items()
    }
    (invitation,) = invitations.invite(
        emails=[f"{secret}@{surname}.example"], role=Role.GUEST, by=members[ADMIN]
    )
    link = invitations.make_link(role=Role.MEMBER, by=members[OWNER])
    with entered(organisation):
        values = _book(members[AUTHOR], secret)
        other = _another_book(members[OWNER])
        Book.objects.create(
            title=secret, author=people[AUTHOR], status=Book.Status.READY, kind="guide", language="en"
        )
        for name, role in ((EDITOR, "EDITOR"), (VIEWER, "VIEWER")):
            _ask(values["book_id"], people[name], role)
        for name in (GUEST, VIEWER):
            _ask(other["book_id"], people[name], "EDITOR")
    values |= _around(organisation, people[AUTHOR], members, invitation, link, secret)
    values |= paying(organisation, people[OWNER], secret)
    with entered(organisation):
        values |= _batch(members[AUTHOR], secret)
    Notification.objects.create(
        user=people[AUTHOR], organisation_id=values["covered_id"], kind="book.finished", data={"title": LEFT}
    )
    return Cast(organisation, secret, surname, people, _texts(values), _texts(values | other))


def _person(name: str, surname: str) -> User:
    person: User = UserFactory(name=f"{name.title()} {surname}", email=f"{name}@{surname}.example".lower())
    return person


def _book(author: Membership, secret: str) -> dict[str, Any]:
    """A book that has everything a book can have, and what stands for each part of it in addresses."""
    book, job = commission_book(membership=author, topic=f"{secret} watching", title=secret, kind="guide")
    _chapter(book, secret)
    cover = _cover(book, secret)
    _pdf(book, secret)
    edition = keep_edition(membership=author, book=book, name=secret)
    BookMetadata.objects.create(book=book, publisher=secret, description=secret)
    Contributor.objects.create(book=book, name=secret)
    sections = [
        BookSection.objects.create(book=book, position=position, title=secret, text=secret)
        for position in (1, 2)
    ]
    package = PrintPackage.objects.create(
        book=book, printer="kdp", specification={"trim": secret}, interior=_stored(secret.encode()),
        cover=_stored(secret.encode()), pages=24, spine=2, status=PrintPackage.Status.READY,
    )  # fmt: skip
    step = Step.objects.filter(job_id=job.pk).first()
    return {
        "book_id": book.pk, "pk": book.pk, "number": 1, "revision": 1, "format_": "pdf",
        "guide": "quick-start",
        "name": "classic-novel", "part": "interior", "picture_id": cover.pk, "edition_id": edition.pk,
        "section_id": sections[0].pk, "package_id": package.pk, "job_id": job.pk,
        "file_id": cover.file.source_id, "file_token": lending.signed_token(cover.file),
        "step_id": step.pk if step else job.pk,
        "crew_token": crew_webhooks.callbacks(job.pk).task.split("/")[-3], "crew_kind": "task",
    }  # fmt: skip


def _batch(author: Membership, secret: str) -> dict[str, Any]:
    """A draft; nothing has been made of it."""
    batch = create_batch(
        by=author,
        name=secret,
        template=Template(topic=secret),
        sheet=sheet_of_heroes([{"name": secret}, {"name": secret, "hair": "wrong"}]),
    )
    return {"batch_id": batch.pk}


def _another_book(author: Membership) -> dict[str, Any]:
    book, _job = commission_book(membership=author, topic="Another", title="Another", kind="guide")
    _chapter(book, "Another")
    _cover(book, "Another")
    _pdf(book, "Another")
    keep_edition(membership=author, book=book, name="Another")
    return {"book_id": book.pk, "pk": book.pk}


def _chapter(book: Book, text: str) -> None:
    chapter = Chapter.objects.create(book=book, number=1, title=f"{text} 1")
    for version in ("first", "second"):
        write_chapter(chapter_id=chapter.pk, text=f"{text} {version}", origin=Revision.Origin.PERSON)


def _cover(book: Book, text: str) -> Illustration:
    shown = _stored(b"\xff\xd8" + text.encode(), "image/jpeg")
    shown.source = _stored(text.encode(), "image/png")
    shown.save()
    cover: Illustration = Illustration.objects.create(
        book=book, kind=Illustration.Kind.COVER, alt=text, file=shown
    )
    return cover


def _pdf(book: Book, text: str) -> None:
    pdf = next(row for row in records.expect_formats(book) if row.format == "PDF")
    records.record_ready(
        book_format=pdf,
        file=_stored(text.encode()),
        content_hash="1",
        engine="e",
        preview=_stored(text.encode(), "image/jpeg"),
    )


def _stored(data: bytes, content_type: str = "application/pdf") -> StoredFile:
    return files.save(data=data, name="book.pdf", content_type=content_type, kind=StoredFile.Kind.BOOK)


def _ask(book_id: Any, user: User, role: str) -> None:
    BookCollaborator.objects.create(
        book_id=book_id, user=user, role=role, status=BookCollaborator.Status.ACTIVE
    )


def _around(
    organisation: Organisation,
    author: User,
    members: Mapping[str, Membership],
    invitation: Invitation,
    link: Invitation,
    secret: str,
) -> dict[str, Any]:
    """What is not part of a book. The member who is acted upon is the plain one."""
    note = Notification.objects.create(
        user=author, organisation=organisation, kind="book.finished", data={"title": secret}
    )
    tier = Tier.objects.create(organisation=organisation, name=secret)
    group = Group.objects.create(organisation=organisation, name=f"{secret} group", tier=tier)
    GroupMember.objects.create(group=group, membership=members[MEMBER])
    key = Authenticator.objects.create(
        user=author, type=Authenticator.Type.WEBAUTHN, data={"name": secret, "credential": passkey(secret)}
    )
    session = UserSession.objects.create(user=author, ip="127.0.0.1", session_key=secret, user_agent=secret)
    domain = ClaimedDomain.objects.create(
        organisation=organisation, name=f"{secret.lower()}.example", purpose=Purpose.EMAIL, token=secret
    )
    _face(organisation, author, secret)
    Budget.objects.create(organisation=organisation, limit_micros=sum_of(secret))
    api_key = make_key(members[OWNER], name=secret).key
    log_request(api_key, path=f"/api/v1/{secret}/")
    endpoint = Endpoint.objects.create(
        organisation=organisation,
        url=f"https://{secret}.example/",
        events=["webhook.never"],
        secret=seal(secret),
    )
    event = Event.objects.create(organisation=organisation, type="batch.completed", data={"name": secret})
    delivery = Delivery.objects.create(organisation=organisation, endpoint=endpoint, event=event)
    Attempt.objects.create(
        delivery=delivery, url=endpoint.url, answer=secret, milliseconds=1, at=timezone.now()
    )
    letter = Letter.objects.create(to=author.email, subject=secret, state=LetterState.GIVEN_UP)
    export, export_token = _export(organisation, members[OWNER], secret)
    erasure = Erasure.objects.create(
        erased_id=uuid7(),
        schema_name=secret,
        alias="default",
        asked_by="owner",
        verified_at=timezone.now(),
        backups_expire_at=timezone.now(),
    )
    exception = Limit.objects.create(
        organisation=organisation, metric=Metric.BOOKS_CREATED, window=Window.MONTH, amount=1_000
    )
    limit = Limit.objects.create(group=group, metric=Metric.BOOKS_CREATED, window=Window.MONTH, amount=1_000)
    return {
        "author_id": author.pk,
        "organisation_id": organisation.pk, "slug": organisation.slug, "plan_code": "STARTER",
        "limit_id": limit.pk, "exception_id": exception.pk, "limited_group": f"group:{group.pk}",
        "endpoint_id": endpoint.pk, "delivery_id": delivery.pk,
        "notification_id": note.pk, "letter_id": letter.pk, "erasure_id": erasure.pk,
        "stopping_token": stopping.url(user_id=author.pk, what="book.finished").split("/")[-2],
        "author_membership_id": members[AUTHOR].pk,
        "membership_id": members[MEMBER].pk, "heir_id": members[ADMIN].pk, "invitation_id": invitation.pk,
        "invitation_token": invitations.token_of(link), "authenticator_id": key.pk,
        "author_session": session.pk, "author_uid": int_to_base36(author.pk.int), "nothing": "nothing",
        "group_id": group.pk, "tier_id": tier.pk, "domain_id": domain.pk,
        "key_id": api_key.pk, "export_id": export.pk, "export_token": export_token,
        "provider_purpose": "pictures", "provider_service": "openai",
    }  # fmt: skip


def _export(organisation: Organisation, owner: Membership, secret: str) -> tuple[Export, str]:
    """An archive of all data that is ready, and a link to it."""
    export, data = Export(organisation=organisation, asked_by=owner.user, state="READY"), secret.encode()
    with entered(organisation):
        export.place, export.key = "default", archives.key_of(export.pk)
        export.name, export.size, export.sha256 = f"{secret}.octavo", len(data), sha256(data).hexdigest()
        export.expires_at = timezone.now() + timedelta(days=1)
        export.save()
        about = places.About(export.name, archives.CONTENT_TYPE, export.size, export.sha256)
        places.named("default").put(export.key, BytesIO(data), about)
        return export, archives.signed_token(export)


def _face(organisation: Organisation, author: User, secret: str) -> None:
    """How the organisation and the author look, and the provider that signs people in, who is away."""
    picture = {"data": secret.encode(), "content_type": "image/png"}
    Logo.objects.create(organisation=organisation, width=1, height=1, **(picture | {"data": b"for all"}))
    Avatar.objects.create(user=author, **picture)
    SingleSignOn.objects.create(
        organisation=organisation,
        name="Away",
        issuer="http://localhost:1",
        client_id=secret,
        sealed_secret=seal(secret),
    )
    with entered(organisation):
        OwnProvider.objects.create(
            purpose="pictures", service="openai", address="http://localhost:1", model=secret,
            sealed_key=seal(secret),
        )  # fmt: skip
    organisation.accent = "#1d4ed8"
    organisation.save()


def sum_of(secret: str) -> int:
    """An amount that nobody else has: 13 digits."""
    return 10**12 + crc32(secret.encode())


def passkey(name: str) -> dict[str, Any]:
    """What a browser answers when a passkey is registered (WebAuthn, section 5.2.1)."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    credential = AttestedCredentialData.create(Aaguid.NONE, name.encode(), key)
    data = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, credential)
    return {
        "id": websafe_encode(name.encode()),
        "rawId": websafe_encode(name.encode()),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":""}'),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        },
    }


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
