from django.db import migrations, models
from django.db.models.deletion import SET_NULL


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="source",
            field=models.ForeignKey(
                null=True, on_delete=SET_NULL, related_name="+", to="storage.storedfile"
            ),
        ),
    ]
