"""What follows from somebody's signing up: an organisation of their own, at once."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from tenants.accounts.models import User
from tenants.models import Organisation
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.slugs import another_slug, slug_from
from tenants.schemas.provisioning import create_organisation

ATTEMPTS = 5


def create_personal_organisation(*, user: User) -> Organisation:
    """The organisation in which a new person finds themself, at an address made from their name."""
    language = user.language or "en"
    with override(language):
        name = _("%(name)s’s books") % {"name": user.get_full_name()}
    slug = slug_from(user.get_full_name())
    for _attempt in range(ATTEMPTS):
        try:
            return create_organisation(
                name=name[:120], slug=slug, owner=user, personal=True, language=language
            )
        except AddressTaken:
            slug = another_slug(slug)
    raise AddressTaken(slug)
