from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_former_addresses")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="delete_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
