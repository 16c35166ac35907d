"""What the console shows, read from the public schema alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from billing.models import LedgerEntry
from jobs.models import Job, ProviderBreaker, Step
from jobs.states import STOPPED_STATUSES, JobState, StepStatus
from notifications.models import Letter, LetterState
from tenants.accounts.models import User
from tenants.models import Membership, Organisation


@dataclass(frozen=True)
class Overview:
    """Counts for the first page. `spent_micros` is what the last 30 days' calls cost."""

    organisations: int
    users: int
    running: int
    failed: int
    waiting_steps: int
    spent_micros: int
    waiting_letters: int
    lost_letters: int
    breakers: list[ProviderBreaker]


def overview() -> Overview:
    since = timezone.now() - timedelta(days=30)
    jobs = Job.objects.aggregate(
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    letters = Letter.objects.exclude(state=LetterState.SENT).aggregate(
        waiting=Count("pk", filter=Q(state=LetterState.WAITING)),
        lost=Count("pk", filter=Q(state=LetterState.GIVEN_UP)),
    )
    spent = LedgerEntry.objects.filter(created_at__gte=since).aggregate(total=Sum("amount_micros"))["total"]
    return Overview(
        organisations=Organisation.objects.count(),
        users=User.objects.count(),
        running=jobs["running"],
        failed=jobs["failed"],
        waiting_steps=Step.objects.filter(status=StepStatus.PENDING).count(),
        spent_micros=spent or 0,
        waiting_letters=letters["waiting"],
        lost_letters=letters["lost"],
        breakers=list(ProviderBreaker.objects.order_by("provider")),
    )


def organisations(*, search: str) -> QuerySet[Organisation]:
    found: QuerySet[Organisation] = (
        Organisation.objects.select_related("subscription__plan")
        .annotate(people=_number(Membership.objects.all(), by="organisation"))
        .order_by("-created_at")
    )
    if search:
        found = found.filter(Q(name__icontains=search) | Q(slug__icontains=search))
    return found


def people(*, search: str) -> QuerySet[User]:
    found = User.objects.annotate(organisations=_number(Membership.objects.all(), by="user"))
    found = found.order_by("-created_at")
    if search:
        found = found.filter(Q(email__icontains=search) | Q(name__icontains=search))
    return found


def jobs(*, state: str) -> QuerySet[Job]:
    found = (
        Job.objects.select_related("organisation")
        .annotate(
            steps_total=_number(Step.objects.all(), by="job"),
            steps_done=_number(
                Step.objects.filter(status__in=[StepStatus.DONE, StepStatus.SKIPPED]), by="job"
            ),
        )
        .order_by("-created_at")
    )
    return found.filter(state=state) if state in JobState.values else found


def steps_of(job: Job) -> QuerySet[Step]:
    """In the order in which they were added; `may_retry` says whether trying again makes sense."""
    return job.steps.annotate(
        may_retry=Case(When(status__in=STOPPED_STATUSES, then=True), default=False)
    ).order_by("created_at", "kind", "number")


def _number(rows: QuerySet[Any], *, by: str) -> Coalesce:
    """How many of these rows refer to the one that is listed: counted for the rows of a page alone."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)
