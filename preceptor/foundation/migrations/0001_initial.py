"""The first tables of the floor, and the triggers that keep their history."""

import uuid

from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=60)),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("organisation", models.UUIDField(db_index=True, null=True)),
                ("what", models.JSONField()),
                ("result", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["verb", "at"], name="journal_verb_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verb__regex", "^[a-z-]+\\.[a-z-]+$")), name="journal_verb_shape"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField()),
                ("stored_at", models.DateTimeField()),
                ("stored_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="stored_file_hash"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0), ("size__lte", 20971520)), name="stored_file_size"
                    ),
                ],
            },
        ),
        ledgers.ledger_functions(),
        ledgers.append_only("foundation_journalline"),
        ledgers.append_only("foundation_storedfile"),
    ]
