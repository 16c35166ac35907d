"""The prices that there are become the first in their history, and the plans' features get their names."""

from django.db import migrations

RATES = ("input_micros", "cached_micros", "output_micros", "picture_micros", "currency")
FEATURES = {
    "PRO": ["advanced", "member_limits"],
    "ENTERPRISE": [
        "advanced",
        "member_limits",
        "single_sign_on",
        "several_organisations",
        "api",
        "support",
    ],
}


def remember_prices(apps, schema_editor):
    Price = apps.get_model("billing", "Price")
    PastPrice = apps.get_model("billing", "PastPrice")
    for price in Price.objects.all():
        PastPrice.objects.get_or_create(
            provider=price.provider,
            model=price.model,
            version=price.version,
            defaults={name: getattr(price, name) for name in RATES},
        )


def name_features(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    for code, features in FEATURES.items():
        Plan.objects.filter(code=code, version=1).update(features=features)


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_price_history_and_exchange_rates")]
    operations = [
        migrations.RunPython(remember_prices, migrations.RunPython.noop),
        migrations.RunPython(name_features, migrations.RunPython.noop),
    ]
