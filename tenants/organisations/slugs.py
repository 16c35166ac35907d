"""Addresses of organisations: one label of a host name."""

from __future__ import annotations

import re
import secrets

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")  # RFC 1123, section 2.1
RESERVED = frozenset(
    """
    about account accounts admin api app apps assets auth billing blog cdn console dashboard
    dev docs download downloads files ftp help imap internal legal live localhost mail media metrics mx
    news ns ns1 ns2 octavo ops platform pop postmaster press pricing public root secure shop sign-in
    sign-up smtp staging static status store support system test web webhooks webmail www
    """.split()  # noqa: SIM905
)


def validate_slug(slug: str) -> None:
    if not LABEL.match(slug):
        raise ValidationError(
            _("Use lower-case letters, digits and hyphens, and begin with a letter or digit.")
        )
    if slug in RESERVED or slug.startswith("xn--"):
        raise ValidationError(_("This address is reserved. Choose another one."))


def slug_from(name: str) -> str:
    """A valid address made from a name of any script, short enough that letters may be added."""
    slug = slugify(name).replace("_", "-")[:48].strip("-")
    if not LABEL.match(slug):
        return f"org-{secrets.token_hex(4)}"
    if slug in RESERVED or slug.startswith("xn--"):
        return another_slug(f"my-{slug}")
    return slug


def another_slug(slug: str) -> str:
    """The same address with a few letters more, for when it is taken."""
    return f"{slug[:55].rstrip('-')}-{secrets.token_hex(2)}"
