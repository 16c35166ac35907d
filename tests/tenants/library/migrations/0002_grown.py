"""Every kind of change that names something without its table."""

import django.db.models.deletion
import django.db.models.functions
from django.db import migrations, models

import tenants.keys


def add_first_label(apps, schema_editor):
    apps.get_model("library", "Label").objects.create(word="It's new; 100%\n")


def remove_first_label(apps, schema_editor):
    apps.get_model("library", "Label").objects.all().delete()


class Migration(migrations.Migration):
    replay = False  # it writes a row in between
    dependencies = [("library", "0001_initial")]
    operations = [
        migrations.RenameModel("Rack", "Shelf"),
        migrations.AlterModelTableComment("Shelf", "Where volumes stand"),
        migrations.AlterField("shelf", "id", models.UUIDField(primary_key=True, default=tenants.keys.uuid7, serialize=False)),
        migrations.AlterField("shelf", "name", models.CharField(max_length=80, db_index=True)),
        migrations.RenameField("label", "text", "word"),
        migrations.AlterField("label", "word", models.CharField(max_length=40, unique=True)),
        migrations.AlterField("label", "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        migrations.RunPython(add_first_label, remove_first_label),
        migrations.AddField(
            "volume",
            "shelf",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="volumes", to="library.shelf"
            ),
        ),
        migrations.AddField(
            "volume",
            "sequel_to",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sequels",
                to="library.volume",
            ),
        ),
        migrations.RemoveField("volume", "forgotten"),
        migrations.RenameField("volume", "name", "title"),
        migrations.RenameField("volume", "tags", "labels"),
        migrations.AlterField(
            "volume", "title", models.CharField(max_length=200, db_comment="As on its spine")
        ),
        migrations.AlterField("volume", "pages", models.PositiveBigIntegerField(default=0, db_default=0)),
        migrations.AlterField(
            "volume", "id", models.UUIDField(primary_key=True, default=tenants.keys.uuid7, serialize=False)
        ),
        migrations.RenameIndex("volume", "library_plump", old_name="library_thick"),
        migrations.RemoveIndex("volume", "library_plump"),
        migrations.AddField("volume", "notes", models.JSONField(default=dict)),
        migrations.AddField(
            "volume",
            "loud_title",
            models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.Upper("title"),
                output_field=models.CharField(max_length=200),
            ),
        ),
        migrations.AddField(
            "volume", "added_at", models.DateTimeField(db_default=django.db.models.functions.Now())
        ),
        migrations.AddConstraint(
            "volume", models.UniqueConstraint(fields=["shelf", "title"], name="library_title_once")
        ),
        migrations.AddConstraint(
            "volume",
            models.CheckConstraint(condition=models.Q(pages__lt=100_000), name="library_pages_sane"),
        ),
        migrations.AddIndex(
            "volume",
            models.Index(
                fields=["shelf", "-added_at"],
                include=["title"],
                condition=models.Q(pages__gt=0),
                name="library_newest",
            ),
        ),
        migrations.AddIndex(
            "volume", models.Index(django.db.models.functions.Upper("title"), name="library_loud")
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                (
                    "volume",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="library.volume"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("loan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="library.loan")),
            ],
        ),
        migrations.AddField(
            "loan",
            "previous",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="library.reminder"
            ),
        ),
    ]
