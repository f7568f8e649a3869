"""Tables: champions and what is agreed with them, calls and offers, questions and answers, and help given."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from preceptor.compliance.records.models import Record
from preceptor.foundation.facts import BelievedFact, DatedFact, belief_check, period_check
from preceptor.register.models import Organisation, Person

from .domain.questions import ReplyKind
from .domain.register import MOST_MINUTES


class Champion(models.Model):
    """Somebody who is or was a champion at a place: the identity that what is agreed hangs on. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="champions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="champion_at")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"


class ChampionTerm(DatedFact):
    """What a champion covers for a while, the minutes a week agreed, and whether their name is shared."""

    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="terms")
    topics = ArrayField(models.CharField(max_length=60))
    minutes_a_week = models.PositiveSmallIntegerField()
    shares_name = models.BooleanField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            period_check("champion_term"),
            belief_check("champion_term"),
            models.CheckConstraint(condition=~Q(topics=[]), name="champion_term_topics"),
            models.CheckConstraint(condition=Q(starts_on__isnull=False), name="champion_term_begins"),
            models.CheckConstraint(
                condition=Q(minutes_a_week__gte=1, minutes_a_week__lte=MOST_MINUTES), name="champion_term_minutes"
            ),
            models.UniqueConstraint(
                fields=["champion", "starts_on"], condition=Q(superseded_at=None), name="champion_term_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.champion_id} from {self.starts_on}"


class StepConfirmed(models.Model):
    """Somebody else confirms that a champion took a step as their record says. Never edited."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="step_confirmed")
    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="steps_confirmed")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.record_id} by {self.by_name}"


class ChampionCall(models.Model):
    """A place looks for champions until a day. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="champion_calls")
    words = models.TextField()
    topics = ArrayField(models.CharField(max_length=60))
    closes_on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="champion_call_words")]

    def __str__(self) -> str:
        return f"{self.organisation_id} until {self.closes_on}"


class ChampionOffer(models.Model):
    """Somebody offers to be a champion. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="champion_offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="champion_offers")
    topics = ArrayField(models.CharField(max_length=60))
    minutes_a_week = models.PositiveSmallIntegerField()
    shares_name = models.BooleanField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(topics=[]), name="champion_offer_topics"),
            models.CheckConstraint(
                condition=Q(minutes_a_week__gte=1, minutes_a_week__lte=MOST_MINUTES), name="champion_offer_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"


class OfferAnswer(models.Model):
    """What the manager said to an offer: yes, which makes a champion, or no with a reason. Never edited."""

    offer = models.OneToOneField(ChampionOffer, on_delete=models.PROTECT, related_name="answer")
    champion = models.OneToOneField(Champion, on_delete=models.PROTECT, null=True, related_name="offer_answer")
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(champion__isnull=False) | ~Q(words=""), name="offer_answer_words")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {'yes' if self.champion_id else 'no'}"


class ChampionQuestion(models.Model):
    """A question somebody at a place asks about a topic: of champions alone, or for everybody to find. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="champion_questions")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="champions_asked")
    topic = models.CharField(max_length=60)
    words = models.TextField()
    is_shared = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words="") & ~Q(topic=""), name="champion_question_words")]
        indexes = [
            models.Index(fields=["organisation", "at"], name="champion_question_at"),
            models.Index(fields=["asker", "at"], name="champion_question_of"),
            GinIndex(SearchVector("words", config="english"), name="champion_question_found"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.words[:40]}"


class ChampionReply(models.Model):
    """An answer, a follow-up, or that it is solved. Never edited."""

    question = models.ForeignKey(ChampionQuestion, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ReplyKind])
    words = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="champion_replies")
    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, null=True, related_name="replies")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in ReplyKind]), name="champion_reply_kind"),
            models.CheckConstraint(condition=Q(kind="solved") | ~Q(words=""), name="champion_reply_words"),
            models.CheckConstraint(
                condition=~Q(kind="answer") | Q(champion__isnull=False), name="champion_reply_by_champion"
            ),
        ]
        indexes = [
            models.Index(fields=["question", "at"], name="champion_reply_to"),
            GinIndex(SearchVector("words", config="english"), name="champion_reply_found"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.question_id}"


class HelpGiven(BelievedFact):
    """A champion helped somebody, or someone, for some minutes. Taken back, it is believed no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    champion = models.ForeignKey(Champion, on_delete=models.PROTECT, related_name="help_given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="help_had")
    topic = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    is_solved = models.BooleanField()
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    on = models.DateField()

    class Meta:
        constraints = [
            belief_check("help_given"),
            models.CheckConstraint(condition=~Q(topic=""), name="help_given_topic"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=480), name="help_given_minutes"),
            models.CheckConstraint(
                condition=(Q(before=None) | Q(before__gte=1, before__lte=5))
                & (Q(after=None) | Q(after__gte=1, after__lte=5)),
                name="help_given_sure",
            ),
        ]
        indexes = [models.Index(fields=["champion", "on"], name="help_given_by")]

    def __str__(self) -> str:
        return f"{self.champion_id}: {self.minutes} minutes on {self.on}"
