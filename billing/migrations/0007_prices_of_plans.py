"""Counts by month are told apart from those for ever, and plans get the prices that they begin with.

The amounts are a beginning, in minor units with tax included; the console changes them.
"""

from datetime import date

from django.db import migrations

PRICES = {  # monthly and yearly, by currency
    "STARTER": {"USD": (19_00, 190_00), "NGN": (15_000_00, 150_000_00)},
    "PRO": {"USD": (49_00, 490_00), "NGN": (39_000_00, 390_000_00)},
    "ENTERPRISE": {"USD": (199_00, 1_990_00), "NGN": (159_000_00, 1_590_000_00)},
}
TRIAL_DAYS = {"PRO": 14}
EVER = date(1970, 1, 1)


def tell_windows_apart(apps, schema_editor):
    UsageMetric = apps.get_model("billing", "UsageMetric")
    UsageMetric.objects.exclude(period=EVER).update(window="MONTH")


def add_prices(apps, schema_editor):
    Plan = apps.get_model("billing", "Plan")
    PlanPrice = apps.get_model("billing", "PlanPrice")
    for plan in Plan.objects.filter(code__in=PRICES):
        for currency, amounts in PRICES[plan.code].items():
            for interval, amount in zip(("MONTH", "YEAR"), amounts, strict=True):
                PlanPrice.objects.get_or_create(
                    plan=plan, interval=interval, currency=currency, defaults={"amount_minor": amount}
                )
        Plan.objects.filter(pk=plan.pk).update(trial_days=TRIAL_DAYS.get(plan.code, 0))


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_subscriptions_invoices_and_payments")]
    operations = [
        migrations.RunPython(tell_windows_apart, migrations.RunPython.noop),
        migrations.RunPython(add_prices, migrations.RunPython.noop),
    ]
