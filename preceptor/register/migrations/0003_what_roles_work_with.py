"""What a role works with, and what the network contract asks of it, beside its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="jobrole",
            name="data",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="jobrole",
            name="terms",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="jobrole",
            name="uses",
            field=models.JSONField(default=list),
        ),
    ]
