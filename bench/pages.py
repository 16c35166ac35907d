"""Pages of long lists: an organisation with 300 members and 100,000 log entries beside one with 100 of each.

Both fill a first page, so that what differs is how much lies behind it. Each page is asked for in both in
turn, through Django's whole stack on PostgreSQL; the median of the rounds' ratios is judged. The console's
lists are measured before and after the platform has grown, each time beside a page that does not grow.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.installation import prepare
from bench.report import Demand, report

if TYPE_CHECKING:
    from tenants.models import Organisation

FEW, MANY = 100, 300  # members, invitations, and notifications of one person
SHORT, LONG = 100, 100_000  # lines of the activity log
ROUNDS = 41
MOST = 1.5  # times as long
LATER = datetime(2100, 1, 1, tzinfo=UTC)

PAGES = {
    "activity": "/activity/",
    "activity_of_books": "/activity/?subject=book",
    "activity_of_what_never_happened": "/activity/?subject=tier",
    "activity_of_a_person": "/activity/?who={member}",
    "activity_of_a_day": "/activity/?since=2020-01-01&until=2020-01-01",
    "activity_further_on": "/activity/?before={line}",
    "activity_at_the_end": "/activity/?before={early}",
    "people": "/people/",
    "notifications": "/notifications/",
    "own_activity": "/profile/activity/",
}
CONSOLE = {
    "console_organisations": "/console/organisations/",
    "console_people": "/console/people/",
    "console_jobs": "/console/jobs/",
}
DEMANDS = [Demand(f"{name}_ratio", "<=", MOST) for name in (*PAGES, *CONSOLE)]


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    prepare()
    grow(FEW)
    small = made("small", rows=FEW, lines=SHORT)
    analyse()
    console = {name: beside_another(path) for name, path in CONSOLE.items()}
    large = made("large", rows=MANY, lines=LONG)
    grow(MANY)
    analyse()
    figures: dict[str, float] = {}
    for name, path in PAGES.items():
        figures[f"{name}_ratio"] = ratio(page(large, path), page(small, path))
    for name, path in CONSOLE.items():
        figures[f"{name}_ratio"] = beside_another(path) / console[name]
    return report("pages", figures=figures, demands=DEMANDS)


def made(slug: str, *, rows: int, lines: int) -> Organisation:
    """An organisation with so many members, invitations and notifications, and so many lines of activity."""
    from notifications.models import Notification
    from tenants.accounts.models import User
    from tenants.models import Invitation, Membership
    from tenants.schemas.provisioning import create_organisation

    people = User.objects.bulk_create(
        User(email=f"{number}@{slug}.example", name=f"Person {number}") for number in range(rows)
    )
    organisation = create_organisation(name=slug.title(), slug=f"{slug}-{os.getpid()}", owner=people[0])
    Membership.objects.bulk_create(
        Membership(organisation=organisation, user=user, role="MEMBER") for user in people[1:]
    )
    Invitation.objects.bulk_create(
        Invitation(organisation=organisation, email=f"i{number}@{slug}.example", expires_at=LATER)
        for number in range(rows)
    )
    Notification.objects.bulk_create(
        Notification(user=people[0], organisation=organisation, kind="book.finished", data={"title": "A"})
        for _number in range(rows)
    )
    note(organisation, lines)
    return organisation


def note(organisation: Organisation, lines: int) -> None:
    """Half of the lines are the owner's, the others everybody's in turn; one a minute from 2020 on."""
    from django.db import connection

    from tenants.models import Membership

    people = list(Membership.objects.filter(organisation=organisation).values_list("user_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.insights_activitylog (id, organisation_id, actor_id, actor_name, action,"
            " resource_type, resource_id, resource_name, details, created_at)"
            " SELECT gen_random_uuid(), %s, CASE n %% 2 WHEN 0 THEN (%s::uuid[])[1]"
            " ELSE (%s::uuid[])[1 + n %% cardinality(%s::uuid[])] END, 'Somebody',"
            " CASE n %% 3 WHEN 0 THEN 'member.joined' ELSE 'book.finished' END,"
            " 'books.book', n::text, 'A book', '{}', timestamptz '2020-01-01Z' + n * interval '1 minute'"
            " FROM generate_series(1, %s) n",
            [organisation.pk, people, people, people, lines],
        )


def grow(many: int) -> None:
    """So many more organisations, without schemas, since the console only lists them, and a job of each."""
    from jobs.models import Job
    from tenants.models import Organisation

    more = Organisation.objects.bulk_create(
        Organisation(name=f"Further {number}", slug=f"further-{many}-{number}-{os.getpid()}")
        for number in range(many)
    )
    Job.objects.bulk_create(
        Job(organisation=organisation, subject_type="generation.bookjob", subject_id=organisation.pk)
        for organisation in more
    )


def analyse() -> None:
    """As autovacuum does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def page(organisation: Organisation, path: str) -> Callable[[], Any]:
    """Asks for a page as the owner."""
    from insights.models import ActivityLog
    from tests.conftest import HostClient

    lines = ActivityLog.objects.filter(organisation_id=organisation.pk).order_by("-created_at", "-id")
    owning = organisation.memberships.select_related("user").get(role="OWNER")
    middle, early = lines[SHORT // 2 - 1], lines.reverse()[SHORT // 2]
    address = path.format(member=owning.pk, line=middle.pk, early=early.pk)
    client = HostClient(organisation).sign_in(owning.user)
    return lambda: shown(client, address)


def console_page(path: str) -> Callable[[], Any]:
    from tenants.accounts.models import User
    from tests.conftest import HostClient

    admin, _made = User.objects.get_or_create(email="console@bench.example", defaults={"role": "SUPER_ADMIN"})
    client = HostClient().sign_in(admin)
    return lambda: shown(client, path)


def shown(client: Any, address: str) -> None:
    """Asks for a page. Raises RuntimeError where it is not shown."""
    status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} is answered with {status}")


def ratio(one: Callable[[], Any], other: Callable[[], Any]) -> float:
    """How many times as long one takes as the other: the median of rounds in which both are asked in turn, so
    that whatever else the machine does slows both."""
    one(), other()
    return median(once(one) / once(other) for _round in range(ROUNDS))


def beside_another(path: str) -> float:
    """How many times as long as the prices a page of the console takes."""
    return ratio(console_page(path), console_page("/prices/"))


def once(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began
