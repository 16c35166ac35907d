"""The plans that every installation begins with; the console may change them afterwards."""

from django.db import migrations

GIGABYTE = 1024**3
PLANS = [
    {
        "code": "FREE",
        "name": "Free",
        "books_limit": 10,
        "storage_limit": GIGABYTE,
        "position": 1,
        "features": [],
    },
    {
        "code": "STARTER",
        "name": "Starter",
        "books_limit": 100,
        "storage_limit": 10 * GIGABYTE,
        "position": 2,
        "features": [],
    },
    {
        "code": "PRO",
        "name": "Pro",
        "books_limit": None,
        "storage_limit": None,
        "position": 3,
        "features": ["advanced"],
    },
    {
        "code": "ENTERPRISE",
        "name": "Enterprise",
        "books_limit": None,
        "storage_limit": None,
        "position": 4,
        "features": ["advanced", "several_organisations", "api", "support"],
    },
]


def add_plans(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for plan in PLANS:
        Plan.objects.get_or_create(code=plan["code"], defaults=plan)


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(add_plans, migrations.RunPython.noop)]
