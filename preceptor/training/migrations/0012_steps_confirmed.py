"""Who confirmed the steps of champions."""

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0007_own_sources"),
        ("training", "0011_skill_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepConfirmed",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="step_confirmed",
                        serialize=False,
                        to="compliance.record",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "champion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_confirmed",
                        to="training.champion",
                    ),
                ),
            ],
        ),
        ledgers.append_only("training_stepconfirmed"),
    ]
