from django.conf import settings
from django.db import models
from django.db.models.functions import Now, Upper

from tenants.keys import uuid7


class Shelf(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=80, db_index=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )

    class Meta:
        db_table_comment = "Where volumes stand"


class Label(models.Model):
    """Has an identity column and a row that a migration writes."""

    word = models.CharField(max_length=40, unique=True)


class Volume(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="volumes")
    title = models.CharField(max_length=200, db_comment="As on its spine")
    pages = models.PositiveBigIntegerField(default=0, db_default=0)
    sequel_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="sequels")
    labels = models.ManyToManyField(Label)
    notes = models.JSONField(default=dict)
    loud_title = models.GeneratedField(
        expression=Upper("title"), output_field=models.CharField(max_length=200), db_persist=True
    )
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelf", "title"], name="library_title_once"),
            models.CheckConstraint(condition=models.Q(pages__lt=100_000), name="library_pages_sane"),
        ]
        indexes = [
            models.Index(
                fields=["shelf", "-added_at"],
                include=["title"],
                condition=models.Q(pages__gt=0),
                name="library_newest",
            ),
            models.Index(Upper("title"), name="library_loud"),
        ]


class Loan(models.Model):
    """Refers to volumes, which refer back to their loan: a circle of tables."""

    volume = models.OneToOneField(Volume, on_delete=models.CASCADE)
    since = models.DateField()
    previous = models.ForeignKey("Reminder", on_delete=models.SET_NULL, null=True, related_name="+")


class Reminder(models.Model):
    loan = models.ForeignKey(Loan, on_delete=models.CASCADE)
