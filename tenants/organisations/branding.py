"""How an organisation looks: its logo and its colour."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tenants.models import Logo, Membership, Organisation, Role
from tenants.organisations import features
from tenants.organisations.colours import ON_DARKER, ON_LIGHTER, is_colour, shades_of
from tenants.people import members
from tenants.people.members import NotAllowed
from tenants.pictures import version_of
from tenants.signals import brand_changed

LOGO_PATH: Final = "/branding/logo/"

# Overrides tokens of web/styles/tokens.css, for each way in which a page becomes light or dark.
_STYLESHEET: Final = """\
:root,[data-theme="paper"]{{--color-primary:{on_light};--color-primary-content:{on_darker}}}
@media (prefers-color-scheme:dark){{
:root:not([data-theme]){{--color-primary:{on_dark};--color-primary-content:{on_lighter}}}
}}
[data-theme="ink"]{{--color-primary:{on_dark};--color-primary-content:{on_lighter}}}
.ink-link:not(.notice *){{color:var(--color-primary)}}
"""


class BadColour(ValueError):
    """It is not written as #rrggbb."""


def stylesheet(accent: str) -> str:
    """CSS with the shades of an organisation's colour. Raises `BadColour`."""
    if not is_colour(accent):
        raise BadColour(accent)
    shades = shades_of(accent)
    return _STYLESHEET.format(
        on_light=shades.on_light, on_dark=shades.on_dark, on_darker=ON_DARKER, on_lighter=ON_LIGHTER
    )


def set_accent(*, by: Membership, accent: str) -> Organisation:
    """Give the organisation a colour; empty is the platform's own.

    Raises `NotAllowed`, `BadColour`, or `NotInPlan`.
    """
    if accent and not is_colour(accent):
        raise BadColour(accent)
    with members.alone(by.organisation_id):
        organisation = _owned(by)
        if organisation.accent != accent:
            if accent:
                features.check(organisation.pk, features.ADVANCED)
            organisation.accent = accent
            organisation.save(update_fields=["accent"])
            _tell(organisation, by)
    return organisation


def set_logo(*, by: Membership, data: bytes, content_type: str, width: int, height: int) -> None:
    """Show a picture that was made ready (`storage.pictures.logo`). Raises `NotAllowed`, or `NotInPlan`."""
    with members.alone(by.organisation_id):
        organisation = _owned(by)
        features.check(organisation.pk, features.ADVANCED)
        values = {"data": data, "content_type": content_type, "width": width, "height": height}
        Logo.objects.update_or_create(organisation=organisation, defaults=values)
        _tell(organisation, by)


def remove_logo(*, by: Membership) -> None:
    """Show the organisation's name alone again. Raises `NotAllowed`."""
    with members.alone(by.organisation_id):
        organisation = _owned(by)
        for logo in Logo.objects.filter(organisation=organisation).defer("data"):
            logo.delete()
            _tell(organisation, by)


def logo_of(organisation_id: UUID) -> Logo | None:
    return Logo.objects.filter(organisation_id=organisation_id).first()


def logo_url(organisation: Organisation) -> str:
    """Where the logo is for pages of other hosts and for e-mails; empty where there is none."""
    changed_at = Logo.objects.filter(organisation=organisation).values_list("changed_at", flat=True).first()
    return address_of_logo(organisation.slug, version_of(changed_at)) if changed_at else ""


def address_of_logo(slug: str, version: str) -> str:
    """Below the platform's host, whatever other host it has: pages may show pictures from there."""
    return f"{settings.PUBLIC_SCHEME}://{slug}.{settings.PUBLIC_HOST}{LOGO_PATH}?v={version}"


def _owned(by: Membership) -> Organisation:
    by = members.as_now(by)
    if by.role != Role.OWNER:
        raise NotAllowed(_("Only an owner can do this."))
    return by.organisation


def _tell(organisation: Organisation, by: Membership) -> None:
    brand_changed.send(Organisation, organisation=organisation, actor=by.user)
