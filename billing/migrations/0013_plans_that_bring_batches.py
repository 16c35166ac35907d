"""Batches of books come with the plans that bring the organisation's own look."""

from django.db import migrations

PLANS = ("PRO", "ENTERPRISE")
FEATURE = "batches"


def add_feature(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for plan in Plan.objects.filter(code__in=PLANS):
        if FEATURE not in plan.features:
            plan.features = [*plan.features, FEATURE]
            plan.save(update_fields=["features"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0012_calls_to_be_looked_up")]
    operations = [migrations.RunPython(add_feature, migrations.RunPython.noop)]
