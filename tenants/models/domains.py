"""Domains that organisations say are theirs, and the sign-in that they bring with them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7
from tenants.models.organisations import Organisation
from tenants.models.people import Role


class Purpose(models.TextChoices):
    """What a domain is claimed for."""

    EMAIL = "EMAIL", _("E-mail addresses of members")
    HOST = "HOST", _("The organisation’s own web address")


class ClaimedDomain(models.Model):
    """A domain that an organisation says is its own, and whether a DNS record has proven it.

    Anybody may claim any name; one organisation alone can have it verified for a purpose. `problem` is the
    code of what the last look at the DNS found wrong, empty where all was well; `failing_since` is when a
    verified domain's record was first missed. `joins_as` is the role in which people with a confirmed address
    of an EMAIL domain may join by themselves; empty: nobody may.
    """

    Purpose = Purpose

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claimed_domains")
    name = models.CharField(_("domain"), max_length=253)  # lower case, in ASCII (IDNA)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    token = models.CharField(max_length=64, editable=False)  # what the DNS record must say
    joins_as = models.CharField(_("joins as"), max_length=8, choices=Role.choices, blank=True, default="")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    problem = models.CharField(max_length=32, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("claimed domain")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "purpose"], name="tenants_domain_claimed_once"
            ),
            models.UniqueConstraint(
                fields=["name", "purpose"],
                condition=models.Q(verified_at__isnull=False),
                name="tenants_domain_verified_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(joins_as=Role.OWNER), name="tenants_domain_never_joins_to_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> str:
        """The name for people to read: in Unicode, unless it may imitate another one."""
        from tenants.domains.names import shown

        return shown(self.name)


class Removal(models.Model):
    """That somebody was removed from an organisation, so that they do not join again by their domain.

    A person is known by their account, and by the fingerprints of their addresses beyond its end: see
    `tenants.domains.removals`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="removals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of one address: SHA-256, in hexadecimal
    removed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("removal")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="tenants_removed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.organisation_id}"


class SingleSignOn(models.Model):
    """An organisation's own OpenID Connect provider.

    `enforced` says that people with an address of the organisation's verified domains sign in there alone.
    It can only be switched on once somebody has signed in through it (`worked_at`). The secret is sealed
    (`tenants.sealing`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="single_sign_on")
    name = models.CharField(_("name"), max_length=60)  # on the button: "Sign in with ..."
    issuer = models.URLField(
        _("issuer"), max_length=500, validators=[URLValidator(schemes=["https", "http"])]
    )
    client_id = models.CharField(_("client ID"), max_length=300)
    sealed_secret = models.TextField(editable=False)
    joins_as = models.CharField(
        _("joins as"), max_length=8, choices=Role.choices, blank=True, default=Role.MEMBER
    )
    enforced = models.BooleanField(_("required"), default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    worked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("single sign-on")
        constraints = [
            models.CheckConstraint(condition=~models.Q(joins_as=Role.OWNER), name="tenants_sso_never_to_own"),
        ]

    def __str__(self) -> str:
        return self.name
