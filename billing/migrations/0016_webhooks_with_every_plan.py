"""Webhooks come with every plan, as keys do."""

from django.db import migrations

FEATURE = "webhooks"


def add_feature(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for plan in Plan.objects.all():
        if FEATURE not in plan.features:
            plan.features = [*plan.features, FEATURE]
            plan.save(update_fields=["features"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0015_keys_with_every_plan")]
    operations = [migrations.RunPython(add_feature, migrations.RunPython.noop)]
