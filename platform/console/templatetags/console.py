"""How the console shows money and states."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

from billing.models import EventStatus, PaymentStatus, SubscriptionStatus
from jobs.states import JobState, StepStatus
from tenants.accounts.models import User
from tenants.accounts.second_factor import has_second_factor

register = template.Library()

_SUBSCRIPTION_TONES = {
    SubscriptionStatus.ACTIVE: "good",
    SubscriptionStatus.TRIALING: "info",
    SubscriptionStatus.PAST_DUE: "bad",
    SubscriptionStatus.PAUSED: "busy",
}
_PAYMENT_TONES = {PaymentStatus.SUCCEEDED: "good", PaymentStatus.FAILED: "bad", PaymentStatus.ABANDONED: ""}
_EVENT_TONES = {EventStatus.RECEIVED: "busy", EventStatus.DONE: "good", EventStatus.FAILED: "bad"}
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
def dollars(amount: int) -> str:
    """Micro-units of US dollars with as many digits as they need, two at least."""
    exact = f"{abs(amount) / 1_000_000:.6f}".rstrip("0")
    digits = max(2, len(exact.split(".")[1]))
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{number_format(abs(amount) / 1_000_000, digits)}\u202fUSD"


@register.filter
def plain_dollars(amount: int) -> str:
    """The same as a form takes it: 2.5."""
    return f"{amount / 1_000_000:.6f}".rstrip("0").rstrip(".")


@register.filter
def subscription_tone(status: str) -> str:
    return _SUBSCRIPTION_TONES.get(SubscriptionStatus(status), "")


@register.filter
def payment_tone(status: str) -> str:
    return _PAYMENT_TONES.get(PaymentStatus(status), "busy")


@register.filter
def event_tone(status: str) -> str:
    return _EVENT_TONES.get(EventStatus(status), "")


@register.filter
def job_tone(state: str) -> str:
    return _JOB_TONES.get(JobState(state), "")


@register.filter
def step_tone(status: str) -> str:
    return _STEP_TONES.get(StepStatus(status), "")
