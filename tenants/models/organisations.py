"""Organisations and the addresses that they answer on."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.accounts.models import validate_time_zone
from tenants.context import Current
from tenants.keys import uuid7
from tenants.organisations.slugs import validate_slug


class OrganisationStatus(models.TextChoices):
    ACTIVE = "ACTIVE", _("Active")
    SUSPENDED = "SUSPENDED", _("Suspended")
    DELETING = "DELETING", _("Being deleted")


def new_schema_name() -> str:
    """Opaque, so that renaming an organisation never touches its tables."""
    return f"t_{secrets.token_hex(8)}"


def host_of(slug: str, own_host: str = "") -> str:
    """Where links to an organisation lead, with the port where there is one."""
    _name, colon, port = settings.PUBLIC_HOST.partition(":")
    return f"{own_host}{colon}{port}" if own_host else f"{slug}.{settings.PUBLIC_HOST}"


class Organisation(TenantMixin):
    """A customer with a schema of its own. Made by `tenants.schemas.provisioning` alone."""

    Status = OrganisationStatus

    auto_create_schema = False
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=63, unique=True, validators=[validate_slug])
    schema_name = models.CharField(max_length=63, unique=True, default=new_schema_name, editable=False)
    alias = models.CharField(max_length=32, default="default", editable=False)  # the database it lives on
    status = models.CharField(
        max_length=16, choices=OrganisationStatus.choices, default=OrganisationStatus.ACTIVE
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    accent = models.CharField(  # the colour of its buttons and links; empty is the platform's own
        _("colour"),
        max_length=7,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is written as #rrggbb."))],
    )
    own_host = (
        models.CharField(  # the one of its own hosts that links lead to; empty: that below the platform's
            max_length=253, blank=True, default="", db_default="", editable=False
        )
    )
    file_place = models.CharField(  # a name in FILES_PLACES; empty: wherever FILES_PLACE says
        max_length=32, blank=True, default="", db_default="", editable=False
    )
    schema_state = models.CharField(  # hash of the migrations its schema is at; empty: not known
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    personal = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    delete_at = models.DateTimeField(null=True, blank=True, editable=False)  # while it is DELETING

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Past TenantMixin's own, which looks after the schema that provisioning makes here.
        models.Model.save(self, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return models.Model.delete(self, *args, **kwargs)

    def as_current(self) -> Current:
        return Current(organisation_id=self.id, schema=self.schema_name, alias=self.alias)

    @property
    def host(self) -> str:
        """Where its members work, with the port where there is one, such as `acme.octavo.example`."""
        return host_of(self.slug, self.own_host)

    def url(self, path: str = "/") -> str:
        return f"{settings.PUBLIC_SCHEME}://{self.host}{path}"


class FormerAddress(models.Model):
    """An address that an organisation had before: it leads on to the present one, and nobody else gets it."""

    slug = models.CharField(max_length=63, primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_addresses")
    left_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.slug


class Domain(DomainMixin):
    """A host of an organisation's own, beside the one below the platform's.

    The one that links lead to is its `own_host`; `is_primary` of django-tenants says nothing here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")

    class Meta:
        verbose_name = _("domain")


class Logo(models.Model):
    """The picture that an organisation shows at the top of its pages, made small beforehand."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="logo"
    )
    data = models.BinaryField()
    content_type = models.CharField(max_length=40)
    width = models.PositiveSmallIntegerField()  # pixels
    height = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("logo")

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class SchemaArtifact(models.Model):
    """The DDL of an organisation's schema, kept for each state of the migrations; see `schemas.artifact`."""

    hash = models.CharField(max_length=64, primary_key=True)
    sql = models.TextField()
    built_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.hash[:12]
