"""Tables: people, their engagements and states, and the closed lists these draw on."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from preceptor.foundation.facts import DatedFact, belief_check, period_check
from preceptor.register.organisations.models import Organisation


class StaffGroup(models.Model):
    """One of the staff groups of the workforce collection, by its code."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class JobRole(models.Model):
    """A role people hold, by its code, with the staff group it usually belongs to.

    `data` is the personal data it works with in words, `uses` the uses of systems it has, and `terms` what the network
    contract of a contract year asks of it, if it is one of the additional roles.
    """

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=100)
    staff_group = models.ForeignKey(StaffGroup, on_delete=models.PROTECT)
    aliases = models.JSONField(default=list)
    data = models.TextField(blank=True)
    uses = models.JSONField(default=list)
    terms = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class EngagementKind(models.Model):
    """How someone is engaged: employed, partner, locum, student and so on."""

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """Something a person may be asked to do beyond their role, such as chaperoning."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class State(models.Model):
    """A standing a person holds elsewhere for a while, such as registered:nmc."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person, once, however many places they work at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(null=True)  # noqa: DJ001 - unique where it is known, so unknown must be null
    professional_number = models.CharField(max_length=20, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email"),
            models.CheckConstraint(condition=~Q(given_name="") & ~Q(family_name=""), name="person_name"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


class Engagement(models.Model):
    """One person at one organisation in one role: the identity behind its terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="engagements")

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"


class Claim(models.Model):
    """A place's word that someone known elsewhere works there, with what it typed about them.

    Until they say yes the engagement is unconfirmed. An engagement without a claim needed no answer.
    """

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, primary_key=True, related_name="claim")
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    professional_number = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(given_name="") & ~Q(family_name=""), name="claim_name")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


class ClaimAnswer(models.Model):
    """What someone said of a claim: yes, they work there, or no. Said once, and by nobody else."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="answer")
    is_yes = models.BooleanField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{'yes' if self.is_yes else 'no'} to {self.claim_id}"


class EngagementTerm(DatedFact):
    """The terms of an engagement as believed for a while: role, staff group, kind, days and hours.

    `void` terms say that the engagement was entered in error: it never was.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="terms")
    role = models.ForeignKey(JobRole, on_delete=models.PROTECT)
    staff_group = models.ForeignKey(StaffGroup, on_delete=models.PROTECT)
    kind = models.ForeignKey(EngagementKind, on_delete=models.PROTECT)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    void = models.BooleanField(default=False)

    class Meta:
        constraints = [
            period_check("term"),
            belief_check("term"),
            models.CheckConstraint(condition=Q(starts_on__isnull=False), name="term_starts"),
            models.CheckConstraint(condition=Q(weekly_hours__gt=0, weekly_hours__lte=80), name="term_hours"),
            models.UniqueConstraint("engagement", condition=Q(superseded_at=None), name="term_one_believed"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} from {self.starts_on}"


class TaskHeld(DatedFact):
    """A task given to someone in an engagement for a while."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="tasks")
    task = models.ForeignKey(Task, on_delete=models.PROTECT)

    class Meta:
        constraints = [period_check("task_held"), belief_check("task_held")]

    def __str__(self) -> str:
        return f"{self.task_id} in {self.engagement_id}"


class PersonState(DatedFact):
    """A state a person holds for a while, such as a registration or an enrolment."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="states")
    state = models.ForeignKey(State, on_delete=models.PROTECT)

    class Meta:
        constraints = [period_check("person_state"), belief_check("person_state")]

    def __str__(self) -> str:
        return f"{self.state_id} of {self.person_id}"
