"""The console's pages: organisations, people, and the jobs with their steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from console import queries
from console.access import may_change, staff_only, super_admin_only
from console.organisations import tabs_of_all
from insights import record
from insights.actions import Action
from jobs import control
from jobs.models import Job, Step
from jobs.states import ForbiddenMove, JobState
from tenants.accounts.models import User
from tenants.context import entered

PAGE_SIZE = 25


@require_GET
@staff_only
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "console/overview.html", {"overview": queries.overview(), "here": "overview"})


@require_GET
@staff_only
def organisations(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:100]
    page = _page(request, queries.organisations(search=search))
    tabs = tabs_of_all("organisations")
    shown = {"page": page, "search": search, "tabs": tabs, "here": "organisations"}
    return render(request, "console/organisations.html", shown)


@require_GET
@staff_only
def people(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:100]
    page = _page(request, queries.people(search=search))
    return render(request, "console/people.html", {"page": page, "search": search, "here": "people"})


@require_GET
@staff_only
def jobs(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page = _page(request, queries.jobs(state=state))
    address = reverse("console:jobs")
    tabs = [(address, _("All"), not state)]
    tabs += [(f"{address}?state={value}", str(label), state == value) for value, label in JobState.choices]
    return render(request, "console/jobs.html", {"page": page, "state": state, "tabs": tabs, "here": "jobs"})


@require_GET
@staff_only
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    row = get_object_or_404(Job.objects.select_related("organisation"), pk=job_id)
    shown = {
        "job": row,
        "steps": queries.steps_of(row),
        "may_change": may_change(request.user),
        "here": "jobs",
    }
    return render(request, "console/job.html", shown)


@require_POST
@super_admin_only
def retry_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    row = get_object_or_404(Job.objects.select_related("organisation"), pk=job_id)
    return _act(
        request, row, Action.JOB_RETRIED, lambda: control.retry_job(job_id=row.pk), _("The job goes on.")
    )


@require_POST
@super_admin_only
def cancel_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    row = get_object_or_404(Job.objects.select_related("organisation"), pk=job_id)
    return _act(
        request, row, Action.JOB_CANCELLED, lambda: control.request_cancel(job_id=row.pk), _("The job stops.")
    )


@require_POST
@super_admin_only
def retry_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    step = get_object_or_404(Step.objects.select_related("job__organisation"), pk=step_id)
    return _act(
        request,
        step.job,
        Action.STEP_RETRIED,
        lambda: control.retry_step(step_id=step.pk),
        _("The step is tried again."),
    )


def _act(request: HttpRequest, row: Job, action: str, do: Callable[[], object], done: str) -> HttpResponse:
    try:
        with entered(row.organisation), transaction.atomic():
            do()
            record(action, actor=cast(User, request.user), resource=row)
    except ForbiddenMove:
        messages.error(request, _("Nothing to do here: it has moved on meanwhile."))
    else:
        messages.success(request, done)
    return redirect("console:job", job_id=row.pk)


def _page(request: HttpRequest, rows: QuerySet) -> object:  # type: ignore[type-arg]
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
