"""Money under fire: a storm of webhooks, deaths at every boundary, 24 months, a bill, limits at their edge.

Each part is a module with `figures` and `DEMANDS`.
"""

from __future__ import annotations

from bench import bill, crashes, edges, telling
from bench.installation import member_of_a_new_organisation, prepare
from bench.report import report

DEMANDS = [*telling.DEMANDS, *crashes.DEMANDS, *bill.DEMANDS, *edges.DEMANDS]


def main() -> int:
    prepare()
    told = telling.figures()
    leave_the_gateway()
    figures = {
        **told,
        **crashes.figures(),
        **bill.figures(),
        **edges.figures(member_of_a_new_organisation("edges")),
    }
    return report("billing", figures=figures, demands=DEMANDS)


def leave_the_gateway() -> None:
    """Forget what is with a gateway that has gone: the next part's clock would ask its own for it."""
    from billing.models import GatewayEvent, GatewayPlan, Payment, Refund, Subscription

    for model in (GatewayEvent, Refund, Payment, Subscription, GatewayPlan):
        model.objects.all().delete()
