"""The first tables of the floor, and the triggers that keep their history."""

import datetime as dt
import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_initial"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="SubjectArea",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                ("row_count", models.PositiveIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField(default=1)),
                ("on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course or e-learning"),
                            ("session", "Taught or live session"),
                            ("assessment", "Assessment"),
                            ("sign-off", "Sign-off by a named person"),
                            ("reflection", "Written reflection"),
                            ("log", "Logged procedure or activity"),
                        ],
                        default="course",
                        max_length=20,
                    ),
                ),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("participatory", models.BooleanField(default=False)),
                ("expires_on", models.DateField(null=True)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("provider", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                (
                    "how_known",
                    models.CharField(
                        choices=[
                            ("certificate", "Certificate seen"),
                            ("copy", "Copy of a certificate"),
                            ("declared", "Declared by the person"),
                            ("observed", "Observed"),
                            ("imported", "Imported from another list"),
                        ],
                        max_length=20,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(max_length=200)),
                (
                    "certificate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="foundation.storedfile"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="compliance.record",
                    ),
                ),
                (
                    "import_run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="compliance.importrun"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="register.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="register.person"
                    ),
                ),
                ("subject", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="compliance.subject")),
            ],
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("short", models.CharField(max_length=40)),
                ("column", models.CharField(blank=True, max_length=80)),
                ("core", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="register.organisation",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted",
                        to="compliance.requirement",
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="compliance.subjectarea")),
            ],
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("exemption", "Exemption"), ("pause", "Leave"), ("extension", "Extension")],
                        max_length=12,
                    ),
                ),
                ("scope", models.JSONField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("authority", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "engagement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="register.engagement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.organisation"),
                ),
                ("requirements", models.ManyToManyField(to="compliance.requirement")),
            ],
        ),
        migrations.CreateModel(
            name="RequirementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField()),
                ("published_by_name", models.CharField(max_length=200)),
                ("audience", models.JSONField()),
                ("met_by", models.JSONField()),
                ("first_due_days", models.PositiveIntegerField(null=True)),
                ("notice_days", models.PositiveIntegerField(default=60)),
                ("return_days", models.PositiveIntegerField(default=28)),
                ("transition", models.JSONField(null=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("law", "Law"),
                            ("contract", "Contract"),
                            ("regulator", "Regulator’s expectation"),
                            ("guidance", "Professional guidance"),
                            ("local", "Local choice"),
                        ],
                        max_length=12,
                    ),
                ),
                ("rationale", models.TextField()),
                ("note", models.TextField(blank=True)),
                ("local_choice", models.TextField(blank=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_on", models.DateField(null=True)),
                ("review_by", models.DateField(null=True)),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("minutes_verified", models.BooleanField(default=False)),
                ("verified", models.BooleanField(default=False)),
                (
                    "copied_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="compliance.requirementversion",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="compliance.requirement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Retirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ends_on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "requirement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retirement",
                        to="compliance.requirement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=200)),
                ("dated", models.CharField(blank=True, max_length=60)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("checked_on", models.DateField(null=True)),
                (
                    "legal_force",
                    models.CharField(
                        choices=[
                            ("law", "Law"),
                            ("contract", "Contract"),
                            ("regulator", "Regulator’s expectation"),
                            ("guidance", "Professional guidance"),
                            ("local", "Local choice"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verified", models.BooleanField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("legal_force__in", ["law", "contract", "regulator", "guidance", "local"])),
                        name="source_legal_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("clause", models.CharField(blank=True, max_length=120)),
                ("says", models.TextField()),
                ("followed", models.BooleanField()),
                ("verified", models.BooleanField(default=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="compliance.requirementversion",
                    ),
                ),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="compliance.source")),
            ],
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("says", models.TextField()),
                ("rule", models.JSONField(null=True)),
                ("verified", models.BooleanField(default=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alternatives",
                        to="compliance.requirementversion",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="compliance.source"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Equivalence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=1)),
                ("counts_as_level", models.PositiveSmallIntegerField(default=1)),
                ("approved_by", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "counts_as",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counted_from",
                        to="compliance.subject",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts_as", to="compliance.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubjectAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="compliance.subject"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="subject",
            name="area",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="compliance.subjectarea"),
        ),
        migrations.CreateModel(
            name="SubjectLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="levels", to="compliance.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdjustmentWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "adjustment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="compliance.adjustment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="adjustment_withdrawal_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepted", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="register.organisation"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="compliance.record"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="record_refusal_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="register.organisation"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="compliance.record"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="record_withdrawal_has_reason"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="adjustment_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("until_on"))), name="adjustment_until"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("authority", ""), _negated=True)),
                name="adjustment_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_on", None), ("engagement", None), ("kind", "extension"), ("until_on__isnull", False)
                    ),
                    models.Q(("engagement__isnull", False), ("kind__in", ["exemption", "pause"]), ("until_on", None)),
                    _connector="OR",
                ),
                name="adjustment_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.UniqueConstraint(fields=("requirement", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.UniqueConstraint(fields=("requirement", "starts_on"), name="version_start_once"),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="version_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("rationale", ""), _negated=True), name="version_rationale"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_number"),
        ),
        migrations.AddConstraint(
            model_name="requirementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["law", "contract", "regulator", "guidance", "local"])),
                name="version_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="retirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="retirement_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="citation_position_once"),
        ),
        migrations.AddConstraint(
            model_name="alternative",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="alternative_position_once"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["person", "subject", "on"], name="record_person_subject"),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(condition=models.Q(("level__gte", 1)), name="record_level"),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__lte", 60000)), name="record_minutes"),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["course", "session", "assessment", "sign-off", "reflection", "log"])),
                name="record_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("how_known__in", ["certificate", "copy", "declared", "observed", "imported"])),
                name="record_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__gte", dt.date(1950, 1, 1))), name="record_on_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on__gte", models.F("on"))), name="record_expires_after"
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("corrects", models.F("id")), _negated=True), name="record_corrects_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="equivalence",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="equivalence_belief"
            ),
        ),
        migrations.AddConstraint(
            model_name="equivalence",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", models.F("counts_as")), _negated=True), name="equivalence_not_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="equivalence",
            constraint=models.CheckConstraint(
                condition=models.Q(("counts_as_level__gte", 1), ("level__gte", 1)), name="equivalence_levels"
            ),
        ),
        migrations.AddConstraint(
            model_name="equivalence",
            constraint=models.UniqueConstraint(
                models.F("subject"),
                models.F("level"),
                models.F("counts_as"),
                models.F("counts_as_level"),
                condition=models.Q(("superseded_at", None)),
                name="equivalence_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectalias",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="subject_alias_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(
                fields=("owner", "key"), name="requirement_once_per_owner", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", None), ("template", None)), ("owner__isnull", False), _connector="OR"
                ),
                name="requirement_template",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectlevel",
            constraint=models.UniqueConstraint(fields=("subject", "level"), name="subject_level_once"),
        ),
        migrations.AddConstraint(
            model_name="subjectlevel",
            constraint=models.CheckConstraint(condition=models.Q(("level__gte", 1)), name="subject_level_least"),
        ),
        ledgers.dated_facts("compliance_equivalence"),
        ledgers.append_only("compliance_record"),
        ledgers.append_only("compliance_recorddecision"),
        ledgers.append_only("compliance_recordwithdrawal"),
        ledgers.append_only("compliance_importrun"),
        ledgers.append_only("compliance_requirementversion"),
        ledgers.append_only("compliance_citation"),
        ledgers.append_only("compliance_alternative"),
        ledgers.append_only("compliance_retirement"),
        ledgers.append_only("compliance_adjustment"),
        ledgers.append_only("compliance_adjustment_requirements"),
        ledgers.append_only("compliance_adjustmentwithdrawal"),
    ]
