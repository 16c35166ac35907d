"""What people are told, how they wish to be told, and the letters that are on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7

if TYPE_CHECKING:
    from notifications.wording import Words


class Kind(models.TextChoices):
    """What there is to tell; its words are in `notifications.wording`."""

    BOOK_FINISHED = "book.finished", _("A book is finished")
    BOOK_FAILED = "book.failed", _("A book could not be finished")
    BATCH_COMPLETED = "batch.completed", _("A batch of books is finished")
    BATCH_PAUSED = "batch.paused", _("A batch of books is paused")
    MEMBER_JOINED = "member.joined", _("Somebody joined an organisation of yours")
    ROLE_CHANGED = "member.role_changed", _("Your role in an organisation changed")
    MEMBERSHIP_ENDED = "member.removed", _("You were removed from an organisation")
    OWNERSHIP_RECEIVED = "organisation.received", _("An organisation was handed over to you")
    ORGANISATION_DELETING = "organisation.deleting", _("An organisation of yours is going to be deleted")
    ORGANISATION_KEPT = "organisation.kept", _("An organisation of yours is kept after all")
    EXPORT_READY = "export.ready", _("An export of all data is ready")
    EXPORT_FAILED = "export.failed", _("An export of all data could not be made")
    DOMAIN_VERIFIED = "domain.verified", _("A domain of your organisation is proven")
    DOMAIN_FAILING = "domain.failing", _("The DNS record of a domain is missing")
    DOMAIN_LOST = "domain.lost", _("A domain is no longer proven")
    USAGE_NEARING = "usage.nearing", _("Most of a limit of your organisation is used")
    USAGE_REACHED = "usage.reached", _("A limit of your organisation is reached")
    PAYMENT_RECEIVED = "payment.received", _("A payment came")
    PAYMENT_FAILED = "payment.failed", _("A payment failed")
    PAYMENT_REFUNDED = "payment.refunded", _("A payment was paid back")
    CARD_EXPIRING = "card.expiring", _("A card expires")
    CARD_NEEDED = "card.needed", _("A card has to be entered again")
    TRIAL_ENDING = "trial.ending", _("A trial ends soon")
    SUBSCRIPTION_CANCELLED = "subscription.cancelled", _("A subscription was cancelled")
    SUBSCRIPTION_DOWNGRADED = "subscription.downgraded", _("A subscription ended")
    SUBSCRIPTION_PAUSED = "subscription.paused", _("A subscription was paused")
    SUBSCRIPTION_RESUMED = "subscription.resumed", _("A subscription was resumed")
    SUBSCRIPTION_STOPPED = "subscription.stopped", _("A subscription has to be resumed")
    BUDGET_NEARING = "budget.nearing", _("Most of your organisation’s budget is spent")
    KEY_EXPIRING = "key.expiring", _("An API key expires soon")
    WEBHOOK_PAUSED = "webhook.paused", _("A webhook was paused, because it could not be delivered")

    @property
    def cannot_wait(self) -> bool:
        """Told at once in every way, whatever somebody wishes: what one has would be lost or one's own."""
        return self in _CANNOT_WAIT


_CANNOT_WAIT = frozenset(
    {
        Kind.MEMBERSHIP_ENDED,
        Kind.OWNERSHIP_RECEIVED,
        Kind.ORGANISATION_DELETING,
        Kind.EXPORT_READY,
        Kind.DOMAIN_FAILING,
        Kind.DOMAIN_LOST,
        Kind.PAYMENT_RECEIVED,
        Kind.PAYMENT_FAILED,
        Kind.PAYMENT_REFUNDED,
        Kind.CARD_EXPIRING,
        Kind.CARD_NEEDED,
        Kind.TRIAL_ENDING,
        Kind.SUBSCRIPTION_CANCELLED,
        Kind.SUBSCRIPTION_DOWNGRADED,
        Kind.SUBSCRIPTION_PAUSED,
        Kind.SUBSCRIPTION_RESUMED,
        Kind.SUBSCRIPTION_STOPPED,
        Kind.KEY_EXPIRING,
        Kind.WEBHOOK_PAUSED,
    }
)


class Notification(models.Model):
    """One message to one person. Its text is made from kind and data when shown, in the reader's language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    kind = models.CharField(max_length=40)  # one of Kind
    data = models.JSONField(default=dict)
    in_app = models.BooleanField(default=True)
    by_email = models.BooleanField(default=False)
    in_digest = models.BooleanField(default=False, db_default=False)  # its e-mail waits for the digest
    emailed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "organisation", "-created_at"], name="notifications_newest"),
            models.Index(
                fields=["user", "organisation"],
                name="notifications_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["created_at"],
                name="notifications_to_email",
                condition=models.Q(by_email=True, emailed_at__isnull=True),
            ),
            models.Index(
                fields=["user"],
                name="notifications_to_digest",
                condition=models.Q(by_email=True, in_digest=True, emailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"

    @property
    def words(self) -> Words:
        """Title, body and path, in the language active now."""
        from notifications.wording import words

        return words(kind=self.kind, data=self.data)


class Preference(models.Model):
    """A person's wish about one kind of notification; without a row, both ways are on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=40)  # one of Kind
    in_app = models.BooleanField(_("in the app"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        verbose_name = _("notification preference")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class Pace(models.TextChoices):
    """When e-mails come, but for the kinds that cannot wait."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("Once a week, together")
    NEVER = "never", _("Only what cannot wait")


class Weekday(models.IntegerChoices):
    """As `datetime.date.weekday` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class EmailPace(models.Model):
    """How a person's e-mails come; without a row, at once. `hour` and `weekday` are of their time zone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="email_pace"
    )
    pace = models.CharField(max_length=8, choices=Pace.choices, default=Pace.AT_ONCE)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    next_at = models.DateTimeField(null=True, editable=False)  # when the next digest is due

    class Meta:
        verbose_name = _("pace of e-mails")
        indexes = [
            models.Index(
                fields=["next_at"], name="notifications_digest_due", condition=models.Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.pace} for {self.user_id}"


class LetterState(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    SENT = "SENT", _("Sent")
    GIVEN_UP = "GIVEN_UP", _("Given up")


class Letter(models.Model):
    """An e-mail on its way to the mail server or provider: see `notifications.outbox`.

    What it says is sealed, since it may hold a link that signs somebody in, and is gone once it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=255)
    sealed = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())  # while it is being tried: when another may
    failure = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)  # sent or given up

    class Meta:
        verbose_name = _("letter")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="notifications_letters_due", condition=models.Q(state="WAITING")
            ),
            models.Index(
                fields=["-created_at"],
                name="notifications_letters_open",
                condition=~models.Q(state="SENT"),
            ),
            models.Index(fields=["ended_at"], name="notifications_letters_ended"),
            models.Index(fields=["to"], name="notifications_letters_to"),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # what it says and to whom is nobody else's
