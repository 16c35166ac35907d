"""AI services of an organisation's own come with the larger plans."""

from django.db import migrations

PLANS = ("PRO", "ENTERPRISE")
FEATURE = "own_providers"


def add_feature(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for plan in Plan.objects.filter(code__in=PLANS):
        if FEATURE not in plan.features:
            plan.features = [*plan.features, FEATURE]
            plan.save(update_fields=["features"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0017_accounts_of_cards_and_plans")]
    operations = [migrations.RunPython(add_feature, migrations.RunPython.noop)]
