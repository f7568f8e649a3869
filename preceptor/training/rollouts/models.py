"""Tables: notices and their versions, who takes them over, what was read and answered, questions, and the refresher."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from preceptor.compliance.records.models import Record
from preceptor.compliance.rulemaking.models import Draft
from preceptor.foundation.facts import BelievedFact, belief_check
from preceptor.foundation.files import StoredFile
from preceptor.register.models import Organisation, Person


class Rollout(models.Model):
    """A change that a place tells people of: the identity that its versions hang on. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rollouts")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"rollout {self.id}"


class RolloutDraft(models.Model):
    """A version in the making. Obliges nobody. `revision` counts the saves, so that nobody overwrites another."""

    rollout = models.OneToOneField(Rollout, on_delete=models.PROTECT, primary_key=True, related_name="draft")
    content = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(revision__gte=1) & ~Q(content=""), name="rollout_draft_content")
        ]

    def __str__(self) -> str:
        return f"draft of {self.rollout_id}, revision {self.revision}"


class RolloutFile(models.Model):
    """A picture or a document that belongs to a rollout, and may be shown with it. Never edited."""

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, primary_key=True, related_name="rollout_file")
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="files")

    def __str__(self) -> str:
        return f"{self.file_id} of {self.rollout_id}"


class RolloutVersion(models.Model):
    """A published version of a notice, whole. Never edited. The database refuses a digest that is not of the text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    asks_again = models.BooleanField()
    changed = models.TextField(blank=True)
    published_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rollout", "number"], name="rollout_version_once"),
            models.CheckConstraint(
                condition=Q(number=1, asks_again=True) | Q(number__gt=1) & ~Q(changed=""),
                name="rollout_version_change",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.rollout_id}"


class RolloutAdoption(models.Model):
    """A place takes a rollout over, with its own day of going live, or does not, and says why. The last one holds."""

    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rollout_adoptions")
    goes_live_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    decided_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goes_live_on__isnull=False) | ~Q(reason=""), name="rollout_adoption_says_why_not"
            )
        ]
        indexes = [models.Index(fields=["organisation", "rollout", "at"], name="rollout_adoption_of")]

    def __str__(self) -> str:
        return f"{self.rollout_id} at {self.organisation_id}"


class RolloutDone(models.Model):
    """Somebody did one thing that a version asks: read it, answered it, or did a task. Bound to the text they saw."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rollouts_done")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    version = models.ForeignKey(RolloutVersion, on_delete=models.PROTECT, related_name="done")
    step = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="rollout_done")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(step=""), name="rollout_done_step")]
        indexes = [models.Index(fields=["person", "version"], name="rollout_done_by")]

    def __str__(self) -> str:
        return f"{self.step} of {self.version_id} by {self.person_id}"


class RolloutAttempt(models.Model):
    """Somebody's answers to the check of a version, right or not. Nobody above them sees the wrong ones."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rollout_attempts")
    version = models.ForeignKey(RolloutVersion, on_delete=models.PROTECT, related_name="attempts")
    answers = models.JSONField()
    is_right = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attempt at {self.version_id} by {self.person_id}"


class RolloutQuestion(models.Model):
    """A question somebody has about a rollout. Colleagues see the words, and never whose they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rollout_questions")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rollouts_asked")
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="rollout_question_words")]
        indexes = [models.Index(fields=["rollout", "at"], name="rollout_question_of")]

    def __str__(self) -> str:
        return self.words[:60]


class RolloutEcho(models.Model):
    """Somebody wants to know the same. Once each."""

    question = models.ForeignKey(RolloutQuestion, on_delete=models.PROTECT, related_name="echoes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rollout_echoes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="rollout_echo_once")]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.question_id}"


class RolloutAnswer(models.Model):
    """An answer for all who ask. The publisher's is for every place, a manager's for their own. The last one holds."""

    question = models.ForeignKey(RolloutQuestion, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="rollout_answer_words")]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"


class RolloutReminder(models.Model):
    """Somebody was reminded of a rollout on a day. Once a day at most."""

    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="reminders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rollout_reminders")
    on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rollout", "organisation", "person", "on"], name="rollout_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.on}"


class RolloutRule(models.Model):
    """A draft of a requirement that was started because of a rollout. Never edited."""

    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="rules")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="rollout_rule")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"draft {self.draft_id} of {self.rollout_id}"


class Refresher(BelievedFact):
    """A place asks everyone to confirm once a year what changed, from a day on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="refreshers")
    starts_on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            belief_check("refresher"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(superseded_at=None), name="refresher_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} from {self.starts_on}"


class RefresherDone(models.Model):
    """Somebody confirmed what changed since they last did: the page they saw, whole. Never edited."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refreshers_done")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="refresher_done")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="refresher_done_by")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.on}"
