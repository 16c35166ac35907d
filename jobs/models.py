"""Jobs and their steps: the rows that say what is to be done, who is doing it and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from jobs.states import BreakerState, JobState, StepStatus
from tenants.keys import uuid7


class LaneName(models.TextChoices):
    CALLS = "calls", _("Calls to providers")
    BUILDS = "builds", _("Builds on this machine")


class Job(models.Model):
    """One piece of work for a member. Its subject (a book's journey, say) lives in the room that started it.

    Money is in micro-units of the platform's currency. `held` means that a member has to decide something
    before more steps follow: a held job with no open step is waiting, not finished.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("tenants.Organisation", on_delete=models.CASCADE, related_name="jobs")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    payload = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.RUNNING)
    held = models.BooleanField(default=False)
    cancel_requested = models.BooleanField(default=False)
    priority = models.SmallIntegerField(default=0)
    budget_micros = models.BigIntegerField(null=True, blank=True)
    reserved_micros = models.BigIntegerField(default=0)
    spent_micros = models.BigIntegerField(default=0)
    unknown_micros = models.BigIntegerField(default=0)
    failure_code = models.CharField(max_length=60, blank=True, default="")
    failure_reason = models.TextField(blank=True, default="")
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at"], name="jobs_job_recent"),
            models.Index(fields=["subject_id"], name="jobs_job_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class Step(models.Model):
    """One unit of work of a job, done by whichever worker claims it.

    `fence` grows with each claim, so that a late worker is told from the present one. `attempts` counts
    failures that were the provider's, `losses` the workers that died over it. `lease_until` is in no index,
    so that a heartbeat rewrites nothing but the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps", db_index=False)
    organisation = models.ForeignKey(
        "tenants.Organisation",
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    kind = models.CharField(max_length=60)
    number = models.IntegerField(default=0)
    lane = models.CharField(max_length=10, choices=LaneName.choices)
    provider = models.CharField(max_length=100, blank=True, default="")
    payload = models.JSONField(default=dict, blank=True)
    estimate_micros = models.BigIntegerField(default=0)
    status = models.CharField(max_length=12, choices=StepStatus.choices, default=StepStatus.PENDING)
    fence = models.IntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    losses = models.SmallIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(db_default=Now())
    remote_id = models.CharField(max_length=200, blank=True, default="")
    error_kind = models.CharField(max_length=20, blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_reason = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "kind", "number"], name="jobs_step_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "organisation", "next_run_at"],
                condition=Q(status=StepStatus.PENDING),
                name="jobs_step_pending",
            ),
            models.Index(
                fields=["organisation", "lane"],
                condition=Q(status=StepStatus.LEASED),
                name="jobs_step_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class StepResult(models.Model):
    """That a step is settled, and by which claim: the primary key lets the first one win."""

    step = models.OneToOneField(Step, on_delete=models.CASCADE, primary_key=True, related_name="result")
    fence = models.IntegerField()
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.step_id} by claim {self.fence}"


class OrganisationLane(models.Model):
    """How much of one lane an organisation may use at once, and when it was last served.

    The row is the lock under which its steps are claimed. An empty `cap` means the platform's default.
    """

    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="lanes", db_index=False
    )
    lane = models.CharField(max_length=10, choices=LaneName.choices)
    cap = models.PositiveSmallIntegerField(null=True, blank=True)
    last_served_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "lane"], name="jobs_lane_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.lane}"


class ProviderBreaker(models.Model):
    """Whether calls to a provider go through. `failures` are in a row, since `failing_since`."""

    provider = models.CharField(primary_key=True, max_length=100)
    state = models.CharField(max_length=8, choices=BreakerState.choices, default=BreakerState.CLOSED)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)
    times_opened = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.provider} {self.state}"
