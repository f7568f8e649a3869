"""Frameworks of skills, what is said of them and signed, and the triggers that keep history and refuse circles."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from preceptor.foundation import ledgers

_REFUSE_CIRCLES = """
CREATE FUNCTION preceptor_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.assessor_id IS NULL THEN
        RETURN NEW;
    END IF;
    -- Two signatures at once for one skill: the second waits, and then sees the first.
    PERFORM pg_advisory_xact_lock(hashtext('preceptor sign-off'), hashtext(NEW.skill));
    -- Whose signature a person's skill rests on: the newest that is in date on the day and was not withdrawn.
    IF EXISTS (
        WITH RECURSIVE rests_on(person_id) AS (
            SELECT NEW.assessor_id
            UNION
            SELECT newest.assessor_id
            FROM rests_on
            CROSS JOIN LATERAL (
                SELECT one.assessor_id
                FROM training_signoff one
                WHERE one.skill = NEW.skill
                  AND one.person_id = rests_on.person_id
                  AND (one.expires_on IS NULL OR one.expires_on >= NEW.signed_on)
                  AND NOT EXISTS (SELECT FROM compliance_recordwithdrawal gone WHERE gone.record_id = one.record_id)
                ORDER BY one.at DESC, one.id DESC
                LIMIT 1
            ) newest
            WHERE newest.assessor_id IS NOT NULL
        )
        SELECT FROM rests_on WHERE person_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'a circle: the assessor''s own signature for % rests on the person', NEW.skill
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_signoff_no_circle BEFORE INSERT ON training_signoff
    FOR EACH ROW EXECUTE FUNCTION preceptor_refuse_circle();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("compliance", "0007_own_sources"),
        ("register", "0003_what_roles_work_with"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrameworkVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                        to="training.frameworkversion",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frameworks",
                        to="register.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrameworkAdoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("decided_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="framework_adoptions",
                        to="register.organisation",
                    ),
                ),
                (
                    "framework_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="training.frameworkversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NamedAssessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("skill", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.organisation"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="named_for", to="register.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOffAsk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("assessor_name", models.CharField(max_length=200)),
                ("assessor_work", models.CharField(blank=True, max_length=200)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("link_sha256", models.CharField(blank=True, max_length=64)),
                ("expires_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_to_sign",
                        to="register.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("skill", models.CharField(max_length=40)),
                ("level", models.PositiveSmallIntegerField()),
                ("assessor_name", models.CharField(max_length=200)),
                ("entitled_by", models.CharField(max_length=300)),
                ("method", models.CharField(max_length=20)),
                ("statement", models.TextField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("signed_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skills_signed_for",
                        to="register.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="skills_signed", to="register.person"
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_off", to="compliance.record"
                    ),
                ),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_off", to="training.signoffask"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotYet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="not_yet", to="training.signoffask"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SkillRating",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("skill", models.CharField(max_length=40)),
                ("now", models.PositiveSmallIntegerField()),
                ("need", models.PositiveSmallIntegerField()),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "framework_version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="training.frameworkversion"),
                ),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="register.organisation"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="skill_ratings", to="register.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="signoffask",
            name="rating",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="training.skillrating"
            ),
        ),
        migrations.AddConstraint(
            model_name="frameworkversion",
            constraint=models.UniqueConstraint(
                fields=("owner", "number"), name="framework_number_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="frameworkversion",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="framework_number"),
        ),
        migrations.AddConstraint(
            model_name="frameworkversion",
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
                name="framework_change_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="frameworkadoption",
            index=models.Index(fields=["organisation", "starts_on"], name="framework_adoption_of"),
        ),
        migrations.AddConstraint(
            model_name="frameworkadoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", ""), _negated=True), name="framework_adoption_decided"
            ),
        ),
        migrations.AddConstraint(
            model_name="namedassessor",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__lte", models.F("superseded_at"))), name="named_assessor_belief"
            ),
        ),
        migrations.AddConstraint(
            model_name="namedassessor",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("skill", ""), _negated=True)),
                name="named_assessor_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="namedassessor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("organisation", "person", "skill"),
                name="named_assessor_once",
            ),
        ),
        migrations.AddIndex(
            model_name="signoff",
            index=models.Index(fields=["skill", "person", "at"], name="sign_off_of"),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assessor", None), models.Q(("assessor", models.F("person")), _negated=True), _connector="OR"
                ),
                name="sign_off_never_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 3)), name="sign_off_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("statement", ""), _negated=True), models.Q(("entitled_by", ""), _negated=True)
                ),
                name="sign_off_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on__gt", models.F("signed_on"))), name="sign_off_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="notyet",
            constraint=models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="not_yet_words"),
        ),
        migrations.AddIndex(
            model_name="skillrating",
            index=models.Index(fields=["person", "skill", "at"], name="skill_rating_of"),
        ),
        migrations.AddConstraint(
            model_name="skillrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("need__gte", 1), ("need__lte", 3), ("now__lte", 3)), name="skill_rating_levels"
            ),
        ),
        migrations.AddConstraint(
            model_name="skillrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("skill", ""), _negated=True), name="skill_rating_skill"
            ),
        ),
        migrations.AddIndex(
            model_name="signoffask",
            index=models.Index(fields=["assessor", "at"], name="sign_off_ask_of"),
        ),
        migrations.AddConstraint(
            model_name="signoffask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assessor__isnull", False), ("email", ""), ("expires_on", None), ("link_sha256", "")),
                    models.Q(
                        ("assessor", None),
                        ("expires_on__isnull", False),
                        ("link_sha256__regex", "^[0-9a-f]{64}$"),
                        models.Q(("email", ""), _negated=True),
                        models.Q(("assessor_work", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sign_off_ask_inside_or_outside",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoffask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link_sha256", ""), _negated=True),
                fields=("link_sha256",),
                name="sign_off_ask_link_once",
            ),
        ),
        # A digest is of its text, whoever writes the row.
        migrations.RunSQL(
            "ALTER TABLE training_frameworkversion ADD CONSTRAINT framework_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));"
            "ALTER TABLE training_signoff ADD CONSTRAINT sign_off_digest_of_text"
            " CHECK (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));",
            "ALTER TABLE training_frameworkversion DROP CONSTRAINT framework_digest_of_text;"
            "ALTER TABLE training_signoff DROP CONSTRAINT sign_off_digest_of_text;",
        ),
        migrations.RunSQL(
            _REFUSE_CIRCLES,
            "DROP TRIGGER training_signoff_no_circle ON training_signoff; DROP FUNCTION preceptor_refuse_circle();",
        ),
        ledgers.append_only("training_frameworkversion"),
        ledgers.append_only("training_frameworkadoption"),
        ledgers.append_only("training_skillrating"),
        ledgers.append_only("training_signoffask"),
        ledgers.append_only("training_signoff"),
        ledgers.append_only("training_notyet"),
        ledgers.dated_facts("training_namedassessor"),
    ]
