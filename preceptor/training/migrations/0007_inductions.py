"""Inductions: programmes and texts in versions, what happened in each, and the triggers that keep history."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0007_own_sources"),
        ("register", "0003_what_roles_work_with"),
        ("training", "0006_rollouts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Induction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("why", models.CharField(max_length=20)),
                ("first_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inductions", to="register.engagement"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inductions",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inductions", to="register.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InductionText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="induction_texts",
                        to="register.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InductionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=120)),
                ("outcome", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("shown_by", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "induction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="training.induction"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="induction_step",
                        to="compliance.record",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted_in",
                        to="training.inductiontext",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("changed", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="built_on_by",
                        to="training.programmeversion",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="register.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="induction",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="inductions", to="training.programmeversion"
            ),
        ),
        migrations.CreateModel(
            name="InductionEnd",
            fields=[
                (
                    "induction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="end",
                        serialize=False,
                        to="training.induction",
                    ),
                ),
                ("ending", models.CharField(max_length=10)),
                ("statement", models.TextField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inductions_ended",
                        to="register.person",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="induction_end",
                        to="compliance.record",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inductions_signed",
                        to="register.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InductionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("link_sha256", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "induction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="training.induction"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))),
                        name="induction_link_belief",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link_sha256__regex", "^[0-9a-f]{64}$")), name="induction_link_digest"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("induction",),
                        name="induction_link_one_believed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InductionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("log_in_on", models.DateField(null=True)),
                ("log_in_time", models.TimeField(null=True)),
                ("session_on", models.DateField(null=True)),
                ("session_time", models.TimeField(null=True)),
                ("room", models.CharField(blank=True, max_length=100)),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "buddy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buddy_in",
                        to="register.person",
                    ),
                ),
                (
                    "induction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="training.induction"
                    ),
                ),
                (
                    "it",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="it_in",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))),
                        name="induction_plan_belief",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("induction",),
                        name="induction_plan_one_believed",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="inductiontext",
            constraint=models.UniqueConstraint(
                fields=("owner", "key", "number"), name="induction_text_number_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="inductiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("key", ""), _negated=True)),
                name="induction_text_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="inductiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", None), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="induction_text_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="inductionstep",
            index=models.Index(fields=["induction", "at"], name="induction_step_of"),
        ),
        migrations.AddConstraint(
            model_name="inductionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["done", "aside", "undone"])), name="induction_step_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="inductionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "done"), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="induction_step_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeversion",
            constraint=models.UniqueConstraint(
                fields=("owner", "key", "number"), name="programme_number_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("key", ""), _negated=True)), name="programme_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("based_on", None), ("owner", None)),
                    models.Q(
                        ("based_on__isnull", False),
                        ("owner__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("changed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="programme_change_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="induction",
            index=models.Index(fields=["organisation", "first_on"], name="induction_at"),
        ),
        migrations.AddConstraint(
            model_name="induction",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["starts", "role", "back"])), name="induction_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="inductionend",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending__in", ["signed", "stopped"])), name="induction_end_ending"
            ),
        ),
        migrations.AddConstraint(
            model_name="inductionend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signer", None), models.Q(("signer", models.F("person")), _negated=True), _connector="OR"
                ),
                name="induction_never_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="inductionend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("statement", ""), _negated=True), models.Q(("content", ""), _negated=True)
                ),
                name="induction_end_statement",
            ),
        ),
        # A digest is of its text, whoever writes the row.
        migrations.RunSQL(
            "ALTER TABLE training_programmeversion ADD CONSTRAINT programme_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));"
            "ALTER TABLE training_inductiontext ADD CONSTRAINT induction_text_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));"
            "ALTER TABLE training_inductionend ADD CONSTRAINT induction_end_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));",
            "ALTER TABLE training_programmeversion DROP CONSTRAINT programme_digest_of_text;"
            "ALTER TABLE training_inductiontext DROP CONSTRAINT induction_text_digest_of_text;"
            "ALTER TABLE training_inductionend DROP CONSTRAINT induction_end_digest_of_text;",
        ),
        ledgers.append_only("training_programmeversion"),
        ledgers.append_only("training_inductiontext"),
        ledgers.append_only("training_induction"),
        ledgers.append_only("training_inductionstep"),
        ledgers.append_only("training_inductionend"),
        ledgers.dated_facts("training_inductionplan"),
        ledgers.dated_facts("training_inductionlink"),
    ]
