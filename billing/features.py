"""What a plan brings beside its limits. A plan's `features` are these codes."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models import Plan, Subscription


class Feature(models.TextChoices):
    ADVANCED = "advanced", _("Own web address, logo and colours")
    MEMBER_LIMITS = "member_limits", _("Limits for members, groups and tiers")
    SINGLE_SIGN_ON = "single_sign_on", _("Sign-in through your own provider")
    SEVERAL_ORGANISATIONS = "several_organisations", _("Several organisations under one subscription")
    API = "api", _("Keys for the API")
    SUPPORT = "support", _("Support by people")


def has_feature(organisation_id: UUID, feature: Feature) -> bool:
    """Whether the plan that the organisation is on brings this."""
    on_it = Subscription.objects.filter(organisation_id=organisation_id)
    return on_it.filter(plan__features__contains=[feature.value]).exists()


def feature_names(plan: Plan) -> list[str]:
    """What a plan brings, in the reader's language, in the order of `Feature`."""
    return [str(feature.label) for feature in Feature if feature.value in plan.features]
