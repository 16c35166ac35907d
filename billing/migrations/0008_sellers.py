"""A seller, so that the first invoice has one, and the series of the sandbox."""

from django.db import migrations


def add_sellers(apps, schema_editor):
    Seller = apps.get_model("billing", "Seller")
    Seller.objects.get_or_create(prefix="OCT", defaults={"name": "Octavo", "current": True})
    Seller.objects.get_or_create(prefix="TEST", defaults={"name": "Octavo", "current": False})


class Migration(migrations.Migration):
    dependencies = [("billing", "0007_prices_of_plans")]
    operations = [migrations.RunPython(add_sellers, migrations.RunPython.noop)]
