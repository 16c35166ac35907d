"""Every plan brings API keys, with an allowance of calls a month, where the console has changed nothing."""

from django.db import migrations

CALLS = {"FREE": 1_000, "STARTER": 20_000, "PRO": 200_000, "ENTERPRISE": None}


def bring_keys(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for plan in Plan.objects.filter(code__in=CALLS):
        if "api" not in plan.features:
            plan.features = [*plan.features, "api"]
            plan.api_calls_limit = plan.api_calls_limit or CALLS[plan.code]
            plan.save(update_fields=["features", "api_calls_limit"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0014_call_flushes")]
    operations = [migrations.RunPython(bring_keys, migrations.RunPython.noop)]
