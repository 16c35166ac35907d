"""How the console shows money and states."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

from jobs.states import JobState, StepStatus
from tenants.accounts.models import User
from tenants.accounts.second_factor import has_second_factor

register = template.Library()

_JOB_TONES = {JobState.RUNNING: "busy", JobState.DONE: "good", JobState.FAILED: "bad"}
_STEP_TONES = {
    StepStatus.LEASED: "busy",
    StepStatus.DONE: "good",
    StepStatus.FAILED: "bad",
    StepStatus.QUARANTINED: "bad",
}


@register.filter
def lacks_second_factor(user: User) -> bool:
    return not has_second_factor(user)


@register.filter
def micros(amount: int | None) -> str:
    """Micro-units of US dollars, in which providers' prices are kept, as dollars with four decimals."""
    return f"{number_format((amount or 0) / 1_000_000, 4)}\u00a0USD"


@register.filter
def job_tone(state: str) -> str:
    return _JOB_TONES.get(JobState(state), "")


@register.filter
def step_tone(status: str) -> str:
    return _STEP_TONES.get(StepStatus(status), "")
