"""Tables: sources, requirements with their versions and citations, and adjustments."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.compliance.subjects.models import Subject, SubjectArea
from preceptor.register.models import Engagement, Organisation

from .domain.decisions import ADJUSTMENT_NAMES, FORCE_NAMES, LEAVE_NAMES

_FORCES = [(force.value, name) for force, name in FORCE_NAMES.items()]
_KINDS = [(kind.value, name) for kind, name in ADJUSTMENT_NAMES.items()]
_LEAVES = [(leave.value, name) for leave, name in LEAVE_NAMES.items()]


class Source(models.Model):
    """Where a rule comes from: a document, its publisher and link, and when it was last checked.

    Nobody owns those of the national catalogue. One that an organisation added itself is not verified until somebody
    there confirms it.
    """

    key = models.CharField(primary_key=True, max_length=80)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="sources")
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    dated = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True)
    legal_force = models.CharField(max_length=12, choices=_FORCES)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(legal_force__in=[force for force, _ in _FORCES]), name="source_legal_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingItem(models.Model):
    """The share of people trained in a subject that a toolkit asks for, from a day on."""

    key = models.CharField(primary_key=True, max_length=40)
    starts_on = models.DateField(unique=True)
    percent = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    item = models.CharField(max_length=40)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    verified = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="training_item_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.percent}%"


class Requirement(models.Model):
    """Something people must have. Owned by an organisation, or by nobody: then it is the national catalogue's.

    `column` is shared by requirements of which nobody has two, such as the levels of one update: they are one column of
    a matrix. `core` marks what a practice starts with. One that an organisation offers to others has no owner and
    obliges nobody, its own people neither.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="requirements")
    offered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="offered")
    template = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="adopted")
    area = models.ForeignKey(SubjectArea, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    short = models.CharField(max_length=40)
    column = models.CharField(max_length=80, blank=True)
    core = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "offered_by", "key"], nulls_distinct=False, name="requirement_once_per_owner"
            ),
            models.CheckConstraint(
                condition=Q(owner=None, template=None) | Q(owner__isnull=False) | Q(offered_by__isnull=False),
                name="requirement_template",
            ),
            models.CheckConstraint(condition=Q(owner=None) | Q(offered_by=None), name="requirement_offered"),
        ]

    def __str__(self) -> str:
        return self.title


class RequirementVersion(models.Model):
    """What a requirement says from a day on: for whom, how it is met, how it takes over, and why. Never edited.

    `copied_from` is the version of the template it was taken over from as it is; an owner's own version has none, and
    where it asks for less of what a law asks, `legal_reason` says why that is allowed.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    published_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=200)
    audience = models.JSONField()
    met_by = models.JSONField()
    first_due_days = models.PositiveIntegerField(null=True)
    notice_days = models.PositiveIntegerField(default=60)
    return_days = models.PositiveIntegerField(default=28)
    transition = models.JSONField(null=True)
    basis = models.CharField(max_length=12, choices=_FORCES)
    rationale = models.TextField()
    note = models.TextField(blank=True)
    local_choice = models.TextField(blank=True)
    legal_reason = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    review_by = models.DateField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    minutes_verified = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["requirement", "starts_on"], name="version_start_once"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="version_period"),
            models.CheckConstraint(condition=~Q(rationale=""), name="version_rationale"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number"),
            models.CheckConstraint(condition=Q(basis__in=[force for force, _ in _FORCES]), name="version_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} version {self.number}"


class Citation(models.Model):
    """What one source says about a version, in our words, and whether the version follows it."""

    version = models.ForeignKey(RequirementVersion, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=120, blank=True)
    says = models.TextField()
    followed = models.BooleanField()
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="citation_position_once")]

    def __str__(self) -> str:
        return f"{self.source_id} on {self.version_id}"


class Alternative(models.Model):
    """Another answer where sources conflict, and the rule it would mean when it can be expressed."""

    version = models.ForeignKey(RequirementVersion, on_delete=models.PROTECT, related_name="alternatives")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)
    position = models.PositiveSmallIntegerField()
    says = models.TextField()
    rule = models.JSONField(null=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="alternative_position_once")]

    def __str__(self) -> str:
        return self.says[:60]


class Retirement(models.Model):
    """The end of a requirement at its owner: not needed from this day on.

    `legal_reason` is why a law that asks for it does not ask it here.
    """

    requirement = models.OneToOneField(Requirement, on_delete=models.PROTECT, related_name="retirement")
    ends_on = models.DateField()
    reason = models.TextField()
    legal_reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="retirement_reason")]

    def __str__(self) -> str:
        return f"{self.requirement_id} until {self.ends_on}"


class Adjustment(models.Model):
    """An exemption of one engagement from one requirement, a leave, or an extension by decree. Never edited.

    `ends_on` of an exemption or a leave is the first day it no longer holds; `until_on` of an extension is its last
    valid day. `leave` is the kind of a leave, and empty for one recorded before there were kinds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=_KINDS)
    leave = models.CharField(max_length=12, choices=_LEAVES, blank=True, default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, related_name="adjustments")
    requirements = models.ManyToManyField(Requirement)
    scope = models.JSONField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    reason = models.TextField()
    authority = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="adjustment_period"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("until_on")), name="adjustment_until"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(authority=""), name="adjustment_reason"),
            models.CheckConstraint(
                condition=Q(kind="extension", engagement=None, until_on__isnull=False, ends_on=None)
                | Q(kind__in=["exemption", "pause"], engagement__isnull=False, until_on=None),
                name="adjustment_shape",
            ),
            models.CheckConstraint(
                condition=Q(leave="") | Q(kind="pause", leave__in=[leave for leave, _ in _LEAVES]),
                name="adjustment_leave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"


class AdjustmentWithdrawal(models.Model):
    """An adjustment taken back: from that moment it adjusts nothing."""

    adjustment = models.OneToOneField(Adjustment, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="adjustment_withdrawal_reason")]

    def __str__(self) -> str:
        return f"withdrawn {self.adjustment_id}"
