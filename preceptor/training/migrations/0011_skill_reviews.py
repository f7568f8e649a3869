"""Who stands by how skills are described."""

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_what_roles_work_with"),
        ("training", "0010_signatures_of_what_was_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="SkillReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("stands", models.BooleanField()),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skill_reviews",
                        to="register.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "skill", "at"], name="skill_review_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("skill", ""), _negated=True)
                        ),
                        name="skill_review_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="skill_review_digest"
                    ),
                ],
            },
        ),
        ledgers.append_only("training_skillreview"),
    ]
