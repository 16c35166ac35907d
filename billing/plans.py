"""Which plans are offered."""

from __future__ import annotations

from billing.models import Plan

FIRST_PLAN = "FREE"  # that every organisation begins with, and falls back to


def offered_plan(code: str) -> Plan:
    """The version of a plan that new subscribers get. Raises `Plan.DoesNotExist`."""
    return Plan.objects.get(code=code, offered=True)


def first_plan() -> Plan:
    return offered_plan(FIRST_PLAN)
