"""Dates of protected time, and when the training behind records was done, with the triggers that keep them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0007_own_sources"),
        ("register", "0003_what_roles_work_with"),
        ("training", "0008_services"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectedDate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("series", models.UUIDField()),
                ("on", models.DateField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("covered_by", models.CharField(max_length=200)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("groups", models.JSONField(default=list)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protected_dates",
                        to="register.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtectedDateCalledOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "protected_date",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="called_off",
                        to="training.protecteddate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "done",
                    models.CharField(
                        choices=[("protected", "protected"), ("work", "work"), ("home", "home"), ("unsaid", "unsaid")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "protected_date",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_by",
                        to="training.protecteddate",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="times_said", to="compliance.record"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="protecteddate",
            index=models.Index(fields=["organisation", "on"], name="protected_date_of"),
        ),
        migrations.AddConstraint(
            model_name="protecteddate",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lt", models.F("ends_at"))), name="protected_date_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="protecteddate",
            constraint=models.CheckConstraint(
                condition=models.Q(("covered_by", ""), _negated=True), name="protected_date_covered"
            ),
        ),
        migrations.AddConstraint(
            model_name="protecteddatecalledoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="protected_date_off_reason"
            ),
        ),
        migrations.AddIndex(
            model_name="recordtime",
            index=models.Index(fields=["record", "at"], name="record_time_of"),
        ),
        migrations.AddConstraint(
            model_name="recordtime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done", "protected"), ("protected_date__isnull", False)),
                    models.Q(("done__in", ["work", "home", "unsaid"]), ("protected_date", None)),
                    _connector="OR",
                ),
                name="record_time_shape",
            ),
        ),
        ledgers.append_only("training_protecteddate"),
        ledgers.append_only("training_protecteddatecalledoff"),
        ledgers.append_only("training_recordtime"),
    ]
