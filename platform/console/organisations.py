"""What the console's pages of organisations have in common."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tenants.models import Organisation


def organisation_or_404(organisation_id: UUID) -> Organisation:
    """With its plan."""
    found: Organisation = get_object_or_404(
        Organisation.objects.select_related("subscription__plan"), pk=organisation_id
    )
    return found


def tabs_of_all(here: str) -> list[tuple[str, str, bool]]:
    """The pages of all organisations together, as `tabs_of` gives those of one."""
    names = {"organisations": _("All organisations"), "servers": _("Servers")}
    return [(reverse(f"console:{route}"), name, route == here) for route, name in names.items()]


def tabs_of(organisation: Organisation, here: str) -> list[tuple[str, str, bool]]:
    """The pages of an organisation: address, name, and whether it is the one shown."""
    names = {
        "exceptions": _("Limits"),
        "organisation_keys": _("API keys"),
        "organisation_files": _("Files"),
        "organisation_server": _("Server"),
    }
    return [
        (reverse(f"console:{route}", args=[organisation.pk]), name, route == here)
        for route, name in names.items()
    ]
