"""What leaders endorsed, and the triggers that keep its history."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_initial"),
        ("register", "0003_what_roles_work_with"),
    ]

    operations = [
        migrations.CreateModel(
            name="EndorsedAnalysis",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("endorsed_by", models.CharField(max_length=200)),
                ("endorsed_on", models.DateField()),
                ("review_by", models.DateField()),
                ("published_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="analyses", to="register.organisation"
                    ),
                ),
                ("pdf", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="foundation.storedfile")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="analysis_number_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="analysis_number"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="analysis_digest"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("endorsed_on__lt", models.F("review_by"))), name="analysis_review"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("endorsed_by", ""), _negated=True), name="analysis_endorser"
                    ),
                ],
            },
        ),
        # The digest is of the text, whoever writes the row.
        migrations.RunSQL(
            "ALTER TABLE oversight_endorsedanalysis ADD CONSTRAINT analysis_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));",
            "ALTER TABLE oversight_endorsedanalysis DROP CONSTRAINT analysis_digest_of_text;",
        ),
        ledgers.append_only("oversight_endorsedanalysis"),
    ]
