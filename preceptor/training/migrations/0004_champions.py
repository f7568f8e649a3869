"""Champions, calls and offers, questions and answers, help given, and the triggers that keep their history."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_what_roles_work_with"),
        ("training", "0003_where_a_skill_was_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Champion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champions",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="champion_at", to="register.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChampionOffer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                ("minutes_a_week", models.PositiveSmallIntegerField()),
                ("shares_name", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champion_offers",
                        to="register.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champion_offers",
                        to="register.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChampionQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("is_shared", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champions_asked",
                        to="register.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champion_questions",
                        to="register.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChampionReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("answer", "answer"), ("follow-up", "follow-up"), ("solved", "solved")], max_length=20
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champion_replies",
                        to="register.person",
                    ),
                ),
                (
                    "champion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="training.champion",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="training.championquestion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChampionTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                ("minutes_a_week", models.PositiveSmallIntegerField()),
                ("shares_name", models.BooleanField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "champion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="training.champion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HelpGiven",
            fields=[
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=60)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("is_solved", models.BooleanField()),
                ("before", models.PositiveSmallIntegerField(null=True)),
                ("after", models.PositiveSmallIntegerField(null=True)),
                ("on", models.DateField()),
                (
                    "champion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help_given", to="training.champion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_had",
                        to="register.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfferAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "champion",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_answer",
                        to="training.champion",
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="training.championoffer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChampionCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                ("closes_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champion_calls",
                        to="register.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="champion_call_words")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="championoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("topics", []), _negated=True), name="champion_offer_topics"
            ),
        ),
        migrations.AddConstraint(
            model_name="championoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_a_week__gte", 1), ("minutes_a_week__lte", 2400)),
                name="champion_offer_minutes",
            ),
        ),
        migrations.AddIndex(
            model_name="championquestion",
            index=models.Index(fields=["organisation", "at"], name="champion_question_at"),
        ),
        migrations.AddIndex(
            model_name="championquestion",
            index=models.Index(fields=["asker", "at"], name="champion_question_of"),
        ),
        migrations.AddIndex(
            model_name="championquestion",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("words", config="english"), name="champion_question_found"
            ),
        ),
        migrations.AddConstraint(
            model_name="championquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), models.Q(("topic", ""), _negated=True)),
                name="champion_question_words",
            ),
        ),
        migrations.AddIndex(
            model_name="championreply",
            index=models.Index(fields=["question", "at"], name="champion_reply_to"),
        ),
        migrations.AddIndex(
            model_name="championreply",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("words", config="english"), name="champion_reply_found"
            ),
        ),
        migrations.AddConstraint(
            model_name="championreply",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["answer", "follow-up", "solved"])), name="champion_reply_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="championreply",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "solved"), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="champion_reply_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="championreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "answer"), _negated=True), ("champion__isnull", False), _connector="OR"
                ),
                name="champion_reply_by_champion",
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="champion_term_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="champion_term_belief"
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("topics", []), _negated=True), name="champion_term_topics"
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__isnull", False)), name="champion_term_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_a_week__gte", 1), ("minutes_a_week__lte", 2400)),
                name="champion_term_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="championterm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)), fields=("champion", "starts_on"), name="champion_term_once"
            ),
        ),
        migrations.AddIndex(
            model_name="helpgiven",
            index=models.Index(fields=["champion", "on"], name="help_given_by"),
        ),
        migrations.AddConstraint(
            model_name="helpgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="help_given_belief"
            ),
        ),
        migrations.AddConstraint(
            model_name="helpgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("topic", ""), _negated=True), name="help_given_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="helpgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 480)), name="help_given_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="helpgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", None), models.Q(("before__gte", 1), ("before__lte", 5)), _connector="OR"),
                    models.Q(("after", None), models.Q(("after__gte", 1), ("after__lte", 5)), _connector="OR"),
                ),
                name="help_given_sure",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeranswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("champion__isnull", False), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="offer_answer_words",
            ),
        ),
        ledgers.append_only("training_champion"),
        ledgers.append_only("training_championcall"),
        ledgers.append_only("training_championoffer"),
        ledgers.append_only("training_offeranswer"),
        ledgers.append_only("training_championquestion"),
        ledgers.append_only("training_championreply"),
        ledgers.dated_facts("training_championterm"),
        ledgers.dated_facts("training_helpgiven"),
    ]
