"""What services to patients run on, who must be able to offer them, own texts, and the triggers that keep their history."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_what_roles_work_with"),
        ("training", "0007_inductions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceRoles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("reason", models.TextField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_roles",
                        to="register.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.digitalservice"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="service_roles_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="service_roles_belief"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__isnull", False), models.Q(("roles", []), _negated=True)),
                        name="service_roles_some",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="service_roles_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("organisation", "service", "starts_on"),
                        name="service_roles_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("product", models.CharField(blank=True, max_length=100)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("national", "national"),
                            ("board", "board"),
                            ("network", "network"),
                            ("own", "own"),
                            ("trial", "trial"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("different", models.TextField(blank=True)),
                ("decided_by", models.CharField(max_length=200)),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_terms",
                        to="register.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.digitalservice"),
                ),
                (
                    "system",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="register.clinicalsystem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="service_term_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="service_term_belief"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__isnull", False)), name="service_term_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("system__isnull", False), models.Q(("product", ""), _negated=True), _connector="OR"
                        ),
                        name="service_term_product",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["national", "board", "network", "own", "trial"])),
                        name="service_term_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", ""), _negated=True), name="service_term_decided"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("organisation", "service", "starts_on"),
                        name="service_term_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField(blank=True)),
                ("links", models.TextField(blank=True)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_texts",
                        to="register.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.digitalservice"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "service", "number"), name="service_text_number_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="service_text_number"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="service_text_digest"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE training_servicetext ADD CONSTRAINT service_text_digest_of_text CHECK"
            " (sha256 = encode(sha256(convert_to(words || E'\\n\\n' || links, 'UTF8')), 'hex'));",
            "ALTER TABLE training_servicetext DROP CONSTRAINT service_text_digest_of_text;",
        ),
        ledgers.append_only("training_servicetext"),
        ledgers.dated_facts("training_serviceterm"),
        ledgers.dated_facts("training_serviceroles"),
    ]
