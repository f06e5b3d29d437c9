"""How often an item of a batch was begun, and when its person left a batch at what was made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0008_notice_ground_and_served_documents")]

    operations = [
        migrations.AddField(
            model_name="batchitem",
            name="begun_at",
            field=models.DateTimeField(null=True, verbose_name="begun at"),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
        ),
        migrations.AddField(
            model_name="documentbatch",
            name="settled_at",
            field=models.DateTimeField(null=True, verbose_name="settled at"),
        ),
    ]
