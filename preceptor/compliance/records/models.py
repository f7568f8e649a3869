"""Tables: the ledger of records, decisions on them, withdrawals, and the imports they came by."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.compliance.subjects.models import Subject
from preceptor.foundation.models import StoredFile
from preceptor.register.models import Organisation, Person

from .domain import EARLIEST, HOW_NAMES, KIND_NAMES, LONGEST_MINUTES, RecordKind
from .domain.imports import Pick

_KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
_HOW = [(how.value, name) for how, name in HOW_NAMES.items()]


class ImportRun(models.Model):
    """One file brought in: what it was, who brought it, and for which organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    row_count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.file_name


class Record(models.Model):
    """Something a person did on a day. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField(default=1)
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=_KINDS, default=RecordKind.COURSE.value)
    minutes = models.PositiveIntegerField(default=0)
    participatory = models.BooleanField(default=False)
    expires_on = models.DateField(null=True)
    title = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    how_known = models.CharField(max_length=20, choices=_HOW)
    certificate = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["person", "subject", "on"], name="record_person_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1), name="record_level"),
            models.CheckConstraint(condition=Q(minutes__lte=LONGEST_MINUTES), name="record_minutes"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="record_kind"),
            models.CheckConstraint(condition=Q(how_known__in=[how for how, _ in _HOW]), name="record_how_known"),
            models.CheckConstraint(condition=Q(on__gte=EARLIEST), name="record_on_least"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("on")), name="record_expires_after"),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="record_corrects_another"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} on {self.on}"


class RecordDecision(models.Model):
    """The acceptance or the refusal of a record, and for which organisation. A record without one is waiting."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(reason=""), name="record_refusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{'accepted' if self.accepted else 'refused'} {self.record_id}"


class RecordWithdrawal(models.Model):
    """A record taken back, with the reason. It stays in the ledger and counts for nothing from that moment."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="record_withdrawal_has_reason")]

    def __str__(self) -> str:
        return f"withdrawn {self.record_id}"


class NamePick(models.Model):
    """What a name in an organisation's files means there, as somebody said on a day. The last word on a name holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=200)
    pick = models.CharField(max_length=12, choices=[(pick.value, pick.value) for pick in Pick])
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True)
    level = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(words=""), name="name_pick_name"),
            models.CheckConstraint(
                condition=Q(pick="subject", subject__isnull=False, level__gte=1)
                | Q(pick__in=["leave-out", "ask", "forget"], subject=None, level=None),
                name="name_pick_shape",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "name"], name="name_pick_of")]

    def __str__(self) -> str:
        return f"{self.words}: {self.pick}"
