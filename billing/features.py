"""What a plan brings beside its limits. A plan's `features` are these codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from billing.models import Plan, Subscription
from tenants.organisations import features


class Feature(models.TextChoices):
    ADVANCED = features.ADVANCED, _("Own web address, logo and colours")
    MEMBER_LIMITS = "member_limits", _("Limits for members, groups and tiers")
    WEBHOOKS = features.WEBHOOKS, _("Webhooks: your systems hear of what happens")
    BATCHES = features.BATCHES, _("Batches: up to 500 books from one table")
    OWN_PROVIDERS = features.OWN_PROVIDERS, _("AI services of your own: models and crews")
    SINGLE_SIGN_ON = features.SINGLE_SIGN_ON, _("Sign-in through your own provider")
    SEVERAL_ORGANISATIONS = "several_organisations", _("Several organisations under one subscription")
    API = features.API, _("Keys for the API")
    SUPPORT = "support", _("Support by people")


def plan_to_take(*, organisation_id: UUID, feature: str, **signal: Any) -> str | None:
    """Receiver of `features.feature_asked`: the name of the smallest plan on offer that brings it.

    None where the plan that the organisation is on does; empty where none is offered. One query.
    """
    on_it = Subscription.objects.filter(organisation_id=organisation_id, plan=OuterRef("pk"))
    bringing = Plan.objects.filter(features__contains=[feature]).annotate(is_own=Exists(on_it))
    known = bringing.filter(Q(is_own=True) | Q(offered=True)).order_by("-is_own", "position")
    is_own, name = known.values_list("is_own", "name").first() or (False, "")
    return None if is_own else name


def feature_names(plan: Plan) -> list[str]:
    """What a plan brings, in the reader's language, in the order of `Feature`."""
    return [str(feature.label) for feature in Feature if feature.value in plan.features]
