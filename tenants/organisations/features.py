"""What only some plans bring. It is asked here; `billing`, which knows the plans, answers.

Asked before something new is set up. What was set up while a plan brought it goes on working when the plan
has ended: it can be taken away, but not changed.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.dispatch import Signal
from django.utils.translation import gettext as _

ADVANCED: Final = "advanced"  # a web address, a logo and a colour of one's own
SINGLE_SIGN_ON: Final = "single_sign_on"
API: Final = "api"
WEBHOOKS: Final = "webhooks"  # events, sent to addresses of one’s own
OWN_PROVIDERS: Final = "own_providers"  # models and crews that the organisation pays for itself
BATCHES: Final = "batches"  # many books at once, each with its own hero

# A question; arguments: `organisation_id` and `feature`. A receiver answers None where the organisation's
# plan brings the feature, else with the name of the plan to take for it, empty where none is offered. Where
# nobody answers, everything is allowed.
feature_asked = Signal()


class NotInPlan(Exception):
    """The organisation's plan does not bring this; the message is for who would have it.

    `plan` is the name of the smallest plan that does; empty where none is offered.
    """

    def __init__(self, plan: str) -> None:
        super().__init__(plan)
        self.plan = plan

    def __str__(self) -> str:
        if not self.plan:
            return _("Your plan does not have this.")
        return _("This comes with the plan %(plan)s.") % {"plan": self.plan}


def check(organisation_id: UUID, feature: str) -> None:
    """Raises `NotInPlan` where the organisation's plan does not bring the feature."""
    if missing := missing_from(organisation_id, feature):
        raise missing


def brings(organisation_id: UUID, feature: str) -> bool:
    """Whether the organisation's plan brings the feature."""
    return missing_from(organisation_id, feature) is None


def missing_from(organisation_id: UUID, feature: str) -> NotInPlan | None:
    """What to tell those whose plan does not bring the feature; None where it does. One query."""
    answers = feature_asked.send(None, organisation_id=organisation_id, feature=feature)
    plans = [plan for _receiver, plan in answers if plan is not None]
    return NotInPlan(plans[0]) if plans else None
