"""The prices that every installation begins with, in micro-units of the US dollar; the console keeps them.

Of the OpenAI models: the list prices for a million tokens, without batch or priority rates. A picture's cost
comes out of the tokens that the provider reports for it. The embedded providers cost nothing.
"""

from django.db import migrations

DOLLAR = 1_000_000
PRICES = [  # provider, model, input, cached input, output
    ("openai", "gpt-5.6-sol", 5, 0.50, 30),
    ("openai", "gpt-5.6-terra", 2.50, 0.25, 15),
    ("openai", "gpt-5.6-luna", 1, 0.10, 6),
    ("openai", "gpt-5.5", 5, 0.50, 30),
    ("openai", "gpt-5.4", 2.50, 0.25, 15),
    ("openai", "gpt-5", 1.25, 0.125, 10),
    ("openai", "gpt-5-mini", 0.25, 0.025, 2),
    ("openai", "gpt-5-nano", 0.05, 0.005, 0.40),
    ("openai", "gpt-4.1", 2, 0.50, 8),
    ("openai", "gpt-4.1-mini", 0.40, 0.10, 1.60),
    ("openai", "gpt-4.1-nano", 0.10, 0.025, 0.40),
    ("openai", "gpt-4o", 2.50, 1.25, 10),
    ("openai", "gpt-4o-mini", 0.15, 0.075, 0.60),
    # Of pictures' input the dearer kind, that of reference pictures.
    ("openai", "gpt-image-2.5-flare", 8, 8, 30),
    ("openai", "gpt-image-2.5-sunburst", 8, 8, 30),
    ("openai", "gpt-image-2", 8, 8, 30),
    ("openai", "gpt-image-1", 10, 10, 40),
    ("storyteller", "*", 0, 0, 0),
    ("cutpaper", "*", 0, 0, 0),
]


def add_prices(apps, schema_editor):
    Price = apps.get_model("billing", "Price")
    for provider, model, read, cached, written in PRICES:
        Price.objects.get_or_create(
            provider=provider,
            model=model,
            defaults={
                "input_micros": round(read * DOLLAR),
                "cached_micros": round(cached * DOLLAR),
                "output_micros": round(written * DOLLAR),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_plans")]
    operations = [migrations.RunPython(add_prices, migrations.RunPython.noop)]
