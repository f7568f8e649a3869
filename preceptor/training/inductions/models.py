"""Tables: programmes and texts in versions; inductions, what is planned, what happened, and how they ended."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.compliance.records.models import Record
from preceptor.foundation.facts import BelievedFact, belief_check
from preceptor.register.models import Engagement, Organisation, Person


class ProgrammeVersion(models.Model):
    """One version of a programme, whole: a national one of nobody, or a practice's own. Never edited.

    The database itself refuses a digest that is not of the text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="programmes")
    key = models.CharField(max_length=40)
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
            models.UniqueConstraint(
                fields=["owner", "key", "number"], nulls_distinct=False, name="programme_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(key=""), name="programme_number"),
            models.CheckConstraint(
                condition=Q(owner=None, based_on=None)
                | Q(owner__isnull=False, based_on__isnull=False) & ~Q(reason="") & ~Q(changed=""),
                name="programme_change_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.number}"


class InductionText(models.Model):
    """One version of what people read, whole: a national text to start from, or a practice's own. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="induction_texts")
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key", "number"], nulls_distinct=False, name="induction_text_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(key=""), name="induction_text_number"),
            models.CheckConstraint(condition=Q(owner=None) | ~Q(reason=""), name="induction_text_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.number}"


class Induction(models.Model):
    """Somebody's induction in one engagement, by one version of a programme. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inductions")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="inductions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inductions")
    programme = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="inductions")
    why = models.CharField(max_length=20)
    first_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=["starts", "role", "back"]), name="induction_why"),
        ]
        indexes = [models.Index(fields=["organisation", "first_on"], name="induction_at")]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.first_on}"


class InductionPlan(BelievedFact):
    """Who helps with an induction, when and where it begins. The times are those on the clock of the place."""

    induction = models.ForeignKey(Induction, on_delete=models.PROTECT, related_name="plans")
    buddy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="buddy_in")
    it = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="it_in")
    log_in_on = models.DateField(null=True)
    log_in_time = models.TimeField(null=True)
    session_on = models.DateField(null=True)
    session_time = models.TimeField(null=True)
    room = models.CharField(max_length=100, blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            belief_check("induction_plan"),
            models.UniqueConstraint(
                fields=["induction"], condition=Q(superseded_at=None), name="induction_plan_one_believed"
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.induction_id}"


class InductionStep(models.Model):
    """Something that happened to an item of an induction: done, set aside, or neither after all. Never edited.

    `about` is what it is a fact of: the words of the item, or a version of a text. `record` is what it wrote to the
    ledger.
    """

    induction = models.ForeignKey(Induction, on_delete=models.PROTECT, related_name="steps")
    item = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    text = models.ForeignKey(InductionText, on_delete=models.PROTECT, null=True, related_name="accepted_in")
    outcome = models.CharField(max_length=10)
    on = models.DateField()
    shown_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, null=True, related_name="induction_step")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["done", "aside", "undone"]), name="induction_step_outcome"),
            models.CheckConstraint(condition=Q(outcome="done") | ~Q(note=""), name="induction_step_reason"),
        ]
        indexes = [models.Index(fields=["induction", "at"], name="induction_step_of")]

    def __str__(self) -> str:
        return f"{self.item}: {self.outcome}"


class InductionEnd(models.Model):
    """How an induction ended: signed off, with the text that was signed, or stopped, with the reason. Never edited.

    The database refuses a digest that is not of the text, a signature for oneself or by nobody, and one for somebody
    whose induction it is not.
    """

    induction = models.OneToOneField(Induction, on_delete=models.PROTECT, primary_key=True, related_name="end")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inductions_ended")
    ending = models.CharField(max_length=10)
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="inductions_signed")
    statement = models.TextField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, null=True, related_name="induction_end")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ending__in=["signed", "stopped"]), name="induction_end_ending"),
            models.CheckConstraint(condition=Q(signer=None) | ~Q(signer=F("person")), name="induction_never_oneself"),
            models.CheckConstraint(condition=~Q(ending="signed", signer=None), name="induction_end_signed_by_somebody"),
            models.CheckConstraint(condition=~Q(statement="") & ~Q(content=""), name="induction_end_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.induction_id}: {self.ending}"


class InductionLink(BelievedFact):
    """A link by which somebody opens what they need before the first day. Only the digest of its word is kept."""

    induction = models.ForeignKey(Induction, on_delete=models.PROTECT, related_name="links")
    link_sha256 = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            belief_check("induction_link"),
            models.CheckConstraint(condition=Q(link_sha256__regex=r"^[0-9a-f]{64}$"), name="induction_link_digest"),
            models.UniqueConstraint(
                fields=["induction"], condition=Q(superseded_at=None), name="induction_link_one_believed"
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.induction_id}"
