"""How the library began: what the next migration changes is spelt differently here."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Rack",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "keeper",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Label",
            fields=[("id", models.AutoField(primary_key=True)), ("text", models.SlugField(unique=True))],
        ),
        migrations.CreateModel(
            name="Volume",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, db_index=True)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("forgotten", models.IntegerField(default=0)),
                ("tags", models.ManyToManyField(to="library.label")),
            ],
            options={"indexes": [models.Index(fields=["pages"], name="library_thick")]},
        ),
    ]
