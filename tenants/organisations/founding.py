"""A further organisation, made by somebody who has an account already."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.models import Organisation, Role
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.slugs import another_slug, slug_from
from tenants.schemas.provisioning import create_organisation

MOST_OWNED: Final = 20
SAME_WISH: Final = timedelta(minutes=10)  # in which the same form, sent again, means the same organisation
ATTEMPTS: Final = 5


class TooManyOrganisations(ValueError):
    """The person owns as many organisations as one may."""

    def __init__(self) -> None:
        super().__init__(_("You own 20 organisations, which is the most there can be."))


def found_organisation(*, founder: User, name: str, slug: str = "", language: str = "en") -> Organisation:
    """Make an organisation that `founder` owns; without `slug`, at an address made from the name.

    What is asked twice within ten minutes, by a form sent again, is made once. Raises `ValidationError` for a
    bad name or address, `AddressTaken`, and `TooManyOrganisations`.
    """
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=founder.pk)
        owned = Organisation.objects.filter(memberships__user=founder, memberships__role=Role.OWNER)
        again = owned.filter(name=name, created_at__gt=timezone.now() - SAME_WISH, personal=False)
        made: Organisation | None = (again.filter(slug=slug) if slug else again).first()
        if made is not None:
            return made
        if owned.count() >= MOST_OWNED:
            raise TooManyOrganisations
        if slug:
            return create_organisation(name=name, slug=slug, owner=founder, language=language)
        return _somewhere(founder, name, language)


def _somewhere(founder: User, name: str, language: str) -> Organisation:
    slug = slug_from(name)
    for _attempt in range(ATTEMPTS):
        try:
            return create_organisation(name=name, slug=slug, owner=founder, language=language)
        except AddressTaken:
            slug = another_slug(slug)
    raise AddressTaken(slug)
