import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0004_prices_of_gpt_5_6"), ("tenants", "0004_deletion")]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="ledger_entries",
                to="tenants.organisation",
            ),
        ),
    ]
