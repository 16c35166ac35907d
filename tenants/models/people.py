"""Who belongs to an organisation, in which groups and tier, and how people are asked to join."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7
from tenants.models.organisations import Organisation


class Role(models.TextChoices):
    """What a member may do in an organisation, from most to least."""

    OWNER = "OWNER", _("Owner")
    ADMIN = "ADMIN", _("Admin")
    MEMBER = "MEMBER", _("Member")
    GUEST = "GUEST", _("Guest")


class Tier(models.Model):
    """A level of members in one organisation, such as "Premium": limits may be given to it.

    `rank` orders an organisation's tiers; of several that somebody has, the highest rank counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tiers")
    name = models.CharField(_("name"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)

    class Meta:
        verbose_name = _("tier")
        ordering = ["-rank", "name"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="tenants_tier_name_once"),
            models.UniqueConstraint(fields=["organisation", "rank"], name="tenants_tier_rank_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """Members of one organisation under a name, such as a class or an editorial team.

    Whoever is in it has its `tier`, beside a tier of their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    tier = models.ForeignKey(Tier, on_delete=models.SET_NULL, null=True, blank=True, related_name="groups")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("group")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="tenants_group_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That somebody belongs to an organisation, and what they may do there."""

    Role = Role

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    tier = models.ForeignKey(Tier, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="tenants_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}), {self.organisation}"


class GroupMember(models.Model):
    """That a member is in a group of the same organisation; it ends with the membership."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="groups")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("member of a group")
        constraints = [
            models.UniqueConstraint(fields=["group", "membership"], name="tenants_in_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.group_id}"


class Invitation(models.Model):
    """A way into an organisation: for one e-mail address, or a link for whoever has it.

    The link is signed from the id (`people.invitations.token_of`), so that nothing secret is kept. `email`
    is empty for links that may be passed on; `uses_left` counts down as people join. `emailed_at` is when
    the message for an address was handed to the mail server.
    """

    Role = Role

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    uses_left = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(revoked_at=None, uses_left__gt=0) & ~models.Q(email=""),
                name="tenants_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.OWNER), name="tenants_invitation_never_to_own"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="tenants_invitation_to_email",
                condition=models.Q(emailed_at=None, revoked_at=None) & ~models.Q(email=""),
            )
        ]

    def __str__(self) -> str:
        return self.email or self.get_role_display()
