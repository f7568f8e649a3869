"""Signatures are of what was asked: the database compares whose they are, and no lower one hides a circle."""

from typing import Final

from django.db import migrations, models

# Whose signature a person's skill rests on: of those in date on the day and not withdrawn, the newest of the highest level.
_REFUSE_CIRCLES: Final = """
CREATE OR REPLACE FUNCTION preceptor_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.assessor_id IS NULL THEN
        RETURN NEW;
    END IF;
    -- Two signatures at once for one skill: the second waits, and then sees the first.
    PERFORM pg_advisory_xact_lock(hashtext('preceptor sign-off'), hashtext(NEW.skill));
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
                ORDER BY {highest}one.at DESC, one.id DESC
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
"""

_OF_WHAT_WAS_ASKED: Final = """
CREATE FUNCTION preceptor_sign_off_of_ask() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM training_signoffask ask
        JOIN training_skillrating rating ON rating.id = ask.rating_id
        JOIN compliance_record record ON record.id = NEW.record_id
        WHERE ask.id = NEW.ask_id
          AND rating.skill = NEW.skill
          AND rating.person_id = NEW.person_id
          AND record.person_id = NEW.person_id
          AND ask.assessor_id IS NOT DISTINCT FROM NEW.assessor_id
    ) THEN
        RAISE EXCEPTION 'a sign-off is by whoever was asked, for the person and the skill they were asked about'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_signoff_of_ask BEFORE INSERT ON training_signoff
    FOR EACH ROW EXECUTE FUNCTION preceptor_sign_off_of_ask();

CREATE FUNCTION preceptor_induction_end_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM training_induction one WHERE one.id = NEW.induction_id AND one.person_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'an induction ends for the person whose it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_inductionend_of_person BEFORE INSERT ON training_inductionend
    FOR EACH ROW EXECUTE FUNCTION preceptor_induction_end_of_person();
"""

_UNDO: Final = """
DROP TRIGGER training_signoff_of_ask ON training_signoff;
DROP FUNCTION preceptor_sign_off_of_ask();
DROP TRIGGER training_inductionend_of_person ON training_inductionend;
DROP FUNCTION preceptor_induction_end_of_person();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0009_planner")]

    operations = [
        migrations.RunSQL(
            _REFUSE_CIRCLES.replace("{highest}", "one.level DESC, "), _REFUSE_CIRCLES.replace("{highest}", "")
        ),
        migrations.RunSQL(_OF_WHAT_WAS_ASKED, _UNDO),
        migrations.AddConstraint(
            model_name="inductionend",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending", "signed"), ("signer", None), _negated=True),
                name="induction_end_signed_by_somebody",
            ),
        ),
    ]
