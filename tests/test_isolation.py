"""Every address of the platform, asked by those who may and by those who may not.

The routes come from the URL configuration and from the OpenAPI description, so that a new one that is not in
the table below fails the first test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from drf_spectacular.generators import SchemaGenerator

from books.models import Book, BookMetadata, BookSection, Chapter, Contributor, Illustration
from collaboration.models import Revision
from collaboration.revisions import write_chapter
from formats import records
from formats.models import PrintPackage
from generation.commission import commission_book
from generation.editions import keep_edition
from jobs.models import Step
from notifications import tickets
from notifications.models import Letter, Notification
from storage import files
from storage.models import StoredFile
from tenants import invitations
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Group, Membership, Organisation, Role, Tier
from tenants.scopes import Scope, scope_of
from tests.conftest import HostClient
from tests.factories.tenants import UserFactory

pytestmark = pytest.mark.django_db

SECRET = "Kestrel"  # in everything that is Acme's, so that a leak shows


@dataclass(frozen=True)
class Route:
    """How a route is asked. `of` names the objects in its address; `body` is what is sent by POST or PUT;
    `runs` says that it is for owners and admins alone, `owns` that it is for owners, `seen` that members may
    look at it all the same."""

    of: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("GET",)
    body: dict[str, Any] = field(default_factory=dict)
    json: bool = False
    runs: bool = False
    owns: bool = False
    seen: bool = False


def api(*of: str, methods: tuple[str, ...] = ("GET",), **body: Any) -> Route:
    return Route(of, methods, body, json=True)


GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

ORGANISATION_ROUTES: dict[str, Route] = {
    "web:shelf": Route(),
    "web:in_the_making": Route(),
    "web:new_book": Route(methods=GET),
    "web:import_book": Route(methods=BOTH),
    "web:hero_preview": Route(),
    "web:book": Route(("book_id",)),
    "web:pictures": Route(("book_id",)),
    "web:formats": Route(("book_id",)),
    "web:rebuild": Route(("book_id",), POST),
    "web:first_pages": Route(("book_id", "format_")),
    "web:keep_edition": Route(("book_id",), BOTH, {"name": "Other"}),
    "web:delete_edition": Route(("book_id", "edition_id"), BOTH),
    "web:edition_file": Route(("book_id", "edition_id", "format_")),
    "web:design": Route(("book_id",), BOTH, {"theme": "modern-novel", "trim": "A5"}),
    "web:design_page": Route(("book_id", "number")),
    "web:theme_picture": Route(("book_id", "name")),
    "web:activity": Route(("book_id",)),
    "web:details": Route(("book_id",)),
    "web:publishing": Route(("book_id",)),
    "web:metadata": Route(("book_id",), BOTH, {"title": "Other", "contents_depth": 1}),
    "web:contributors": Route(("book_id",), BOTH, {"people-TOTAL_FORMS": 0, "people-INITIAL_FORMS": 0}),
    "web:subjects": Route(("book_id",), BOTH, {"code": "YFB"}),
    "web:onix": Route(("book_id",)),
    "web:new_section": Route(("book_id",), BOTH, {"role": "preface", "text": "Other"}),
    "web:section": Route(("book_id", "section_id"), BOTH, {"role": "preface", "text": "Other"}),
    "web:move_section": Route(("book_id", "section_id"), POST, {"to": "down"}),
    "web:remove_section": Route(("book_id", "section_id"), BOTH),
    "web:part": Route(("book_id", "number"), BOTH, {"part": "Other"}),
    "web:stylesheet": Route(("book_id",), BOTH, {"stylesheet": "h1 { color: red }"}),
    "web:printing": Route(
        ("book_id",), BOTH, {"printer": "kdp", "binding": "paperback", "paper": "white", "trim": "6x9"}
    ),
    "web:print_file": Route(("book_id", "package_id", "part")),
    "web:delete_package": Route(("book_id", "package_id"), BOTH),
    "web:progress": Route(("book_id",)),
    "web:outline": Route(("book_id",), BOTH),
    "web:cancel": Route(("book_id",), BOTH),
    "web:retry": Route(("book_id",), POST),
    "web:read": Route(("book_id",)),
    "web:read_chapter": Route(("book_id", "number")),
    "web:rewrite": Route(("book_id", "number"), BOTH, {"instruction": "shorter"}),
    "web:versions": Route(("book_id", "number")),
    "web:version": Route(("book_id", "number", "revision"), BOTH),
    "web:download": Route(("book_id", "format_")),
    "web:picture": Route(("book_id", "picture_id")),
    "web:replace_picture": Route(("book_id", "picture_id"), BOTH, {"alt": "Other"}),
    "web:original_picture": Route(("book_id", "picture_id")),
    "web:notifications": Route(methods=BOTH),
    "web:notification": Route(("notification_id",)),
    "web:unread": Route(),
    "web:notification_stream": Route(),
    "web:profile": Route(),
    "web:activity_of_all": Route(runs=True),
    "web:activity_export": Route(runs=True),
    "web:own_activity": Route(),
    "web:own_activity_export": Route(),
    "web:organisation": Route(owns=True),
    "web:delete_organisation": Route((), BOTH, {"name": "Another"}, owns=True),
    "web:people": Route(),
    "web:invite": Route((), BOTH, {"emails": "new@acme.example", "role": "MEMBER"}, runs=True),
    "web:make_link": Route((), BOTH, {"role": "MEMBER", "uses": 3, "days": 7}, runs=True),
    "web:leave": Route(methods=GET),
    "web:revoke_invitation": Route(("invitation_id",), POST, runs=True),
    "web:member": Route(("membership_id",), BOTH, {"role": "GUEST"}, runs=True),
    "web:remove_member": Route(("membership_id",), POST, runs=True),
    "web:hand_over": Route(("membership_id",), POST, runs=True),
    "web:groups": Route((), BOTH, {"name": "Other"}, runs=True, seen=True),
    "web:group": Route(("group_id",)),
    "web:edit_group": Route(("group_id",), BOTH, {"name": "Other"}, runs=True),
    "web:add_to_group": Route(("group_id",), BOTH, {"q": "Max"}, runs=True),
    "web:remove_from_group": Route(("group_id",), POST, runs=True),
    "web:delete_group": Route(("group_id",), BOTH, runs=True),
    "web:tiers": Route((), BOTH, {"name": "Other"}, runs=True, seen=True),
    "web:rename_tier": Route(("tier_id",), BOTH, {"name": "Other"}, runs=True),
    "web:move_tier": Route(("tier_id",), POST, {"to": "up"}, runs=True),
    "web:delete_tier": Route(("tier_id",), BOTH, runs=True),
    "web:give_tier": Route(("membership_id",), POST, {"tier": ""}, runs=True),
    "api:book-list": api(methods=GET),
    "api:book-import": api(methods=POST),
    "api:book-detail": api("pk"),
    "api:book-chapters": api("pk"),
    "api:book-chapter": api("pk", "number", methods=("GET", "PUT"), text="Other", revision=2),
    "api:book-regenerate": api("pk", "number", methods=POST, instruction="shorter"),
    "api:book-revisions": api("pk", "number"),
    "api:book-restore": api("pk", "number", "revision", methods=POST),
    "api:book-pictures": api("pk"),
    "api:book-picture": api("pk", "picture", methods=("GET", "PUT"), alt="Other"),
    "api:book-cover": api("pk"),
    "api:book-formats": api("pk"),
    "api:book-rebuild": api("pk", methods=POST),
    "api:book-first-pages": api("pk", "format_name"),
    "api:book-editions": api("pk", methods=BOTH, name="Other"),
    "api:book-edition": api("pk", "edition", methods=("GET", "DELETE")),
    "api:book-edition-file": api("pk", "edition", "format_name"),
    "api:book-design": api("pk", methods=("GET", "PATCH"), theme="modern-novel"),
    "api:book-themes": api(),
    "api:book-trims": api(),
    "api:book-download": api("pk", "format_name"),
    "api:book-metadata": api("pk", methods=("GET", "PATCH"), publisher="Other"),
    "api:book-contributors": api("pk", methods=("GET", "PUT"), people=[{"name": "Other"}]),
    "api:book-sections": api("pk", methods=BOTH, role="preface", text="Other"),
    "api:book-section": api("pk", "section", methods=("GET", "PATCH", "DELETE"), text="Other"),
    "api:book-part": api("pk", "number", methods=("PUT",), part="Other"),
    "api:book-onix": api("pk"),
    "api:print-package-list": api(
        "book_pk", methods=("GET", "POST"), printer="kdp", paper="white", trim="6x9"
    ),
    "api:print-package-detail": api("book_pk", "package", methods=("GET", "DELETE")),
    "api:print-package-interior": api("book_pk", "package"),
    "api:print-package-cover": api("book_pk", "package"),
    "api:job-list": api(),
    "api:job-detail": api("job_pk"),
    "api:job-events": api("job_pk"),
    "api:job-approve": api("job_pk", methods=POST),
    "api:job-cancel": api("job_pk", methods=POST),
    "api:job-retry": api("job_pk", methods=POST),
}
PLATFORM_STAFF_ROUTES: dict[str, Route] = {
    "console:overview": Route(),
    "console:organisations": Route(),
    "console:people": Route(),
    "console:jobs": Route(),
    "console:job": Route(("job_id",)),
    "console:retry_job": Route(("job_id",), POST),
    "console:cancel_job": Route(("job_id",), POST),
    "console:retry_step": Route(("step_id",), POST),
    "console:letters": Route(),
    "console:retry_letter": Route(("letter_id",), POST),
}
# For everybody: they show and change nothing of an organisation's.
OPEN_ROUTES = {
    "api:schema",
    "set_language",
    "handover",
    "on_platform",
    "go_to_organisation",
    "lobby:landing",
    "lobby:prices",
    "lobby:enter",
    "lobby:invitation",
    "lobby:new_organisation",
    "lobby:stop_emails",  # by a signed address: see tests/notifications/test_stopping.py
}

# One's own account: on the platform's host and for whoever is signed in there, with what is in the address.
OF_THE_ACCOUNT: dict[str, tuple[str, ...]] = {
    "mfa_index": (),
    "mfa_reauthenticate": (),
    "mfa_activate_totp": (),
    "mfa_deactivate_totp": (),
    "mfa_view_recovery_codes": (),
    "mfa_generate_recovery_codes": (),
    "mfa_download_recovery_codes": (),
    "mfa_list_webauthn": (),
    "mfa_add_webauthn": (),
    "mfa_reauthenticate_webauthn": (),
    "mfa_edit_webauthn": ("pk",),
    "mfa_remove_webauthn": ("pk",),
    "socialaccount_connections": (),
    "usersessions_list": (),
    "usersessions_end": ("session_id",),
    "usersessions_end_others": (),
}
# An owner takes an organisation back that was closed: see tests/platform/test_deletion.py.
OF_AN_OWNER = {"lobby:keep_organisation"}
# One's own account, named by nothing but the session: see tests/platform/test_account.py.
OF_ONESELF = {"lobby:delete_account", "lobby:export_account"}
# For whoever is about to sign in, who sees nothing by them but what they send themselves.
AT_SIGN_IN = {
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "google_login",
    "google_login_by_token",
    "google_callback",
    "apple_login",
    "apple_callback",
    "apple_finish_callback",
    "openid_connect_login",
    "openid_connect_callback",
    # Where allauth's pages used to be: they lead to where these are now.
    "social/login/cancelled/",
    "social/login/error/",
    "social/signup/",
    "social/connections/",
}


@dataclass
class World:
    """Acme with one of everything."""

    organisation: Organisation
    member: User
    admin: User
    owner: User
    guest: User
    book: Book
    values: dict[str, str]

    def address(self, name: str, route: Route) -> str:
        kwargs = {
            part.removeprefix("job_") if name.startswith("api:") else part: self.values[part]
            for part in route.of
        }
        urlconf = "config.platform_urls" if name.startswith("console:") else "config.urls"
        return reverse(name, urlconf=urlconf, kwargs=kwargs)


@pytest.fixture
def world(organisation: Organisation, member: User, settings: Any, tmp_path: Path) -> World:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": location}
    guest = UserFactory(name="Gus Guest")
    Membership.objects.create(organisation=organisation, user=guest, role=Role.GUEST)
    admin = UserFactory(name="Ana Admin")
    running = Membership.objects.create(organisation=organisation, user=admin, role=Role.ADMIN)
    owner = UserFactory(name="Olaf Owner")
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    (invitation,) = invitations.invite(emails=[f"{SECRET}@acme.example"], role=Role.GUEST, by=running)
    tier = Tier.objects.create(organisation=organisation, name=SECRET)
    group = Group.objects.create(organisation=organisation, name=f"{SECRET} group", tier=tier)
    with entered(organisation):
        membership = Membership.objects.get(user=member, organisation=organisation)
        book, job = commission_book(
            membership=membership, topic=f"{SECRET} watching", title=SECRET, kind="guide"
        )
        chapter = Chapter.objects.create(book=book, number=1, title=f"{SECRET} 1")
        for text in ("first", "second"):
            write_chapter(chapter_id=chapter.pk, text=f"{SECRET} {text}", origin=Revision.Origin.PERSON)
        cover = Illustration.objects.create(
            book=book, kind=Illustration.Kind.COVER, alt=SECRET, file=_stored(b"\xff\xd8" + SECRET.encode())
        )
        pdf = next(row for row in records.expect_formats(book) if row.format == "PDF")
        records.record_ready(
            book_format=pdf,
            file=_stored(SECRET.encode()),
            content_hash="1",
            engine="e",
            preview=_stored(SECRET.encode()),
        )
        edition = keep_edition(membership=membership, book=book, name=SECRET)
        BookMetadata.objects.create(book=book, publisher=SECRET, description=SECRET)
        Contributor.objects.create(book=book, name=SECRET)
        section = BookSection.objects.create(book=book, position=1, title=SECRET, text=SECRET)
        BookSection.objects.create(book=book, position=2, title=SECRET, text=SECRET)
        note = Notification.objects.create(
            user=member, organisation_id=organisation.pk, kind="book.finished", data={"title": SECRET}
        )
        package = PrintPackage.objects.create(
            book=book, printer="kdp", specification={"trim": SECRET}, interior=_stored(SECRET.encode()),
            cover=_stored(SECRET.encode()), pages=24, spine=2, status=PrintPackage.Status.READY,
        )  # fmt: skip
        step = Step.objects.filter(job_id=job.pk).first()
    letter = Letter.objects.create(to="ada@acme.example", subject=SECRET, state="GIVEN_UP", sealed=SECRET)
    values = {
        "book_id": book.pk, "pk": book.pk, "number": 1, "revision": 1, "format_": "pdf", "format_name": "pdf",
        "picture_id": cover.pk, "picture": cover.pk, "notification_id": note.pk,
        "edition_id": edition.pk, "edition": edition.pk, "name": "classic-novel",
        "section_id": section.pk, "section": section.pk,
        "book_pk": book.pk, "package_id": package.pk, "package": package.pk, "part": "interior",
        "group_id": group.pk, "tier_id": tier.pk,
        "membership_id": membership.pk, "invitation_id": invitation.pk,
        "job_id": job.pk, "job_pk": job.pk, "step_id": step.pk if step else job.pk,
        "letter_id": letter.pk,
    }  # fmt: skip
    return World(
        organisation, member, admin, owner, guest, book, {key: str(value) for key, value in values.items()}
    )


def _stored(data: bytes) -> StoredFile:
    return files.save(data=data, name="book.pdf", content_type="application/pdf", kind=StoredFile.Kind.BOOK)


def _names(urlconf: str) -> Iterator[str]:
    def walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield namespace + str(pattern.name or pattern.pattern)
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern, namespace + inner)

    yield from walk(get_resolver(urlconf), "")


def test_every_route_is_in_the_matrix() -> None:
    known = {
        *ORGANISATION_ROUTES,
        *PLATFORM_STAFF_ROUTES,
        *OPEN_ROUTES,
        *OF_THE_ACCOUNT,
        *AT_SIGN_IN,
        *OF_AN_OWNER,
        *OF_ONESELF,
    }
    found = {*_names("config.urls"), *_names("config.platform_urls")}
    assert {name for name in found if not name.startswith("account_")} == known


def test_every_operation_of_the_api_is_in_the_matrix() -> None:
    described = SchemaGenerator(urlconf="config.urls").get_schema(public=True)
    operations = {
        (re.sub(r"{\w+}", "*", path), method.upper())
        for path, of in described["paths"].items()
        for method in of
    }
    covered = set()
    for name, route in ORGANISATION_ROUTES.items():
        if name.startswith("api:"):
            words = {"number": "1", "revision": "1", "format_name": "pdf"}
            kwargs = {part.removeprefix("job_"): words.get(part, "0" * 36) for part in route.of}
            path = reverse(name, urlconf="config.urls", kwargs=kwargs)
            path = re.sub(r"/(0{36}|1|pdf)(?=/)", "/*", path)
            covered |= {(path, method) for method in route.methods}
    assert operations - covered == {("/api/v1/books/", "POST")}  # tested with what it makes, in tests/api


def _ask(client: HostClient, world: World, name: str, route: Route, method: str) -> Any:
    kwargs: dict[str, Any] = {}
    if method != "GET":
        kwargs = {"data": route.body}
        if route.json:
            kwargs["content_type"] = "application/json"
    return getattr(client, method.lower())(world.address(name, route), **kwargs)


def _everything(organisation: Organisation) -> dict[str, list[Any]]:
    """All rows of the organisation's schema, and who belongs to it."""
    with entered(organisation):
        own = {
            model._meta.label: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models()
            if scope_of(model._meta.app_label) is Scope.ORGANISATION
        }
    people = (
        organisation.memberships,
        organisation.invitations,
        organisation.groups,
        organisation.tiers,
    )
    return own | {rows.model._meta.label: list(rows.order_by("pk").values()) for rows in people}


def _content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


Case = tuple[str, Route, str]
CASES = [
    pytest.param((name, route, method), id=f"{method} {name}")
    for name, route in ORGANISATION_ROUTES.items()
    for method in route.methods
]


@pytest.mark.parametrize("case", CASES)
def test_strangers_see_and_change_nothing(
    world: World, other_organisation: Organisation, other_member: User, case: Case
) -> None:
    name, route, method = case
    before = _everything(world.organisation)
    callers: dict[str, tuple[HostClient, Callable[[int], bool]]] = {
        "a member of another organisation, there": (
            HostClient(other_organisation).sign_in(other_member),
            (lambda status: status in (403, 404)) if route.of else (lambda status: status < 500),
        ),
        "a member of another organisation, here": (
            HostClient(world.organisation).sign_in(other_member),
            lambda status: status in (403, 404),
        ),
        "somebody signed out": (HostClient(world.organisation), lambda status: status in (302, 401, 403)),
        "a session of another host": (_carried_over(world), lambda status: status in (302, 401, 403)),
        "a guest who was not asked to join the book": (
            HostClient(world.organisation).sign_in(world.guest),
            (lambda status: status in (302, 403, 404)) if route.of else (lambda status: status < 500),
        ),
    }
    for who, (client, refused) in callers.items():
        response = _ask(client, world, name, route, method)
        assert refused(response.status_code), f"{who} got {response.status_code}"
        assert SECRET.encode() not in _content(response), f"{who} saw the book"
    assert _everything(world.organisation) == before


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0][1].runs or case.values[0][1].owns])
def test_what_admins_do_is_refused_to_members(world: World, case: Case) -> None:
    name, route, method = case
    before = _everything(world.organisation)
    response = _ask(HostClient(world.organisation).sign_in(world.member), world, name, route, method)
    assert response.status_code == (200 if route.seen and method == "GET" else 403)
    assert _everything(world.organisation) == before


def _carried_over(world: World) -> HostClient:
    """The member's own session, opened on the platform's host and sent to the organisation's."""
    elsewhere = HostClient().sign_in(world.member)
    client = HostClient(world.organisation)
    client.cookies = elsewhere.cookies
    return client


@pytest.mark.parametrize("case", CASES)
def test_member_is_let_in(world: World, case: Case) -> None:
    name, route, method = case
    caller = world.owner if route.owns else world.admin if route.runs else world.member
    response = _ask(HostClient(world.organisation).sign_in(caller), world, name, route, method)
    assert response.status_code in (200, 201, 202, 204, 302, 307, 409, 422), response.content[:300]
    if response.status_code == 302:
        assert "/accounts/login" not in response["Location"]


@pytest.mark.parametrize(
    "case",
    [pytest.param((n, r, m), id=f"{m} {n}") for n, r in PLATFORM_STAFF_ROUTES.items() for m in r.methods],
)
def test_console_is_for_the_platforms_staff(world: World, super_admin: User, case: Case) -> None:
    name, route, method = case
    for client, allowed in (
        (HostClient(), {302}),
        (HostClient().sign_in(world.member), {404}),
        (HostClient(world.organisation).sign_in(world.member), {404}),
    ):
        response = _ask(client, world, name, route, method)
        assert response.status_code in allowed
        assert SECRET.encode() not in response.content
    assert _ask(HostClient().sign_in(super_admin), world, name, route, method).status_code in (200, 302)


def test_platform_admins_look_but_do_not_touch(world: World) -> None:
    client = HostClient().sign_in(UserFactory(role=User.Role.ADMIN))
    for name, route in PLATFORM_STAFF_ROUTES.items():
        for method in route.methods:
            status = _ask(client, world, name, route, method).status_code
            assert status == (200 if method == "GET" else 404), name


@pytest.mark.parametrize("name", OF_THE_ACCOUNT)
def test_an_account_is_looked_after_on_the_platforms_host_alone(
    organisation: Organisation, member: User, name: str
) -> None:
    path = reverse(name, urlconf="config.platform_urls", kwargs=dict.fromkeys(OF_THE_ACCOUNT[name], "1"))
    here = HostClient(organisation).sign_in(member)
    assert here.get(path)["Location"] == f"http://localhost:8000{path}"
    assert here.post(path).status_code == 405
    away = HostClient()
    away.cookies = here.cookies
    for client in (HostClient(), away):
        for answer in (client.get(path), client.post(path)):
            if answer.status_code != 405:
                assert answer.status_code == 302
                assert answer["Location"].startswith(("/accounts/login/?next=", "/accounts/reauthenticate/"))


def test_stream_ticket_names_the_organisation_of_the_host(world: World) -> None:
    client = HostClient(world.organisation).sign_in(world.member)
    response = client.get(f"/api/v1/jobs/{world.values['job_pk']}/events/")
    ticket = tickets.read(response["Location"].removeprefix("/live/"), host=world.organisation.host)
    assert ticket.schema == world.organisation.schema_name
    assert ticket.topic == f"job:{world.values['job_pk']}"


def test_stream_of_news_is_ones_own(world: World) -> None:
    response = HostClient(world.organisation).sign_in(world.member).get("/notifications/stream/")
    ticket = tickets.read(response["Location"].removeprefix("/live/"), host=world.organisation.host)
    assert (ticket.schema, ticket.topic) == (world.organisation.schema_name, f"user:{world.member.pk}")
