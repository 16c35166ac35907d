"""The console of the platform's staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from generation.commission import commission_book
from insights.models import ActivityLog
from jobs.models import Job, Step
from jobs.states import JobState, StepStatus
from tenants.context import entered
from tenants.models import Membership, Organisation
from tests.conftest import HostClient
from tests.factories.tenants import OrganisationFactory, UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(super_admin: Any) -> HostClient:
    return HostClient().sign_in(super_admin)


def commission(organisation: Organisation, member: Any) -> UUID:
    with entered(organisation):
        membership = Membership.objects.get(user=member, organisation=organisation)
        return commission_book(membership=membership, topic="Bees", kind="guide")[1].pk


@pytest.fixture
def job(organisation: Organisation, member: Any) -> Job:
    return Job.objects.get(pk=commission(organisation, member))


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_overview_counts(operator: HostClient, job: Job) -> None:
    page = text(operator.get("/console/"))
    assert "<dt>Organisations</dt><dd>1</dd>" in page
    assert 'state=RUNNING">1</a>' in page


@pytest.mark.parametrize("path", ["organisations/", "people/"])
def test_lists_search(operator: HostClient, organisation: Organisation, member: Any, path: str) -> None:
    assert "acme" in text(operator.get(f"/console/{path}?q=acme"))
    nothing = text(operator.get(f"/console/{path}?q=zzz"))
    assert "Show all" in nothing and "acme" not in nothing


def test_lists_do_not_query_for_each_row(
    operator: HostClient, organisation: Organisation, member: Any
) -> None:
    commission(organisation, member)
    paths = [f"/console/{path}" for path in ("organisations/", "people/", "jobs/")]
    few = [queries_of(operator, path) for path in paths]
    for number in range(5):
        OrganisationFactory(name=f"More {number}", slug=f"more-{number}", ready_schema=f"t_none_{number}")
        UserFactory()
        commission(organisation, member)
    assert [queries_of(operator, path) for path in paths] == few


def test_jobs_are_told_by_state(operator: HostClient, job: Job) -> None:
    assert str(job.pk) in text(operator.get("/console/jobs/?state=RUNNING"))
    assert str(job.pk) not in text(operator.get("/console/jobs/?state=FAILED"))
    assert str(job.pk) in text(operator.get("/console/jobs/?state=nonsense"))


def test_job_shows_its_steps(operator: HostClient, job: Job) -> None:
    page = text(operator.get(f"/console/jobs/{job.pk}/"))
    assert "generation.outline" in page
    assert "Acme" in page


def test_cancelling_and_retrying_a_job(operator: HostClient, job: Job) -> None:
    operator.post(f"/console/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    operator.post(f"/console/jobs/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    logged = ActivityLog.objects.filter(resource_type="jobs.job").values_list("action", "organisation_id")
    assert sorted(logged) == [
        ("job.cancelled", job.organisation_id),
        ("job.retried", job.organisation_id),
    ]


def test_retrying_a_step(operator: HostClient, job: Job) -> None:
    operator.post(f"/console/jobs/{job.pk}/cancel/")
    step = Step.objects.get(job=job)
    operator.post(f"/console/steps/{step.pk}/retry/")
    step.refresh_from_db()
    assert step.status == StepStatus.PENDING


def test_what_is_not_possible_is_said(operator: HostClient, job: Job) -> None:
    response = operator.post(f"/console/jobs/{job.pk}/retry/", follow=True)
    assert "Nothing to do here" in text(response)
    assert not ActivityLog.objects.filter(action="job.retried").exists()


def test_console_speaks_french(operator: HostClient, super_admin: Any) -> None:
    super_admin.language = "fr"
    super_admin.save()
    page = text(operator.get("/console/"))
    assert '<html lang="fr"' in page
