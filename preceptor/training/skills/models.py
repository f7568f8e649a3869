"""Tables: frameworks and who follows them; what people say of their skills, whom they ask, and what is signed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.compliance.records.models import Record
from preceptor.foundation.facts import BelievedFact, belief_check
from preceptor.register.models import Organisation, Person


class FrameworkVersion(models.Model):
    """One version of a framework, whole: the national one of nobody, or one that an organisation made from another.

    Never edited. The database itself refuses a digest that is not of the text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="frameworks")
    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="built_on_by")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    changed = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], nulls_distinct=False, name="framework_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="framework_number"),
            models.CheckConstraint(
                condition=Q(owner=None, based_on=None)
                | Q(owner__isnull=False, based_on__isnull=False) & ~Q(reason="") & ~Q(changed=""),
                name="framework_change_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class FrameworkAdoption(models.Model):
    """From a day on an organisation follows a version. Of two from one day the later recorded holds. Never edited."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="framework_adoptions")
    framework_version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="adoptions")
    starts_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decided_by=""), name="framework_adoption_decided")]
        indexes = [models.Index(fields=["organisation", "starts_on"], name="framework_adoption_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} from {self.starts_on}"


class SkillReview(models.Model):
    """Somebody stands by how a skill is described, for a place, or no longer does. The last one of a place holds.

    `words` are what they do that they know the task, or why they no longer stand by it. Never edited.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="skill_reviews")
    skill = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    stands = models.BooleanField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(skill=""), name="skill_review_words"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="skill_review_digest"),
        ]
        indexes = [models.Index(fields=["organisation", "skill", "at"], name="skill_review_of")]

    def __str__(self) -> str:
        return f"{self.skill}: {'confirmed' if self.stands else 'no longer confirmed'}"


class SkillRating(models.Model):
    """What somebody said of themselves in one skill: now, needed, and in their own words. The last one holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="skill_ratings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    skill = models.CharField(max_length=40)
    framework_version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT)
    now = models.PositiveSmallIntegerField()
    need = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(now__lte=3, need__gte=1, need__lte=3), name="skill_rating_levels"),
            models.CheckConstraint(condition=~Q(skill=""), name="skill_rating_skill"),
        ]
        indexes = [models.Index(fields=["person", "skill", "at"], name="skill_rating_of")]

    def __str__(self) -> str:
        return f"{self.skill}: {self.now} of {self.need}"


class NamedAssessor(BelievedFact):
    """Somebody who may sign for a skill at a place because its manager says so, and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_for")
    skill = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            belief_check("named_assessor"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(skill=""), name="named_assessor_reason"),
            models.UniqueConstraint(
                fields=["organisation", "person", "skill"],
                condition=Q(superseded_at=None),
                name="named_assessor_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.skill}"


class SignOffAsk(models.Model):
    """Somebody asked an assessor to sign for exactly one rating: a colleague, or someone outside with a link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(SkillRating, on_delete=models.PROTECT, related_name="asks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="asked_to_sign")
    assessor_name = models.CharField(max_length=200)
    assessor_work = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    link_sha256 = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessor__isnull=False, email="", link_sha256="", expires_on=None)
                | Q(assessor=None, expires_on__isnull=False, link_sha256__regex=r"^[0-9a-f]{64}$")
                & ~Q(email="")
                & ~Q(assessor_work=""),
                name="sign_off_ask_inside_or_outside",
            ),
            models.UniqueConstraint(
                fields=["link_sha256"], condition=~Q(link_sha256=""), name="sign_off_ask_link_once"
            ),
        ]
        indexes = [models.Index(fields=["assessor", "at"], name="sign_off_ask_of")]

    def __str__(self) -> str:
        return f"{self.rating_id} to {self.assessor_name}"


class AskTakenBack(models.Model):
    """What was asked waits no more: whoever asked took it back, or has said something else of the skill since."""

    ask = models.OneToOneField(SignOffAsk, on_delete=models.PROTECT, related_name="taken_back")
    is_changed = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"taken back: {self.ask_id}"


class SignOff(models.Model):
    """An assessor's signature under exactly what was said and seen. Never edited.

    The database refuses a digest that is not of the text, an assessor who is the person, what is not of the ask, and a
    circle: an assessor whose own signature for the skill, the newest of the highest level, rests, at whatever
    distance, on the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ask = models.OneToOneField(SignOffAsk, on_delete=models.PROTECT, related_name="sign_off")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="skills_signed")
    skill = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="skills_signed_for")
    assessor_name = models.CharField(max_length=200)
    entitled_by = models.CharField(max_length=800)
    method = models.CharField(max_length=20)
    system = models.CharField(max_length=40, blank=True)
    system_version = models.CharField(max_length=60, blank=True)
    statement = models.TextField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField()
    expires_on = models.DateField(null=True)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="sign_off")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessor=None) | ~Q(assessor=F("person")), name="sign_off_never_oneself"
            ),
            models.CheckConstraint(condition=~Q(system="") | Q(system_version=""), name="sign_off_version_of_system"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="sign_off_level"),
            models.CheckConstraint(condition=~Q(statement="") & ~Q(entitled_by=""), name="sign_off_statement"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("signed_on")), name="sign_off_expires_later"),
        ]
        indexes = [models.Index(fields=["skill", "person", "at"], name="sign_off_of")]

    def __str__(self) -> str:
        return f"{self.skill} of {self.person_id} by {self.assessor_name}"


class NotYet(models.Model):
    """An assessor's answer that it is too early to sign, with what to practise."""

    ask = models.OneToOneField(SignOffAsk, on_delete=models.PROTECT, related_name="not_yet")
    words = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="not_yet_words")]

    def __str__(self) -> str:
        return f"not yet: {self.ask_id}"
