"""The first tables of the floor, and the triggers that keep their history."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicalSystem",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("supplier", models.CharField(blank=True, max_length=100)),
                ("use", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="DigitalService",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="EngagementKind",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="StaffGroup",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="State",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=10, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("practice", "GP practice"),
                            ("pcn", "Primary care network"),
                            ("sub-icb", "Sub-ICB location"),
                            ("icb", "Integrated care board"),
                            ("hub", "Training hub"),
                        ],
                        max_length=10,
                    ),
                ),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z0-9]{3,10}$")), name="organisation_code"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="organisation_name"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["practice", "pcn", "sub-icb", "icb", "hub"])),
                        name="organisation_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_on__lt", models.F("closed_on"))), name="organisation_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(blank=True, max_length=20)),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(max_length=100)),
                ("email", models.EmailField(max_length=254, null=True)),
                ("professional_number", models.CharField(blank=True, max_length=20)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="person_email"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_name", ""), _negated=True), models.Q(("family_name", ""), _negated=True)
                        ),
                        name="person_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to="register.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JobRole",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("aliases", models.JSONField(default=list)),
                (
                    "staff_group",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.staffgroup"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Parent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parents", to="register.organisation"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="register.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="parent_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="parent_belief"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("parent")), _negated=True), name="parent_not_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="user", to="register.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("role", models.CharField(max_length=20)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles_held", to="register.engagement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="role_held_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="role_held_belief"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["manager", "pcn-lead", "hub-lead", "administrator"])),
                        name="role_held_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceOffered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="register.organisation"
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
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="service_offered_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))),
                        name="service_offered_belief",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EngagementTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("weekly_hours", models.DecimalField(decimal_places=2, max_digits=4, null=True)),
                ("void", models.BooleanField(default=False)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="register.engagement"
                    ),
                ),
                ("kind", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.engagementkind")),
                ("role", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.jobrole")),
                (
                    "staff_group",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.staffgroup"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="term_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="term_belief"
                    ),
                    models.CheckConstraint(condition=models.Q(("starts_on__isnull", False)), name="term_starts"),
                    models.CheckConstraint(
                        condition=models.Q(("weekly_hours__gt", 0), ("weekly_hours__lte", 80)), name="term_hours"
                    ),
                    models.UniqueConstraint(
                        models.F("engagement"), condition=models.Q(("superseded_at", None)), name="term_one_believed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="states", to="register.person"
                    ),
                ),
                ("state", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.state")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="person_state_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="person_state_belief"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SystemUsed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="systems", to="register.organisation"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.clinicalsystem"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="system_used_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="system_used_belief"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "engagement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="register.engagement"
                    ),
                ),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.task")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="task_held_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="task_held_belief"
                    ),
                ],
            },
        ),
        ledgers.append_only("register_engagement"),
        ledgers.dated_facts("register_parent"),
        ledgers.dated_facts("register_systemused"),
        ledgers.dated_facts("register_serviceoffered"),
        ledgers.dated_facts("register_engagementterm"),
        ledgers.dated_facts("register_taskheld"),
        ledgers.dated_facts("register_personstate"),
        ledgers.dated_facts("register_roleheld"),
    ]
