"""List prices of the models that are asked by default since GPT-5.6; the console keeps them from here on."""

from django.db import migrations

DOLLAR = 1_000_000
PRICES = [  # model; a million tokens of input, cached input, output
    ("gpt-5.6-sol", 5, 0.5, 30),
    ("gpt-5.6-terra", 2.50, 0.25, 15),
    ("gpt-5.6-luna", 1, 0.1, 6),
]


def add_prices(apps, schema_editor):
    Price = apps.get_model("billing", "Price")
    for model, read, cached, written in PRICES:
        Price.objects.get_or_create(
            provider="openai",
            model=model,
            defaults={
                "input_micros": round(read * DOLLAR),
                "cached_micros": round(cached * DOLLAR),
                "output_micros": round(written * DOLLAR),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_prices")]
    operations = [migrations.RunPython(add_prices, migrations.RunPython.noop)]
