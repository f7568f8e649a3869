"""What is critical at a practice, its rota, and the triggers that keep their history."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_what_roles_work_with"),
        ("training", "0004_champions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RotaVersion",
            fields=[
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("every", models.PositiveSmallIntegerField(default=1)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rotas", to="register.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RotaTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                (
                    "session",
                    models.CharField(
                        choices=[("morning", "morning"), ("afternoon", "afternoon"), ("evening", "evening")],
                        max_length=10,
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="register.engagement"
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="training.rotaversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CriticalAbility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("ability", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=200)),
                ("needs", models.JSONField()),
                ("during", models.JSONField(default=list)),
                ("least", models.PositiveSmallIntegerField(default=1)),
                ("reason", models.TextField()),
                ("why_ended", models.TextField(blank=True)),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="critical_abilities",
                        to="register.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="critical_ability_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))),
                        name="critical_ability_belief",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="critical_ability_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least__gte", 1), ("least__lte", 5)), name="critical_ability_least"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), models.Q(("why_ended", ""), _negated=True), _connector="OR"
                        ),
                        name="critical_ability_end_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("ability",),
                        name="critical_ability_believed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None), ("superseded_at", None)),
                        fields=("organisation", "title"),
                        name="critical_ability_title_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="rotaversion",
            index=models.Index(fields=["organisation", "starts_on"], name="rota_version_of"),
        ),
        migrations.AddConstraint(
            model_name="rotaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="rota_version_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="rota_version_belief"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 8)), name="rota_version_every"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__week_day", 2)), name="rota_version_from_a_monday"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="rota_turn_weekday"),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("session__in", ["morning", "afternoon", "evening"])), name="rota_turn_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotaturn",
            constraint=models.UniqueConstraint(
                fields=("rota", "engagement", "weekday", "session"), name="rota_turn_once"
            ),
        ),
        ledgers.dated_facts("training_criticalability"),
        ledgers.dated_facts("training_rotaversion"),
        ledgers.append_only("training_rotaturn"),
    ]
