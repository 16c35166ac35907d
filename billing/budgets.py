"""What an organisation lets its calls cost in a month: set by those who run it, who are warned in time."""

from __future__ import annotations

import logging
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from billing.models import Budget, LedgerState
from insights import record
from insights.actions import Action
from notifications.models import Kind
from notifications.notifying import notify
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tenants.people.members import who_runs
from tenants.postgresql.raw import sql

logger = logging.getLogger(__name__)


def set_budget(
    *, organisation: Organisation, by: User, limit_micros: int | None, warn_percent: int = 80
) -> Budget:
    """Let calls cost at most `limit_micros` (micro-units of USD) in a calendar month; None ends the limit.

    What this month's calls have cost so far counts from the first: it is taken from the ledger.
    """
    with transaction.atomic():
        if not Budget.objects.filter(organisation=organisation).exists():
            _begin(organisation.pk)
        budget = Budget.objects.select_for_update().get(organisation=organisation)
        budget.limit_micros, budget.warn_percent = limit_micros, warn_percent
        budget.warned = date(1970, 1, 1)
        budget.save(update_fields=["limit_micros", "warn_percent", "warned"])
        record(Action.BUDGET_CHANGED, actor=by, resource=organisation, details={"limit_micros": limit_micros})
    return budget


def warn_of_budgets() -> int:
    """Tell who runs an organisation that most of its month's budget is spent, once a month; says how many."""
    return sum(_try(budget) for budget in _nearly_spent())


def _try(budget: Budget) -> bool:
    """One that cannot be told keeps no other waiting, and is tried again next time."""
    try:
        return _warn(budget)
    except Exception:
        logger.exception("nobody warned of a budget", extra={"organisation_id": budget.organisation_id})
        return False


def _nearly_spent() -> list[Budget]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT date_trunc('month', now())::date")
        month = cursor.fetchone()[0]
    used = F("spent_micros") + F("reserved_micros") + F("unknown_micros")
    nearing = Budget.objects.filter(~Q(warned=month), month=month, limit_micros__gt=0)
    nearing = nearing.alias(used=used * 100, bound=F("limit_micros") * F("warn_percent"))
    return list(nearing.filter(used__gte=F("bound")).select_related("organisation").order_by("pk"))


def _warn(budget: Budget) -> bool:
    with transaction.atomic():
        claimed = Budget.objects.filter(pk=budget.pk).exclude(warned=budget.month).update(warned=budget.month)
        if not claimed:
            return False
        used = budget.spent_micros + budget.reserved_micros + budget.unknown_micros
        data = {"percent": used * 100 // (budget.limit_micros or 1), "path": "/usage/costs/"}
        with entered(budget.organisation):
            for membership in who_runs(budget.organisation_id):
                notify(membership.user, Kind.BUDGET_NEARING, data)
    return True


def _begin(organisation_id: UUID) -> None:
    """The first budget, with all that was spent and is set aside.

    Whoever moves money has this table locked from then to the end of the transaction, even where there is no
    row to move: so nothing is under way while the ledger is counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql("LOCK TABLE {billing_budget} IN SHARE ROW EXCLUSIVE MODE"))
    Budget.objects.bulk_create([_counted(organisation_id)], ignore_conflicts=True)


def _counted(organisation_id: UUID) -> Budget:
    """A budget that knows what was spent, and is set aside, before there was one."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                SELECT date_trunc('month', now())::date,
                    coalesce(sum(coalesce(amount_micros, estimate_micros)) FILTER (
                        WHERE state = %(settled)s AND closed_at >= date_trunc('month', now())), 0)::bigint,
                    coalesce(sum(estimate_micros) FILTER (WHERE state = %(reserved)s), 0)::bigint,
                    coalesce(sum(estimate_micros) FILTER (WHERE state = %(unknown)s), 0)::bigint
                FROM {billing_ledgerentry} WHERE organisation_id = %(organisation)s
                """
            ),
            {
                "organisation": organisation_id,
                "settled": LedgerState.SETTLED,
                "reserved": LedgerState.RESERVED,
                "unknown": LedgerState.UNKNOWN,
            },
        )
        month, spent, reserved, unknown = cursor.fetchone()
    return Budget(
        organisation_id=organisation_id,
        month=month,
        spent_micros=spent,
        reserved_micros=reserved,
        unknown_micros=unknown,
    )
